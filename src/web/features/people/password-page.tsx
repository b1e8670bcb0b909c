// Setting or changing one's password.
import { useState } from 'react';
import { changePassword, whoAmI } from '../../../modules/sign-in/contract.ts';
import { issuesOf } from '../../app/failure.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { usePeopleText } from '../../language/people.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';

export function PasswordPage() {
  const words = usePeopleText().password;
  const me = useRead(whoAmI, {});
  return (
    <>
      <PageTitle title={words.title} />
      <Shown read={me}>{({ account }) => <PasswordForm name={account.signInName} has={account.hasPassword} />}</Shown>
    </>
  );
}

function PasswordForm({ name, has }: { readonly name: string; readonly has: boolean }) {
  const text = useText();
  const words = usePeopleText().password;
  const command = useCommand(changePassword);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [seen, setSeen] = useState(false);
  const [pressed, setPressed] = useState(false);
  const type = seen ? 'text' : 'password';
  const issue = issuesOf(command.failure).find(({ path }) => path === 'next');
  const nextError = issue === undefined ? (pressed && next.length < 12 ? text.problems.issue('password_too_short', {}) : null) : text.problems.issue(issue.rule, issue);
  const save = async (): Promise<void> => {
    setPressed(true);
    if (next.length < 12 || next !== again || (has && current === '')) return;
    const done = await command.run({ current: has ? current : null, next });
    if (done === null) return;
    setCurrent('');
    setNext('');
    setAgain('');
    setPressed(false);
    tell({ text: words.saved });
  };
  return (
    <Form className="panel stack" style={{ maxWidth: 'var(--form)' }} onSubmit={save}>
      {has ? null : <p>{words.first}</p>}
      {issue === undefined ? <FailureNotice failure={command.failure} kept="nothing" /> : null}
      <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
      {has ? <TextField label={words.current} value={current} onValue={setCurrent} type={type} autoComplete="current-password" error={pressed && current === '' ? words.currentMissing : null} /> : null}
      <TextField label={words.next} hint={words.nextHint} value={next} onValue={setNext} type={type} autoComplete="new-password" error={nextError} />
      <TextField label={words.again} value={again} onValue={setAgain} type={type} autoComplete="new-password" error={pressed && next !== again ? words.different : null} />
      <CheckField label={words.show} checked={seen} onChecked={setSeen} />
      <div><Button kind="primary" type="submit" busy={command.busy}>{words.save}</Button></div>
    </Form>
  );
}
