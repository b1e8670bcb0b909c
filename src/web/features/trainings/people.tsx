// Who comes to a training: shown when asked for, since every look is recorded; printed as a list to sign; people written down.
import { useState } from 'react';
import { uncodedReason } from '../../../modules/enterprises/model.ts';
import { addPerson, checkIn, readPeople } from '../../../modules/trainings/contract.ts';
import type { Attendee, Training } from '../../../modules/trainings/model.ts';
import { issuesOf } from '../../app/failure.ts';
import { useCommand } from '../../app/queries.ts';
import { useText } from '../../language/text.tsx';
import { useTrainingsText } from '../../language/trainings.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField, SelectField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';

export function People({ training: { id, may, counts } }: { readonly training: Training }) {
  const text = useText();
  const { people: words, door } = useTrainingsText();
  const read = useCommand(readPeople);
  const enter = useCommand(checkIn);
  const [people, setPeople] = useState<readonly Attendee[] | null>(null);
  const [adding, setAdding] = useState(false);
  const runs = may.includes('run');
  const show = async (): Promise<void> => {
    const answer = await read.run({ id });
    if (answer !== null) setPeople(answer.people);
  };
  const come = async (place: string): Promise<void> => {
    const answer = await enter.run({ id, who: { place } });
    if (answer === null) return;
    tell({ text: door[answer.outcome] });
    setPeople((people ?? []).map((one) => (one.id === place && !one.days.includes(answer.day) ? { ...one, days: [...one.days, answer.day] } : one)));
  };
  return (
    <section className="stack-tight" aria-labelledby="training-people">
      <h2 id="training-people">{words.title}</h2>
      <p className="hint">{words.hint}</p>
      <FailureNotice failure={read.failure ?? enter.failure} kept="nothing" />
      {counts.places === 0 ? <p>{words.none}</p> : null}
      <div className="row screen-only">
        {counts.places > 0 && people === null ? <Button icon="eye" busy={read.busy} onClick={() => void show()}>{words.show}</Button> : null}
        {people === null ? null : <Button icon="document" onClick={() => print()}>{words.print}</Button>}
        {runs && !adding ? <Button icon="add" onClick={() => setAdding(true)}>{words.add}</Button> : null}
      </div>
      {adding ? <AddForm id={id} onDone={() => { setAdding(false); setPeople(null); }} /> : null}
      {people === null || people.length === 0 ? null : (
        <div className="table-scroll">
          <table className="table">
            <thead><tr><th scope="col">{words.enterprise}</th><th scope="col">{words.name}</th><th scope="col">{words.there}</th><th scope="col">{words.sign}</th></tr></thead>
            <tbody>
              {people.map((one) => (
                <tr key={one.id}>
                  <td>{one.enterprise.name}</td><td>{one.name ?? words.erased}</td><td>{text.format.list(one.days.map((day) => text.format.date(day)))}</td>
                  <td>{runs ? <span className="screen-only"><Button kind="quiet" busy={enter.busy} onClick={() => void come(one.id)}>{words.checkIn}</Button></span> : null}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function AddForm({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const text = useText();
  const { people: words, reasons, form } = useTrainingsText();
  const add = useCommand(addPerson);
  const [typed, setTyped] = useState({ uscc: '', enterprise: '', reason: '', name: '' });
  const [present, setPresent] = useState(false);
  const issues = issuesOf(add.failure);
  const wrong = (...paths: readonly string[]): string | null => {
    const issue = issues.find(({ path }) => paths.includes(path));
    return issue === undefined ? null : text.problems.issue(issue.rule, issue);
  };
  const own = (field: keyof typeof typed, ...paths: readonly string[]) => ({ value: typed[field], onValue: (value: string): void => setTyped({ ...typed, [field]: value }), error: wrong(...paths) });
  const save = async (): Promise<void> => {
    const reason = uncodedReason.options.find((option) => option === typed.reason) ?? 'unknown_on_site';
    const enterprise = typed.uscc.trim() === '' ? { uscc: null, name: typed.enterprise, reason } : { uscc: typed.uscc, name: typed.enterprise };
    const answer = await add.run({ id, enterprise, name: typed.name, present });
    if (answer === null) return;
    tell({ text: words.added(answer.code) });
    onDone();
  };
  return (
    <Form className="panel stack-tight training-form" onSubmit={save}>
      <FailureNotice failure={add.failure} kept="typed" />
      <TextField label={words.uscc} hint={words.usccHint} optional maxLength={40} {...own('uscc', 'enterprise', 'enterprise.uscc')} />
      <TextField label={words.enterpriseName} maxLength={100} {...own('enterprise', 'enterprise.name')} />
      {typed.uscc.trim() === '' ? <SelectField label={words.reason} {...own('reason', 'enterprise.reason')} empty={reasons.unknown_on_site} options={uncodedReason.options.filter((option) => option !== 'unknown_on_site').map((value) => ({ value, label: reasons[value] }))} /> : null}
      <TextField label={words.name} maxLength={30} {...own('name', 'name')} />
      <CheckField label={words.present} checked={present} onChecked={setPresent} />
      <div className="row"><Button kind="primary" icon="check" type="submit" busy={add.busy}>{words.save}</Button><Button kind="quiet" onClick={onDone}>{form.cancel}</Button></div>
    </Form>
  );
}
