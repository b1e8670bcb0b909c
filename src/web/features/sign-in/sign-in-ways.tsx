// Under the password on the sign-in page: a passkey alone, and the sign-in service where one is set. What cannot be used is not offered.
import { useState } from 'react';
import { askPasskey, beginSingleSignOn, listWays, signInWithPasskey } from '../../../modules/sign-in/contract/ways.ts';
import { useCommand, useRead } from '../../app/queries.ts';
import { useWaysText } from '../../language/ways.ts';
import type { PasskeyFault } from '../../language/zh/ways.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { applyPasskey, isAtDomain, knowsPasskeys } from './passkey-browser.ts';
import { leaveWith } from './service-return.ts';

export function SignInWays({ to, onDone }: {
  /** Where one wanted to go. */
  readonly to: string;
  readonly onDone: () => void;
}) {
  const ways = useRead(listWays, {}, { fresh: 60_000 });
  if (ways.data === undefined) return null;
  const { passkeys, singleSignOn } = ways.data;
  const passkey = isAtDomain(passkeys) && knowsPasskeys();
  if (!passkey && singleSignOn === null) return null;
  return (
    <div className="stack sign-in-ways">
      {passkey ? <ByPasskey onDone={onDone} /> : null}
      {singleSignOn === null ? null : <ByService name={singleSignOn.name} to={to} />}
    </div>
  );
}

function ByPasskey({ onDone }: { readonly onDone: () => void }) {
  const words = useWaysText().passkey;
  const ask = useCommand(askPasskey);
  const enter = useCommand(signInWithPasskey);
  const [fault, setFault] = useState<PasskeyFault | null>(null);
  const [asking, setAsking] = useState(false);
  const go = async (): Promise<void> => {
    if (asking) return;
    setAsking(true);
    setFault(null);
    const asked = await ask.run({ ticket: null });
    const answer = asked === null ? null : await applyPasskey(asked.options);
    setAsking(false);
    if (asked === null || answer === null) return;
    if (typeof answer === 'string') setFault(answer);
    else if ((await enter.run({ challenge: asked.challenge, answer })) !== null) onDone();
  };
  return (
    <>
      <FailureNotice failure={ask.failure ?? enter.failure} kept="nothing" />
      {fault === null ? null : <div role="alert"><Notice tone="error"><p>{words.faults[fault]}</p></Notice></div>}
      <div><Button icon="key" busy={asking || enter.busy} onClick={() => void go()}>{words.signIn}</Button></div>
    </>
  );
}

function ByService({ name, to }: { readonly name: string | null; readonly to: string }) {
  const words = useWaysText().service;
  const begin = useCommand(beginSingleSignOn);
  const go = async (): Promise<void> => {
    const begun = await begin.run({});
    if (begun !== null) leaveWith(begun, { purpose: 'sign_in', to });
  };
  return (
    <>
      <FailureNotice failure={begin.failure} kept="nothing" />
      <div><Button icon="people" busy={begin.busy} onClick={() => void go()}>{words.button(name)}</Button></div>
    </>
  );
}
