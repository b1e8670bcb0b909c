// One training: what was announced, what can be done with it, who came, what is counted by hand, what people thought.
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { actOnTraining, correctTraining, getTraining, openTraining } from '../../../modules/trainings/contract.ts';
import { type FeedbackResult, type Training, type TrainingAct, trainingAct } from '../../../modules/trainings/model.ts';
import { issuesOf } from '../../app/failure.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useText } from '../../language/text.tsx';
import { useTrainingsText } from '../../language/trainings.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Badge, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { People } from './people.tsx';
import { TrainingBadge } from './trainings-page.tsx';
import './trainings.css';

export function TrainingPage() {
  const text = useText();
  const words = useTrainingsText();
  const seat = useSeat();
  const { id = '' } = useParams();
  const read = useRead(getTraining, { id });
  return (
    <>
      <PageTitle title={read.data?.training.content.title ?? words.title} aside={<LinkButton kind="quiet" icon="arrow_left" to={`${seat.base}/trainings`}>{words.one.back}</LinkButton>} />
      <Shown read={read}>
        {({ training, feedback, entryId, beyond }) => (
          <div className="stack">
            <Facts training={training} entryId={entryId} />
            {beyond > 0 ? <p className="panel">{words.one.beyond(text.format.number(beyond))}</p> : null}
            <Steps key={training.version} training={training} />
            <People training={training} />
            {training.may.includes('correct') ? <Correction key={`c${training.version}`} training={training} /> : null}
            <Feedback feedback={feedback} />
          </div>
        )}
      </Shown>
    </>
  );
}

