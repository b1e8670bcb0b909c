// Answers as files: for reading, for statistics, and the syntax that tells SPSS what the codes mean.
import { useState } from 'react';
import { exportAnswers } from '../../../modules/questionnaires/contract/results.ts';
import type { SentInputOf } from '../../../shared/endpoint.ts';
import { receive } from '../../app/client.ts';
import { type Failure, failureOf } from '../../app/failure.ts';
import { saveFile } from '../../app/file-saving.ts';
import { useSurveyAnswersText } from '../../language/survey-answers.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';

type Wanted = Pick<SentInputOf<typeof exportAnswers>, 'format' | 'values'>;

export function AnswerExport({ id }: { readonly id: string }) {
  const words = useSurveyAnswersText().results.export;
  const text = useText();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const take = async (wanted: Wanted): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const { name, content } = await receive(exportAnswers, { id, language: text.code, ...wanted }, () => undefined);
      saveFile(name, content);
      tell({ text: words.done(name) });
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="survey-question stack-tight screen-only" aria-label={words.title}>
      <h2>{words.title}</h2>
      <p className="hint">{words.hint}</p>
      <div className="row-tight">
        <Button icon="download" busy={busy} onClick={() => void take({ format: 'xlsx', values: 'labels' })}>{words.labels}</Button>
        <Button icon="download" busy={busy} onClick={() => void take({ format: 'csv', values: 'labels' })}>{words.csv}</Button>
        <Button icon="download" busy={busy} onClick={() => void take({ format: 'csv', values: 'codes' })}>{words.codes}</Button>
        <Button icon="download" busy={busy} onClick={() => void take({ format: 'sps' })}>{words.sps}</Button>
      </div>
      <FailureNotice failure={failure} kept="read" />
    </section>
  );
}
