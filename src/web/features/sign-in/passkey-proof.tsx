// A passkey as a proof: one press, then the device asks.
import { useState } from 'react';
import { askPasskey } from '../../../modules/sign-in/contract/ways.ts';
import { useCommand } from '../../app/queries.ts';
import { useWaysText } from '../../language/ways.ts';
import type { PasskeyFault } from '../../language/zh/ways.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { applyPasskey } from './passkey-browser.ts';
import type { WayProps } from './proof-form.tsx';

export function PasskeyProof({ busy, onProof, ticket }: WayProps) {
  const words = useWaysText().passkey;
  const ask = useCommand(askPasskey);
  const [fault, setFault] = useState<PasskeyFault | null>(null);
  const [asking, setAsking] = useState(false);
  const use = async (): Promise<void> => {
    if (asking) return;
    setAsking(true);
    setFault(null);
    const asked = await ask.run({ ticket });
    const answer = asked === null ? null : await applyPasskey(asked.options);
    setAsking(false);
    if (asked === null || answer === null) return;
    if (typeof answer === 'string') setFault(answer);
    else onProof({ kind: 'passkey', challenge: asked.challenge, answer });
  };
  return (
    <>
      <FailureNotice failure={ask.failure} kept="nothing" />
      {fault === null ? null : <div role="alert"><Notice tone="error"><p>{words.faults[fault]}</p></Notice></div>}
      <p className="hint">{words.useText}</p>
      <div><Button kind="primary" icon="key" busy={busy || asking} onClick={() => void use()}>{words.use}</Button></div>
    </>
  );
}