function Facts({ training: { id, content, state, counts, reason, may, demonstration, corrected, correctedFor }, entryId }: { readonly training: Training; readonly entryId: string | null }) {
  const text = useText();
  const words = useTrainingsText();
  const seat = useSeat();
  const { one, form } = words;
  const facts: [string, string][] = [
    [form.startsAt, text.format.instant(content.startsAt)], [form.endsAt, text.format.instant(content.endsAt)], [form.mode, words.modes[content.mode]], [form.place, content.place], [form.audience, content.audience],
    [form.signUpUntil, text.format.instant(content.signUpUntil)], [form.capacity, content.capacity === null ? '' : one.person(text.format.number(content.capacity))], [one.cancelledFor, reason ?? ''],
    [one.places, one.person(text.format.number(counts.places))], [one.checkIns, one.times(text.format.number(counts.checkIns))], [one.enterprises, one.firms(text.format.number(counts.enterprises))], [one.attendances, one.times(text.format.number(counts.attendances))],
  ];
  return (
    <section className="panel stack" aria-label={one.facts}>
      <p className="row-tight"><TrainingBadge state={state} />{demonstration ? <Badge>{words.list.demonstration}</Badge> : null}</p>
      <dl className="facts">{facts.filter(([, value]) => value !== '').map(([name, value]) => <div key={name} className="facts-pair"><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      {correctedFor === null ? null : <p className="hint">{words.correction.now(text.format.number(corrected), correctedFor)}</p>}
      {content.description === '' ? null : <p className="training-text">{content.description}</p>}
      <div className="row">
        {may.includes('run') ? <LinkButton kind="primary" icon="check" to={`${seat.base}/trainings/${id}/check-in`}>{one.checkIn}</LinkButton> : null}
        {may.includes('run') ? <LinkButton icon="eye" to={`${seat.base}/trainings/${id}/venue`}>{one.venue}</LinkButton> : null}
        {may.includes('edit') ? <LinkButton icon="pencil" to={`${seat.base}/trainings/${id}/edit`}>{one.edit}</LinkButton> : null}
        {state === 'draft' ? null : <a href={`/trainings/${id}`} target="_blank" rel="noreferrer">{one.page}</a>}
        {entryId === null ? null : <Link to={`${seat.base}/ledger/${entryId}`}>{one.entry}</Link>}
      </div>
    </section>
  );
}

function Steps({ training }: { readonly training: Training }) {
  const { one: words, acts } = useTrainingsText();
  const act = useCommand(actOnTraining);
  const open = useCommand(openTraining);
  const [reason, setReason] = useState('');
  const { id, version, may } = training;
  const steps = trainingAct.options.filter((step) => may.includes(step));
  const announce = async (): Promise<void> => {
    if ((await open.run({ id, version })) !== null) tell({ text: words.done(acts.open) });
  };
  const take = async (step: TrainingAct): Promise<void> => {
    if ((await act.run({ id, version, act: step, reason: step === 'cancel' ? reason : '' })) !== null) tell({ text: words.done(acts[step]) });
  };
  return (
    <section className="panel stack-tight" aria-labelledby="training-steps">
      <h2 id="training-steps">{words.steps}</h2>
      <FailureNotice failure={act.failure ?? open.failure} kept="typed" />
      {steps.length === 0 && !may.includes('open') ? <p className="hint">{words.none}</p> : null}
      {steps.includes('cancel') ? <TextField label={words.reason} hint={words.reasonHint} optional maxLength={200} value={reason} onValue={setReason} /> : null}
      <div className="row">
        {may.includes('open') ? <Button kind="primary" busy={open.busy} onClick={() => void announce()}>{acts.open}</Button> : null}
        {steps.map((step) => <Button key={step} kind={step === 'cancel' ? 'danger' : 'quiet'} busy={act.busy} onClick={() => void take(step)}>{acts[step]}</Button>)}
      </div>
    </section>
  );
}

function Correction({ training: { id, version, corrected } }: { readonly training: Training }) {
  const text = useText();
  const { correction: words } = useTrainingsText();
  const correct = useCommand(correctTraining);
  const [count, setCount] = useState(String(corrected));
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  const number = Number(count);
  const whole = count.trim() !== '' && Number.isInteger(number);
  const issue = issuesOf(correct.failure).find(({ path }) => path === 'reason');
  const save = async (): Promise<void> => {
    setPressed(true);
    if (!whole) return;
    if ((await correct.run({ id, version, corrected: number, reason })) !== null) tell({ text: words.saved });
  };
  return (
    <section className="stack-tight" aria-labelledby="training-correction">
      <h2 id="training-correction">{words.title}</h2>
      <p className="hint">{words.hint}</p>
      <Form className="panel stack-tight training-form" onSubmit={save}>
        <FailureNotice failure={correct.failure} kept="typed" />
        <TextField label={words.count} inputMode="text" maxLength={8} value={count} onValue={setCount} error={pressed && !whole ? words.whole : null} />
        <TextField label={words.reason} hint={words.reasonHint} maxLength={200} value={reason} onValue={setReason} error={issue === undefined ? null : text.problems.issue(issue.rule, issue)} />
        <div><Button icon="check" type="submit" busy={correct.busy}>{words.save}</Button></div>
      </Form>
    </section>
  );
}

function Feedback({ feedback: { count, stars, texts } }: { readonly feedback: FeedbackResult }) {
  const text = useText();
  const { feedback: words } = useTrainingsText();
  const mean = stars.reduce((sum, n, index) => sum + n * (index + 1), 0) / Math.max(1, count);
  return (
    <section className="stack-tight" aria-labelledby="training-feedback">
      <h2 id="training-feedback">{words.title}</h2>
      {stars.length === 0 ? <p className="hint">{count === 0 ? words.none : words.few(text.format.number(count))}</p> : (
        <>
          <p>{words.total(text.format.number(count), mean.toFixed(1))}</p>
          <dl className="facts">{stars.map((n, index) => <div key={index} className="facts-pair"><dt>{words.star(String(index + 1))}</dt><dd>{text.format.number(n)}</dd></div>)}</dl>
          <ul>{texts.map((one, index) => <li key={index}>{one}</li>)}</ul>
        </>
      )}
    </section>
  );
}
