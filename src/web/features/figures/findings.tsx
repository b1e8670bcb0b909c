// Findings beside the table: what, where, what was expected, what to do, on what basis; the 说明 to soft ones saves itself.
import { useEffect, useRef, useState } from 'react';
import type { getEdition } from '../../../modules/editions/contract.ts';
import { writeFindingNote } from '../../../modules/returns/contract.ts';
import type { ReturnView } from '../../../modules/returns/model.ts';
import type { NotedFinding } from '../../../modules/validation/model.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { useCommand } from '../../app/queries.ts';
import { useSubject } from '../../app/session.tsx';
import { useSettled } from '../../app/settled.ts';
import { type FiguresText, useFiguresText } from '../../language/figures.ts';
import { type Text, useText, wordsOf } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Badge, FailureNotice, Notice } from '../../ui/notice.tsx';
import { SaveState } from '../../ui/save-state.tsx';
import { type NoteReading, readNote } from './finding-note.ts';

interface FindingsProps {
  readonly edition: OutputOf<typeof getEdition>;
  readonly view: ReturnView;
  readonly nameOf: (code: string) => string;
  readonly onGo: (code: string) => void;
}

export function Findings({ edition, view, nameOf, onGo }: FindingsProps) {
  const words = useFiguresText().findings;
  const hard = view.findings.filter(({ severity }) => severity === 'hard').length;
  const soft = view.findings.filter(({ severity }) => severity === 'soft');
  return (
    <section className="findings stack" aria-labelledby="findings">
      <div className="stack-tight">
        <h2 id="findings">{words.title}</h2>
        {hard === 0 ? null : <p className="finding-count finding-hard">{words.hardCount(hard)}</p>}
        {soft.length === 0 ? null : <p className="finding-count finding-soft">{words.softCount(soft.length, soft.filter(({ note }) => note === null).length)}</p>}
        <p className="hint">{view.basis === 'submitted' ? words.scopeSubmitted : words.scope}</p>
      </div>
      {view.findings.length === 0 ? <NoFindings view={view} /> : null}
      <ul className="stack">
        {view.findings.map((finding) => (
          <li key={finding.check}><OneFinding finding={finding} edition={edition} mayWrite={view.mayWriteNotes} nameOf={nameOf} onGo={onGo} /></li>
        ))}
      </ul>
    </section>
  );
}

/** From above nothing is known of a table that was never submitted, least of all that it is right. */
function NoFindings({ view }: Pick<FindingsProps, 'view'>) {
  const words = useFiguresText().findings;
  if (view.basis === 'submitted') return <p>{view.frozen === null ? words.notSubmitted : words.none}</p>;
  return <Notice tone="ok"><p>{words.none}</p><p className="hint">{words.noneHint}</p></Notice>;
}

export interface Spoken {
  readonly what: string;
  /** The rule, then the numbers that break it; empty where the sentence says all. */
  readonly expected: string;
  readonly numbers: string | null;
  readonly toDo: string;
  readonly basis: string | null;
}

/** A finding as sentences: an edition's own words for its checks, ours for the built-in ones. */
export function spoken(finding: NotedFinding, edition: OutputOf<typeof getEdition>, nameOf: (code: string) => string, words: FiguresText['findings'], text: Text): Spoken {
  const { details } = finding;
  const number = (key: string): number => (typeof details[key] === 'number' ? details[key] : 0);
  const list = (key: string): readonly string[] => (Array.isArray(details[key]) ? details[key] : []);
  const general = finding.severity === 'hard' ? words.toDoHard : words.toDoSoft;
  const check = edition.definition.checks.find(({ code }) => code === finding.check);
  if (check !== undefined) {
    return {
      what: wordsOf(text, check.message),
      expected: words.rule(check.must.left, check.must.is, check.must.right, nameOf),
      numbers: words.numbers(text.format.number(number('left')), text.format.number(number('right'))),
      toDo: general,
      basis: check.basis,
    };
  }
  const { adjustment_share: share, missing_children: missing } = words.builtIn;
  if (finding.check === 'adjustment_share') {
    return { what: share.what(text.format.list(list('indicators').map(nameOf)), number('percent')), expected: share.expected(number('percent')), numbers: null, toDo: share.next, basis: null };
  }
  if (finding.check === 'missing_children') {
    const names = list('names');
    return { what: missing.what(number('units'), text.format.list(names), number('units') > names.length), expected: missing.expected, numbers: null, toDo: missing.next, basis: null };
  }
  return { what: words.unknown, expected: '', numbers: null, toDo: general, basis: null };
}

