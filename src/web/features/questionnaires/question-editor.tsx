// Everything about one question: its texts, its answers, its limits, when it is shown and what an answer must fulfil.
import { useState } from 'react';
import { type Condition, type Definition, type Question, type QuestionOf, textPattern } from '../../../modules/questionnaires/model/definition.ts';
import { questionsOf, wordsIn } from '../../../modules/questionnaires/rules/definition.ts';
import { conditionToBegin, changeQuestion, renameQuestion, type Spot } from '../../../modules/questionnaires/rules/editing.ts';
import { useQuestionnairesText } from '../../language/questionnaires.ts';
import { CheckField, SelectField, TextField } from '../../ui/field.tsx';
import { Button } from '../../ui/button.tsx';
import { ConditionEditor } from './condition-editor.tsx';
import { LimitField } from './limit-field.tsx';
import { LinesEditor, OptionsEditor } from './parts-editor.tsx';
import { WordsField } from './words-field.tsx';

export interface QuestionEditorProps {
  readonly definition: Definition;
  readonly spot: Spot;
  readonly question: Question;
  /** `field` joins changes of one field into one step of undo. */
  readonly onDefinition: (definition: Definition, field?: string) => void;
}

export const codePattern = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;

export function QuestionEditor({ definition, spot, question, onDefinition }: QuestionEditorProps) {
  const words = useQuestionnairesText();
  const { languages } = definition;
  const put = (changed: Question, field?: string): void => onDefinition(changeQuestion(definition, spot, changed), field === undefined ? undefined : `${question.code}.${field}`);
  const all = questionsOf(definition);
  const at = all.findIndex((placed) => placed.question === question);
  const earlier = all.slice(0, at).map((placed) => placed.question);
  return (
    <div className="stack">
      <WordsField label={words.builder.questionText} long words={question.title} languages={languages} most={600} onWords={(title, language) => put({ ...question, title }, `title.${language}`)} id="question-title" />
      <PipeField earlier={earlier} onPipe={(code) => put({ ...question, title: { ...question.title, zh: `${question.title['zh'] ?? ''}{${code}}` } })} />
      <WordsField label={words.builder.hint} words={question.hint} languages={languages} most={600} onWords={(hint, language) => put({ ...question, hint }, `hint.${language}`)} />
      {question.kind === 'note' ? null : <CheckField label={words.builder.required} checked={question.required} onChecked={(required) => put({ ...question, required })} />}
      <KindEditor question={question} languages={languages} put={put} />
      <section className="stack-tight">
        <h3>{words.condition.when}</h3>
        <ConditionEditor condition={question.when} questions={earlier} onCondition={(when) => put({ ...question, when })} empty={words.condition.always} add={words.condition.add} />
      </section>
      {question.kind === 'note' ? null : <DemandEditor question={question} earlier={earlier} languages={languages} put={put} />}
      <CodeField key={question.code} code={question.code} onCode={(code) => onDefinition(renameQuestion(definition, spot, code))} />
    </div>
  );
}

type Put = (changed: Question, field?: string) => void;

/** A code is taken when the field is left, so that conditions follow once and not with every letter. */
export function CodeField({ code, onCode }: { readonly code: string; readonly onCode: (code: string) => void }) {
  const words = useQuestionnairesText();
  const [typed, setTyped] = useState(code);
  const good = codePattern.test(typed);
  return (
    <TextField
      label={words.builder.code}
      hint={words.builder.codeHint}
      error={good ? null : words.builder.codeBad}
      value={typed}
      maxLength={40}
      onValue={setTyped}
      onBlur={() => (good && typed !== code ? onCode(typed) : undefined)}
    />
  );
}

function PipeField({ earlier, onPipe }: { readonly earlier: readonly Question[]; readonly onPipe: (code: string) => void }) {
  const words = useQuestionnairesText();
  const known = earlier.filter(({ kind }) => kind !== 'note' && kind !== 'matrix');
  if (known.length === 0) return null;
  return <SelectField label={words.builder.pipe} value="" empty={words.builder.pipeChoose} onValue={(code) => (code === '' ? undefined : onPipe(code))} options={known.map(({ code, title }) => ({ value: code, label: `${code} ${wordsIn(title, 'zh').slice(0, 30)}` }))} />;
}

function DemandEditor({ question, earlier, languages, put }: { readonly question: Exclude<Question, { readonly kind: 'note' }>; readonly earlier: readonly Question[]; readonly languages: readonly string[]; readonly put: Put }) {
  const words = useQuestionnairesText();
  const { demand } = question;
  const keep = (holds: Condition | null): void => put({ ...question, demand: holds === null ? null : { holds, message: demand?.message ?? { zh: '' } } });
  if (demand === null) {
    return <div><Button kind="quiet" icon="add" onClick={() => keep(conditionToBegin(question))}>{words.condition.addDemand}</Button></div>;
  }
  return (
    <section className="stack-tight">
      <h3>{words.condition.demand}</h3>
      <ConditionEditor condition={demand.holds} questions={[...earlier, question]} onCondition={keep} empty={words.condition.always} add={words.condition.add} />
      <WordsField label={words.condition.message} words={demand.message} languages={languages} most={300} onWords={(message, language) => put({ ...question, demand: { ...demand, message } }, `message.${language}`)} />
    </section>
  );
}

