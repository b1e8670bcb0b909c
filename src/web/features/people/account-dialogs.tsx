// What may be done with one account, each in a dialog of its own; they follow one another, never lie on top of one another.
import { useState } from 'react';
import type { Role } from '../../../modules/access/model.ts';
import { createSignInLink, proposeRoles, requestRecovery, setAccountState, takeRole } from '../../../modules/people/contract.ts';
import type { ListedAccount } from '../../../modules/people/model.ts';
import { type Command, useCommand } from '../../app/queries.ts';
import { useAccountsText } from '../../language/accounts.ts';
import { useText } from '../../language/text.tsx';
import { Button, type ButtonKind, LinkButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { IconName } from '../../ui/icon.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Empty, FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { isReason, type Place, ReasonField, RoleChoice } from './account-parts.tsx';
import type { OneTimeLink } from './link-dialog.tsx';

export type AccountAct = 'menu' | 'add_roles' | 'take_role' | 'recover' | 'state' | 'substitute';

export interface AccountRights {
  readonly manage: boolean;
  readonly recover: boolean;
  readonly substitute: boolean;
  readonly keys: boolean;
}

interface Own {
  readonly account: ListedAccount;
  readonly onClose: () => void;
}

interface OpenAct {
  readonly act: AccountAct;
  readonly icon: IconName;
  readonly word: 'addRoles' | 'takeRole' | 'substitute' | 'recover';
}

/** What makes sense with an account as it stands. */
function actsOf({ disabledAt, grants, activated }: ListedAccount, rights: AccountRights): OpenAct[] {
  const acts: OpenAct[] = [];
  if (rights.manage && disabledAt === null) acts.push({ act: 'add_roles', icon: 'add', word: 'addRoles' });
  if (rights.manage && grants.length > 0) acts.push({ act: 'take_role', icon: 'minus', word: 'takeRole' });
  if (rights.substitute && disabledAt === null) acts.push({ act: 'substitute', icon: 'people', word: 'substitute' });
  if (rights.recover && disabledAt === null && activated) acts.push({ act: 'recover', icon: 'refresh', word: 'recover' });
  return acts;
}

/** Whether there is anything to do with an account for whoever looks. */
export function hasActs(account: ListedAccount, rights: AccountRights): boolean {
  return !account.invited && (rights.manage || rights.keys || actsOf(account, rights).length > 0);
}

/** The acts as a list. */
export function ActsDialog({ account, rights, handOverTo, keysAt, trailAt, onAct, onLink, onClose }: Own & {
  readonly rights: AccountRights;
  readonly handOverTo: string;
  readonly keysAt: string;
  /** What was done to this account; null for whoever may not read it. */
  readonly trailAt: string | null;
  readonly onAct: (act: AccountAct) => void;
  readonly onLink: (link: OneTimeLink) => void;
}) {
  const text = useText();
  const words = useAccountsText();
  const link = useCommand(createSignInLink);
  const inUse = account.disabledAt === null;
  const take = async (): Promise<void> => {
    const made = await link.run({ accountId: account.id });
    if (made !== null) onLink(made);
  };
  return (
    <Dialog title={words.acts.menu(account.displayName)} onClose={onClose}>
      <FailureNotice failure={link.failure} kept="nothing" />
      <div className="account-acts">
        {rights.manage && inUse && !account.activated ? <Button kind="primary" icon="copy" busy={link.busy} onClick={() => void take()}>{words.link.get}</Button> : null}
        {actsOf(account, rights).map(({ act, icon, word }) => <Button key={act} icon={icon} onClick={() => onAct(act)}>{words.acts[word]}</Button>)}
        {rights.manage && inUse ? <LinkButton icon="send" to={handOverTo}>{words.acts.handOver}</LinkButton> : null}
        {rights.keys && inUse ? <LinkButton icon="key" to={keysAt}>{words.acts.keys}</LinkButton> : null}
        {trailAt === null ? null : <LinkButton icon="history" to={trailAt}>{text.shell.pages.audit}</LinkButton>}
        {rights.manage ? <Button kind={inUse ? 'danger' : 'secondary'} icon="lock" onClick={() => onAct('state')}>{inUse ? words.acts.disable : words.acts.enable}</Button> : null}
      </div>
    </Dialog>
  );
}

/** A dialog that asks for a reason and then does one thing. */
function Asked({ title, text: sentence, act, kind = 'primary', command, onDo, onClose, children }: {
  readonly title: string;
  readonly text: string;
  readonly act: string;
  readonly kind?: ButtonKind;
  readonly command: Pick<Command<typeof takeRole>, 'busy' | 'failure'>;
  readonly onDo: (reason: string) => Promise<boolean>;
  readonly onClose: () => void;
  readonly children?: (pressed: boolean) => React.ReactNode;
}) {
  const text = useText();
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  const press = async (): Promise<void> => {
    setPressed(true);
    if (isReason(reason) && (await onDo(reason.trim()))) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose} actions={<><Button kind={kind} busy={command.busy} onClick={() => void press()}>{act}</Button><Button onClick={onClose}>{text.kit.cancel}</Button></>}>
      <p>{sentence}</p>
      <FailureNotice failure={command.failure} kept="typed" />
      {children?.(pressed)}
      <ReasonField reason={reason} onReason={setReason} pressed={pressed} />
    </Dialog>
  );
}

