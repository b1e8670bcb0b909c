// An assessment done together with an enterprise at a visit: answered here, the result seen at once, and then the enterprise says what
// becomes of it: shared, left to its own account, or only printed. Until then it is the enterprise's and not ours: unlike other forms it is
// not kept on this machine either; whoever leaves is asked first.
import { useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { getItemBank, recordAssessment } from '../../../modules/assessments/contract.ts';
import type { Answer, Answers, EnterpriseSize, Item, ItemBank } from '../../../modules/assessments/model.ts';
import { pointsText, unansweredOf } from '../../../modules/assessments/rules.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useAssessmentsText } from '../../language/assessments.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { CheckField, NumberField, TextField } from '../../ui/field.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { fieldIssue, restOf } from '../setup/field-issue.ts';
import { AssessmentResult } from './result.tsx';
import '../setup/setup.css';
import './assessments.css';

export function NewAssessmentPage() {
  const words = useAssessmentsText();
  const bank = useRead(getItemBank, {}, { fresh: 3_600_000 });
  return (
    <>
      <PageTitle title={words.together} />
      <p className="hint">{words.weights} {words.notCounted} {words.form.leaves}</p>
      <Shown read={bank}>{(answer) => <Sheet bank={answer.bank} />}</Shown>
    </>
  );
}

const statuses = ['met', 'partly', 'unmet', 'not_applicable'] as const;
const sizes: readonly EnterpriseSize[] = ['small', 'medium', 'large'];
const blank: Answer = { status: 'met', shortcomings: {}, note: '' };

function Sheet({ bank }: { readonly bank: ItemBank }) {
  const words = useAssessmentsText();
  const text = useText();
  const [search] = useSearchParams();
  const [uscc, setUscc] = useState(search.get('uscc') ?? '');
  const [name, setName] = useState(search.get('name') ?? '');
  const [size, setSize] = useState<EnterpriseSize>('small');
  const [answers, setAnswers] = useState<Answers>({});
  const [asked, setAsked] = useState(false);
  const missing = unansweredOf(bank, answers);
  const begun = Object.keys(answers).length > 0;
  useEffect(() => {
    if (!begun) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    globalThis.addEventListener('beforeunload', ask);
    return () => globalThis.removeEventListener('beforeunload', ask);
  }, [begun]);
  const command = useCommand(recordAssessment);
  const put = (code: string, answer: Answer): void => setAnswers({ ...answers, [code]: answer });
  return (
    <div className="stack">
      <section className="panel stack setup-form">
        <TextField label={words.form.uscc} value={uscc} onValue={setUscc} maxLength={40} spellCheck={false} error={asked && uscc.trim() === '' ? words.form.missingField : fieldIssue(command.failure, 'uscc', text.problems)} />
        <TextField label={words.form.name} value={name} onValue={setName} maxLength={100} error={asked && name.trim() === '' ? words.form.missingField : fieldIssue(command.failure, 'name', text.problems)} />
        <Chips label={words.form.size} options={sizes.map((one) => ({ value: one, label: words.sizes[one] }))} value={size} onValue={(value) => setSize(sizes.find((one) => one === value) ?? 'small')} />
      </section>
      {bank.dimensions.map((dimension) => (
        <section key={dimension.code} className="panel stack">
          <h2>{dimension.code} {text.code === 'en' ? dimension.title.en : dimension.title.zh} <span className="hint">{dimension.weight === 0 ? words.form.noPoints : words.form.points(String(dimension.weight))}</span></h2>
          {dimension.items.map((item) => <ItemField key={item.code} item={item} answer={answers[item.code]} onAnswer={(answer) => put(item.code, answer)} />)}
        </section>
      ))}
      <div><Button kind="primary" onClick={() => setAsked(true)}>{words.form.reveal}</Button></div>
      {asked && missing.length > 0 ? <div role="alert"><Notice tone="error"><p>{words.form.missing(String(missing.length), missing.join(' '))}</p></Notice></div> : null}
      {asked && missing.length === 0 ? (
        <>
          <section className="panel"><AssessmentResult bank={bank} answers={answers} /></section>
          {uscc.trim() === '' || name.trim() === '' ? null : <End sheet={{ uscc, name, size, answers, visitId: search.get('visit') }} command={command} />}
        </>
      ) : null}
    </div>
  );
}

function ItemField({ item, answer, onAnswer }: { readonly item: Item; readonly answer: Answer | undefined; readonly onAnswer: (answer: Answer) => void }) {
  const words = useAssessmentsText();
  const { code: language } = useText();
  const said = (sentence: { readonly zh: string; readonly en: string }): string => (language === 'en' ? sentence.en : sentence.zh);
  const options = statuses.filter((one) => one !== 'not_applicable' || item.mayNotApply).map((one) => ({ value: one, label: words.statuses[one] }));
  const times = (code: string, count: number): void => {
    const { [code]: _gone, ...others } = answer?.shortcomings ?? {};
    onAnswer({ ...(answer ?? blank), status: 'partly', shortcomings: count > 0 ? { ...others, [code]: Math.min(999, count) } : others });
  };
  return (
    <div className="assessment-item stack-tight">
      <Chips label={`${item.code} ${said(item.text)}${item.points === 0 ? '' : ` (${words.form.points(pointsText(item.points * 10))})`}`} options={options} value={answer?.status ?? ''} onValue={(value) => onAnswer({ ...(answer ?? blank), status: statuses.find((one) => one === value) ?? 'unmet', shortcomings: value === 'partly' ? answer?.shortcomings ?? {} : {} })} />
      <p className="hint">{words.form.evidence(said(item.evidence))}</p>
      {answer?.status === 'partly' && item.shortcomings.length > 0 ? (
        <div className="stack-tight">
          <p className="hint">{words.form.shortcomings}</p>
          {item.shortcomings.map(({ code, text, counted }) => (counted
            ? <NumberField key={code} label={said(text)} value={String(answer.shortcomings[code] ?? '')} onValue={(value) => times(code, Math.trunc(Number(value)) || 0)} maxLength={3} />
            : <CheckField key={code} label={said(text)} checked={answer.shortcomings[code] !== undefined} onChecked={(checked) => times(code, checked ? 1 : 0)} />))}
        </div>
      ) : null}
      {answer === undefined || answer.status === 'met' || answer.status === 'not_applicable' ? null : <TextField label={words.form.note} value={answer.note} onValue={(note) => onAnswer({ ...answer, note })} maxLength={200} />}
    </div>
  );
}

interface Filled {
  readonly uscc: string;
  readonly name: string;
  readonly size: EnterpriseSize;
  readonly answers: Answers;
  readonly visitId: string | null;
}

function End({ sheet, command }: { readonly sheet: Filled; readonly command: ReturnType<typeof useCommand<typeof recordAssessment>> }) {
  const words = useAssessmentsText();
  const seat = useSeat();
  const navigate = useNavigate();
  const [agreedBy, setAgreedBy] = useState('');
  const [pressed, setPressed] = useState(false);
  const save = async (by: string | null): Promise<void> => {
    setPressed(by !== null);
    if (by !== null && by.trim() === '') return;
    const saved = await command.run({ edition: seat.edition, unitCode: seat.unitCode, ...sheet, agreedBy: by });
    if (saved === null) return;
    tell({ text: saved.shared ? words.end.saved : words.end.given });
    void navigate(`${seat.base}/assessments`);
  };
  return (
    <section className="panel stack setup-form">
      <h2>{words.end.title}</h2>
      <FailureNotice failure={restOf(command.failure, ['uscc', 'name'])} kept="typed" />
      <h3>{words.end.agreed}</h3>
      <TextField label={words.end.agreedBy} value={agreedBy} onValue={setAgreedBy} maxLength={30} error={pressed && agreedBy.trim() === '' ? words.form.missingField : null} />
      <div><Button kind="primary" busy={command.busy} onClick={() => void save(agreedBy)}>{words.end.share}</Button></div>
      <h3>{words.end.left}</h3>
      <p className="hint">{words.end.leftHint}</p>
      <div className="row"><Button busy={command.busy} onClick={() => void save(null)}>{words.end.leave}</Button><Button onClick={() => window.print()}>{words.end.print}</Button></div>
    </section>
  );
}
