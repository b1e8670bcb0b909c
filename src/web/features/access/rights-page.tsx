// 「我能做什么」: every right at a unit, why not, and who can. «为什么不能？» leads here with the one that was asked about.
import { useSearchParams } from 'react-router';
import { explainRights, type Holder, type Right, type RightsView } from '../../../modules/access/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { useSubject } from '../../app/session.tsx';
import { useReturnsText } from '../../language/returns.ts';
import { useRightsText } from '../../language/rights.ts';
import { useText } from '../../language/text.tsx';
import { Badge, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { StateBadge } from '../returns/life.tsx';
import { groupNames, rightsOf } from './rights.ts';
import './rights.css';

export function RightsPage() {
  const words = useRightsText();
  const { edition, unitCode, own } = useSubject();
  const [parameters] = useSearchParams();
  const read = useRead(explainRights, { edition, unitCode });
  const asked = parameters.get('right');
  return (
    <div className="stack rights-page">
      <PageTitle title={own || read.data === undefined ? words.title : words.of(read.data.unitName)} />
      <p className="hint">{words.intro}</p>
      <Shown read={read}>{(view) => <Rights view={view} asked={view.rights.find(({ verb }) => verb === asked) ?? null} />}</Shown>
    </div>
  );
}

function Rights({ view, asked }: { readonly view: RightsView; readonly asked: Right | null }) {
  const words = useRightsText();
  return (
    <>
      {asked === null ? null : (
        <section className="panel stack-tight" aria-labelledby="asked-right">
          <h2 id="asked-right">{words.asked}</h2>
          <RightLines right={asked} view={view} whole />
        </section>
      )}
      <Mine view={view} />
      {groupNames.map((group) => {
        const rights = rightsOf(group, view.rights);
        return (
          <section key={group} aria-labelledby={`rights-${group}`}>
            <h2 id={`rights-${group}`}>{words.groups[group]} <span className="hint">{words.counts(rights.filter(({ may }) => may).length, rights.length)}</span></h2>
            <ul className="rights">
              {rights.map((right) => <li key={right.verb}><RightLines right={right} view={view} whole={false} /></li>)}
            </ul>
          </section>
        );
      })}
    </>
  );
}

/** Who I am here, where the return stands, and what comes next. */
function Mine({ view }: { readonly view: RightsView }) {
  const text = useText();
  const words = useRightsText();
  const acts = useReturnsText().acts;
  const people = usePeople();
  const roles = view.roles.map(({ role, unitName }) => words.post(text.shell.role(role), unitName, '')).join(words.separator);
  return (
    <section className="panel stack-tight">
      <p>{view.roles.length === 0 ? words.noRoles : words.roles(roles)}</p>
      {view.state === null ? null : (
        <>
          <p>{words.state} <StateBadge state={view.state} /></p>
          {view.editionClosed ? <Notice tone="warn"><p>{words.why.edition_closed} {view.closers.length === 0 ? null : words.closers(people(view.closers))}</p></Notice> : null}
          <h2>{words.nextLabel}</h2>
          {view.next.length === 0 ? <p className="hint">{words.nextNone}</p> : (
            <ul className="rights-next">
              {view.next.map(({ act, holders }) => <li key={act}>{words.next(acts[act], holders.length === 0 ? words.holdersNone : people(holders))}</li>)}
            </ul>
          )}
        </>
      )}
    </section>
  );
}

interface OneRight {
  readonly right: Right;
  readonly view: RightsView;
  /** The one that was asked about is told in full. */
  readonly whole: boolean;
}

function RightLines({ right, view, whole }: OneRight) {
  const words = useRightsText();
  const { verb, may, why, stepUp, twoPersons } = right;
  return (
    <div className="right">
      <p className="right-name"><strong>{words.verbs[verb]}</strong> <Badge tone={may ? 'ok' : 'neutral'} icon={may ? 'check' : 'cross'}>{may ? words.may : words.mayNot}</Badge></p>
      {why.map((one) => <p key={one}>{words.why[one]}</p>)}
      {why.length === 1 && why[0] === 'state' ? <p className="hint">{words.onNext}</p> : null}
      {twoPersons ? <p className="hint">{words.twoPersons}</p> : null}
      {stepUp ? <p className="hint">{words.stepUp}</p> : null}
      {may && !whole ? null : <Holders right={right} />}
      {whole ? <Changers right={right} view={view} /> : null}
    </div>
  );
}

function Holders({ right: { holders } }: Pick<OneRight, 'right'>) {
  const words = useRightsText();
  const people = usePeople();
  return <p className="hint">{holders.length === 0 ? words.holdersNone : words.holders(people(holders))}</p>;
}

/** Who could make it possible. */
function Changers({ right: { why }, view }: Pick<OneRight, 'right' | 'view'>) {
  const words = useRightsText();
  const people = usePeople();
  const missesRole = why.includes('role') || why.includes('relation');
  return (
    <>
      {missesRole && view.granters.length > 0 ? <p>{words.granters(people(view.granters))}</p> : null}
      {why.includes('edition_closed') && view.closers.length > 0 ? <p>{words.closers(people(view.closers))}</p> : null}
    </>
  );
}

/** People of posts in one line: those nearest to the unit come first. */
function usePeople(): (holders: readonly Holder[]) => string {
  const text = useText();
  const words = useRightsText();
  return (holders) => holders
    .map(({ role, unitName, names, me }) => words.post(text.shell.role(role), unitName, me && names.length === 1 ? words.me : names.join(words.separator)))
    .join(words.separator);
}