export function AddRolesDialog({ account, place, offered, onClose }: Own & { readonly place: Place; readonly offered: readonly Role[] }) {
  const words = useAccountsText();
  const command = useCommand(proposeRoles);
  const [chosen, setChosen] = useState<readonly Role[]>([]);
  const open = offered.filter((role) => !account.grants.some((grant) => grant.role === role && grant.unitCode === place.code));
  if (open.length === 0) return <Dialog title={words.addRoles.title(account.displayName)} onClose={onClose}><Empty>{words.addRoles.none}</Empty></Dialog>;
  const send = async (reason: string): Promise<boolean> => {
    if (chosen.length === 0 || (await command.run({ accountId: account.id, roles: chosen.map((role) => ({ role, unitCode: place.code })), reason })) === null) return false;
    tell({ text: words.addRoles.done(account.displayName) });
    return true;
  };
  return (
    <Asked title={words.addRoles.title(account.displayName)} text={words.addRoles.text} act={words.addRoles.send} command={command} onDo={send} onClose={onClose}>
      {(pressed) => <RoleChoice legend={words.invite.roles} hint={words.invite.rolesHint} offered={open} chosen={chosen} onChosen={setChosen} error={pressed && chosen.length === 0 ? words.invite.rolesMissing : null} />}
    </Asked>
  );
}

export function TakeRoleDialog({ account, onClose }: Own) {
  const text = useText();
  const words = useAccountsText();
  const command = useCommand(takeRole);
  const options = account.grants.map((grant) => ({ value: `${grant.role} ${grant.unitCode}`, label: `${text.shell.roles[grant.role]}（${grant.unitShortName}）` }));
  const [which, setWhich] = useState(options[0]?.value ?? '');
  const take = async (reason: string): Promise<boolean> => {
    const grant = account.grants.find(({ role, unitCode }) => `${role} ${unitCode}` === which);
    if (grant === undefined || (await command.run({ accountId: account.id, role: grant.role, unitCode: grant.unitCode, reason })) === null) return false;
    tell({ text: words.takeRole.done(account.displayName) });
    return true;
  };
  return (
    <Asked title={words.takeRole.title(account.displayName)} text={words.takeRole.text} act={words.takeRole.confirm} kind="danger" command={command} onDo={take} onClose={onClose}>
      {() => <SelectField label={words.takeRole.which} value={which} onValue={setWhich} options={options} />}
    </Asked>
  );
}

export function RecoverDialog({ account, onClose }: Own) {
  const words = useAccountsText();
  const command = useCommand(requestRecovery);
  const ask = async (reason: string): Promise<boolean> => {
    if ((await command.run({ accountId: account.id, reason })) === null) return false;
    tell({ text: words.recover.done(account.displayName) });
    return true;
  };
  return <Asked title={words.recover.title(account.displayName)} text={words.recover.text} act={words.recover.send} command={command} onDo={ask} onClose={onClose} />;
}

export function StateDialog({ account, onClose }: Own) {
  const words = useAccountsText();
  const command = useCommand(setAccountState);
  const disabling = account.disabledAt === null;
  const change = async (reason: string): Promise<boolean> => {
    if ((await command.run({ accountId: account.id, disabled: disabling, reason })) === null) return false;
    tell({ text: disabling ? words.state.disabledDone(account.displayName) : words.state.enabledDone(account.displayName) });
    return true;
  };
  return (
    <Asked
      title={disabling ? words.state.disableTitle(account.displayName) : words.state.enableTitle(account.displayName)} text={disabling ? words.state.disableText : words.state.enableText}
      act={disabling ? words.acts.disable : words.acts.enable} kind={disabling ? 'danger' : 'primary'} command={command} onDo={change} onClose={onClose}
    />
  );
}
