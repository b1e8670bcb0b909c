// 台账: what a unit has recorded, found by kind, date and keyword; one entry opens beside the list. All of it is in the address.
import { useSearchParams } from 'react-router';
import { listActivities } from '../../../modules/activities/contract.ts';
import { getUnit } from '../../../modules/units/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { setPreference, usePreferences } from '../../app/preferences.ts';
import { useRead } from '../../app/queries.ts';
import { type UnitEdition, useEdition, useSeat } from '../../app/session.tsx';
import { useActivitiesText } from '../../language/activities.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { ExportButton } from '../exports/export-button.tsx';
import { EntryDrawer } from './entry-drawer.tsx';
import { askedOf, entriesAtOnce, everything, filterOf, isEverything, pageNumberOf, parametersOf } from './ledger-filter.ts';
import { EntryList } from './ledger-list.tsx';
import { useOpenedEntry } from './ledger-opened.ts';
import { Paging } from './ledger-paging.tsx';
import { LedgerSearch } from './ledger-search.tsx';
import './ledger.css';


export function LedgerPage() {
  const words = useActivitiesText();
  const seat = useSeat();
  const edition = useEdition(seat.unitCode);
  const unit = useRead(getUnit, { edition: seat.edition, unitCode: seat.unitCode }, { fresh: 300_000 });
  const writes = (unit.data?.may.includes('write_ledger') ?? false) && edition.data?.closed === false;
  return (
    <>
      <PageTitle
        title={words.title}
        aside={
          <>
            <Density />
            <LinkButton kind="quiet" icon="trash" to={`${seat.base}/ledger/bin`}>{words.bin}</LinkButton>
            {writes ? <LinkButton icon="upload" className="ledger-import" to={`${seat.base}/ledger/import`}>{words.importSheet}</LinkButton> : null}
            {writes ? <LinkButton icon="table" to={`${seat.base}/ledger/batch`}>{words.batch}</LinkButton> : null}
            {writes ? <LinkButton kind="primary" icon="add" className="ledger-new" to={`${seat.base}/ledger/new`}>{words.newEntry}</LinkButton> : null}
          </>
        }
      />
      <Shown read={edition}>{(theEdition) => <Ledger key={seat.base} edition={theEdition} writes={writes} />}</Shown>
    </>
  );
}

function Density() {
  const words = useActivitiesText();
  const { compact } = usePreferences();
  return <Button kind="quiet" icon="menu" className="ledger-density" aria-pressed={compact} onClick={() => setPreference({ compact: !compact })}>{words.compact}</Button>;
}

function Ledger({ edition, writes }: { readonly edition: UnitEdition; readonly writes: boolean }) {
  const words = useActivitiesText();
  const text = useText();
  const seat = useSeat();
  const [parameters, setParameters] = useSearchParams();
  const opened = useOpenedEntry();
  const { definition } = edition;
  const filter = filterOf(parameters, definition.kinds);
  const page = pageNumberOf(parameters);
  const asked = { edition: seat.edition, unitCode: seat.unitCode, ...askedOf(filter) };
  const read = useRead(listActivities, { ...asked, offset: (page - 1) * entriesAtOnce, limit: entriesAtOnce }, { keep: true });
  const all = isEverything(filter);
  return (
    <div className="stack">
      <LedgerSearch kinds={definition.kinds} filter={filter} onFilter={(next) => setParameters(parametersOf(next))} />
      <Shown read={read}>
        {({ activities, total }) => (
          <>
            <div className="row-apart">
              <p role="status" aria-live="polite" className={read.isPlaceholderData ? 'hint' : 'strong'}>{all ? words.total(text.format.number(total)) : words.totalFound(text.format.number(total))}</p>
              {total === 0 ? null : <ExportButton edition={seat.edition} unitCode={seat.unitCode} subjects={[{ kind: 'ledger', filter: askedOf(filter) }, { kind: 'enterprises' }]} />}
            </div>
            {total === 0 ? <Nothing all={all} writes={writes} onReset={() => setParameters(parametersOf(everything))} /> : null}
            {total > 0 && activities.length === 0 ? <Empty action={<Button onClick={() => setParameters(parametersOf(filter))}>{words.firstPage}</Button>}>{words.beyond}</Empty> : null}
            {activities.length === 0 ? null : <EntryList definition={definition} activities={activities} opened={opened.id} hrefOf={opened.hrefOf} />}
            <Paging page={page} total={total} atOnce={entriesAtOnce} />
          </>
        )}
      </Shown>
      {opened.id === null ? null : <EntryDrawer key={opened.id} id={opened.id} edition={edition} onClose={opened.close} />}
    </div>
  );
}

function Nothing({ all, writes, onReset }: { readonly all: boolean; readonly writes: boolean; readonly onReset: () => void }) {
  const words = useActivitiesText();
  const seat = useSeat();
  if (!all) return <Empty action={<Button icon="undo" onClick={onReset}>{words.search.reset}</Button>}>{words.emptyFound}</Empty>;
  if (!writes) return <Empty>{words.emptyReader}</Empty>;
  return <Empty action={<LinkButton kind="primary" icon="add" to={`${seat.base}/ledger/new`}>{words.newEntry}</LinkButton>}>{words.empty}</Empty>;
}
