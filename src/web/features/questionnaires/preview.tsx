// The questionnaire as it is answered on a telephone: 360 pixels wide, the same rules as the public page (rules/checks.ts). Nothing is kept.
import { useMemo, useState } from 'react';
import type { AnswerIssue, AnswerSheet, AnswerValue, Definition, Question } from '../../../modules/questionnaires/model/definition.ts';
import { compileChecks } from '../../../modules/questionnaires/rules/checks.ts';
import { piped, wordsIn } from '../../../modules/questionnaires/rules/definition.ts';
import { useQuestionnairesText } from '../../language/questionnaires.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PreviewQuestion } from './preview-question.tsx';
import { useLanguageName } from './words-field.tsx';

/** Answers filled in beforehand. */
function begunSheet({ sections }: Definition): AnswerSheet {
  const values = sections.flatMap(({ questions }) => questions.flatMap((question) => ('initial' in question && question.initial !== null ? [[question.code, question.initial] as const] : [])));
  return { values: Object.fromEntries(values), texts: {} };
}

export function Preview({ definition }: { readonly definition: Definition }) {
  const words = useQuestionnairesText();
  const nameOf = useLanguageName();
  const [language, setLanguage] = useState('zh');
  const shown = definition.languages.includes(language) ? language : 'zh';
  const [round, setRound] = useState(0);
  return (
    <div className="stack-tight">
      <div className="row-apart">
        <h2>{words.preview.title}</h2>
        <Button kind="quiet" icon="refresh" onClick={() => setRound(round + 1)}>{words.preview.again}</Button>
      </div>
      <p className="hint">{words.preview.hint}</p>
      {definition.languages.length > 1 ? <SelectField label={words.preview.language} value={shown} onValue={setLanguage} options={definition.languages.map((code) => ({ value: code, label: nameOf(code) }))} /> : null}
      <div className="phone" role="group" aria-label={words.preview.title} lang={shown === 'zh' ? 'zh-CN' : shown}>
        <Walk key={round} definition={definition} language={shown} />
      </div>
    </div>
  );
}

function Walk({ definition, language }: { readonly definition: Definition; readonly language: string }) {
  const words = useQuestionnairesText();
  const text = useText();
  const checks = useMemo(() => compileChecks(definition), [definition]);
  const [sheet, setSheet] = useState<AnswerSheet>(() => begunSheet(definition));
  const [page, setPage] = useState(-1);
  const [issues, setIssues] = useState<readonly AnswerIssue[]>([]);
  const [done, setDone] = useState(false);
  const asked = checks.asked(sheet);
  // A page none of whose questions is asked is passed over.
  const pages = definition.sections.filter((section) => asked.sections.has(section.code) && section.questions.some(({ code }) => asked.questions.has(code)));
  const current = pages[Math.max(0, Math.min(page, pages.length - 1))];
  const say = (zh: Parameters<typeof wordsIn>[0]): string => piped(wordsIn(zh, language), definition, sheet, language);
  if (done) return <div className="stack"><p>{say(definition.thanks)}</p><p className="hint">{words.preview.done}</p></div>;
  if (page < 0 || current === undefined) {
    return (
      <div className="stack">
        <h3>{say(definition.title) || words.untitled}</h3>
        <p className="phone-text">{say(definition.introduction)}</p>
        {current === undefined ? null : <Button kind="primary" onClick={() => setPage(0)}>{words.preview.start}</Button>}
      </div>
    );
  }
  const number = Math.min(page, pages.length - 1);
  const questions = current.questions.filter(({ code }) => asked.questions.has(code));
  const here = issues.filter(({ question }) => questions.some(({ code }) => code === question));
  const forward = (): void => {
    const wrong = checks.check(sheet).issues.filter(({ question }) => questions.some(({ code }) => code === question));
    setIssues(wrong);
    if (wrong.length > 0) return;
    if (number + 1 < pages.length) setPage(number + 1);
    else setDone(true);
  };
  const answer = (question: Question, value: AnswerValue | undefined): void => {
    const { [question.code]: _before, ...rest } = sheet.values;
    setSheet({ ...sheet, values: value === undefined ? rest : { ...rest, [question.code]: value } });
  };
  return (
    <div className="stack">
      <p className="hint">{words.preview.page(text.format.number(number + 1), text.format.number(pages.length))}</p>
      {say(current.title) === '' ? null : <h3>{say(current.title)}</h3>}
      {here.length === 0 ? null : <div role="alert"><Notice tone="error"><p>{words.preview.wrong(text.format.number(here.length))}</p></Notice></div>}
      {questions.map((question) => (
        <PreviewQuestion
          key={question.code}
          question={question}
          title={say(question.title)}
          hint={say(question.hint)}
          language={language}
          value={sheet.values[question.code]}
          text={sheet.texts[question.code] ?? ''}
          errors={here.filter((issue) => issue.question === question.code).map((issue) => errorOf(issue, question))}
          onValue={(value) => answer(question, value)}
          onText={(written) => setSheet({ ...sheet, texts: { ...sheet.texts, [question.code]: written } })}
        />
      ))}
      <div className="row-apart">
        <Button onClick={() => setPage(number - 1)}>{words.preview.back}</Button>
        <Button kind="primary" onClick={forward}>{number + 1 < pages.length ? words.preview.next : words.preview.submit}</Button>
      </div>
    </div>
  );

  function errorOf(issue: AnswerIssue, question: Question): string {
    const own = issue.rule === 'demand' && question.kind !== 'note' && question.demand !== null ? say(question.demand.message) : '';
    return own === '' ? words.preview.answers[issue.rule](issue.limit === null ? '' : String(issue.limit)) : own;
  }
}
