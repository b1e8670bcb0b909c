// Asks for the reason of what the public will notice, or the author.
import { useState } from 'react';
import { useColumnText } from '../../language/column.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/field.tsx';

const shortest = 8;

export function ReasonDialog({ act, busy, onClose, onReason }: { readonly act: string; readonly busy: boolean; readonly onClose: () => void; readonly onReason: (reason: string) => void }) {
  const { article: words } = useColumnText();
  const text = useText();
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  const short = reason.trim().length < shortest;
  return (
    <Dialog title={words.asked(act)} onClose={onClose} actions={<><Button kind="primary" busy={busy} onClick={() => (short ? setPressed(true) : onReason(reason))}>{words.do}</Button><Button onClick={onClose}>{words.cancel}</Button></>}>
      <TextArea label={words.reason} maxLength={200} value={reason} onValue={setReason} error={pressed && short ? text.problems.issue('text_too_short', { minimum: shortest }) : null} />
    </Dialog>
  );
}
