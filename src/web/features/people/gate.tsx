// The plain frame of the pages before the seat.
import { type ReactNode, useEffect } from 'react';
import { getInstallation } from '../../../modules/sign-in/contract.ts';
import { Display } from '../../app/account-menu.tsx';
import { useRead } from '../../app/queries.ts';
import { useText } from '../../language/text.tsx';
import { Badge, Notice } from '../../ui/notice.tsx';
import { Popover } from '../../ui/popover.tsx';

export function Gate({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const text = useText();
  const installation = useRead(getInstallation, {});
  useEffect(() => {
    document.title = `${title} · ${text.shell.product}`;
  }, [title, text]);
  return (
    <main className="gate">
      <h1>{text.shell.product}</h1>
      {installation.data?.demonstration === true ? <p><Badge tone="warn" icon="alert">{text.shell.demonstration}</Badge> {text.shell.demonstrationLine}</p> : null}
      {installation.data?.readOnly === true ? <Notice tone="error"><p><strong>{text.shell.readOnly}</strong> {text.shell.readOnlyLine}</p></Notice> : null}
      <section className="panel stack" aria-labelledby="gate-title">
        <h2 id="gate-title">{title}</h2>
        {children}
      </section>
      <Popover label={text.shell.settings} icon="settings" shown={text.shell.settings}>{() => <Display />}</Popover>
      <p className="hint">{text.shell.secrecy}</p>
    </main>
  );
}