function OneFinding({ finding, edition, mayWrite, nameOf, onGo }: Omit<FindingsProps, 'view'> & { readonly finding: NotedFinding; readonly mayWrite: boolean }) {
  const text = useText();
  const words = useFiguresText().findings;
  const hard = finding.severity === 'hard';
  const { what, expected, numbers, toDo, basis } = spoken(finding, edition, nameOf, words, text);
  return (
    <article className={`finding ${hard ? 'finding-is-hard' : 'finding-is-soft'} stack-tight`}>
      <div className="row-apart">
        <Badge tone={hard ? 'error' : 'warn'} icon={hard ? 'cross' : 'alert'}>{hard ? words.hard : words.soft}</Badge>
        <Button kind="quiet" icon="arrow_right" onClick={() => onGo(finding.indicator)} aria-label={`${words.goTo}：${nameOf(finding.indicator)}`}>{words.goTo}</Button>
      </div>
      <h3>{nameOf(finding.indicator)}</h3>
      <p>{what}</p>
      <dl className="finding-facts">
        {expected === '' ? null : <div><dt>{words.expected}</dt><dd>{expected}</dd></div>}
        {numbers === null ? null : <div><dt>{words.now}</dt><dd>{numbers}</dd></div>}
      </dl>
      <p>{toDo}</p>
      {basis === null ? null : <p className="hint">{words.basis(basis)}</p>}
      {hard ? null : <Note finding={finding} mayWrite={mayWrite} />}
    </article>
  );
}

function Note({ finding, mayWrite }: { readonly finding: NotedFinding; readonly mayWrite: boolean }) {
  const words = useFiguresText().findings;
  if (!mayWrite) return <p className="finding-note"><strong>{words.note}：</strong>{finding.note ?? words.noNote}</p>;
  return <NoteField finding={finding} />;
}

const settleMilliseconds = 600;

/** Saves 600 ms after the last key and on leaving; never in the middle of composing, and never twice what did not go through. */
function NoteField({ finding }: { readonly finding: NotedFinding }) {
  const words = useFiguresText().findings;
  const subject = useSubject();
  const { run, busy, failure } = useCommand(writeFindingNote);
  const [typed, setTyped] = useState(finding.note ?? '');
  const [left, setLeft] = useState(false);
  const composing = useRef(false);
  const sent = useRef<string | null>(null);
  const reading = readNote(typed, finding.note);
  const save = (text: string, again: boolean): void => {
    if (reading.kind !== 'save' || text !== typed || busy || composing.current || (!again && sent.current === text)) return;
    sent.current = text;
    void run({ edition: subject.edition, unitCode: subject.unitCode, check: finding.check, note: reading.note });
  };
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  const settled = useSettled(typed, settleMilliseconds);
  useEffect(() => {
    if (!busy) latest.current(settled, false);
  }, [settled, busy]);
  return (
    <div className="stack-tight">
      <TextArea
        label={words.note}
        hint={words.noteHint}
        error={left ? lengthProblem(reading, words) : null}
        value={typed}
        onValue={(value) => {
          setTyped(value);
          setLeft(false);
        }}
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={() => {
          composing.current = false;
        }}
        onBlur={() => {
          setLeft(true);
          save(typed, true);
        }}
      />
      <NoteState reading={reading} busy={busy} stored={finding.note} />
      <FailureNotice failure={failure} kept="typed" onAgain={() => save(typed, true)} />
    </div>
  );
}

function lengthProblem(reading: NoteReading, words: FiguresText['findings']): string | null {
  if (reading.kind === 'too_short') return words.noteTooShort(reading.left);
  return reading.kind === 'too_long' ? words.noteTooLong(reading.over) : null;
}

/** Nothing is said while text waits to be saved or completed: the error beside the field speaks then. */
function NoteState({ reading, busy, stored }: { readonly reading: NoteReading; readonly busy: boolean; readonly stored: string | null }) {
  if (busy) return <SaveState state="saving" />;
  if (reading.kind !== 'unchanged') return null;
  return <SaveState state={stored === null ? 'empty' : 'saved'} />;
}
