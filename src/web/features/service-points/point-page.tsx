// One service point: what it is, the steps of its life that are this person's to take, what was done there, and its people.
import { useState } from 'react';
import { useParams } from 'react-router';
import { actOnServicePoint, getServicePoint, nameServicePoint } from '../../../modules/service-points/contract.ts';
import { namingAct, type ServicePoint, servicePointAct, type ServicePointAct, type ServicePointStep, workingAct } from '../../../modules/service-points/model.ts';
import { chosen } from '../../app/chosen.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { today } from '../../app/server-clock.ts';
import { useSeat } from '../../app/session.tsx';
import { useServicePointsText } from '../../language/service-points.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Badge, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { Liaisons } from './liaisons.tsx';
import { ServiceLog } from './service-log.tsx';
import { StateBadge } from './service-points-page.tsx';
import './service-points.css';

export function PointPage() {
  const words = useServicePointsText();
  const seat = useSeat();
  const { id = '' } = useParams();
  const read = useRead(getServicePoint, { edition: seat.edition, id });
  return (
    <>
      <PageTitle title={read.data?.point.content.name ?? words.title} aside={<LinkButton kind="quiet" icon="arrow_left" to={`${seat.base}/service-points`}>{words.one.back}</LinkButton>} />
      <Shown read={read}>
        {({ point, steps, services, liaisons }) => (
          <div className="stack">
            <Facts point={point} />
            <NextSteps key={point.version} point={point} />
            <ServiceLog point={point} services={services} />
            {point.unitCode === seat.unitCode ? <Liaisons point={point} count={liaisons} /> : null}
            <Life steps={steps} />
          </div>
        )}
      </Shown>
    </>
  );
}

function Facts({ point }: { readonly point: ServicePoint }) {
  const text = useText();
  const words = useServicePointsText();
  const seat = useSeat();
  const { content, state, namedOn, reviewedOn, reviewDueOn, may, demonstration } = point;
  const shown = state === 'named' || state === 'reviewed';
  const day = (date: string | null): string => (date === null ? '' : text.format.date(date));
  const facts: [string, string][] = [
    [words.form.kind, words.kinds[content.kind]], [words.form.body, content.body], [words.form.uscc, content.uscc ?? ''], [words.form.address, content.address], [words.form.hours, content.hours], [words.form.telephone, content.telephone],
    [words.form.coverage, content.coverage], [words.form.position, content.position === null ? '' : `${content.position.latitude}, ${content.position.longitude}`],
    [words.one.namedOn, day(namedOn)], [words.one.reviewedOn, day(reviewedOn)], [words.one.dueOn, day(reviewDueOn)],
  ];
  return (
    <section className="panel stack" aria-label={words.one.facts}>
      <p className="row-tight"><StateBadge state={state} /> {demonstration ? <Badge>{words.list.demonstration}</Badge> : null} <span className="hint">{shown ? words.one.publicNote : words.one.notPublic}</span></p>
      <dl className="facts">{facts.filter(([, value]) => value !== '').map(([name, value]) => <div key={name} className="facts-pair"><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      {may.includes('edit') ? <div><LinkButton icon="pencil" to={`${seat.base}/service-points/${point.id}/edit`}>{words.one.edit}</LinkButton></div> : null}
    </section>
  );
}

function NextSteps({ point }: { readonly point: ServicePoint }) {
  const words = useServicePointsText();
  const seat = useSeat();
  const act = useCommand(actOnServicePoint);
  const name = useCommand(nameServicePoint);
  const [onDay, setOnDay] = useState(today());
  const [note, setNote] = useState('');
  const open = servicePointAct.options.filter((one) => point.may.includes(one));
  const take = async (one: ServicePointAct): Promise<void> => {
    const common = { edition: seat.edition, id: point.id, version: point.version, onDay, note };
    const naming = namingAct.options.find((of) => of === one);
    const saved = naming === undefined ? await act.run({ ...common, act: chosen(workingAct, one) }) : await name.run({ ...common, act: naming });
    if (saved !== null) tell({ text: words.one.done(words.acts[one]) });
  };
  return (
    <section className="panel stack-tight" aria-labelledby="point-next">
      <h2 id="point-next">{words.one.steps}</h2>
      <FailureNotice failure={act.failure ?? name.failure} kept="typed" />
      {open.length === 0 ? <p className="hint">{words.one.none}</p> : (
        <>
          <TextField type="date" label={words.one.day} value={onDay} onValue={setOnDay} />
          <TextField label={words.one.note} hint={words.one.noteHint} optional maxLength={200} value={note} onValue={setNote} />
          <div className="row">
            {open.map((one, index) => (
              <Button key={one} kind={one === 'revoke' ? 'danger' : index === 0 ? 'primary' : 'quiet'} busy={act.busy || name.busy} onClick={() => void take(one)}>{words.acts[one]}</Button>
            ))}
          </div>
        </>
      )}
    </section>
  );
}

function Life({ steps }: { readonly steps: readonly ServicePointStep[] }) {
  const text = useText();
  const words = useServicePointsText();
  return (
    <section className="stack-tight" aria-labelledby="point-life">
      <h2 id="point-life">{words.one.life}</h2>
      <ol className="point-steps" reversed>
        {steps.map(({ act, onDay, note, accountName, at }) => (
          <li key={at}>
            <strong>{words.acts[act as ServicePointAct] ?? act}</strong> <span>{text.format.date(onDay)}</span>
            {note === '' ? null : <p>{note}</p>}
            <p className="hint">{words.one.by(accountName, text.format.shortInstant(at))}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
