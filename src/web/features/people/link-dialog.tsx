// A one-time link, shown this once.
import { useState } from 'react';
import { useAccountsText } from '../../language/accounts.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

export interface OneTimeLink {
  readonly signInPath: string;
  readonly expiresAt: string;
}

export function LinkDialog({ link, onClose }: { readonly link: OneTimeLink; readonly onClose: () => void }) {
  const text = useText();
  const words = useAccountsText().link;
  const [copied, setCopied] = useState<'no' | 'yes' | 'by_hand'>('no');
  const address = `${location.origin}${link.signInPath}`;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      setCopied('yes');
    } catch {
      setCopied('by_hand');
    }
  };
  return (
    <Dialog title={words.title} onClose={onClose} actions={<><Button kind="primary" icon="copy" onClick={() => void copy()}>{words.copy}</Button><Button onClick={onClose}>{words.close}</Button></>}>
      <p>{words.once}</p>
      <p className="link-once">{address}</p>
      <p className="hint">{words.expires(text.format.instant(link.expiresAt))}</p>
      <p role="status">{copied === 'yes' ? words.copied : copied === 'by_hand' ? words.copyByHand : ''}</p>
    </Dialog>
  );
}
