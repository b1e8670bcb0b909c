// Answers from paper, typed one after the other by keyboard alone: Enter goes on, Ctrl+Enter saves and begins the next.
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { enterAnswer, listChannels } from '../../../modules/questionnaires/contract/channels.ts';
import { getQuestionnaireVersion, getQuestionnaire } from '../../../modules/questionnaires/contract/building.ts';
import { isHandedOut } from '../../../modules/questionnaires/rules/channels.ts';
import type { AnswerSheet, AnswerValue, Definition, Question } from '../../../modules/questionnaires/model/definition.ts';
import { compileChecks } from '../../../modules/questionnaires/rules/checks.ts';
import { wordsIn } from '../../../modules/questionnaires/rules/definition.ts';
import { issuesOf } from '../../app/failure.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSurveyAnswersText } from '../../language/survey-answers.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Empty, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { enterprisesIn } from './invitations.tsx';
import { SurveyNav, useSurveyId } from './parts.tsx';
import { choicesOf, readTyped } from './typed-answer.ts';

export function EnterPage() {
  const words = useSurveyAnswersText().entering;
  const id = useSurveyId();
  const read = useRead(getQuestionnaire, { id });
  return (
    <>
      <PageTitle title={words.title} />
      <SurveyNav here="channels" />
      <Shown read={read}>{({ published }) => (published === 0 ? <Empty>{words.noChannel}</Empty> : <Channelled id={id} published={published} />)}</Shown>
    </>
  );
}

function Channelled({ id, published }: { readonly id: string; readonly published: number }) {
  const words = useSurveyAnswersText().entering;
  const [search, setSearch] = useSearchParams();
  const version = useRead(getQuestionnaireVersion, { id, number: published });
  const channels = useRead(listChannels, { id });
  return (
    <Shown read={version}>
      {({ definition }) => (
        <Shown read={channels}>
          {({ channels: all }) => {
            const open = all.filter(({ kind, state }) => isHandedOut(kind) && state === 'open');
            const channel = open.find((one) => one.id === search.get('channel')) ?? open[0];
            if (channel === undefined) return <Empty>{words.noChannel}</Empty>;
            return (
              <div className="stack">
                <p className="hint">{words.intro}</p>
                <SelectField label={words.channel} value={channel.id} options={open.map((one) => ({ value: one.id, label: one.name }))} onValue={(value) => setSearch({ channel: value }, { replace: true })} />
                <Entering key={channel.id} channel={channel.id} definition={definition} />
              </div>
            );
          }}
        </Shown>
      )}
    </Shown>
  );
}

interface Typed {
  readonly answers: { readonly [question: string]: string };
  readonly beside: { readonly [question: string]: string };
  readonly enterprise: string;
}

const nothing: Typed = { answers: {}, beside: {}, enterprise: '' };

function sheetOf(questions: readonly Question[], typed: Typed): AnswerSheet {
  const values: Record<string, AnswerValue> = {};
  for (const question of questions) {
    const read = readTyped(question, typed.answers[question.code] ?? '');
    if (read.is === 'value') values[question.code] = read.value;
  }
  return { values, texts: Object.fromEntries(Object.entries(typed.beside).filter(([, text]) => text.trim() !== '')) };
}

function Entering({ channel, definition }: { readonly channel: string; readonly definition: Definition }) {
  const all = useSurveyAnswersText();
  const words = all.entering;
  const text = useText();
  const enter = useCommand(enterAnswer);
  const form = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState(nothing);
  const [pressed, setPressed] = useState(false);
  const questions = useMemo(() => definition.sections.flatMap((section) => section.questions), [definition]);
  const checks = useMemo(() => compileChecks(definition), [definition]);
  const sheet = sheetOf(questions, typed);
  const { questions: asked } = checks.asked(sheet);
  const isUnread = (question: Question): boolean => readTyped(question, typed.answers[question.code] ?? '').is === 'unread';
  const problems = new Map(checks.check(sheet).issues.map((issue) => [issue.question, text.problems.issue(`answer_${issue.rule}`, issue.limit === null ? {} : { limit: issue.limit })]));
  const problemOf = (question: Question): string | null => {
    if (isUnread(question)) return words.unread;
    const refused = issuesOf(enter.failure).find(({ path }) => path.startsWith(`answers.values.${question.code}`));
    if (refused !== undefined) return text.problems.issue(refused.rule, refused);
    return pressed ? (problems.get(question.code) ?? null) : null;
  };
  const focusAt = (at: number): void => form.current?.querySelectorAll('input')[at]?.focus();
  const enterprise = enterprisesIn(typed.enterprise);
  const submit = async (): Promise<void> => {
    setPressed(true);
    if (questions.some(isUnread) || problems.size > 0 || enterprise.wrong !== null) {
      const wrong = [...(form.current?.querySelectorAll('input') ?? [])].findIndex((input) => input.getAttribute('aria-invalid') !== null);
      focusAt(Math.max(0, wrong));
      return;
    }
    const named = enterprise.enterprises[0];
    const values = { ...sheet.values } as Record<string, string | number | string[] | Record<string, string>>;
    const entered = await enter.run({ id: channel, answers: { values, texts: { ...sheet.texts } }, enterprise: definition.anonymous || named === undefined ? null : named });
    if (entered === null) return;
    tell({ text: words.saved(text.format.number(entered.entered)) });
    setTyped(nothing);
    setPressed(false);
    focusAt(0);
  };
  const onKey = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) return void submit();
    const inputs = [...(form.current?.querySelectorAll('input') ?? [])];
    focusAt(inputs.indexOf(event.target as HTMLInputElement) + 1);
  };
  return (
    <Form className="stack survey-form" aria-label={words.title} onSubmit={submit}>
      <div ref={form} className="stack" onKeyDown={onKey}>
        {definition.anonymous ? null : <TextField label={words.enterprise} hint={words.enterpriseHint} optional value={typed.enterprise} error={pressed && enterprise.wrong !== null ? all.invitations.wrongLine('1') : null} onValue={(value) => setTyped({ ...typed, enterprise: value })} />}
        {questions.filter(({ kind }) => kind !== 'note').map((question, index) => (
          <div key={question.code}>
            <TextField
              label={`${String(index + 1)}. ${wordsIn(question.title, text.code)}`}
              hint={asked.has(question.code) ? choicesOf(question, text.code) : words.notAsked}
              error={asked.has(question.code) ? problemOf(question) : null}
              value={typed.answers[question.code] ?? ''}
              onValue={(value) => setTyped({ ...typed, answers: { ...typed.answers, [question.code]: value } })}
            />
            {'options' in question && question.options.some((option) => option.text) ? (
              <TextField
                label={words.beside(wordsIn(question.options.find((option) => option.text)?.label ?? { zh: '' }, text.code))}
                optional
                value={typed.beside[question.code] ?? ''}
                onValue={(value) => setTyped({ ...typed, beside: { ...typed.beside, [question.code]: value } })}
              />
            ) : null}
          </div>
        ))}
      </div>
      <FailureNotice failure={enter.failure} kept="typed" />
      <div><Button type="submit" kind="primary" busy={enter.busy}>{words.save}</Button></div>
    </Form>
  );
}
