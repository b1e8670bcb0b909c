// One proof of who is there: the kinds a person holds, one at a time, the others a press away. Used at the second step, over a locked
// page, and before what much hangs on. A kind with a field stands here; kinds with a dialogue of their own are files of their own.
import { type ComponentType, type ReactNode, useState } from 'react';
import type { FactorKind, SessionProof } from '../../../modules/sign-in/model.ts';
import type { Failure } from '../../app/failure.ts';
import { useSignInText } from '../../language/sign-in.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import './sign-in.css';

export type Way = FactorKind | 'recovery' | 'password';

export interface WayProps {
  readonly busy: boolean;
  readonly onProof: (proof: SessionProof) => void;
  /** Of the second step of signing in; null inside a session. */
  readonly ticket: string | null;
}

/** Kinds that need more than a field to be filled. */
export type WayComponents = { readonly [K in Way]?: ComponentType<WayProps> };

export function ProofForm({ ways, components = {}, ticket = null, busy, failure, onProof, verify, children }: {
  readonly ways: readonly Way[];
  readonly components?: WayComponents;
  readonly ticket?: string | null;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onProof: (proof: SessionProof) => void;
  /** Words of the act; „verify“ when left out. */
  readonly verify?: string;
  readonly children?: ReactNode;
}) {
  const text = useText();
  const words = useSignInText().second;
  const [chosen, setChosen] = useState<Way | null>(null);
  const way = chosen ?? ways[0] ?? 'password';
  const sentence = failure === null ? null : text.problems.sentence(failure.code, failure.details);
  const Own = components[way];
  return (
    <div className="stack">
      {sentence === null ? null : <div role="alert"><Notice tone="error"><p>{sentence.what}{text.code === 'en' ? ' ' : ''}{sentence.next}</p></Notice></div>}
      {Own === undefined ? <FieldWay key={way} way={way} busy={busy} onProof={onProof} verify={verify ?? words.verify} /> : <Own busy={busy} onProof={onProof} ticket={ticket} />}
      <ul className="proof-others">
        {ways.filter((one) => one !== way).map((one) => (
          <li key={one}><Button kind="quiet" onClick={() => setChosen(one)}>{one === 'recovery' ? words.recoveryInstead : one === 'password' ? words.passwordInstead : words.other(one)}</Button></li>
        ))}
      </ul>
      {children}
    </div>
  );
}

function FieldWay({ way, busy, onProof, verify }: { readonly way: Way; readonly busy: boolean; readonly onProof: (proof: SessionProof) => void; readonly verify: string }) {
  const words = useSignInText().second;
  const [value, setValue] = useState('');
  const [pressed, setPressed] = useState(false);
  const proof = proofOf(way, value);
  const send = (): void => {
    setPressed(true);
    if (proof !== null && !busy) onProof(proof);
  };
  const missing = pressed && proof === null;
  return (
    <Form className="stack" onSubmit={send}>
      {way === 'password' ? (
        <TextField label={words.password} value={value} onValue={setValue} type="password" autoComplete="current-password" autoFocus error={missing ? words.passwordMissing : null} />
      ) : way === 'recovery' ? (
        <TextField label={words.recovery} hint={words.recoveryHint} value={value} onValue={setValue} autoCapitalize="characters" spellCheck={false} autoFocus error={missing ? words.recoveryMissing : null} />
      ) : (
        <TextField label={words.code} hint={words.codeHint} value={value} onValue={setValue} inputMode="numeric" autoComplete="one-time-code" maxLength={12} autoFocus error={missing ? words.codeMissing : null} />
      )}
      <div><Button kind="primary" type="submit" busy={busy}>{verify}</Button></div>
    </Form>
  );
}

/** What was typed as a proof; null while it cannot be one. Digits as an input method writes them count too. */
function proofOf(way: Way, value: string): SessionProof | null {
  if (way === 'password') return value === '' ? null : { kind: 'password', password: value };
  const plain = value.normalize('NFKC').trim();
  if (way === 'recovery') return plain === '' ? null : { kind: 'recovery', code: plain };
  const code = plain.replaceAll(/\s/g, '');
  return /^\d{6}$/.test(code) ? { kind: 'totp', code } : null;
}
