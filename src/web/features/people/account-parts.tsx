// Small pieces the pages of accounts share: roles in words, the state of an account, choosing roles, a reason of eight characters.
import type { Role } from '../../../modules/access/model.ts';
import type { GrantView, ListedAccount } from '../../../modules/people/model.ts';
import { useAccountsText } from '../../language/accounts.ts';
import { type Text, useText } from '../../language/text.tsx';
import { CheckField, FieldError, TextField } from '../../ui/field.tsx';
import { Badge } from '../../ui/notice.tsx';

export interface Place {
  readonly code: string;
  readonly name: string;
}

/** Roles in words; the unit is said where it is another than the one the page is about. */
export function rolesInWords(text: Text, grants: readonly GrantView[], unitCode: string): string {
  return text.format.list(grants.map((grant) => `${text.shell.roles[grant.role]}${grant.unitCode === unitCode ? '' : `（${grant.unitShortName}）`}`));
}

export function AccountState({ account }: { readonly account: ListedAccount }) {
  const text = useText();
  const words = useAccountsText().states;
  const day = (instant: string): string => text.format.date(instant.slice(0, 10));
  if (account.invited) return <Badge tone="warn" icon="clock">{words.invited}</Badge>;
  if (account.disabledAt !== null) return <Badge tone="error" icon="lock">{words.disabled(day(account.disabledAt))}</Badge>;
  return (
    <span className="row-tight">
      {account.activated ? <Badge tone="ok" icon="check">{words.active}</Badge> : <Badge tone="warn" icon="clock">{account.lastSignedInAt === null ? words.waiting : words.byLink}</Badge>}
      {account.endsAt === null ? null : <Badge tone="warn" icon="clock">{words.ends(day(account.endsAt))}</Badge>}
      {account.dormant ? <Badge tone="warn" icon="alert">{words.dormant}</Badge> : null}
      <span className="hint">{account.lastSignedInAt === null ? words.never : words.lastSeen(day(account.lastSignedInAt))}</span>
    </span>
  );
}

export function RoleChoice({ legend, hint, offered, chosen, onChosen, error }: {
  readonly legend: string;
  readonly hint: string | null;
  readonly offered: readonly Role[];
  readonly chosen: readonly Role[];
  readonly onChosen: (roles: readonly Role[]) => void;
  readonly error: string | null;
}) {
  const text = useText();
  return (
    <fieldset className="stack-tight">
      <legend className="field-label">{legend}</legend>
      {hint === null ? null : <p className="hint">{hint}</p>}
      {error === null ? null : <FieldError>{error}</FieldError>}
      <div className="row">
        {offered.map((role) => (
          <CheckField key={role} label={text.shell.roles[role]} checked={chosen.includes(role)} onChecked={(checked) => onChosen(checked ? [...chosen, role] : chosen.filter((one) => one !== role))} />
        ))}
      </div>
    </fieldset>
  );
}

const shortestReason = 8;

export function isReason(reason: string): boolean {
  return reason.trim().length >= shortestReason;
}

export function ReasonField({ reason, onReason, pressed }: { readonly reason: string; readonly onReason: (reason: string) => void; readonly pressed: boolean }) {
  const text = useText();
  const words = useAccountsText();
  return (
    <TextField
      label={words.reason} hint={words.reasonHint} value={reason} onValue={onReason} maxLength={200}
      error={pressed && !isReason(reason) ? text.problems.issue('text_too_short', { minimum: shortestReason }) : null}
    />
  );
}
