// The deadline a unit sets for those below it, with a suggestion worked back by working days.
import { useState } from 'react';
import { type Deadlines, setInternalDeadline, suggestInternalDeadline } from '../../../modules/editions/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { serverNow } from '../../app/server-clock.ts';
import { useEdition, useSeat } from '../../app/session.tsx';
import { useSetupText } from '../../language/setup.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { Closing } from './closing.tsx';

export function DeadlinePage() {
  const text = useText();
  const words = useSetupText().deadline;
  const seat = useSeat();
  const edition = useEdition(seat.unitCode);
  return (
    <>
      <PageTitle title={words.title} />
      <Shown read={edition}>
        {({ definition, deadlines, closed, closedAt }) => (
          <>
            {closed ? <Notice><p>{words.closed}</p></Notice> : <DeadlineForm deadlines={deadlines} />}
            {seat.roles.includes('national_office') ? <Closing ordinal={wordsOf(text, definition.ordinal)} closedAt={closedAt} /> : null}
          </>
        )}
      </Shown>
    </>
  );
}

/** `2023-07-05T17:00` of the browser's control, in Shanghai. */
const localOf = (instant: string): string => instant.slice(0, 16);
const instantOfLocal = (local: string): string => `${local}:00.000+08:00`;

function DeadlineForm({ deadlines }: { readonly deadlines: Deadlines }) {
  const text = useText();
  const words = useSetupText().deadline;
  const seat = useSeat();
  const command = useCommand(setInternalDeadline);
  const suggestion = useRead(suggestInternalDeadline, { edition: seat.edition, unitCode: seat.unitCode });
  const [at, setAt] = useState(deadlines.forBelow === null ? '' : localOf(deadlines.forBelow));
  const [reason, setReason] = useState(words.reasonInitial);
  const [pressed, setPressed] = useState(false);
  // What the last command answered stands until the question behind `deadlines` has been asked again.
  const [answered, setAnswered] = useState<{ readonly over: Deadlines; readonly deadlines: Deadlines } | null>(null);
  const standing = answered?.over === deadlines ? answered.deadlines : deadlines;
  const valid = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(at);
  const set = async (dueAt: string | null, because: string): Promise<boolean> => {
    const answer = await command.run({ edition: seat.edition, unitCode: seat.unitCode, dueAt, reason: because });
    if (answer === null) return false;
    setAnswered({ over: deadlines, deadlines: answer });
    setAt(dueAt === null ? '' : localOf(dueAt));
    return true;
  };
  const before = standing.forBelow;
  const save = async (dueAt: string | null, because: string): Promise<void> => {
    if (!(await set(dueAt, because))) return;
    setPressed(false);
    // A deadline that has passed cannot be set again.
    const undoable = before === null || Date.parse(before) > serverNow();
    tell({ text: dueAt === null ? words.removed : words.saved(text.format.instant(dueAt)), ...(undoable ? { undo: () => set(before, words.reasonInitial) } : {}) });
  };
  const press = (): void => {
    setPressed(true);
    if (valid && reason.trim().length >= 2) void save(instantOfLocal(at), reason.trim());
  };
  return (
    <div className="panel stack setup-form">
      <dl className="facts">
        <dt>{words.edition}</dt><dd>{text.format.instant(standing.edition)}</dd>
        <dt>{words.own}</dt><dd>{text.format.instant(standing.due)}{standing.setByUnitName === null ? '' : `（${words.setBy(standing.setByUnitName)}）`}</dd>
        <dt>{words.forBelow}</dt><dd>{before === null ? words.notSet : text.format.instant(before)}</dd>
      </dl>
      {suggestion.data === undefined ? null : (
        <Notice tone="action">
          <p>{words.suggestion(text.format.instant(suggestion.data.dueAt), suggestion.data.workingDaysBefore)}</p>
          {suggestion.data.provisional ? <p className="hint">{words.provisional}</p> : null}
          <div><Button onClick={() => setAt(localOf(suggestion.data.dueAt))}>{words.useSuggestion}</Button></div>
        </Notice>
      )}
      <FailureNotice failure={command.failure} kept="typed" />
      <TextField type="datetime-local" label={words.at} hint={words.atHint} value={at} onValue={setAt} error={pressed && !valid ? words.wrong : null} />
      <TextField label={words.reason} hint={words.reasonHint} value={reason} onValue={setReason} error={pressed && reason.trim().length < 2 ? text.problems.issue('text_missing', {}) : null} />
      <div className="row">
        <Button kind="primary" busy={command.busy} onClick={press}>{words.save}</Button>
        {before === null ? null : <Button onClick={() => void save(null, words.removeReason)}>{words.remove}</Button>}
      </div>
    </div>
  );
}
