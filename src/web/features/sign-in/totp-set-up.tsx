// Setting up an authenticator app: a picture to scan, the key to type where nothing can be scanned, and the first code.
import { useState } from 'react';
import { beginTotp, confirmTotp } from '../../../modules/sign-in/contract.ts';
import { useCommand } from '../../app/queries.ts';
import { useSignInText } from '../../language/sign-in.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import './sign-in.css';

interface Begun {
  readonly id: string;
  readonly secret: string;
  readonly squares: readonly string[];
}

export function TotpSetUp({ onDone }: { readonly onDone: () => void }) {
  const words = useSignInText().totp;
  const begin = useCommand(beginTotp);
  const [begun, setBegun] = useState<Begun | null>(null);
  const [name, setName] = useState(words.nameDefault);
  const [pressed, setPressed] = useState(false);
  if (begun !== null) return <FirstCode begun={begun} onDone={onDone} />;
  const start = async (): Promise<void> => {
    setPressed(true);
    if (name.trim() === '') return;
    const made = await begin.run({ name: name.trim() });
    if (made !== null) setBegun(made);
  };
  return (
    <Form className="stack" onSubmit={start}>
      <p>{words.text}</p>
      <FailureNotice failure={begin.failure} kept="nothing" />
      <TextField label={words.name} value={name} onValue={setName} maxLength={30} error={pressed && name.trim() === '' ? words.nameMissing : null} />
      <div><Button kind="primary" type="submit" busy={begin.busy}>{words.begin}</Button></div>
    </Form>
  );
}

function FirstCode({ begun, onDone }: { readonly begun: Begun; readonly onDone: () => void }) {
  const text = useText();
  const all = useSignInText();
  const words = all.totp;
  const command = useCommand(confirmTotp);
  const [value, setValue] = useState('');
  const [pressed, setPressed] = useState(false);
  const code = value.normalize('NFKC').replaceAll(/\s/g, '');
  const ready = /^\d{6}$/.test(code);
  const send = async (): Promise<void> => {
    setPressed(true);
    if (ready && (await command.run({ id: begun.id, code })) !== null) onDone();
  };
  const sentence = command.failure === null ? null : text.problems.sentence(command.failure.code, command.failure.details);
  return (
    <Form className="stack" onSubmit={send}>
      <p>{words.text}</p>
      <Squares rows={begun.squares} label={words.picture} />
      <p>{words.secret}<br /><code className="totp-secret">{(begun.secret.match(/.{1,4}/g) ?? []).join(' ')}</code></p>
      {sentence === null ? null : <div role="alert"><Notice tone="error"><p>{sentence.what}{text.code === 'en' ? ' ' : ''}{sentence.next}</p></Notice></div>}
      <TextField label={all.second.code} value={value} onValue={setValue} inputMode="numeric" autoComplete="one-time-code" maxLength={12} error={pressed && !ready ? all.second.codeMissing : null} />
      <div><Button kind="primary" type="submit" busy={command.busy}>{words.confirm}</Button></div>
    </Form>
  );
}

/** Dark squares on white, with the four empty rows around them that a camera needs. */
function Squares({ rows, label }: { readonly rows: readonly string[]; readonly label: string }) {
  const size = rows.length + 8;
  const path = rows.flatMap((row, y) => row.split('').flatMap((square, x) => (square === '1' ? [`M${x + 4} ${y + 4}h1v1h-1z`] : []))).join('');
  return <svg className="totp-picture" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges"><rect width={size} height={size} fill="#fff" /><path d={path} fill="#000" /></svg>;
}
