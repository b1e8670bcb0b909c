// What was read, line by line as the table is printed: figure, where it stood, what the ledger has; questions beside their line.
import { useId, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { confirmForm, withdrawForm } from '../../../modules/forms/contract.ts';
import type { FormDoubt } from '../../../modules/forms/model.ts';
import { useCommand } from '../../app/queries.ts';
import { pageOf, useSeat, type UnitEdition } from '../../app/session.tsx';
import { useFormReadingText } from '../../language/form-reading.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { CheckField, NumberField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { type Answer, type Answers, confirmedOf, doubtOf, openCodes, placeText } from './answers.ts';
import type { FormAnswer } from './form-reading-page.tsx';

interface PreviewProps {
  readonly answer: FormAnswer;
  readonly edition: UnitEdition;
  readonly onDone: () => void;
}

type Line = UnitEdition['definition']['indicators'][number] | UnitEdition['extensions'][number]['definition'];

export function FormPreview({ answer, edition, onDone }: PreviewProps) {
  const words = useFormReadingText();
  const seat = useSeat();
  const navigate = useNavigate();
  const lines = useMemo((): Line[] => [...edition.definition.indicators, ...edition.extensions.map(({ definition }) => definition)], [edition]);
  const codes = useMemo(() => lines.map(({ code }) => code), [lines]);
  const [answers, setAnswers] = useState<Answers>({});
  const [checked, setChecked] = useState<ReadonlySet<number>>(new Set());
  const [pressed, setPressed] = useState(false);
  const confirm = useCommand(confirmForm);
  const withdraw = useCommand(withdrawForm);
  const { form, reading, ledger, remembered, replaces } = answer;
  const general = reading.doubts.filter(({ code }) => code === null);
  const open = openCodes(reading, codes, answers);
  const unchecked = general.findIndex((_, index) => !checked.has(index));
  const goOn = (): void => document.getElementById(open[0] === undefined ? `form-doubt-${unchecked}` : lineId(open[0]))?.focus();
  const submit = async (): Promise<void> => {
    setPressed(true);
    if (open.length > 0 || unchecked >= 0) return goOn();
    const done = await confirm.run({ id: form.id, ...confirmedOf(reading, codes, answers, ledger) });
    if (done === null) return undefined;
    const undo = async (): Promise<boolean> => (await withdraw.run({ id: form.id, reason: words.holding.undoReason, restore: true })) !== null;
    tell({ text: words.preview.confirmed(form.fileName), undo });
    onDone();
    return navigate(pageOf(seat, '/table'));
  };
  const left = open.length + (unchecked >= 0 ? general.length - checked.size : 0);
  return (
    <section className="stack" aria-labelledby="form-preview">
      <h2 id="form-preview">{words.preview.title(form.fileName)}</h2>
      {reading.unitName === '' ? null : <p>{words.preview.unit(reading.unitName)}</p>}
      {remembered ? <Notice tone="action"><p>{words.preview.remembered}</p></Notice> : null}
      {replaces === null ? null : <Notice tone="warn"><p>{words.preview.replaces(replaces.fileName)}</p></Notice>}
      {general.map((doubt, index) => (
        <Notice key={doubt.kind} tone="warn">
          <p>{words.doubts[doubt.kind]} {words.preview.asItStood(doubt.text)}</p>
          <CheckField id={`form-doubt-${index}`} label={words.preview.checked} error={pressed && !checked.has(index) ? words.preview.open : null} checked={checked.has(index)} onChecked={(on) => setChecked(new Set(on ? [...checked, index] : [...checked].filter((one) => one !== index)))} />
        </Notice>
      ))}
      <div className="row-apart">
        <p role="status">{left === 0 ? words.preview.none : words.preview.left(left)}</p>
        {left === 0 ? null : <Button icon="arrow_down" onClick={goOn}>{words.preview.next}</Button>}
      </div>
      <ol className="form-lines">
        {lines.map((line) => (
          <FormLine key={line.code} line={line} answer={answer} given={answers[line.code]} wrong={pressed && open.includes(line.code)} onGiven={(given) => setAnswers({ ...answers, [line.code]: given })} />
        ))}
      </ol>
      {reading.notes.length === 0 ? null : (
        <details>
          <summary>{words.preview.ignored(reading.notes.length)}</summary>
          <ul>{reading.notes.map(({ text, where }) => <li key={`${where.grid} ${where.row}`}>{text} <span className="hint">{placeText(where, words.place)}</span></li>)}</ul>
        </details>
      )}
      <FailureNotice failure={confirm.failure} kept="typed" />
      <div><Button kind="primary" icon="check" busy={confirm.busy} onClick={() => void submit()}>{words.preview.confirm}</Button></div>
    </section>
  );
}

const lineId = (code: string): string => `form-line-${code}`;

interface LineProps {
  readonly line: Line;
  readonly answer: FormAnswer;
  readonly given: Answer | undefined;
  readonly wrong: boolean;
  readonly onGiven: (answer: Answer) => void;
}

function FormLine({ line, answer: { reading, ledger }, given, wrong, onGiven }: LineProps) {
  const text = useText();
  const words = useFormReadingText();
  const doubt = doubtOf(reading, line.code);
  const figure = reading.figures[line.code] ?? null;
  const source = reading.sources[line.code];
  const held = ledger[line.code] ?? 0;
  const label = text.code === 'en' ? line.englishLabel : line.label;
  return (
    <li className={`form-line${doubt === null ? '' : ' form-line-asked'}`}>
      <span><span className="hint">{line.row}</span> {label}</span>
      <span className="form-line-figure">
        <span className="visually-hidden">{words.preview.columns.figure} </span>
        {figure !== null ? `${text.format.number(figure)} ${line.unitWord}` : doubt === null ? words.preview.ledgerHolds : <Icon name="alert" size={18} />}
      </span>
      <span className="hint">
        {source === undefined ? '—' : `${placeText(source, words.place)} · ${words.preview.asItStood(source.text)}`}
      </span>
      <span className="hint">{figure === held ? words.preview.same : `${words.preview.columns.ledger} ${text.format.number(held)}`}</span>
      {doubt === null ? null : <Question line={line} label={label} doubt={doubt} held={held} given={given} wrong={wrong} onGiven={onGiven} />}
    </li>
  );
}

function Question({ line, label, doubt, held, given, wrong, onGiven }: Pick<LineProps, 'line' | 'given' | 'wrong' | 'onGiven'> & { readonly label: string; readonly doubt: FormDoubt; readonly held: number }) {
  const text = useText();
  const words = useFormReadingText();
  const field = useId();
  // The ledger's own figure is offered once, as the ledger's.
  const offered = doubt.candidates.map((candidate, at) => ({ ...candidate, at })).filter(({ source }) => doubt.kind !== 'below_ledger' || source !== null);
  const options = [
    ...offered.map(({ value, source, at }) => ({ value: `at ${at}`, label: words.preview.candidate(text.format.number(value), source === null || offered.length < 2 ? '' : placeText(source, words.place)) })),
    { value: 'ledger', label: words.preview.ledgerWith(text.format.number(held)) },
    { value: 'other', label: words.preview.other },
  ];
  const value = given === undefined ? '' : given.kind === 'candidate' ? `at ${given.at}` : given.kind;
  const pick = (picked: string): void => onGiven(picked === 'ledger' ? { kind: 'ledger' } : picked === 'other' ? { kind: 'other', typed: '' } : { kind: 'candidate', at: Number(picked.slice(3)) });
  return (
    <div className="form-line-question">
      <p>{words.doubts[doubt.kind]}{doubt.text === '' ? null : <span className="hint"> {words.preview.asItStood(doubt.text)}</span>}</p>
      <Chips id={lineId(line.code)} label={label} hiddenLabel options={options} value={value} onValue={pick} />
      {given?.kind === 'other' ? (
        <NumberField id={field} label={words.preview.otherLabel} error={wrong ? words.preview.otherWrong : null} value={given.typed} autoFocus onValue={(typed) => onGiven({ kind: 'other', typed })} />
      ) : null}
      {wrong && given === undefined ? <p className="field-error">{words.preview.open}</p> : null}
    </div>
  );
}