function KindEditor({ question, languages, put }: { readonly question: Question; readonly languages: readonly string[]; readonly put: Put }) {
  const words = useQuestionnairesText();
  switch (question.kind) {
    case 'single':
      return (
        <>
          <OptionsEditor options={question.options} languages={languages} multiple={false} onOptions={(options, field) => put({ ...question, options }, field)} />
          <div className="fields-side">
            <SelectField label={words.builder.look} value={question.look} onValue={(look) => put({ ...question, look: look === 'menu' ? 'menu' : 'list' })} options={(['list', 'menu'] as const).map((value) => ({ value, label: words.builder.looks[value] }))} />
            <SelectField label={words.builder.initial} value={question.initial ?? ''} empty={words.builder.noInitial} onValue={(initial) => put({ ...question, initial: initial === '' ? null : initial })} options={question.options.map(({ code, label }) => ({ value: code, label: wordsIn(label, 'zh') || code }))} />
          </div>
        </>
      );
    case 'multiple':
      return (
        <>
          <OptionsEditor options={question.options} languages={languages} multiple onOptions={(options, field) => put({ ...question, options }, field)} />
          <div className="fields-side">
            <LimitField label={words.builder.least} value={question.least} whole least={1} most={100} onNumber={(least) => put({ ...question, least }, 'least')} />
            <LimitField label={words.builder.most} value={question.most} whole least={1} most={100} onNumber={(most) => put({ ...question, most }, 'most')} />
          </div>
        </>
      );
    case 'matrix':
      return (
        <>
          <LinesEditor label={words.builder.rows} add={words.builder.addRow} stem="r" lines={question.rows} languages={languages} most={50} onLines={(rows, field) => put({ ...question, rows }, field)} />
          <LinesEditor label={words.builder.columns} add={words.builder.addColumn} stem="c" lines={question.columns} languages={languages} most={20} onLines={(columns, field) => put({ ...question, columns }, field)} />
        </>
      );
    case 'scale':
      return <ScaleEditor question={question} languages={languages} put={put} />;
    case 'number':
      return <NumberEditor question={question} languages={languages} put={put} />;
    case 'text':
      return <TextEditor question={question} put={put} />;
    case 'date':
      return (
        <div className="fields-side">
          <TextField label={words.builder.earliest} type="date" value={question.earliest ?? ''} onValue={(value) => put({ ...question, earliest: value === '' ? null : value }, 'earliest')} />
          <TextField label={words.builder.latest} type="date" value={question.latest ?? ''} onValue={(value) => put({ ...question, latest: value === '' ? null : value }, 'latest')} />
          <TextField label={words.builder.initial} type="date" value={question.initial ?? ''} onValue={(value) => put({ ...question, initial: value === '' ? null : value }, 'initial')} />
        </div>
      );
    case 'note':
      return null;
  }
}

function ScaleEditor({ question, languages, put }: { readonly question: QuestionOf<'scale'>; readonly languages: readonly string[]; readonly put: Put }) {
  const words = useQuestionnairesText();
  const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => ({ value: String(from + index), label: String(from + index) }));
  return (
    <>
      <div className="fields-side">
        <SelectField label={words.builder.minimum} value={String(question.minimum)} onValue={(value) => put({ ...question, minimum: Number(value) })} options={numbers(0, 1)} />
        <SelectField label={words.builder.maximum} value={String(question.maximum)} onValue={(value) => put({ ...question, maximum: Number(value) })} options={numbers(2, 10)} />
      </div>
      <WordsField label={words.builder.low} words={question.low} languages={languages} most={60} onWords={(low, language) => put({ ...question, low }, `low.${language}`)} />
      <WordsField label={words.builder.high} words={question.high} languages={languages} most={60} onWords={(high, language) => put({ ...question, high }, `high.${language}`)} />
    </>
  );
}

function NumberEditor({ question, languages, put }: { readonly question: QuestionOf<'number'>; readonly languages: readonly string[]; readonly put: Put }) {
  const words = useQuestionnairesText();
  return (
    <>
      <div className="fields-side">
        <LimitField label={words.builder.minimum} value={question.minimum} onNumber={(minimum) => put({ ...question, minimum }, 'minimum')} />
        <LimitField label={words.builder.maximum} value={question.maximum} onNumber={(maximum) => put({ ...question, maximum }, 'maximum')} />
        <LimitField label={words.builder.initial} value={question.initial} onNumber={(initial) => put({ ...question, initial }, 'initial')} />
        <SelectField label={words.builder.decimals} value={String(question.decimals)} onValue={(value) => put({ ...question, decimals: Number(value) })} options={[0, 1, 2, 3, 4, 5, 6].map((value) => ({ value: String(value), label: String(value) }))} />
      </div>
      <WordsField label={words.builder.unit} words={question.unit} languages={languages} most={20} onWords={(unit, language) => put({ ...question, unit }, `unit.${language}`)} />
    </>
  );
}

function TextEditor({ question, put }: { readonly question: QuestionOf<'text'>; readonly put: Put }) {
  const words = useQuestionnairesText();
  return (
    <>
      <CheckField label={words.builder.long} checked={question.long} onChecked={(long) => put({ ...question, long })} />
      <div className="fields-side">
        <SelectField label={words.builder.pattern} value={question.pattern} onValue={(pattern) => put({ ...question, pattern: textPattern.options.find((one) => one === pattern) ?? 'none' })} options={textPattern.options.map((value) => ({ value, label: words.builder.patterns[value] }))} />
        <LimitField label={words.builder.leastLength} value={question.least} whole least={1} most={5000} onNumber={(least) => put({ ...question, least }, 'least')} />
        <LimitField label={words.builder.mostLength} value={question.most} whole least={1} most={5000} onNumber={(most) => put({ ...question, most: most ?? 200 }, 'most')} />
      </div>
      <TextField label={words.builder.initial} value={question.initial ?? ''} maxLength={200} onValue={(initial) => put({ ...question, initial: initial === '' ? null : initial }, 'initial')} />
    </>
  );
}
