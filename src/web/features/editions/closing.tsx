// The end of an edition, by the national office: asked once, with a reason; opened again the same way.
import { useState } from 'react';
import { closeEdition, openEditionAgain } from '../../../modules/editions/contract.ts';
import { issuesOf } from '../../app/failure.ts';
import { useCommand } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useSetupText } from '../../language/setup.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/field.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';

interface ClosingProps {
  /** 首届 and so on. */
  readonly ordinal: string;
  /** Null while the edition is under way. */
  readonly closedAt: string | null;
}

export function Closing({ ordinal, closedAt }: ClosingProps) {
  const text = useText();
  const words = useSetupText().closing;
  const [asking, setAsking] = useState(false);
  return (
    <section className="panel stack setup-form">
      <h2>{words.title}</h2>
      <p>{words.intro}</p>
      <Notice tone={closedAt === null ? 'neutral' : 'ok'}><p>{closedAt === null ? words.open : words.closedAt(text.format.instant(closedAt))}</p></Notice>
      <div><Button kind={closedAt === null ? 'danger' : 'secondary'} onClick={() => setAsking(true)}>{closedAt === null ? words.close : words.openAgain}</Button></div>
      {asking ? <ClosingDialog ordinal={ordinal} closing={closedAt === null} onClose={() => setAsking(false)} /> : null}
    </section>
  );
}

const shortest = 8;

function ClosingDialog({ ordinal, closing, onClose }: { readonly ordinal: string; readonly closing: boolean; readonly onClose: () => void }) {
  const text = useText();
  const words = useSetupText().closing;
  const seat = useSeat();
  const close = useCommand(closeEdition);
  const open = useCommand(openEditionAgain);
  const command = closing ? close : open;
  const [reason, setReason] = useState(closing ? words.reasonInitial : '');
  const [pressed, setPressed] = useState(false);
  const issue = issuesOf(command.failure)[0];
  const short = reason.trim().length < shortest ? text.problems.issue('text_too_short', { minimum: shortest }) : null;
  const error = issue === undefined ? (pressed ? short : null) : text.problems.issue(issue.rule, issue);
  const press = async (): Promise<void> => {
    setPressed(true);
    if (short !== null || (await command.run({ edition: seat.edition, unitCode: seat.unitCode, reason: reason.trim() })) === null) return;
    onClose();
    tell({ text: closing ? words.done : words.opened });
  };
  return (
    <Dialog
      title={closing ? words.dialogTitle(ordinal) : words.openAgainTitle(ordinal)}
      onClose={onClose}
      actions={<><Button kind={closing ? 'danger' : 'primary'} busy={command.busy} onClick={() => void press()}>{closing ? words.confirm : words.openAgainConfirm}</Button><Button kind="quiet" onClick={onClose}>{text.kit.cancel}</Button></>}
    >
      <p>{closing ? words.dialogText : words.openAgainText}</p>
      <TextArea label={words.reason} hint={words.reasonHint} rows={2} maxLength={200} value={reason} onValue={setReason} error={error} />
      {issue === undefined ? <FailureNotice failure={command.failure} kept="nothing" /> : null}
    </Dialog>
  );
}
