// The visits of a day in the order of the route: what is still to do, what is done. Today's are taken along for where there is no line.
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { getVisitDay, listVisits, orderVisits } from '../../../modules/visits/contract.ts';
import type { Visit } from '../../../modules/visits/model.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { addDays, today } from '../../app/server-clock.ts';
import { useMe, useSeat } from '../../app/session.tsx';
import { useText } from '../../language/text.tsx';
import { useVisitsText } from '../../language/visits.ts';
import { keepForTheRoad } from '../../offline/kept-answers.ts';
import { watchOutbox } from '../../offline/outbox.ts';
import { setUpWorker } from '../../offline/registration.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { Badge, Empty, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { ReplanDialog } from './replan-dialog.tsx';
import './visits.css';

export function VisitsDayPage() {
  const text = useText();
  const words = useVisitsText();
  const seat = useSeat();
  const [parameters, setParameters] = useSearchParams();
  const day = parameters.get('day') ?? today();
  const read = useRead(getVisitDay, { edition: seat.edition, unitCode: seat.unitCode, day }, { keep: true });
  const mayWrite = read.data?.mayWrite ?? false;
  const go = (to: string): void => setParameters(to === today() ? {} : { day: to });
  return (
    <>
      <PageTitle title={words.day.title} aside={<><LinkButton icon="search" to={`${seat.base}/visits/list`}>{words.day.all}</LinkButton><Button kind="quiet" icon="document" onClick={() => print()}>{words.day.print}</Button></>} />
      <div className="visit-day">
        <Button icon="arrow_left" iconOnly onClick={() => go(addDays(day, -1))}>{words.day.before}</Button>
        <TextField type="date" label={words.day.date} hiddenLabel value={day} onValue={(to) => (/^\d{4}-\d{2}-\d{2}$/.test(to) ? go(to) : undefined)} />
        <Button icon="arrow_right" iconOnly onClick={() => go(addDays(day, 1))}>{words.day.after}</Button>
        {day === today() ? null : <Button kind="quiet" onClick={() => go(today())}>{words.day.today}</Button>}
      </div>
      {mayWrite ? (
        <div className="row visit-day">
          <LinkButton kind="primary" icon="camera" to={`${seat.base}/visits/new`}>{words.day.recordOther}</LinkButton>
          <LinkButton icon="add" to={`${seat.base}/visits/plan?day=${day}`}>{words.day.plan}</LinkButton>
        </div>
      ) : null}
      <OpenItems />
      <Shown read={read}>{(answer) => <Day day={day} visits={answer.visits} mayWrite={answer.mayWrite} label={text.format.date(day)} />}</Shown>
      {mayWrite ? <ForTheRoad day={day} stamp={read.dataUpdatedAt} /> : null}
    </>
  );
}

function OpenItems() {
  const text = useText();
  const words = useVisitsText().day;
  const seat = useSeat();
  const open = useRead(listVisits, { edition: seat.edition, unitCode: seat.unitCode, open: 'true', limit: 1 }, { fresh: 30_000 });
  const total = open.data?.total ?? 0;
  if (total === 0) return null;
  return <div className="visit-screen"><Notice tone="warn"><p>{words.openItems(text.format.number(total))}</p><div><LinkButton to={`${seat.base}/visits/list?show=open`}>{words.seeOpen}</LinkButton></div></Notice></div>;
}

interface DayProps {
  readonly day: string;
  readonly visits: readonly Visit[];
  readonly mayWrite: boolean;
  readonly label: string;
}

function Day({ day, visits, mayWrite, label }: DayProps) {
  const text = useText();
  const words = useVisitsText().day;
  const me = useMe();
  const seat = useSeat();
  const order = useCommand(orderVisits);
  const [mine, setMine] = useState(false);
  const [changing, setChanging] = useState<Visit | null>(null);
  const shown = mine ? visits.filter(({ officers }) => officers.some(({ id }) => id === me.account.id)) : visits;
  const planned = shown.filter(({ state }) => state === 'planned');
  const made = shown.filter(({ state }) => state === 'made');
  const put = async (ids: readonly string[]): Promise<boolean> => (await order.run({ edition: seat.edition, unitCode: seat.unitCode, day, ids: [...ids] })) !== null;
  const move = async (visit: Visit, step: -1 | 1): Promise<void> => {
    const neighbour = planned[planned.indexOf(visit) + step];
    if (neighbour === undefined) return;
    const before = visits.map(({ id }) => id);
    const after = before.map((id) => (id === visit.id ? neighbour.id : id === neighbour.id ? visit.id : id));
    if (await put(after)) tell({ text: words.ordered, undo: () => put(before) });
  };
  if (visits.length === 0) return <Empty>{mayWrite ? words.none : words.noneToRead}</Empty>;
  return (
    <>
      <div className="stack visit-screen">
        <p role="status">{words.count(text.format.number(planned.length), text.format.number(made.length))}</p>
        <CheckField label={words.mine} checked={mine} onChecked={setMine} />
        <FailureNotice failure={order.failure} kept="nothing" />
        <ul className="visit-stops" aria-label={words.title}>
          {[...planned, ...made].map((visit) => <Stop key={visit.id} visit={visit} first={visit === planned[0]} last={visit === planned.at(-1)} onMove={(step) => void move(visit, step)} onChange={() => setChanging(visit)} />)}
        </ul>
      </div>
      <Printed visits={shown} label={label} />
      {changing === null ? null : <ReplanDialog visit={changing} onClose={() => setChanging(null)} />}
    </>
  );
}

