// What was written freely, one question at a time; chosen texts become a suggestion, which is a ledger entry.
import { useState } from 'react';
import { listFreeTexts, listSuggestions, makeSuggestion, removeSuggestion } from '../../../modules/questionnaires/contract/results.ts';
import type { AnswerableQuestion } from '../../../modules/questionnaires/model/definition.ts';
import { type SuggestionContent, suggestionTopic } from '../../../modules/questionnaires/model/results.ts';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useSurveyAnswersText } from '../../language/survey-answers.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { CheckField, SelectField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Badge, Empty, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { titleOf } from './labels.ts';

interface TextsProps {
  readonly id: string;
  readonly questions: readonly AnswerableQuestion[];
}

const isWritten = (question: AnswerableQuestion): boolean => question.kind === 'text' || ('options' in question && question.options.some(({ text }) => text));
const step = 100;

export function Texts({ id, questions }: TextsProps) {
  const words = useSurveyAnswersText().results.texts;
  const text = useText();
  const written = questions.filter(isWritten);
  const [code, setCode] = useState(written[0]?.code ?? '');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [limit, setLimit] = useState(step);
  const read = useRead(listFreeTexts, { id, question: code, limit }, { when: code !== '', keep: true });
  if (written.length === 0) return null;
  const choose = (answerId: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(answerId);
    else next.delete(answerId);
    setChosen(next);
  };
  return (
    <section className="survey-question stack" aria-label={words.title}>
      <h2>{words.title}</h2>
      <SelectField
        label={words.question} value={code} options={written.map((question) => ({ value: question.code, label: titleOf(question, text.code) }))}
        onValue={(value) => {
          setCode(value);
          setChosen(new Set());
        }}
      />
      <Shown read={read}>
        {({ texts, total }) => (texts.length === 0 ? <Empty>{words.none}</Empty> : (
          <>
            <ul className="survey-texts">
              {texts.map((one) => (
                <li key={one.answerId}>
                  {one.suggestionId === null
                    ? <CheckField label={one.text} hint={one.enterprise} checked={chosen.has(one.answerId)} onChecked={(isChosen) => choose(one.answerId, isChosen)} />
                    : <p>{one.text} <Badge tone="ok" icon="check">{words.grouped}</Badge></p>}
                </li>
              ))}
            </ul>
            {total > texts.length && limit < 500 ? <div><Button onClick={() => setLimit(Math.min(500, limit + step))}>{words.more}</Button></div> : null}
          </>
        ))}
      </Shown>
      <Suggestions id={id} texts={[...chosen].map((answerId) => ({ answerId, question: code }))} onMade={() => setChosen(new Set())} />
    </section>
  );
}

interface SuggestionsProps {
  readonly id: string;
  readonly texts: SuggestionContent['texts'];
  readonly onMade: () => void;
}

function Suggestions({ id, texts, onMade }: SuggestionsProps) {
  const all = useSurveyAnswersText();
  const words = all.results.texts;
  const text = useText();
  const seat = useSeat();
  const read = useRead(listSuggestions, { id });
  const remove = useCommand(removeSuggestion);
  const take = async (suggestion: string, version: number): Promise<void> => {
    if ((await remove.run({ id: suggestion, version })) !== null) tell({ text: words.removed });
  };
  return (
    <Shown read={read}>
      {({ suggestions, mayChange }) => (
        <>
          {mayChange ? <Grouping id={id} texts={texts} onMade={onMade} /> : null}
          <h3>{words.suggestions}</h3>
          <FailureNotice failure={remove.failure} kept="nothing" />
          {suggestions.length === 0 ? <Empty>{words.noSuggestions}</Empty> : (
            <ul className="survey-texts">
              {suggestions.map((one) => (
                <li key={one.id} className="row-apart">
                  <span><strong>{one.title}</strong> <span className="hint">{text.format.list([words.count(text.format.number(one.texts)), ...(one.topic === null ? [] : [all.topics[one.topic]]), one.savedByName])}</span></span>
                  <span className="row-tight">
                    {one.entryId === null ? null : <LinkButton kind="quiet" icon="ledger" to={`${seat.base}/ledger/${one.entryId}`}>{words.entry}</LinkButton>}
                    {mayChange ? <Button kind="quiet" icon="undo" aria-label={`${words.remove} ${one.title}`} onClick={() => void take(one.id, one.version)}>{words.remove}</Button> : null}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Shown>
  );
}

function Grouping({ id, texts, onMade }: SuggestionsProps) {
  const all = useSurveyAnswersText();
  const words = all.results.texts;
  const text = useText();
  const make = useCommand(makeSuggestion);
  const [typed, setTyped] = useState({ title: '', topic: '' });
  const [pressed, setPressed] = useState(false);
  const submit = async (): Promise<void> => {
    setPressed(true);
    if (texts.length === 0 || typed.title.trim().length < 2) return;
    const topic = suggestionTopic.options.find((one) => one === typed.topic) ?? null;
    if ((await make.run({ id, content: { title: typed.title, topic, texts: [...texts] } })) === null) return;
    tell({ text: words.made });
    setTyped({ title: '', topic: '' });
    setPressed(false);
    onMade();
  };
  return (
    <Form className="stack-tight survey-form" aria-label={words.group} onSubmit={submit}>
      <h3>{words.group}</h3>
      <p role="status">{words.chosen(text.format.number(texts.length))}</p>
      <TextField label={words.name} value={typed.title} error={pressed && typed.title.trim().length < 2 ? text.problems.issue('text_too_short', {}) : null} onValue={(title) => setTyped({ ...typed, title })} />
      <SelectField label={words.topic} optional empty="—" value={typed.topic} options={suggestionTopic.options.map((value) => ({ value, label: all.topics[value] }))} onValue={(topic) => setTyped({ ...typed, topic })} />
      {pressed && texts.length === 0 ? <p className="field-error">{words.chooseFirst}</p> : null}
      <FailureNotice failure={make.failure} kept="typed" />
      <div><Button type="submit" kind="primary" busy={make.busy}>{words.make}</Button></div>
    </Form>
  );
}
