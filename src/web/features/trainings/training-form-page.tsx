// A training drafted, or changed.
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { createTraining, getTraining, saveTraining } from '../../../modules/trainings/contract.ts';
import { type Training, trainingMode } from '../../../modules/trainings/model.ts';
import { issuesOf } from '../../app/failure.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useText } from '../../language/text.tsx';
import { useTrainingsText } from '../../language/trainings.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import './trainings.css';

export function NewTrainingPage() {
  const words = useTrainingsText();
  return <><PageTitle title={words.form.create} /><TrainingForm training={null} /></>;
}

export function EditTrainingPage() {
  const words = useTrainingsText();
  const { id = '' } = useParams();
  const read = useRead(getTraining, { id });
  return <><PageTitle title={words.form.edit} /><Shown read={read}>{({ training }) => <TrainingForm key={training.version} training={training} />}</Shown></>;
}

const nothing = { title: '', startsAt: '', endsAt: '', mode: 'offline', place: '', capacity: '', audience: '', description: '', signUpUntil: '', linkName: '', link: '' };
type Typed = typeof nothing;

const local = (at: string): string => at.slice(0, 16);
const instantOf = (typed: string): string => `${typed}:00.000+08:00`;
const times = ['startsAt', 'endsAt', 'signUpUntil'] as const;

function typedOf(training: Training | null): Typed {
  if (training === null) return nothing;
  const { title, mode, place, audience, description, startsAt, endsAt, signUpUntil, capacity, links } = training.content;
  return { title, mode, place, audience, description, startsAt: local(startsAt), endsAt: local(endsAt), signUpUntil: local(signUpUntil), capacity: capacity === null ? '' : String(capacity), linkName: links[0]?.name ?? '', link: links[0]?.address ?? '' };
}

function TrainingForm({ training }: { readonly training: Training | null }) {
  const text = useText();
  const { form: words, modes } = useTrainingsText();
  const seat = useSeat();
  const navigate = useNavigate();
  const create = useCommand(createTraining);
  const edit = useCommand(saveTraining);
  const [typed, setTyped] = useState(() => typedOf(training));
  const [pressed, setPressed] = useState(false);
  const failure = create.failure ?? edit.failure;
  const issues = issuesOf(failure);
  const capacity = typed.capacity.trim() === '' ? null : Number(typed.capacity);
  const wrongCapacity = capacity !== null && !Number.isInteger(capacity);
  const wrong = (field: keyof Typed): string | null => {
    if (pressed && times.some((time) => time === field) && typed[field] === '') return words.timeMissing;
    if (pressed && field === 'capacity' && wrongCapacity) return words.wrongCapacity;
    const path = field === 'link' ? 'content.links.0.address' : field === 'linkName' ? 'content.links.0.name' : `content.${field}`;
    const issue = issues.find((one) => one.path === path);
    return issue === undefined ? null : text.problems.issue(issue.rule, issue);
  };
  const own = (field: keyof Typed) => ({ value: typed[field], onValue: (value: string): void => setTyped({ ...typed, [field]: value }), error: wrong(field) });
  const save = async (): Promise<void> => {
    setPressed(true);
    if (wrongCapacity || times.some((time) => typed[time] === '')) return;
    const { linkName, link, ...rest } = typed;
    const others = training?.content.links.slice(1) ?? [];
    const links = link.trim() === '' ? others : [{ name: linkName.trim() === '' ? link.trim().slice(0, 60) : linkName, address: link.trim() }, ...others];
    const content = { ...rest, mode: trainingMode.options.find((mode) => mode === typed.mode) ?? 'offline', startsAt: instantOf(typed.startsAt), endsAt: instantOf(typed.endsAt), signUpUntil: instantOf(typed.signUpUntil), capacity, links: [...links] };
    const saved = training === null ? await create.run({ edition: seat.edition, unitCode: seat.unitCode, content }) : await edit.run({ id: training.id, version: training.version, content });
    if (saved === null) return;
    tell({ text: words.saved });
    void navigate(`${seat.base}/trainings/${saved.id}`, { replace: true });
  };
  return (
    <Form className="stack training-form" onSubmit={save}>
      <FailureNotice failure={failure} kept="typed" />
      <TextField label={words.title} maxLength={80} {...own('title')} />
      <TextField type="datetime-local" label={words.startsAt} {...own('startsAt')} />
      <TextField type="datetime-local" label={words.endsAt} {...own('endsAt')} />
      <SelectField label={words.mode} {...own('mode')} options={trainingMode.options.map((value) => ({ value, label: modes[value] }))} />
      <TextField label={words.place} hint={words.placeHint} optional={typed.mode === 'online'} maxLength={100} {...own('place')} />
      <TextField label={words.capacity} hint={words.capacityHint} optional inputMode="numeric" maxLength={6} {...own('capacity')} />
      <TextField label={words.audience} optional maxLength={100} {...own('audience')} />
      <TextField type="datetime-local" label={words.signUpUntil} {...own('signUpUntil')} />
      <TextArea label={words.description} optional rows={6} maxLength={2_000} {...own('description')} />
      <TextField label={words.linkName} optional maxLength={60} {...own('linkName')} />
      <TextField type="url" label={words.link} hint={words.linkHint} optional maxLength={500} {...own('link')} />
      <div className="row">
        <Button kind="primary" icon="check" type="submit" busy={create.busy || edit.busy}>{words.save}</Button>
        <LinkButton kind="quiet" to={training === null ? `${seat.base}/trainings` : `${seat.base}/trainings/${training.id}`}>{words.cancel}</LinkButton>
      </div>
    </Form>
  );
}
