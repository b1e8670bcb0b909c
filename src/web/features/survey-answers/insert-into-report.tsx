// The results of one question as a table at the end of the unit's research report: from there on it is text like any other, with the
// day it was counted.
import { useState } from 'react';
import type { AnswerableQuestion } from '../../../modules/questionnaires/model/definition.ts';
import type { Tally } from '../../../modules/questionnaires/model/results.ts';
import { getReport, listReports, saveReport } from '../../../modules/reports/contract.ts';
import { call } from '../../app/client.ts';
import { type Failure, failureOf } from '../../app/failure.ts';
import { useCommand } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useSurveyAnswersText } from '../../language/survey-answers.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { tableOf, titleOf } from './labels.ts';

export function InsertIntoReport({ question, tally }: { readonly question: AnswerableQuestion; readonly tally: Tally }) {
  const all = useSurveyAnswersText().results;
  const words = all.report;
  const text = useText();
  const seat = useSeat();
  const save = useCommand(saveReport);
  const [failure, setFailure] = useState<Failure | null>(null);
  const rows = tableOf(question, tally, text.code, all);
  if (rows === null || tally.base === 0) return null;
  const insert = async (): Promise<void> => {
    setFailure(null);
    try {
      const { reports } = await call(listReports, { edition: seat.edition, unitCode: seat.unitCode });
      const research = reports.find(({ kind }) => kind === 'research');
      if (research === undefined) return tell({ text: words.none });
      const { version, document } = await call(getReport, { id: research.id });
      const caption = `${titleOf(question, text.code)}（${all.base(String(tally.base))}）`.slice(0, 80);
      const saved = await save.run({ id: research.id, version, document: { ...document, blocks: [...document.blocks, { type: 'own_table', caption, rows }] } });
      if (saved !== null) tell({ text: words.done });
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  return (
    <div className="screen-only">
      <Button kind="quiet" icon="document" busy={save.busy} title={words.hint} onClick={() => void insert()}>{words.insert}</Button>
      <FailureNotice failure={failure ?? save.failure} kept="nothing" />
    </div>
  );
}
