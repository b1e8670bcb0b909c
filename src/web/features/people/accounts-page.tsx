// Accounts of a unit: who holds which role, new accounts with a one-time link, stopping and restoring.
import { useState } from 'react';
import type { Role } from '../../../modules/access/model.ts';
import { createAccount, createSignInLink, listAccounts, setAccountState } from '../../../modules/people/contract.ts';
import type { Account } from '../../../modules/people/model.ts';
import { rolesAt } from '../../../modules/people/rules.ts';
import { getUnit } from '../../../modules/units/contract.ts';
import { issuesOf } from '../../app/failure.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useSetupText } from '../../language/setup.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckField, FieldError, TextField } from '../../ui/field.tsx';
import { Badge, Empty, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { UnitPicker } from '../../ui/unit-picker.tsx';
import { ExportButton } from '../exports/export-button.tsx';

interface Place {
  readonly code: string;
  readonly name: string;
}

interface OneTimeLink {
  readonly signInPath: string;
  readonly expiresAt: string;
}

export function AccountsPage() {
  const words = useSetupText().accounts;
  const seat = useSeat();
  const [place, setPlace] = useState<Place>({ code: seat.unitCode, name: seat.unitName });
  const [link, setLink] = useState<OneTimeLink | null>(null);
  const accounts = useRead(listAccounts, { unitCode: place.code });
  return (
    <>
      <PageTitle title={words.of(place.name)} aside={<ExportButton key={place.code} edition={seat.edition} unitCode={place.code} subjects={[{ kind: 'accounts' }]} />} />
      <div className="setup-form"><UnitPicker edition={seat.edition} label={words.unit} within={seat.unitCode} onPick={({ code, name }) => setPlace({ code, name })} /></div>
      <Shown read={accounts}>{(answer) => answer.accounts.length === 0 ? <Empty>{words.none}</Empty> : <AccountTable accounts={answer.accounts} place={place} onLink={setLink} />}</Shown>
      <NewAccount key={place.code} place={place} onLink={setLink} />
      {link === null ? null : <LinkDialog link={link} onClose={() => setLink(null)} />}
    </>
  );
}

function AccountTable({ accounts, place, onLink }: { readonly accounts: readonly Account[]; readonly place: Place; readonly onLink: (link: OneTimeLink) => void }) {
  const text = useText();
  const words = useSetupText().accounts;
  const create = useCommand(createSignInLink);
  const [changing, setChanging] = useState<Account | null>(null);
  const rolesOf = (account: Account): string => text.format.list(account.grants.map(({ role, unitCode, unitShortName }) => `${text.shell.roles[role]}${unitCode === place.code ? '' : `（${unitShortName}）`}`));
  return (
    <>
      <FailureNotice failure={create.failure} kept="nothing" />
      <div className="table-scroll table-cards">
        <table className="table">
          <thead><tr><th>{words.columns.name}</th><th>{words.columns.signInName}</th><th>{words.columns.roles}</th><th>{words.columns.state}</th><th><span className="visually-hidden">{words.newLink}</span></th></tr></thead>
          <tbody>
            {accounts.map((account) => (
              <tr key={account.id}>
                <td>{account.displayName}</td><td>{account.signInName}</td><td>{rolesOf(account)}</td>
                <td>
                  {account.disabledAt !== null ? <Badge tone="error" icon="lock">{words.disabled(text.format.date(account.disabledAt))}</Badge>
                    : account.hasPassword ? <Badge tone="ok" icon="check">{words.active}</Badge> : <Badge tone="warn" icon="clock">{words.waiting}</Badge>}
                </td>
                <td>
                  <span className="row-tight">
                    {account.disabledAt !== null ? null : <Button busy={create.busy} title={words.newLinkHint} onClick={() => void create.run({ accountId: account.id }).then((made) => (made === null ? undefined : onLink(made)))}>{words.newLink}</Button>}
                    <Button kind={account.disabledAt === null ? 'danger' : 'secondary'} onClick={() => setChanging(account)}>{account.disabledAt === null ? words.disable : words.enable}</Button>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {changing === null ? null : <StateDialog account={changing} onClose={() => setChanging(null)} />}
    </>
  );
}

function StateDialog({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) {
  const text = useText();
  const words = useSetupText().accounts;
  const command = useCommand(setAccountState);
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  const disabling = account.disabledAt === null;
  const save = async (): Promise<void> => {
    setPressed(true);
    if (reason.trim() === '') return;
    if ((await command.run({ accountId: account.id, disabled: disabling, reason: reason.trim() })) === null) return;
    onClose();
    tell({ text: disabling ? words.disabledDone(account.displayName) : words.enabledDone(account.displayName) });
  };
  return (
    <Dialog
      title={disabling ? words.disableTitle(account.displayName) : words.enableTitle(account.displayName)}
      onClose={onClose}
      actions={<><Button kind={disabling ? 'danger' : 'primary'} busy={command.busy} onClick={() => void save()}>{disabling ? words.disable : words.enable}</Button><Button onClick={onClose}>{text.kit.cancel}</Button></>}
    >
      <p>{disabling ? words.disableText : words.enableText}</p>
      <FailureNotice failure={command.failure} kept="typed" />
      <TextField label={words.reason} value={reason} onValue={setReason} maxLength={200} error={pressed && reason.trim() === '' ? text.problems.issue('text_missing', {}) : null} />
    </Dialog>
  );
}

function NewAccount({ place, onLink }: { readonly place: Place; readonly onLink: (link: OneTimeLink) => void }) {
  const text = useText();
  const words = useSetupText().accounts;
  const seat = useSeat();
  const command = useCommand(createAccount);
  const unit = useRead(getUnit, { edition: seat.edition, unitCode: place.code }, { fresh: 60_000 }).data;
  const offered = unit === undefined ? [] : rolesAt({ code: place.code, kind: unit.unit.kind, hasChildren: unit.children.length > 0 });
  const [displayName, setDisplayName] = useState('');
  const [signInName, setSignInName] = useState('');
  const [roles, setRoles] = useState<readonly Role[]>([]);
  const [pressed, setPressed] = useState(false);
  const issues = issuesOf(command.failure);
  const error = (field: string, empty: boolean): string | null => {
    if (pressed && empty) return words.missing;
    const issue = issues.find(({ path }) => path === field);
    return issue === undefined ? null : text.problems.issue(issue.rule, issue);
  };
  const save = async (): Promise<void> => {
    setPressed(true);
    if (displayName.trim() === '' || signInName.trim() === '' || roles.length === 0) return;
    const made = await command.run({ unitCode: place.code, signInName: signInName.trim(), displayName: displayName.trim(), roles: roles.map((role) => ({ role, unitCode: place.code })) });
    if (made === null) return;
    setDisplayName('');
    setSignInName('');
    setRoles([]);
    setPressed(false);
    onLink(made);
  };
  return (
    <section className="panel stack setup-form">
      <h2>{words.add}</h2>
      {issues.length > 0 ? null : <FailureNotice failure={command.failure} kept="typed" />}
      <TextField label={words.displayName} value={displayName} onValue={setDisplayName} maxLength={30} error={error('displayName', displayName.trim() === '')} />
      <TextField label={words.signInName} hint={words.signInHint} value={signInName} onValue={setSignInName} autoCapitalize="none" spellCheck={false} error={error('signInName', signInName.trim() === '')} />
      <fieldset className="stack-tight">
        <legend className="field-label">{words.roles}</legend>
        <p className="hint">{words.rolesHint}</p>
        {pressed && roles.length === 0 ? <FieldError>{words.rolesMissing}</FieldError> : null}
        <div className="row">
          {offered.map((role) => (
            <CheckField key={role} label={text.shell.roles[role]} checked={roles.includes(role)} onChecked={(checked) => setRoles(checked ? [...roles, role] : roles.filter((one) => one !== role))} />
          ))}
        </div>
      </fieldset>
      <div><Button kind="primary" icon="add" busy={command.busy} onClick={() => void save()}>{words.create}</Button></div>
    </section>
  );
}

function LinkDialog({ link, onClose }: { readonly link: OneTimeLink; readonly onClose: () => void }) {
  const text = useText();
  const words = useSetupText().accounts;
  const [copied, setCopied] = useState<'no' | 'yes' | 'by_hand'>('no');
  const address = `${location.origin}${link.signInPath}`;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      setCopied('yes');
    } catch {
      setCopied('by_hand');
    }
  };
  return (
    <Dialog title={words.linkTitle} onClose={onClose} actions={<><Button kind="primary" icon="copy" onClick={() => void copy()}>{words.copy}</Button><Button onClick={onClose}>{words.close}</Button></>}>
      <p>{words.linkOnce}</p>
      <p className="link-once">{address}</p>
      <p className="hint">{words.linkExpires(text.format.instant(link.expiresAt))}</p>
      <p role="status">{copied === 'yes' ? words.copied : copied === 'by_hand' ? words.copyByHand : ''}</p>
    </Dialog>
  );
}
