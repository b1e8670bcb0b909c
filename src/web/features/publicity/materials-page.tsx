// Materials of the unit: what came in, was handed out and is left, beside what the ledger counts.
import { useState } from 'react';
import { Link } from 'react-router';
import { listActivities } from '../../../modules/activities/contract.ts';
import { addMaterial, editMaterial, listMaterials, listMoves, moveMaterial } from '../../../modules/publicity/contract.ts';
import { type Comparison, type Material, materialForm, moveKind } from '../../../modules/publicity/model.ts';
import { chosen } from '../../app/chosen.ts';
import { issuesOf } from '../../app/failure.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { today } from '../../app/server-clock.ts';
import { useSeat } from '../../app/session.tsx';
import { usePublicityText } from '../../language/publicity.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Badge, Empty, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import './publicity.css';

export function MaterialsPage() {
  const { materials: words } = usePublicityText();
  const seat = useSeat();
  const [adding, setAdding] = useState(false);
  const read = useRead(listMaterials, { edition: seat.edition, unitCode: seat.unitCode });
  const add = <Button kind="primary" icon="add" onClick={() => setAdding(true)}>{words.add}</Button>;
  return (
    <>
      <PageTitle title={words.title} {...(read.data?.mayWrite === true && !adding ? { aside: add } : {})} />
      <p className="hint">{words.intro}</p>
      <div><LinkButton kind="quiet" icon="arrow_left" to={`${seat.base}/publicity`}>{words.back}</LinkButton></div>
      {adding ? <NewMaterial onDone={() => setAdding(false)} /> : null}
      <Shown read={read}>
        {({ materials, comparison, mayWrite }) => (
          <div className="stack">
            {materials.length === 0 ? <Empty>{words.none}</Empty> : <ul className="media-list" aria-label={words.title}>{materials.map((material) => <li key={material.id}><OneMaterial material={material} mayWrite={mayWrite} /></li>)}</ul>}
            <Compared comparison={comparison} />
            <Moves />
          </div>
        )}
      </Shown>
    </>
  );
}

function NewMaterial({ onDone }: { readonly onDone: () => void }) {
  const text = useText();
  const { materials: words, forms } = usePublicityText();
  const seat = useSeat();
  const add = useCommand(addMaterial);
  const [name, setName] = useState('');
  const [form, setForm] = useState('leaflet');
  const issue = issuesOf(add.failure).find(({ path }) => path === 'content.name');
  const save = async (): Promise<void> => {
    if ((await add.run({ edition: seat.edition, unitCode: seat.unitCode, content: { name, form: chosen(materialForm, form) } })) === null) return;
    tell({ text: words.saved });
    onDone();
  };
  return (
    <Form className="panel stack-tight publicity-form" onSubmit={save}>
      <FailureNotice failure={add.failure} kept="typed" />
      <TextField label={words.name} maxLength={60} value={name} onValue={setName} error={issue === undefined ? null : text.problems.issue(issue.rule, issue)} />
      <SelectField label={words.form} value={form} onValue={setForm} options={materialForm.options.map((value) => ({ value, label: forms[value] }))} />
      <div className="row"><Button kind="primary" icon="check" type="submit" busy={add.busy}>{words.save}</Button><Button kind="quiet" onClick={onDone}>{words.cancel}</Button></div>
    </Form>
  );
}

function OneMaterial({ material, mayWrite }: { readonly material: Material; readonly mayWrite: boolean }) {
  const text = useText();
  const { materials: words, forms } = usePublicityText();
  const seat = useSeat();
  const edit = useCommand(editMaterial);
  const [moving, setMoving] = useState(false);
  const { id, content, figures, version, demonstration } = material;
  const number = text.format.number;
  const facts: [string, number][] = content.form === 'online' ? [[words.reads, figures.reads]] : [[words.received, figures.received], [words.handedOut, figures.handedOut], [words.stock, figures.stock]];
  const put = (binned: boolean, seen: number) => edit.run({ edition: seat.edition, id, version: seen, content, binned });
  const remove = async (): Promise<void> => {
    const saved = await put(true, version);
    if (saved !== null) tell({ text: words.removed, undo: async () => (await put(false, saved.version)) !== null });
  };
  return (
    <div className="media-item">
      <FailureNotice failure={edit.failure} kept="nothing" />
      <div className="row-apart"><strong>{content.name}</strong><span className="row-tight">{demonstration ? <Badge>{words.demonstration}</Badge> : null}<Badge>{forms[content.form]}</Badge></span></div>
      <dl className="facts">{facts.map(([name, value]) => <div key={name} className="facts-pair"><dt>{name}</dt><dd>{number(value)}</dd></div>)}</dl>
      {mayWrite && !moving ? <div className="row"><Button icon="add" onClick={() => setMoving(true)}>{words.act}</Button><Button kind="quiet" icon="trash" busy={edit.busy} onClick={() => void remove()}>{words.remove}</Button></div> : null}
      {moving ? <MoveForm material={material} onDone={() => setMoving(false)} /> : null}
    </div>
  );
}

