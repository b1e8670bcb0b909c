// What may be done with the account of an enterprise: a new code, stopping it, opening it anew by two.
import { useState } from 'react';
import { decideEnterpriseRecovery, makeOpeningCode, requestEnterpriseRecovery, setEnterpriseAccountState } from '../../../modules/enterprise-accounts/contract.ts';
import type { HandedCode, KeptAccount } from '../../../modules/enterprise-accounts/model.ts';
import type { Failure } from '../../app/failure.ts';
import { useCommand } from '../../app/queries.ts';
import { useEnterpriseAccountsText } from '../../language/enterprise-accounts.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { fieldIssue, restOf } from '../setup/field-issue.ts';

interface Own {
  readonly account: KeptAccount;
  readonly onClose: () => void;
  readonly onHanded: (handed: HandedCode) => void;
}

const shortest = 8;

export function AccountActs({ account, onClose, onHanded }: Own) {
  const words = useEnterpriseAccountsText();
  const [act, setAct] = useState<'menu' | 'state' | 'recover'>('menu');
  if (act === 'state') return <StateDialog account={account} onClose={onClose} />;
  if (act === 'recover') return <RecoverDialog account={account} onClose={onClose} />;
  return (
    <Dialog title={words.actsOf(account.name)} onClose={onClose}>
      {account.recovery === null ? null : <Recovery account={account} recovery={account.recovery} onClose={onClose} onHanded={onHanded} />}
      {account.state === 'waiting' ? <NewCode account={account} onHanded={onHanded} /> : null}
      {account.state === 'in_use' && account.recovery === null ? <Button icon="refresh" onClick={() => setAct('recover')}>{words.acts.recover}</Button> : null}
      <Button icon={account.state === 'disabled' ? 'check' : 'minus'} onClick={() => setAct('state')}>{account.state === 'disabled' ? words.acts.enable : words.acts.disable}</Button>
    </Dialog>
  );
}

function NewCode({ account, onHanded }: Omit<Own, 'onClose'>) {
  const words = useEnterpriseAccountsText().acts;
  const command = useCommand(makeOpeningCode);
  const make = async (): Promise<void> => {
    const handed = await command.run({ accountId: account.accountId });
    if (handed !== null) onHanded(handed);
  };
  return <><FailureNotice failure={command.failure} kept="nothing" /><Button icon="copy" busy={command.busy} onClick={() => void make()}>{words.code}</Button></>;
}

function Recovery({ account, recovery, onClose, onHanded }: Own & { readonly recovery: NonNullable<KeptAccount['recovery']> }) {
  const words = useEnterpriseAccountsText().acts;
  const command = useCommand(decideEnterpriseRecovery);
  const decide = async (approve: boolean): Promise<void> => {
    const answer = await command.run({ accountId: account.accountId, approve });
    if (answer === null) return;
    if (answer.handed !== null) onHanded(answer.handed);
    else {
      tell({ text: words.done.refuse });
      onClose();
    }
  };
  return (
    <Notice tone="action">
      <p>{words.recoverWaits(recovery.byName, recovery.reason)}</p>
      <p>{words.recoverTo(recovery.contact.name, recovery.contact.phone)}</p>
      <FailureNotice failure={command.failure} kept="nothing" />
      {recovery.mayDecide ? <div className="row"><Button kind="primary" busy={command.busy} onClick={() => void decide(true)}>{words.approveRecovery}</Button><Button onClick={() => void decide(false)}>{words.refuseRecovery}</Button></div> : <p>{words.ownRecovery}</p>}
    </Notice>
  );
}

/** A reason and the act, which says what is missing when it is pressed too early. */
function Reasoned({ title, act, busy, failure, how, children, onClose, onAct }: {
  readonly title: string; readonly act: string; readonly busy: boolean; readonly failure: Failure | null; readonly how?: string; readonly children?: React.ReactNode; readonly onClose: () => void;
  readonly onAct: (reason: string) => void;
}) {
  const words = useEnterpriseAccountsText().acts;
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  const short = reason.trim().length < shortest;
  const press = (): void => {
    setPressed(true);
    if (!short) onAct(reason.trim());
  };
  return (
    <Dialog title={title} onClose={onClose} actions={<Button kind="primary" busy={busy} onClick={press}>{act}</Button>}>
      {how === undefined ? null : <p>{how}</p>}
      <FailureNotice failure={failure} kept="typed" />
      {children}
      <TextArea label={words.reason} value={reason} onValue={setReason} maxLength={200} error={pressed && short ? words.missing : null} />
    </Dialog>
  );
}

function StateDialog({ account, onClose }: Omit<Own, 'onHanded'>) {
  const words = useEnterpriseAccountsText();
  const command = useCommand(setEnterpriseAccountState);
  const disabling = account.state !== 'disabled';
  const act = async (reason: string): Promise<void> => {
    if ((await command.run({ accountId: account.accountId, disabled: disabling, reason })) === null) return;
    tell({ text: disabling ? words.acts.done.disable : words.acts.done.enable });
    onClose();
  };
  const name = disabling ? words.acts.disable : words.acts.enable;
  return <Reasoned title={`${name} ${account.name}`} act={name} busy={command.busy} failure={command.failure} onClose={onClose} onAct={(reason) => void act(reason)} />;
}

function RecoverDialog({ account, onClose }: Omit<Own, 'onHanded'>) {
  const text = useText();
  const words = useEnterpriseAccountsText();
  const command = useCommand(requestEnterpriseRecovery);
  const [contact, setContact] = useState(account.contact);
  const act = async (reason: string): Promise<void> => {
    if ((await command.run({ accountId: account.accountId, contact, reason })) === null) return;
    tell({ text: words.acts.done.recover });
    onClose();
  };
  return (
    <Reasoned title={words.acts.recover} act={words.acts.recover} how={words.acts.recoverHow} busy={command.busy} failure={restOf(command.failure, ['contact'])} onClose={onClose} onAct={(reason) => void act(reason)}>
      <TextField label={words.invite.contactName} value={contact.name} onValue={(name) => setContact({ ...contact, name })} maxLength={30} error={fieldIssue(command.failure, 'contact.name', text.problems)} />
      <TextField label={words.invite.phone} value={contact.phone} onValue={(phone) => setContact({ ...contact, phone })} inputMode="tel" maxLength={20} error={fieldIssue(command.failure, 'contact.phone', text.problems)} />
    </Reasoned>
  );
}
