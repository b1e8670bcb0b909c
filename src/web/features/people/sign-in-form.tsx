// Signing in by name and password, then by a second factor: on the sign-in page, and over a page whose session has ended.
import { type ReactNode, useState } from 'react';
import { signIn } from '../../../modules/sign-in/contract.ts';
import type { Arrival } from '../../../modules/sign-in/model.ts';
import { useCommand } from '../../app/queries.ts';
import { usePeopleText } from '../../language/people.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SecondStep } from '../sign-in/second-step.tsx';

export function SignInForm({ name: given, onDone, ways }: {
  readonly name?: string;
  readonly onDone: () => void;
  /** Other ways in, under the first step. */
  readonly ways?: ReactNode;
}) {
  const [arrived, setArrived] = useState<Arrival | null>(null);
  if (arrived?.state === 'second_step') return <SecondStep arrived={arrived} onDone={onDone} onStartOver={() => setArrived(null)} />;
  return (
    <>
      <FirstStep
        {...(given === undefined ? {} : { name: given })}
        onArrived={(arrival) => {
          if (arrival.state === 'second_step') setArrived(arrival);
          else onDone();
        }}
      />
      {ways}
    </>
  );
}

function FirstStep({ name: given, onArrived }: { readonly name?: string; readonly onArrived: (arrival: Arrival) => void }) {
  const text = useText();
  const words = usePeopleText().signIn;
  const command = useCommand(signIn);
  const [name, setName] = useState(given ?? '');
  const [password, setPassword] = useState('');
  const [pressed, setPressed] = useState(false);
  const send = async (): Promise<void> => {
    setPressed(true);
    if (name.trim() === '' || password === '') return;
    const arrival = await command.run({ signInName: name.trim(), password });
    if (arrival !== null) onArrived(arrival);
  };
  const failure = command.failure === null ? null : text.problems.sentence(command.failure.code, command.failure.details);
  return (
    <Form className="stack" onSubmit={send}>
      {failure === null ? null : <div role="alert"><Notice tone="error"><p>{failure.what}{failure.next}</p></Notice></div>}
      <TextField
        label={words.name} value={name} onValue={setName} autoComplete="username" autoCapitalize="none" spellCheck={false} name="username"
        readOnly={given !== undefined} error={pressed && name.trim() === '' ? words.nameMissing : null}
      />
      <TextField label={words.password} value={password} onValue={setPassword} type="password" autoComplete="current-password" name="password" error={pressed && password === '' ? words.passwordMissing : null} />
      <div><Button kind="primary" type="submit" busy={command.busy}>{words.submit}</Button></div>
    </Form>
  );
}
