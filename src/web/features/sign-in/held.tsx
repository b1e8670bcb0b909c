// What stands between a person and the page: an ended session, a lock, a proof that is due. One dialog over everything; one that was
// open below is closed meanwhile and opens again as it was, so that there is never one on top of another. Nothing typed is lost.
import { type ReactNode, useEffect, useRef } from 'react';
import { getFactors, prove } from '../../../modules/sign-in/contract.ts';
import type { SessionProof } from '../../../modules/sign-in/model.ts';
import { giveUp, type HeldWhy, isLockedByHand, sessionEndedBy, settle, watchForExpiry } from '../../app/held-requests.ts';
import { tellOpened } from '../../app/presence.ts';
import { useCommand, useRead } from '../../app/queries.ts';
import { useMe } from '../../app/session.tsx';
import { useSignInText } from '../../language/sign-in.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Shown } from '../../ui/shown.tsx';
import { SignInForm } from '../people/sign-in-form.tsx';
import { ProofForm, type Way } from './proof-form.tsx';
import { wayComponents } from './ways.ts';

export function Held({ why }: { readonly why: HeldWhy }) {
  if (why === 'signed_out') return <SignedOut />;
  return why === 'locked' ? <Locked /> : <Unproved />;
}

function SignedOut() {
  const text = useText();
  const ended = useSignInText().ended;
  const me = useMe();
  const reason = ended[sessionEndedBy() ?? ''];
  return (
    <Over title={text.shell.expired.title} opaque onCancel={null}>
      {reason === undefined ? null : <p><strong>{reason}</strong></p>}
      <p>{text.shell.expired.text}</p>
      <SignInForm name={me.account.signInName} onDone={() => settle('signed_out')} />
      <Leave />
    </Over>
  );
}

function Locked() {
  const words = useSignInText().lock;
  const me = useMe();
  return (
    <Over title={words.title} opaque onCancel={null}>
      <p>{isLockedByHand() ? words.byHand : words.text(me.idleMinutes)}</p>
      <Prove
        purpose="unlock"
        confirm={words.confirm}
        demonstration={words.demonstration}
        onDone={() => {
          settle('locked');
          tellOpened();
        }}
      />
      <Leave />
    </Over>
  );
}

function Unproved() {
  const words = useSignInText().proof;
  const cancel = (): void => giveUp('unproved');
  return (
    <Over title={words.title} onCancel={cancel}>
      <p>{words.text}</p>
      <Prove purpose="step_up" confirm={words.confirm} demonstration={words.demonstration} onDone={() => settle('unproved')} />
      <div><Button kind="quiet" onClick={cancel}>{words.cancel}</Button></div>
    </Over>
  );
}

function Prove({ purpose, confirm, demonstration, onDone }: {
  readonly purpose: 'unlock' | 'step_up';
  readonly confirm: string;
  readonly demonstration: string;
  readonly onDone: () => void;
}) {
  const command = useCommand(prove);
  const held = useRead(getFactors, {}, { fresh: 60_000 });
  const send = async (proof: SessionProof): Promise<void> => {
    if ((await command.run({ purpose, proof })) !== null) onDone();
  };
  return (
    <Shown read={held}>
      {({ hasPassword, factors, recoveryCodes, confirms }) => {
        if (confirms) return <><p className="hint">{demonstration}</p><div><Button kind="primary" busy={command.busy} autoFocus onClick={() => void send({ kind: 'confirmation' })}>{confirm}</Button></div></>;
        const kinds = [...new Set(factors.map(({ kind }) => kind))];
        const byPassword = hasPassword && (purpose === 'unlock' || kinds.length === 0);
        const ways: Way[] = [...(byPassword ? (['password'] as const) : []), ...kinds, ...(kinds.length > 0 && recoveryCodes > 0 ? (['recovery'] as const) : [])];
        return <ProofForm ways={ways} components={wayComponents} busy={command.busy} failure={command.failure} onProof={(proof) => void send(proof)} />;
      }}
    </Shown>
  );
}

/** The way out for somebody else at this machine. */
function Leave() {
  const text = useText();
  const other = (): void => {
    watchForExpiry(false);
    location.assign('/sign-in');
  };
  return (
    <>
      <hr />
      <Button kind="quiet" onClick={other}>{text.shell.expired.other}</Button>
      <p className="hint">{text.shell.expired.otherHint}</p>
    </>
  );
}

/** `opaque`: what stands below is not to be read by who passes by. */
function Over({ title, opaque = false, onCancel, children }: { readonly title: string; readonly opaque?: boolean; readonly onCancel: (() => void) | null; readonly children: ReactNode }) {
  const own = useRef<HTMLDialogElement>(null);
  const cancel = useRef(onCancel);
  useEffect(() => {
    const dialog = own.current;
    if (dialog === null) return undefined;
    let ended = false;
    const before = document.activeElement;
    const below = [...document.querySelectorAll<HTMLDialogElement>('dialog[open]')].filter((one) => one !== dialog);
    for (const one of below) one.close();
    dialog.showModal();
    // Esc pressed twice closes a dialog whatever its page says: a lock stands up again.
    const closed = (): void => {
      if (ended) return;
      if (cancel.current === null) dialog.showModal();
      else cancel.current();
    };
    dialog.addEventListener('close', closed);
    return () => {
      ended = true;
      dialog.removeEventListener('close', closed);
      dialog.close();
      for (const one of below) if (one.isConnected && !one.open) one.showModal();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={own}
      className={`dialog held${opaque ? ' held-opaque' : ''}`}
      aria-labelledby="held-title"
      onCancel={(event) => {
        event.preventDefault();
        onCancel?.();
      }}
    >
      <div className="dialog-inside stack">
        <h2 id="held-title">{title}</h2>
        {children}
      </div>
    </dialog>
  );
}
