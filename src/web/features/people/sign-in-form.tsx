// User name and password, on the sign-in page and over a page whose session has ended.
import { useState } from 'react';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { signIn } from '../../../modules/sign-in/contract.ts';
import { useCommand } from '../../app/queries.ts';
import { usePeopleText } from '../../language/people.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';

export function SignInForm({ name: given, onDone }: { readonly name?: string; readonly onDone: (account: OutputOf<typeof signIn>) => void }) {
  const text = useText();
  const words = usePeopleText().signIn;
  const command = useCommand(signIn);
  const [name, setName] = useState(given ?? '');
  const [password, setPassword] = useState('');
  const [pressed, setPressed] = useState(false);
  const send = async (): Promise<void> => {
    setPressed(true);
    if (name.trim() === '' || password === '') return;
    const account = await command.run({ signInName: name.trim(), password });
    if (account !== null) onDone(account);
  };
  const failure = command.failure === null ? null : text.problems.sentence(command.failure.code, command.failure.details);
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {failure === null ? null : <div role="alert"><Notice tone="error"><p>{failure.what}{failure.next}</p></Notice></div>}
      <TextField
        label={words.name} value={name} onValue={setName} autoComplete="username" autoCapitalize="none" spellCheck={false} name="username"
        readOnly={given !== undefined} error={pressed && name.trim() === '' ? words.nameMissing : null}
      />
      <TextField label={words.password} value={password} onValue={setPassword} type="password" autoComplete="current-password" name="password" error={pressed && password === '' ? words.passwordMissing : null} />
      <div><Button kind="primary" type="submit" busy={command.busy}>{words.submit}</Button></div>
    </form>
  );
}
