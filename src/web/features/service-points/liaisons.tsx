// Liaison officers of a point. Shown when asked for, since every look is recorded.
import { useState } from 'react';
import { endLiaison, readLiaisons, saveLiaison } from '../../../modules/service-points/contract.ts';
import { type LiaisonOfficer, liaisonSide, type ServicePoint } from '../../../modules/service-points/model.ts';
import { chosen } from '../../app/chosen.ts';
import { issuesOf } from '../../app/failure.ts';
import { useCommand } from '../../app/queries.ts';
import { today } from '../../app/server-clock.ts';
import { useSeat } from '../../app/session.tsx';
import { useServicePointsText } from '../../language/service-points.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';

export function Liaisons({ point, count }: { readonly point: ServicePoint; readonly count: number }) {
  const text = useText();
  const { liaisons: words } = useServicePointsText();
  const seat = useSeat();
  const read = useCommand(readLiaisons);
  const end = useCommand(endLiaison);
  const [shown, setShown] = useState<readonly LiaisonOfficer[] | null>(null);
  const [adding, setAdding] = useState(false);
  const ask = { edition: seat.edition, id: point.id };
  const show = async (): Promise<void> => {
    const answer = await read.run(ask);
    if (answer !== null) setShown(answer.liaisons);
  };
  const leave = async (liaison: LiaisonOfficer): Promise<void> => {
    if ((await end.run({ ...ask, liaison: liaison.id, version: liaison.version })) === null) return;
    setShown((shown ?? []).filter(({ id }) => id !== liaison.id));
    tell({ text: words.ended });
  };
  return (
    <section className="stack-tight" aria-labelledby="point-liaisons">
      <h2 id="point-liaisons">{words.title}</h2>
      <p className="hint">{words.readHint}</p>
      <FailureNotice failure={read.failure ?? end.failure} kept="nothing" />
      {count === 0 ? <p>{words.none}</p> : null}
      {count > 0 && shown === null ? <div><Button icon="eye" busy={read.busy} onClick={() => void show()}>{words.show(text.format.number(count))}</Button></div> : null}
      {shown === null ? null : (
        <ul className="point-steps">
          {shown.map((one) => (
            <li key={one.id} className="row-apart">
              <span>{text.format.list([words.sides[one.side], one.person.name, one.person.post, one.person.telephone].filter((part) => part !== ''))}</span>
              <Button kind="quiet" icon="trash" busy={end.busy} onClick={() => void leave(one)}>{words.end}</Button>
            </li>
          ))}
        </ul>
      )}
      {point.may.includes('edit') && !adding ? <div><Button icon="add" onClick={() => setAdding(true)}>{words.add}</Button></div> : null}
      {adding ? <LiaisonForm point={point} onDone={(saved) => { setAdding(false); if (saved) setShown(null); }} /> : null}
    </section>
  );
}

function LiaisonForm({ point, onDone }: { readonly point: ServicePoint; readonly onDone: (saved: boolean) => void }) {
  const text = useText();
  const { liaisons: words, form } = useServicePointsText();
  const seat = useSeat();
  const save = useCommand(saveLiaison);
  const [typed, setTyped] = useState({ side: 'point', name: '', post: '', telephone: '', toldOn: today(), since: today() });
  const issues = issuesOf(save.failure);
  const own = (field: keyof typeof typed) => {
    const issue = issues.find(({ path }) => path === field || path === `person.${field}`);
    return { value: typed[field], onValue: (value: string) => setTyped({ ...typed, [field]: value }), error: issue === undefined ? null : text.problems.issue(issue.rule, issue) };
  };
  const send = async (): Promise<void> => {
    const { side, toldOn, since, ...person } = typed;
    const saved = await save.run({ edition: seat.edition, id: point.id, liaison: null, version: null, side: chosen(liaisonSide, side), person, toldOn, since });
    if (saved === null) return;
    tell({ text: words.saved });
    onDone(true);
  };
  return (
    <Form className="panel stack-tight point-form" onSubmit={send}>
      <FailureNotice failure={save.failure} kept="typed" />
      <SelectField label={words.side} {...own('side')} options={liaisonSide.options.map((value) => ({ value, label: words.sides[value] }))} />
      <TextField label={words.name} maxLength={40} {...own('name')} />
      <TextField label={words.post} optional maxLength={40} {...own('post')} />
      <TextField label={words.telephone} inputMode="tel" maxLength={24} {...own('telephone')} />
      <TextField type="date" label={words.toldOn} hint={words.toldHint} {...own('toldOn')} />
      <TextField type="date" label={words.since} {...own('since')} />
      <div className="row"><Button kind="primary" icon="check" type="submit" busy={save.busy}>{form.save}</Button><Button kind="quiet" onClick={() => onDone(false)}>{form.cancel}</Button></div>
    </Form>
  );
}
