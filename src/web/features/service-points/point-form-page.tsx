// A service point written down for the first time, or changed.
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { addServicePoint, editServicePoint, getServicePoint } from '../../../modules/service-points/contract.ts';
import { type ServicePoint, servicePointKind } from '../../../modules/service-points/model.ts';
import { chosen } from '../../app/chosen.ts';
import { issuesOf } from '../../app/failure.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useServicePointsText } from '../../language/service-points.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import './service-points.css';

export function NewPointPage() {
  const words = useServicePointsText();
  return <><PageTitle title={words.form.create} /><PointForm point={null} /></>;
}

export function EditPointPage() {
  const words = useServicePointsText();
  const seat = useSeat();
  const { id = '' } = useParams();
  const read = useRead(getServicePoint, { edition: seat.edition, id });
  return <><PageTitle title={words.form.edit} /><Shown read={read}>{({ point }) => <PointForm key={point.version} point={point} />}</Shown></>;
}

const nothing = { kind: 'contact_point', name: '', body: '', uscc: '', address: '', hours: '', telephone: '', coverage: '', position: '' };
type Typed = typeof nothing;

function typedOf(point: ServicePoint | null): Typed {
  if (point === null) return nothing;
  const { position, uscc, ...rest } = point.content;
  return { ...rest, uscc: uscc ?? '', position: position === null ? '' : `${position.latitude},${position.longitude}` };
}

/** undefined: not two numbers. */
function positionOf(typed: string): { latitude: number; longitude: number } | null | undefined {
  if (typed.trim() === '') return null;
  const [latitude, longitude, ...more] = typed.normalize('NFKC').split(/[,，、\s]+/).map(Number);
  return latitude === undefined || longitude === undefined || more.length > 0 || Number.isNaN(latitude) || Number.isNaN(longitude) ? undefined : { latitude, longitude };
}

function PointForm({ point }: { readonly point: ServicePoint | null }) {
  const text = useText();
  const { form: words, kinds } = useServicePointsText();
  const seat = useSeat();
  const navigate = useNavigate();
  const add = useCommand(addServicePoint);
  const edit = useCommand(editServicePoint);
  const [typed, setTyped] = useState(() => typedOf(point));
  const [pressed, setPressed] = useState(false);
  const failure = add.failure ?? edit.failure;
  const issues = issuesOf(failure);
  const wrong = (field: string): string | null => {
    const issue = issues.find(({ path }) => path === `content.${field}` || path.startsWith(`content.${field}.`));
    return issue === undefined ? null : text.problems.issue(issue.rule, issue);
  };
  const position = positionOf(typed.position);
  const set = (field: keyof Typed) => (value: string): void => setTyped({ ...typed, [field]: value });
  const own = (field: keyof Typed) => ({ value: typed[field], onValue: set(field), error: wrong(field) });
  const save = async (): Promise<void> => {
    setPressed(true);
    if (position === undefined) return;
    const content = { ...typed, kind: chosen(servicePointKind, typed.kind), uscc: typed.uscc.trim() === '' ? null : typed.uscc, position };
    const saved = point === null ? await add.run({ edition: seat.edition, unitCode: seat.unitCode, content }) : await edit.run({ edition: seat.edition, id: point.id, version: point.version, content });
    if (saved === null) return;
    tell({ text: words.saved });
    void navigate(`${seat.base}/service-points/${saved.id}`, { replace: true });
  };
  return (
    <Form className="stack point-form" onSubmit={save}>
      <FailureNotice failure={failure} kept="typed" />
      <SelectField label={words.kind} {...own('kind')} options={servicePointKind.options.map((value) => ({ value, label: kinds[value] }))} />
      <TextField label={words.name} hint={words.nameHint} maxLength={60} {...own('name')} />
      <TextField label={words.body} optional maxLength={60} {...own('body')} />
      <TextField label={words.uscc} optional maxLength={40} {...own('uscc')} />
      <TextField label={words.address} maxLength={100} {...own('address')} />
      <TextField label={words.hours} optional maxLength={60} {...own('hours')} />
      <TextField label={words.telephone} hint={words.telephoneHint} optional maxLength={24} inputMode="tel" {...own('telephone')} />
      <TextField label={words.coverage} hint={words.coverageHint} optional maxLength={100} {...own('coverage')} />
      <TextField label={words.position} hint={words.positionHint} optional maxLength={40} {...own('position')} error={pressed && position === undefined ? words.positionWrong : wrong('position')} />
      <div className="row">
        <Button kind="primary" icon="check" type="submit" busy={add.busy || edit.busy}>{words.save}</Button>
        <LinkButton kind="quiet" to={point === null ? `${seat.base}/service-points` : `${seat.base}/service-points/${point.id}`}>{words.cancel}</LinkButton>
      </div>
    </Form>
  );
}
