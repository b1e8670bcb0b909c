// The second step of signing in: a factor, with the ticket of the first.
import { useEffect, useRef } from 'react';
import { signInSecondStep } from '../../../modules/sign-in/contract.ts';
import type { Arrival, SessionProof } from '../../../modules/sign-in/model.ts';
import { useCommand } from '../../app/queries.ts';
import { useSignInText } from '../../language/sign-in.ts';
import { Button } from '../../ui/button.tsx';
import { ProofForm, type Way } from './proof-form.tsx';
import { wayComponents } from './ways.ts';

export function SecondStep({ arrived, onDone, onStartOver }: {
  readonly arrived: Extract<Arrival, { state: 'second_step' }>;
  readonly onDone: () => void;
  readonly onStartOver: () => void;
}) {
  const words = useSignInText().second;
  const command = useCommand(signInSecondStep);
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.scrollIntoView({ block: 'nearest' }), []);
  const ways: Way[] = [...arrived.kinds, ...(arrived.recoveryCodes > 0 ? (['recovery'] as const) : [])];
  const send = async (proof: SessionProof): Promise<void> => {
    if (proof.kind === 'password' || proof.kind === 'confirmation') return;
    if ((await command.run({ ticket: arrived.ticket, proof })) !== null) onDone();
  };
  return (
    <div className="stack">
      <p ref={heading} role="status"><strong>{words.title}</strong> {words.text}</p>
      <ProofForm ways={ways} components={wayComponents} ticket={arrived.ticket} busy={command.busy} failure={command.failure} onProof={(proof) => void send(proof)}>
        <p className="hint">{words.noHelp}</p>
        <div><Button kind="quiet" onClick={onStartOver}>{words.startOver}</Button></div>
      </ProofForm>
    </div>
  );
}
