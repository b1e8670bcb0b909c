// Accounts of enterprises the unit keeps: what waits, the list, and inviting.
import { useState } from 'react';
import { decideAccountRequest, inviteEnterprise, listEnterpriseAccounts } from '../../../modules/enterprise-accounts/contract.ts';
import type { AccountRequest, HandedCode, KeptAccount } from '../../../modules/enterprise-accounts/model.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useEnterpriseAccountsText } from '../../language/enterprise-accounts.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Badge, Empty, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { fieldIssue, restOf } from '../setup/field-issue.ts';
import { AccountActs } from './account-acts.tsx';
import { OpeningCode } from './opening-code.tsx';
import '../setup/setup.css';
import './enterprise-accounts.css';

export function EnterpriseAccountsPage() {
  const words = useEnterpriseAccountsText();
  const seat = useSeat();
  const read = useRead(listEnterpriseAccounts, { unitCode: seat.unitCode });
  const [handed, setHanded] = useState<HandedCode | null>(null);
  return (
    <>
      <PageTitle title={words.title} />
      <p className="hint">{words.intro}</p>
      <Shown read={read}>
        {({ accounts, requests }) => (
          <div className="stack">
            {requests.length === 0 ? null : <section className="panel stack"><h2>{words.requests.title}</h2>{requests.map((request) => <Waiting key={request.id} request={request} />)}</section>}
            {accounts.length === 0 ? <Empty>{words.none}</Empty> : <Accounts accounts={accounts} onHanded={setHanded} />}
            <Invite unitCode={seat.unitCode} onHanded={setHanded} />
          </div>
        )}
      </Shown>
      {handed === null ? null : <OpeningCode handed={handed} onClose={() => setHanded(null)} />}
    </>
  );
}

function Waiting({ request }: { readonly request: AccountRequest }) {
  const text = useText();
  const words = useEnterpriseAccountsText().requests;
  const command = useCommand(decideAccountRequest);
  const [checked, setChecked] = useState('');
  const decide = async (approve: boolean): Promise<void> => {
    if ((await command.run({ id: request.id, approve, checked })) !== null) tell({ text: approve ? words.approved(request.name) : words.refused(request.name) });
  };
  return (
    <article className="stack-tight">
      <h3>{words.one(request.name, request.uscc)}</h3>
      {request.registeredName === null || request.registeredName === request.name ? null : <p>{words.registered(request.registeredName)}</p>}
      <p>{words.contact(request.contact.name, request.contact.phone)}</p>
      <p className="hint">{words.asked(text.format.instant(request.askedAt))}</p>
      <FailureNotice failure={restOf(command.failure, ['checked'])} kept="typed" />
      <TextArea label={words.checked} hint={words.checkedHint} value={checked} onValue={setChecked} maxLength={200} rows={2} error={fieldIssue(command.failure, 'checked', text.problems)} />
      <div className="row"><Button kind="primary" busy={command.busy} onClick={() => void decide(true)}>{words.approve}</Button><Button onClick={() => void decide(false)}>{words.refuse}</Button></div>
    </article>
  );
}

const tones = { waiting: 'action', in_use: 'ok', disabled: 'neutral' } as const;

function Accounts({ accounts, onHanded }: { readonly accounts: readonly KeptAccount[]; readonly onHanded: (handed: HandedCode) => void }) {
  const text = useText();
  const words = useEnterpriseAccountsText();
  const [acting, setActing] = useState<KeptAccount | null>(null);
  return (
    <>
      <div className="table-scroll table-cards">
        <table className="table">
          <thead><tr><th>{words.columns.enterprise}</th><th>{words.columns.uscc}</th><th>{words.columns.contact}</th><th>{words.columns.state}</th><th>{words.columns.lastSignedIn}</th><th>{words.columns.acts}</th></tr></thead>
          <tbody>
            {accounts.map((account) => (
              <tr key={account.accountId}>
                <td>{account.name}</td><td>{account.uscc}</td><td>{account.contact.name} {account.contact.phone}</td>
                <td><Badge tone={tones[account.state]}>{words.states[account.state]}</Badge>{account.recovery === null ? null : <> <Badge tone="action">{words.acts.recover}</Badge></>}</td>
                <td>{account.lastSignedInAt === null ? words.never : text.format.instant(account.lastSignedInAt)}</td>
                <td><Button icon="more" aria-label={words.actsOf(account.name)} onClick={() => setActing(account)}>{words.columns.acts}</Button></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {acting === null ? null : <AccountActs account={acting} onClose={() => setActing(null)} onHanded={(handed) => { setActing(null); onHanded(handed); }} />}
    </>
  );
}

const blank = { uscc: '', name: '', contactName: '', phone: '', checked: '' };
const atField = { uscc: 'uscc', name: 'name', contactName: 'contact.name', phone: 'contact.phone', checked: 'checked' } as const;

function Invite({ unitCode, onHanded }: { readonly unitCode: string; readonly onHanded: (handed: HandedCode) => void }) {
  const text = useText();
  const words = useEnterpriseAccountsText();
  const command = useCommand(inviteEnterprise);
  const [typed, setTyped] = useState(blank);
  const [pressed, setPressed] = useState(false);
  const put = (name: keyof typeof blank) => (value: string): void => setTyped({ ...typed, [name]: value });
  const error = (name: keyof typeof blank): string | null => (pressed && typed[name].trim() === '' ? words.missing : fieldIssue(command.failure, atField[name], text.problems));
  const send = async (): Promise<void> => {
    setPressed(true);
    if (Object.values(typed).some((value) => value.trim() === '')) return;
    const { uscc, name, contactName, phone, checked } = typed;
    const handed = await command.run({ unitCode, uscc, name, contact: { name: contactName, phone }, checked });
    if (handed === null) return;
    setTyped(blank);
    setPressed(false);
    onHanded(handed);
  };
  return (
    <section className="panel stack setup-form">
      <h2>{words.invite.title}</h2>
      <Form className="stack" onSubmit={send}>
        <FailureNotice failure={restOf(command.failure, Object.values(atField))} kept="typed" />
        <TextField label={words.columns.uscc} value={typed.uscc} onValue={put('uscc')} autoCapitalize="characters" spellCheck={false} maxLength={40} error={error('uscc')} />
        <TextField label={words.invite.name} value={typed.name} onValue={put('name')} maxLength={100} error={error('name')} />
        <TextField label={words.invite.contactName} value={typed.contactName} onValue={put('contactName')} maxLength={30} error={error('contactName')} />
        <TextField label={words.invite.phone} hint={words.invite.notice} value={typed.phone} onValue={put('phone')} inputMode="tel" maxLength={20} error={error('phone')} />
        <TextArea label={words.requests.checked} hint={words.requests.checkedHint} value={typed.checked} onValue={put('checked')} maxLength={200} rows={2} error={error('checked')} />
        <div><Button kind="primary" icon="add" type="submit" busy={command.busy}>{words.invite.send}</Button></div>
      </Form>
    </section>
  );
}