function Stop({ visit, first, last, onMove, onChange }: { readonly visit: Visit; readonly first: boolean; readonly last: boolean; readonly onMove: (step: -1 | 1) => void; readonly onChange: () => void }) {
  const text = useText();
  const words = useVisitsText();
  const seat = useSeat();
  const { id, enterprise: { name }, officers, purpose, state, may, demonstration } = visit;
  return (
    <li className="visit-stop">
      <div className="row-apart">
        <strong>{name}</strong>
        <span className="row-tight">{demonstration ? <Badge>{words.one.demonstration}</Badge> : null}{state === 'made' ? <Badge tone="ok" icon="check">{words.day.made}</Badge> : <Badge tone="action" icon="clock">{words.day.planned}</Badge>}</span>
      </div>
      <p className="hint">{officers.length === 0 ? words.day.nobody : words.day.officers(text.format.list(officers.map((one) => one.name)))}{purpose === '' ? '' : `　${words.day.purpose(purpose)}`}</p>
      <div className="visit-stop-acts">
        {may.includes('record') ? <LinkButton kind="primary" icon="camera" to={`${seat.base}/visits/new?plan=${id}&day=${visit.day}`}>{words.day.record}</LinkButton> : <LinkButton icon="eye" to={`${seat.base}/visits/${id}`}>{words.day.open}</LinkButton>}
        {may.includes('replan') ? (
          <>
            <Button icon="settings" iconOnly onClick={onChange}>{words.day.change(name)}</Button>
            {first ? null : <Button icon="arrow_down" iconOnly className="visit-up" onClick={() => onMove(-1)}>{words.day.up(name)}</Button>}
            {last ? null : <Button icon="arrow_down" iconOnly onClick={() => onMove(1)}>{words.day.down(name)}</Button>}
          </>
        ) : null}
      </div>
    </li>
  );
}

function Printed({ visits, label }: { readonly visits: readonly Visit[]; readonly label: string }) {
  const text = useText();
  const words = useVisitsText();
  const seat = useSeat();
  return (
    <div className="visit-print" aria-hidden="true">
      <h2>{words.day.printed(seat.unitName, label)}</h2>
      <table>
        <thead><tr><th>{words.one.enterprise}</th><th>{words.one.officers}</th><th>{words.one.purpose}</th><th>{words.day.signed}</th></tr></thead>
        <tbody>
          {visits.map(({ id, enterprise, officers, purpose, content }) => (
            <tr key={id}><td>{enterprise.name}<br />{enterprise.uscc ?? ''}</td><td>{text.format.list(officers.map(({ name }) => name))}</td><td>{purpose}</td><td>{content?.found ?? ''}</td></tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Takes the day along as soon as it has been shown, and says whether that went well. */
function ForTheRoad({ day, stamp }: { readonly day: string; readonly stamp: number }) {
  const words = useVisitsText().day;
  const seat = useSeat();
  const [ready, setReady] = useState<boolean | null>(null);
  const { edition, unitCode } = seat;
  useEffect(() => {
    if (day !== today() || stamp === 0 || !navigator.onLine) return undefined;
    let here = true;
    watchOutbox();
    void Promise.all([setUpWorker(), keepForTheRoad({ edition, unitCode }, day)]).then(([worker, kept]) => (here ? setReady(worker && kept) : undefined), () => undefined);
    return () => {
      here = false;
    };
  }, [edition, unitCode, day, stamp]);
  return <p className="hint visit-screen" role="status">{ready === null ? '' : ready ? words.ready : words.notReady}</p>;
}
