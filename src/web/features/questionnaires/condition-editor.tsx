// A condition put together by choosing: lines that all, or one of which, must hold. Nested ones, which come from imported forms, are told.
import { comparison, type Comparison, type Condition, type Question, type SimpleCondition, type Words } from '../../../modules/questionnaires/model/definition.ts';
import { conditionsOn } from '../../../modules/questionnaires/rules/building.ts';
import { wordsIn } from '../../../modules/questionnaires/rules/definition.ts';
import { conditionOf, type ConditionLines, conditionToBegin, linesOf } from '../../../modules/questionnaires/rules/editing.ts';
import { type QuestionnairesText, useQuestionnairesText } from '../../language/questionnaires.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField, type Option, SelectField, TextField } from '../../ui/field.tsx';

export interface ConditionEditorProps {
  readonly condition: Condition | null;
  /** Questions it may name. */
  readonly questions: readonly Question[];
  readonly onCondition: (condition: Condition | null) => void;
  readonly empty: string;
  readonly add: string;
}

const shortOf = (text: string): string => (text.length > 24 ? `${text.slice(0, 23)}…` : text);
const nameOf = ({ code, title }: Question): string => `${code} ${shortOf(wordsIn(title, 'zh'))}`;
const partsOf = (parts: readonly { readonly code: string; readonly label: Words }[]): Option[] => parts.map(({ code, label }) => ({ value: code, label: shortOf(wordsIn(label, 'zh') || code) }));

export function ConditionEditor({ condition, questions, onCondition, empty, add }: ConditionEditorProps) {
  const words = useQuestionnairesText();
  const known = questions.filter(({ kind }) => kind !== 'note');
  const shape = linesOf(condition);
  if (shape === null && condition !== null) {
    return (
      <div className="stack-tight">
        <p>{words.condition.nested}</p>
        <p className="condition-nested">{conditionInWords(condition, known, words)}</p>
        <div><Button kind="quiet" icon="trash" onClick={() => onCondition(null)}>{words.condition.clear}</Button></div>
      </div>
    );
  }
  const { join, lines } = shape ?? { join: 'all' as const, lines: [] };
  const put = (next: ConditionLines): void => onCondition(conditionOf(next));
  const last = known.at(-1);
  return (
    <div className="stack-tight">
      {lines.length === 0 ? <p className="hint">{known.length === 0 ? words.condition.none : empty}</p> : null}
      {lines.length > 1 ? (
        <SelectField label={words.condition.join} value={join} onValue={(value) => put({ join: value === 'any' ? 'any' : 'all', lines })} options={[{ value: 'all', label: words.condition.joins.all }, { value: 'any', label: words.condition.joins.any }]} />
      ) : null}
      {lines.map((line, index) => (
        <div key={String(index)} className="condition-line">
          <SimpleEditor simple={line.simple} questions={known} onSimple={(simple) => put({ join, lines: lines.with(index, { ...line, simple }) })} />
          <CheckField label={words.condition.not} checked={line.not} onChecked={(not) => put({ join, lines: lines.with(index, { ...line, not }) })} />
          <Button kind="quiet" icon="trash" iconOnly onClick={() => put({ join, lines: lines.filter((_, other) => other !== index) })}>{words.condition.remove}</Button>
        </div>
      ))}
      {last === undefined ? null : <div><Button icon="add" onClick={() => put({ join, lines: [...lines, { not: false, simple: conditionToBegin(last) }] })}>{add}</Button></div>}
    </div>
  );
}

interface SimpleProps {
  readonly simple: SimpleCondition;
  readonly questions: readonly Question[];
  readonly onSimple: (simple: SimpleCondition) => void;
}

function SimpleEditor({ simple, questions, onSimple }: SimpleProps) {
  const words = useQuestionnairesText();
  const question = questions.find(({ code }) => code === simple.question);
  const choose = (code: string): void => {
    const chosen = questions.find((one) => one.code === code);
    if (chosen !== undefined) onSimple(conditionToBegin(chosen));
  };
  return (
    <>
      <SelectField label={words.condition.question} hiddenLabel value={question === undefined ? '' : simple.question} onValue={choose} options={questions.map((one) => ({ value: one.code, label: nameOf(one) }))} {...(question === undefined ? { empty: simple.question } : {})} />
      {question === undefined ? null : (
        <SelectField
          label={words.condition.is}
          hiddenLabel
          value={simple.is}
          onValue={(is) => onSimple(changedTo(is as SimpleCondition['is'], question))}
          options={conditionsOn(question).map((is) => ({ value: is, label: words.condition.names[is] }))}
        />
      )}
      {question === undefined ? null : <Details simple={simple} question={question} questions={questions} onSimple={onSimple} />}
    </>
  );
}

function changedTo(is: SimpleCondition['is'], question: Question): SimpleCondition {
  const first = conditionToBegin(question);
  if (first.is === is) return first;
  if (is === 'counted') return { is, question: question.code, by: 'at_least', value: 1 };
  if (is === 'contains') return { is, question: question.code, text: '' };
  if (is === 'compared') return { is, question: question.code, by: 'equal', value: question.kind === 'number' || question.kind === 'scale' ? 0 : '' };
  return { is: 'answered', question: question.code, row: null };
}

