// 催报: a polite message to the chosen units. Those that have submitted are named and left out.
import { useState } from 'react';
import type { getEdition } from '../../../modules/editions/contract.ts';
import type { MatrixRow } from '../../../modules/figures/contract.ts';
import { remindUnits } from '../../../modules/tasks/contract.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { useCommand } from '../../app/queries.ts';
import { serverNow } from '../../app/server-clock.ts';
import { useSeat } from '../../app/session.tsx';
import { useFiguresText } from '../../language/figures.ts';
import { useText } from '../../language/text.tsx';
import { zh } from '../../language/zh.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/field.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { mayBeReminded } from './matrix-order.ts';

interface RemindProps {
  readonly edition: OutputOf<typeof getEdition>;
  readonly chosen: readonly MatrixRow[];
  readonly onClose: () => void;
  readonly onSent: () => void;
}

const lengths = { least: 4, most: 300 };

/** The message is for clerks of the units below and begins in Chinese whatever language the sender reads. */
function useMessage({ definition, deadlines }: OutputOf<typeof getEdition>): string {
  const words = useFiguresText().matrix;
  const due = deadlines.forBelow ?? deadlines.due;
  const compose = serverNow() < Date.parse(due) ? words.remindMessage : words.remindOverdueMessage;
  return compose(definition.ordinal.zh, zh.format.instant(due));
}

export function RemindDialog({ edition, chosen, onClose, onSent }: RemindProps) {
  const text = useText();
  const words = useFiguresText().matrix;
  const seat = useSeat();
  const command = useCommand(remindUnits);
  const first = useMessage(edition);
  const [message, setMessage] = useState(first);
  const [pressed, setPressed] = useState(false);
  const due = chosen.filter(mayBeReminded);
  const submitted = chosen.filter((row) => !mayBeReminded(row));
  const namesOf = (codes: readonly string[]): string | null => (codes.length === 0 ? null : text.format.list(codes.map((code) => chosen.find(({ unit }) => unit.code === code)?.unit.shortName ?? code)));
  const { length } = message.trim();
  const wrong = length < lengths.least || length > lengths.most;
  const send = async (): Promise<void> => {
    setPressed(true);
    if (wrong) return;
    const answer = await command.run({ edition: seat.edition, unitCode: seat.unitCode, unitCodes: chosen.map(({ unit }) => unit.code), text: message.trim() });
    if (answer === null) return;
    tell({ text: words.remindDone(answer.reminded.length, namesOf(answer.leftOut), namesOf(answer.tooSoon)) });
    onSent();
  };
  return (
    <Dialog
      title={words.remindTitle}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" icon="bell" busy={command.busy} onClick={() => void send()}>{words.remindSend(due.length)}</Button>
          <Button onClick={onClose}>{text.kit.cancel}</Button>
        </>
      }
    >
      <FailureNotice failure={command.failure} kept="typed" />
      <p>{words.remindIntro(due.length)}</p>
      {submitted.length === 0 ? null : <Notice><p>{words.remindSubmitted(text.format.list(submitted.map(({ unit }) => unit.shortName)))}</p></Notice>}
      <TextArea label={words.remindText} hint={words.remindHint} rows={5} value={message} onValue={setMessage} error={pressed && wrong ? words.remindHint : null} />
      <section className="stack-tight">
        <h3>{words.remindLast}</h3>
        <ul className="remind-last">
          {due.map(({ unit, lastReminderAt }) => (
            <li key={unit.code} className="row-apart">
              <span>{unit.shortName}</span>
              <span className="hint">{lastReminderAt === null ? words.notReminded : words.reminded(text.format.shortInstant(lastReminderAt))}</span>
            </li>
          ))}
        </ul>
      </section>
    </Dialog>
  );
}
