// One question as whoever answers sees it.
import { useId } from 'react';
import type { AnswerValue, Question, QuestionOf } from '../../../modules/questionnaires/model/definition.ts';
import { wordsIn } from '../../../modules/questionnaires/rules/definition.ts';
import { useQuestionnairesText } from '../../language/questionnaires.ts';
import { FieldError, SelectField, TextArea, TextField } from '../../ui/field.tsx';

export interface PreviewQuestionProps {
  readonly question: Question;
  readonly title: string;
  readonly hint: string;
  readonly language: string;
  readonly value: AnswerValue | undefined;
  readonly text: string;
  readonly errors: readonly string[];
  readonly onValue: (value: AnswerValue | undefined) => void;
  readonly onText: (text: string) => void;
}

export function PreviewQuestion(props: PreviewQuestionProps) {
  const words = useQuestionnairesText();
  const { question, title, hint, errors, text, language, onText } = props;
  if (question.kind === 'note') return <p className="phone-text">{title}</p>;
  const beside = 'options' in question ? question.options.find((option) => option.text && [props.value].flat().includes(option.code)) : undefined;
  return (
    <fieldset className={`preview-question${errors.length > 0 ? ' field-wrong' : ''}`}>
      <legend className="field-label">{title}{question.required ? <span className="hint">（{words.preview.required}）</span> : null}</legend>
      {hint === '' ? null : <p className="hint">{hint}</p>}
      {errors.map((error) => <FieldError key={error}>{error}</FieldError>)}
      <Control {...props} question={question} />
      {beside === undefined ? null : <TextField label={`${wordsIn(beside.label, language)}：${words.preview.other}`} value={text} maxLength={500} onValue={onText} />}
    </fieldset>
  );
}

type ControlProps = Omit<PreviewQuestionProps, 'question'> & { readonly question: Exclude<Question, { readonly kind: 'note' }> };

function Control(props: ControlProps) {
  const words = useQuestionnairesText();
  const { question, title, language, value, onValue } = props;
  const typed = typeof value === 'string' ? value : '';
  switch (question.kind) {
    case 'single':
      if (question.look === 'menu') return <SelectField label={title} hiddenLabel value={typed} empty={words.preview.choose} onValue={(code) => onValue(code === '' ? undefined : code)} options={question.options.map(({ code, label }) => ({ value: code, label: wordsIn(label, language) }))} />;
      return <Radios options={question.options.map(({ code, label }) => ({ value: code, label: wordsIn(label, language) }))} value={typed} onValue={onValue} />;
    case 'multiple':
      return <Checks {...props} question={question} />;
    case 'matrix':
      return <Matrix {...props} question={question} />;
    case 'scale': {
      const numbers = Array.from({ length: question.maximum - question.minimum + 1 }, (_, index) => String(question.minimum + index));
      return (
        <div className="stack-tight">
          <div className="row-apart small"><span>{wordsIn(question.low, language)}</span><span>{wordsIn(question.high, language)}</span></div>
          <Radios across options={numbers.map((number) => ({ value: number, label: number }))} value={typeof value === 'number' ? String(value) : ''} onValue={(number) => onValue(Number(number))} />
        </div>
      );
    }
    case 'number':
      return <TextField label={title} hiddenLabel type="number" inputMode="decimal" step="any" value={typeof value === 'number' ? String(value) : ''} {...(wordsIn(question.unit, language) === '' ? {} : { after: wordsIn(question.unit, language) })} onValue={(number) => onValue(number === '' ? undefined : Number(number))} />;
    case 'text':
      return question.long ? <TextArea label={title} hiddenLabel rows={4} value={typed} onValue={onValue} /> : <TextField label={title} hiddenLabel value={typed} onValue={onValue} />;
    case 'date':
      return <TextField label={title} hiddenLabel type="date" value={typed} onValue={onValue} />;
  }
}

function Radios({ options, value, onValue, across = false }: { readonly options: readonly { readonly value: string; readonly label: string }[]; readonly value: string; readonly onValue: (value: string) => void; readonly across?: boolean }) {
  const name = useId();
  return (
    <div className={across ? 'row-tight' : 'stack-tight'}>
      {options.map((option) => (
        <label key={option.value} className="check">
          <input type="radio" name={name} checked={option.value === value} onChange={() => onValue(option.value)} />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}

function Checks({ question, language, value, onValue }: Omit<PreviewQuestionProps, 'question'> & { readonly question: QuestionOf<'multiple'> }) {
  const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
  const press = (code: string, exclusive: boolean, on: boolean): void => {
    const alone = new Set(question.options.flatMap((option) => (option.exclusive ? [option.code] : [])));
    const others = exclusive ? [] : chosen.filter((one) => one !== code && !alone.has(one));
    // In the order of the options, whatever order they were pressed in.
    const next = new Set(on ? [...others, code] : chosen.filter((one) => one !== code));
    onValue(question.options.flatMap((option) => (next.has(option.code) ? [option.code] : [])));
  };
  return (
    <div className="stack-tight">
      {question.options.map(({ code, label, exclusive }) => (
        <label key={code} className="check">
          <input type="checkbox" checked={chosen.includes(code)} onChange={(event) => press(code, exclusive, event.target.checked)} />
          <span>{wordsIn(label, language)}</span>
        </label>
      ))}
    </div>
  );
}

function Matrix({ question, language, value, onValue }: Omit<PreviewQuestionProps, 'question'> & { readonly question: QuestionOf<'matrix'> }) {
  const name = useId();
  const given = typeof value === 'object' && !Array.isArray(value) ? (value as { readonly [row: string]: string }) : {};
  return (
    <div className="stack">
      {question.rows.map((row) => (
        <fieldset key={row.code} className="preview-row">
          <legend>{wordsIn(row.label, language)}</legend>
          {question.columns.map((column) => (
            <label key={column.code} className="check">
              <input type="radio" name={`${name}-${row.code}`} checked={given[row.code] === column.code} onChange={() => onValue({ ...given, [row.code]: column.code })} />
              <span>{wordsIn(column.label, language)}</span>
            </label>
          ))}
        </fieldset>
      ))}
    </div>
  );
}
