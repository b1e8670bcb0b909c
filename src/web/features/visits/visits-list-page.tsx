// All visits of the unit, the latest day first: found by enterprise, findings or tag, by state, and those that left something to do.
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { listVisits } from '../../../modules/visits/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { useSettled } from '../../app/settled.ts';
import { useSeat } from '../../app/session.tsx';
import { useText } from '../../language/text.tsx';
import { useVisitsText } from '../../language/visits.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Badge, Empty } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import './visits.css';

const shows = ['planned', 'made', 'open', 'cancelled'] as const;
type Show = (typeof shows)[number];
const filters: { readonly [S in Show]: object } = { planned: { state: 'planned' }, made: { state: 'made' }, open: { open: 'true' }, cancelled: { cancelled: 'true' } };

export function VisitsListPage() {
  const text = useText();
  const words = useVisitsText();
  const seat = useSeat();
  const [parameters, setParameters] = useSearchParams();
  const show = shows.find((one) => one === parameters.get('show'));
  const [typed, setTyped] = useState('');
  const [limit, setLimit] = useState(50);
  const query = useSettled(typed.trim(), 300);
  const read = useRead(listVisits, { edition: seat.edition, unitCode: seat.unitCode, limit, ...(show === undefined ? {} : filters[show]), ...(query === '' ? {} : { query }) }, { keep: true });
  return (
    <>
      <PageTitle title={words.list.title} aside={<LinkButton kind="quiet" icon="arrow_left" to={`${seat.base}/visits`}>{words.one.back}</LinkButton>} />
      <div className="visit-day">
        <TextField label={words.list.find} placeholder={words.list.query} maxLength={60} value={typed} onValue={setTyped} />
        <SelectField label={words.list.state} empty={words.list.all} value={show ?? ''} onValue={(to) => setParameters(to === '' ? {} : { show: to })} options={shows.map((one) => ({ value: one, label: words.list[one] }))} />
      </div>
      <Shown read={read}>
        {({ visits, total }) => (visits.length === 0 ? <Empty action={<LinkButton to={`${seat.base}/visits`}>{words.one.back}</LinkButton>}>{words.list.none}</Empty> : (
          <>
            <p className="hint" role="status">{words.list.total(text.format.number(total))}</p>
            <ul className="visit-stops" aria-label={words.list.title}>
              {visits.map(({ id, day, enterprise, state, cancelledAt, followUps, demonstration, content }) => (
                <li key={id} className="visit-stop">
                  <div className="row-apart">
                    <Link to={`${seat.base}/visits/${id}`}><strong>{enterprise.name}</strong></Link>
                    <span className="row-tight">
                      {demonstration ? <Badge>{words.one.demonstration}</Badge> : null}
                      {cancelledAt !== null ? <Badge icon="close">{words.one.cancelled}</Badge> : state === 'made' ? <Badge tone="ok" icon="check">{words.one.made}</Badge> : <Badge tone="action" icon="clock">{words.one.planned}</Badge>}
                    </span>
                  </div>
                  <p className="hint">{text.format.shortDate(day)}{content === null || content.found === '' ? '' : `　${content.found.slice(0, 60)}`}</p>
                  {cancelledAt !== null ? null : Object.entries(followUps).map(([kind, one]) => (one.done ? null : <Badge key={kind} tone="warn" icon="alert">{words.followUps[kind as keyof typeof followUps].what}</Badge>))}
                </li>
              ))}
            </ul>
            {visits.length < total ? <div><Button icon="more" onClick={() => setLimit(Math.min(200, limit + 50))}>{words.list.more}</Button></div> : null}
          </>
        ))}
      </Shown>
    </>
  );
}
