// Inviting in half a minute: name, sign-in name, roles. In use once somebody else has approved it.
import { useState } from 'react';
import type { Role } from '../../../modules/access/model.ts';
import { invite } from '../../../modules/people/contract.ts';
import { issuesOf } from '../../app/failure.ts';
import { useCommand } from '../../app/queries.ts';
import { useAccountsText } from '../../language/accounts.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { type Place, RoleChoice } from './account-parts.tsx';

export function InviteForm({ place, offered }: { readonly place: Place; readonly offered: readonly Role[] }) {
  const text = useText();
  const words = useAccountsText();
  const command = useCommand(invite);
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
  const send = async (): Promise<void> => {
    setPressed(true);
    if (displayName.trim() === '' || signInName.trim() === '' || roles.length === 0) return;
    const made = await command.run({ unitCode: place.code, signInName: signInName.trim(), displayName: displayName.trim(), roles: roles.map((role) => ({ role, unitCode: place.code })) });
    if (made === null) return;
    tell({ text: words.invite.done(made.accountName) });
    setDisplayName('');
    setSignInName('');
    setRoles([]);
    setPressed(false);
  };
  return (
    <section className="panel stack setup-form">
      <h2>{words.invite.title}</h2>
      <p className="hint">{words.invite.how}</p>
      {issues.length > 0 ? null : <FailureNotice failure={command.failure} kept="typed" />}
      <TextField label={words.invite.displayName} hint={words.invite.displayHint} value={displayName} onValue={setDisplayName} maxLength={30} error={error('displayName', displayName.trim() === '')} />
      <TextField label={words.invite.signInName} hint={words.invite.signInHint} value={signInName} onValue={setSignInName} autoCapitalize="none" spellCheck={false} error={error('signInName', signInName.trim() === '')} />
      <RoleChoice legend={words.invite.roles} hint={words.invite.rolesHint} offered={offered} chosen={roles} onChosen={setRoles} error={pressed && roles.length === 0 ? words.invite.rolesMissing : null} />
      <div><Button kind="primary" icon="add" busy={command.busy} onClick={() => void send()}>{words.invite.send}</Button></div>
    </section>
  );
}