function MoveForm({ material: { id, content }, onDone }: { readonly material: Material; readonly onDone: () => void }) {
  const text = useText();
  const { materials: { move: words, cancel }, moves } = usePublicityText();
  const seat = useSeat();
  const run = useCommand(moveMaterial);
  const online = content.form === 'online';
  const [typed, setTyped] = useState({ kind: online ? 'read' : 'handed_out', amount: '', onDay: today(), activityId: '', occasion: '', reason: '' });
  const [pressed, setPressed] = useState(false);
  const events = useRead(listActivities, { edition: seat.edition, unitCode: seat.unitCode, kind: 'publicity', limit: 100 }, { when: !online });
  const issues = issuesOf(run.failure);
  const own = (field: keyof typeof typed) => {
    const issue = issues.find(({ path }) => path === `move.${field}`);
    return { value: typed[field], onValue: (value: string) => setTyped({ ...typed, [field]: value }), error: issue === undefined ? null : text.problems.issue(issue.rule, issue) };
  };
  const amount = amountOf(typed.amount);
  const handing = typed.kind === 'handed_out';
  const save = async (): Promise<void> => {
    setPressed(true);
    if (amount === null) return;
    const move = { ...typed, amount, kind: chosen(moveKind, typed.kind), activityId: handing && typed.activityId !== '' ? typed.activityId : null };
    if ((await run.run({ edition: seat.edition, id, move })) === null) return;
    tell({ text: words.saved });
    onDone();
  };
  return (
    <Form className="stack-tight publicity-form" onSubmit={save}>
      <h2>{words.title(content.name)}</h2>
      <FailureNotice failure={run.failure} kept="typed" />
      {online ? null : <SelectField label={words.kind} {...own('kind')} options={(['handed_out', 'received'] as const).map((value) => ({ value, label: moves[value] }))} />}
      <TextField label={words.amount} hint={words.amountHint} maxLength={12} {...own('amount')} error={pressed && amount === null ? words.amountWrong : own('amount').error} />
      <TextField type="date" label={words.day} {...own('onDay')} />
      {handing ? <SelectField label={words.entry} empty={words.noEntry} {...own('activityId')} options={(events.data?.activities ?? []).map((entry) => ({ value: entry.id, label: `${entry.content.occurredOn} ${entry.content.title}` }))} /> : null}
      <TextField label={words.occasion} optional maxLength={80} {...own('occasion')} />
      {amount !== null && amount < 0 ? <TextField label={words.reason} maxLength={200} {...own('reason')} /> : null}
      <div className="row"><Button kind="primary" icon="check" type="submit" busy={run.busy}>{words.save}</Button><Button kind="quiet" onClick={onDone}>{cancel}</Button></div>
    </Form>
  );
}

/** Null: no whole number. */
function amountOf(typed: string): number | null {
  const plain = typed.normalize('NFKC').replace(/[,，\s]/g, '').replace(/^[－−–]/, '-');
  return /^-?\d{1,9}$/.test(plain) ? Number(plain) : null;
}

function Compared({ comparison: { counted, handedOut, differing } }: { readonly comparison: Comparison }) {
  const text = useText();
  const { materials: { compare: words } } = usePublicityText();
  const seat = useSeat();
  const number = text.format.number;
  return (
    <section className="stack-tight" aria-labelledby="materials-compared">
      <h2 id="materials-compared">{words.title}</h2>
      {counted === handedOut ? <p>{words.same(number(counted))}</p> : <Notice tone="warn"><p>{words.differs(number(counted), number(handedOut))}</p></Notice>}
      {differing.length === 0 ? null : (
        <div className="table-scroll">
          <table className="table">
            <thead><tr><th scope="col">{words.event}</th><th scope="col" className="number">{words.counted}</th><th scope="col" className="number">{words.handedOut}</th></tr></thead>
            <tbody>{differing.map((one) => <tr key={one.activityId}><th scope="row"><Link to={`${seat.base}/ledger/${one.activityId}`}>{one.title}</Link></th><td className="number">{number(one.counted)}</td><td className="number">{number(one.handedOut)}</td></tr>)}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Moves() {
  const text = useText();
  const { materials: { moves: words }, moves: kinds } = usePublicityText();
  const seat = useSeat();
  const read = useRead(listMoves, { edition: seat.edition, unitCode: seat.unitCode, limit: 100 });
  return (
    <section className="stack-tight" aria-labelledby="materials-moves">
      <h2 id="materials-moves">{words.title}</h2>
      <Shown read={read}>
        {({ moves }) => (moves.length === 0 ? <p className="hint">{words.none}</p> : (
          <div className="table-scroll">
            <table className="table">
              <thead><tr><th scope="col">{words.day}</th><th scope="col">{words.material}</th><th scope="col">{words.kind}</th><th scope="col" className="number">{words.amount}</th><th scope="col">{words.occasion}</th><th scope="col">{words.by}</th></tr></thead>
              <tbody>
                {moves.map((move) => (
                  <tr key={`${move.materialId} ${move.number}`}>
                    <td>{text.format.date(move.onDay)}</td><td>{move.materialName}</td><td>{kinds[move.kind]}</td><td className="number">{text.format.number(move.amount)}</td>
                    <td>{text.format.list([move.activityTitle ?? '', move.occasion, move.reason].filter((part) => part !== ''))}</td><td>{move.accountName}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ))}
      </Shown>
    </section>
  );
}
