// Over a page whose session has ended: sign in and go on; nothing typed is lost (ux C5 U15).
import { useEffect, useRef } from 'react';
import { settleSignIn, watchForExpiry } from '../../app/expired-session.ts';
import { useMe } from '../../app/session.tsx';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { SignInForm } from './sign-in-form.tsx';

export function SignInAgain() {
  const text = useText();
  const me = useMe();
  const own = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = own.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  const other = (): void => {
    watchForExpiry(false);
    location.assign('/sign-in');
  };
  return (
    <dialog ref={own} className="dialog" aria-labelledby="again" onCancel={(event) => event.preventDefault()}>
      <div className="dialog-inside stack">
        <h2 id="again">{text.shell.expired.title}</h2>
        <p>{text.shell.expired.text}</p>
        <SignInForm name={me.account.signInName} onDone={() => settleSignIn(true)} />
        <hr />
        <Button kind="quiet" onClick={other}>{text.shell.expired.other}</Button>
        <p className="hint">{text.shell.expired.otherHint}</p>
      </div>
    </dialog>
  );
}