function Details({ simple, question, questions, onSimple }: SimpleProps & { readonly question: Question }) {
  const words = useQuestionnairesText();
  switch (simple.is) {
    case 'answered':
      return question.kind !== 'matrix' ? null : (
        <SelectField label={words.condition.row} hiddenLabel value={simple.row ?? ''} empty={words.condition.anyRow} onValue={(row) => onSimple({ ...simple, row: row === '' ? null : row })} options={partsOf(question.rows)} />
      );
    case 'chosen':
      return (
        <>
          {question.kind === 'matrix' ? <SelectField label={words.condition.row} hiddenLabel value={simple.row ?? ''} onValue={(row) => onSimple({ ...simple, row })} options={partsOf(question.rows)} /> : null}
          <SelectField label={words.condition.option} hiddenLabel value={simple.option} onValue={(option) => onSimple({ ...simple, option })} options={question.kind === 'matrix' ? partsOf(question.columns) : 'options' in question ? partsOf(question.options) : []} />
        </>
      );
    case 'counted':
      return (
        <>
          <ByField by={simple.by} onBy={(by) => onSimple({ ...simple, by })} />
          <TextField label={words.condition.value} hiddenLabel type="number" min={0} max={100} value={String(simple.value)} onValue={(value) => onSimple({ ...simple, value: Math.min(100, Math.max(0, Math.trunc(Number(value) || 0))) })} />
        </>
      );
    case 'contains':
      return <TextField label={words.condition.value} hiddenLabel maxLength={200} value={simple.text} onValue={(text) => onSimple({ ...simple, text })} />;
    case 'compared':
      return <Compared simple={simple} question={question} questions={questions} onSimple={onSimple} />;
  }
}

function ByField({ by, onBy, only = comparison.options }: { readonly by: Comparison; readonly onBy: (by: Comparison) => void; readonly only?: readonly Comparison[] }) {
  const words = useQuestionnairesText();
  return <SelectField label={words.condition.is} hiddenLabel value={by} onValue={(value) => onBy(value as Comparison)} options={only.map((value) => ({ value, label: words.condition.comparisons[value] }))} />;
}

function Compared({ simple, question, questions, onSimple }: { readonly simple: Extract<SimpleCondition, { readonly is: 'compared' }>; readonly question: Question; readonly questions: readonly Question[]; readonly onSimple: (simple: SimpleCondition) => void }) {
  const words = useQuestionnairesText();
  const isNumber = question.kind === 'number' || question.kind === 'scale';
  const others = questions.filter((other) => other.code !== question.code && (isNumber ? other.kind === 'number' || other.kind === 'scale' : other.kind === question.kind));
  const { value } = simple;
  const named = typeof value === 'object';
  const typed = isNumber ? 0 : '';
  return (
    <>
      <ByField by={simple.by} onBy={(by) => onSimple({ ...simple, by })} {...(question.kind === 'text' ? { only: ['equal', 'not_equal'] as const } : {})} />
      {others.length === 0 ? null : (
        <SelectField
          label={words.condition.value}
          hiddenLabel
          value={named ? 'other' : 'typed'}
          onValue={(sort) => onSimple({ ...simple, value: sort === 'other' ? { question: others[0]?.code ?? '' } : typed })}
          options={[{ value: 'typed', label: words.condition.typed }, { value: 'other', label: words.condition.other }]}
        />
      )}
      {named ? (
        <SelectField label={words.condition.other} hiddenLabel value={value.question} onValue={(code) => onSimple({ ...simple, value: { question: code } })} options={others.map((other) => ({ value: other.code, label: nameOf(other) }))} />
      ) : (
        <TextField
          label={words.condition.value}
          hiddenLabel
          type={isNumber ? 'number' : question.kind === 'date' ? 'date' : 'text'}
          {...(isNumber ? { step: 'any' } : {})}
          value={String(value)}
          onValue={(next) => onSimple({ ...simple, value: isNumber ? Number(next) || 0 : next })}
        />
      )}
    </>
  );
}

/** A condition as a sentence, for the outline and for nested ones. */
export function conditionInWords(condition: Condition, questions: readonly Question[], words: QuestionnairesText): string {
  if (condition.is === 'not') return `${words.condition.notWord}（${conditionInWords(condition.of, questions, words)}）`;
  if (condition.is === 'all' || condition.is === 'any') return condition.of.map((one) => (one.is === 'all' || one.is === 'any' ? `（${conditionInWords(one, questions, words)}）` : conditionInWords(one, questions, words))).join(` ${words.condition[condition.is]} `);
  const question = questions.find(({ code }) => code === condition.question);
  const about = condition.question;
  switch (condition.is) {
    case 'answered':
      return `${about} ${words.condition.names.answered}`;
    case 'chosen':
      return `${about}${condition.row === null ? '' : `[${condition.row}]`} ${words.condition.names.chosen} ${labelOf(question, condition.option)}`;
    case 'contains':
      return `${about} ${words.condition.names.contains} “${condition.text}”`;
    case 'counted':
      return `${about} ${words.condition.names.counted} ${words.condition.comparisons[condition.by]} ${String(condition.value)}`;
    case 'compared':
      return `${about} ${words.condition.comparisons[condition.by]} ${typeof condition.value === 'object' ? condition.value.question : String(condition.value)}`;
  }
}

function labelOf(question: Question | undefined, code: string): string {
  const parts = question === undefined ? [] : question.kind === 'matrix' ? question.columns : 'options' in question ? question.options : [];
  return wordsIn(parts.find((part) => part.code === code)?.label ?? { zh: code }, 'zh');
}
