// Service points of the unit, those whose yearly check is due first; and how many there are, with those below.
import { useState } from 'react';
import { Link } from 'react-router';
import { countServicePoints, listServicePoints } from '../../../modules/service-points/contract.ts';
import { type ServicePoint, servicePointKind, servicePointState } from '../../../modules/service-points/model.ts';
import { chosen } from '../../app/chosen.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { today } from '../../app/server-clock.ts';
import { useSettled } from '../../app/settled.ts';
import { useSeat } from '../../app/session.tsx';
import { useServicePointsText } from '../../language/service-points.ts';
import { useText } from '../../language/text.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Badge, Empty } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import './service-points.css';

export function ServicePointsPage() {
  const text = useText();
  const words = useServicePointsText();
  const seat = useSeat();
  const [kind, setKind] = useState('');
  const [state, setState] = useState('');
  const [typed, setTyped] = useState('');
  const query = useSettled(typed.trim(), 300);
  const filtered = kind !== '' || state !== '' || query !== '';
  const read = useRead(listServicePoints, {
    edition: seat.edition, unitCode: seat.unitCode, limit: 200, ...(query === '' ? {} : { query }),
    ...(kind === '' ? {} : { kind: chosen(servicePointKind, kind) }), ...(state === '' ? {} : { state: chosen(servicePointState, state) }),
  }, { keep: true });
  const add = <LinkButton kind="primary" icon="add" to={`${seat.base}/service-points/new`}>{words.list.add}</LinkButton>;
  return (
    <>
      <PageTitle title={words.title} {...(read.data?.mayWrite === true ? { aside: add } : {})} />
      <p className="hint">{words.intro}</p>
      <div className="points-filter">
        <TextField label={words.list.query} maxLength={60} value={typed} onValue={setTyped} />
        <SelectField label={words.list.kind} empty={words.list.all} value={kind} onValue={setKind} options={servicePointKind.options.map((value) => ({ value, label: words.kinds[value] }))} />
        <SelectField label={words.list.state} empty={words.list.all} value={state} onValue={setState} options={servicePointState.options.map((value) => ({ value, label: words.states[value] }))} />
      </div>
      <Shown read={read}>
        {({ points, total, mayWrite }) => (points.length === 0 ? <Empty {...(mayWrite && !filtered ? { action: add } : {})}>{filtered ? words.list.noneFound : words.list.none}</Empty> : (
          <>
            <p className="hint" role="status">{words.list.total(text.format.number(total))}</p>
            <ul className="points" aria-label={words.title}>{points.map((point) => <li key={point.id}><OnePoint point={point} /></li>)}</ul>
          </>
        ))}
      </Shown>
      <Counts />
    </>
  );
}

function OnePoint({ point: { id, content, state, reviewDueOn, demonstration } }: { readonly point: ServicePoint }) {
  const text = useText();
  const words = useServicePointsText();
  const seat = useSeat();
  const overdue = reviewDueOn !== null && reviewDueOn <= today();
  return (
    <div className="point">
      <div className="row-apart">
        <Link to={`${seat.base}/service-points/${id}`}><strong>{content.name}</strong></Link>
        <span className="row-tight">
          {demonstration ? <Badge>{words.list.demonstration}</Badge> : null}
          <StateBadge state={state} />
        </span>
      </div>
      <p className="hint">{text.format.list([words.kinds[content.kind], content.body, content.address].filter((part) => part !== ''))}</p>
      {reviewDueOn === null ? null : overdue ? <p><Badge tone="warn" icon="alert">{words.list.overdue}</Badge></p> : <p className="hint">{words.list.due(text.format.date(reviewDueOn))}</p>}
    </div>
  );
}

export function StateBadge({ state }: { readonly state: ServicePoint['state'] }) {
  const words = useServicePointsText();
  if (state === 'named' || state === 'reviewed') return <Badge tone="ok" icon="check">{words.states[state]}</Badge>;
  return state === 'revoked' ? <Badge icon="close">{words.states[state]}</Badge> : <Badge tone="action" icon="clock">{words.states[state]}</Badge>;
}

function Counts() {
  const text = useText();
  const words = useServicePointsText();
  const seat = useSeat();
  const read = useRead(countServicePoints, { edition: seat.edition, unitCode: seat.unitCode });
  return (
    <section className="stack-tight" aria-labelledby="point-counts">
      <h2 id="point-counts">{words.counts.title}</h2>
      <Shown read={read}>
        {({ counts }) => (counts.length === 0 ? <p className="hint">{words.counts.none}</p> : (
          <div className="table-scroll">
            <table className="table points-counts">
              <thead><tr><th scope="col">{words.counts.kind}</th><th scope="col" className="number">{words.counts.named}</th><th scope="col" className="number">{words.counts.onTheWay}</th><th scope="col" className="number">{words.counts.services}</th></tr></thead>
              <tbody>
                {counts.map(({ kind, named, onTheWay, services }) => (
                  <tr key={kind}><th scope="row">{words.kinds[kind]}</th><td className="number">{text.format.number(named)}</td><td className="number">{text.format.number(onTheWay)}</td><td className="number">{text.format.number(services)}</td></tr>
                ))}
              </tbody>
            </table>
          </div>
        ))}
      </Shown>
    </section>
  );
}
