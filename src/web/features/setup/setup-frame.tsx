// The setup pages a person may open at this seat, as tabs; which ones, the server says (`may`).
import { Navigate, NavLink, Outlet } from 'react-router';
import type { Verb } from '../../../modules/access/model.ts';
import { getUnit } from '../../../modules/units/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { type Seat, useSeat } from '../../app/session.tsx';
import { useSetupText } from '../../language/setup.ts';
import { Empty } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import './setup.css';

export type SetupPageName = 'deadline' | 'rows' | 'units' | 'import' | 'accounts' | 'audit' | 'witnesses' | 'health';

/** A page is open to whoever may do any of these. */
const needs: readonly (readonly [SetupPageName, ...Verb[]])[] = [
  ['deadline', 'set_deadline'], ['rows', 'extend_table'], ['units', 'change_units'], ['import', 'import_units'], ['accounts', 'read_accounts'], ['audit', 'read_audit', 'read_auditor_acts'], ['witnesses', 'manage_witnesses'], ['health', 'read_health'],
];

/** Own rows are a province's; sheets of units are imported for the nation. */
function opens(page: SetupPageName, seat: Seat): boolean {
  if (page === 'rows') return seat.unitKind === 'province' || seat.unitKind === 'xpcc';
  return true;
}

export function SetupFrame() {
  const words = useSetupText();
  const seat = useSeat();
  const unit = useRead(getUnit, { edition: seat.edition, unitCode: seat.unitCode }, { fresh: 60_000 });
  return (
    <Shown read={unit}>
      {({ may }) => {
        const open = needs.filter(([page, ...verbs]) => verbs.some((verb) => may.includes(verb)) && opens(page, seat)).map(([page]) => page);
        if (open.length === 0) return <><PageTitle title={words.title} /><Empty>{words.none}</Empty></>;
        return (
          <>
            <nav className="tabs" aria-label={words.menu}>
              {open.map((page) => <NavLink key={page} to={`${seat.base}/setup/${page}`} className="tab">{words.pages[page]}</NavLink>)}
            </nav>
            <Outlet context={open} />
          </>
        );
      }}
    </Shown>
  );
}

/** `/setup` itself: the first page that is open. */
export function SetupEntrance() {
  const seat = useSeat();
  const unit = useRead(getUnit, { edition: seat.edition, unitCode: seat.unitCode }, { fresh: 60_000 });
  const first = needs.find(([page, ...verbs]) => verbs.some((verb) => unit.data?.may.includes(verb)) && opens(page, seat));
  return first === undefined ? null : <Navigate to={`${seat.base}/setup/${first[0]}`} replace />;
}
