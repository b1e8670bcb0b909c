// What the person should know about the rows before saving: what a paste left out, enterprises without a code, possible doubles.
import { useActivitiesText } from '../../language/activities.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { Pasted } from './batch-rows.ts';
import type { Batch } from './batch-state.ts';

/** A paste that has just been made, and how it is taken back. */
export interface PasteDone extends Pasted {
  readonly undo: () => void;
}

export function BatchNotices({ batch, pasted }: { readonly batch: Batch; readonly pasted: PasteDone | null }) {
  const text = useText();
  const words = useActivitiesText().batchEntry;
  const { number, list, shortInstant } = text.format;
  // Where a code is wrong, the enterprise is not without one: the issue says so.
  const clean = batch.readings.filter((reading) => reading !== null && !reading.issues.some(({ column }) => column === 'enterprises'));
  const uncoded = clean.reduce((sum, reading) => sum + (reading?.uncoded ?? 0), 0);
  const lost = pasted === null ? [] : [
    ...(pasted.ignored.length === 0 ? [] : [words.ignored(list(pasted.ignored))]),
    ...(pasted.cellsLost === 0 ? [] : [words.cellsLost(number(pasted.cellsLost))]),
    ...(pasted.linesLost === 0 ? [] : [words.linesLost(number(pasted.linesLost))]),
  ];
  const twins = [...batch.twins].map(([row, earlier]) => words.issue(words.cell(number(row + 1), words.twins), words.sameAs(number(earlier + 1))));
  return (
    <div className="stack-tight" role="status">
      {batch.restoredAt === null ? null : <p className="hint">{words.restored(shortInstant(new Date(batch.restoredAt).toISOString()))}</p>}
      {batch.draft === 'failed' ? <Notice tone="warn"><p>{words.notKept}</p></Notice> : null}
      {batch.lookingUp ? <p className="hint">{words.lookingUp}</p> : null}
      {pasted === null ? null : (
        <Notice tone={lost.length === 0 ? 'ok' : 'warn'}>
          <p className="row-tight"><span>{pasted.headed ? words.pastedHeaded(number(pasted.linesTaken)) : words.pasted(number(pasted.linesTaken))}</span><Button icon="undo" onClick={pasted.undo}>{text.kit.undo}</Button></p>
          {lost.map((sentence) => <p key={sentence}>{sentence}</p>)}
        </Notice>
      )}
      {uncoded === 0 ? null : <Notice><p>{words.uncoded(number(uncoded))}</p></Notice>}
      {twins.length === 0 ? null : <Notice tone="warn">{twins.map((sentence) => <p key={sentence}>{sentence}</p>)}</Notice>}
    </div>
  );
}
