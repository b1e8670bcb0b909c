// An opening code, shown this once: on paper, or as a link.
import { useState } from 'react';
import type { HandedCode } from '../../../modules/enterprise-accounts/model.ts';
import { useEnterpriseAccountsText } from '../../language/enterprise-accounts.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

export function OpeningCode({ handed, onClose }: { readonly handed: HandedCode; readonly onClose: () => void }) {
  const text = useText();
  const words = useEnterpriseAccountsText().code;
  const [copied, setCopied] = useState<'no' | 'yes' | 'by_hand'>('no');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(`${location.origin}${handed.path}`);
      setCopied('yes');
    } catch {
      setCopied('by_hand');
    }
  };
  return (
    <Dialog
      title={words.title} onClose={onClose}
      actions={<><Button kind="primary" icon="copy" onClick={() => void copy()}>{words.copy}</Button><Button onClick={() => window.print()}>{words.print}</Button><Button onClick={onClose}>{words.close}</Button></>}
    >
      <p>{words.once}</p>
      <p className="hint">{words.code}</p>
      <p className="opening-code">{handed.code}</p>
      <p className="hint">{words.address}</p>
      <p className="opening-address">{`${location.origin}/firm/start`}</p>
      <p className="hint">{words.expires(text.format.instant(handed.expiresAt))}</p>
      <p role="status">{copied === 'yes' ? words.copied : copied === 'by_hand' ? words.byHand : ''}</p>
    </Dialog>
  );
}
