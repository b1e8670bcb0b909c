// A/B 角: the list of substitutions, and naming one: for oneself, or by the head for somebody who is away.
import { useState } from 'react';
import { nameOwnSubstitute, nameSubstitute, revokeOwnSubstitution, revokeSubstitution } from '../../../modules/people/contract.ts';
import type { GrantView, Substitution } from '../../../modules/people/model.ts';
import { useCommand } from '../../app/queries.ts';
import { today as todayAt, useServerNow } from '../../app/server-clock.ts';
import { useAccountsText } from '../../language/accounts.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckField, FieldError, SelectField, TextField } from '../../ui/field.tsx';
import { Badge, Empty, FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { rolesInWords } from './account-parts.tsx';

export function SubstitutionList({ substitutions, unitCode, revokes, own = false }: {
  readonly substitutions: readonly Substitution[];
  readonly unitCode: string;
  /** Whether whoever looks may end one. */
  readonly revokes: boolean;
  readonly own?: boolean;
}) {
  const text = useText();
  const words = useAccountsText().substitutes;
  const byUnit = useCommand(revokeSubstitution);
  const bySelf = useCommand(revokeOwnSubstitution);
  const command = own ? bySelf : byUnit;
  const today = todayAt(useServerNow(60));
  const revoke = async (id: string): Promise<void> => {
    if ((await command.run({ requestId: id })) !== null) tell({ text: words.revokedDone });
  };
  if (substitutions.length === 0) return <p className="hint">{words.none}</p>;
  return (
    <>
      <FailureNotice failure={command.failure} kept="nothing" />
      <ul className="waiting-list">
        {substitutions.map((one) => (
          <li key={one.id} className="stack-tight">
            <p><strong>{words.line(one.substituteName, one.accountName)}</strong> <SubstitutionState one={one} today={today} /></p>
            <p>{rolesInWords(text, one.roles, unitCode)} · {words.days(text.format.date(one.firstDay), text.format.date(one.lastDay))}</p>
            <p className="hint">{words.by(one.namedByName)}</p>
            {revokes && one.revokedAt === null && one.lastDay >= today ? <div><Button icon="undo" busy={command.busy} onClick={() => void revoke(one.id)}>{words.revoke}</Button></div> : null}
          </li>
        ))}
      </ul>
    </>
  );
}

function SubstitutionState({ one, today }: { readonly one: Substitution; readonly today: string }) {
  const words = useAccountsText().substitutes;
  if (one.revokedAt !== null) return <Badge icon="undo">{words.revoked}</Badge>;
  if (one.lastDay < today) return <Badge icon="clock">{words.over}</Badge>;
  return one.firstDay > today ? <Badge icon="clock">{words.planned}</Badge> : <Badge tone="ok" icon="check">{words.running}</Badge>;
}

export interface Colleague {
  readonly id: string;
  readonly displayName: string;
}

/** Who, which roles, which days. `holder` is null for one's own. */
export function NamingDialog({ holder, grants, colleagues, unitCode, onClose }: {
  readonly holder: { readonly id: string; readonly displayName: string } | null;
  readonly grants: readonly GrantView[];
  readonly colleagues: readonly Colleague[];
  readonly unitCode: string;
  readonly onClose: () => void;
}) {
  const text = useText();
  const words = useAccountsText();
  const { substitutes } = words;
  const forOther = useCommand(nameSubstitute);
  const forSelf = useCommand(nameOwnSubstitute);
  const command = holder === null ? forSelf : forOther;
  const today = todayAt(useServerNow(60));
  const keys = grants.map(({ role, unitCode: unit }) => `${role} ${unit}`);
  const [who, setWho] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>(keys);
  const [firstDay, setFirstDay] = useState(today);
  const [lastDay, setLastDay] = useState('');
  const [pressed, setPressed] = useState(false);
  const title = holder === null ? substitutes.nameOwn : substitutes.nameFor(holder.displayName);
  if (colleagues.length === 0) return <Dialog title={title} onClose={onClose}><Empty>{substitutes.nobody}</Empty></Dialog>;
  const save = async (): Promise<void> => {
    setPressed(true);
    if (who === '' || chosen.length === 0 || firstDay === '' || lastDay === '') return;
    const roles = grants.filter(({ role, unitCode: unit }) => chosen.includes(`${role} ${unit}`)).map(({ role, unitCode: unit }) => ({ role, unitCode: unit }));
    const input = { substituteId: who, roles, firstDay, lastDay };
    const made = holder === null ? await forSelf.run(input) : await forOther.run({ ...input, accountId: holder.id });
    if (made === null) return;
    tell({ text: substitutes.saved(made.substituteName) });
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose} actions={<><Button kind="primary" busy={command.busy} onClick={() => void save()}>{substitutes.save}</Button><Button onClick={onClose}>{text.kit.cancel}</Button></>}>
      <p className="hint">{substitutes.how}</p>
      <FailureNotice failure={command.failure} kept="typed" />
      <SelectField label={substitutes.who} value={who} onValue={setWho} empty={substitutes.pick} options={colleagues.map(({ id, displayName }) => ({ value: id, label: displayName }))} error={pressed && who === '' ? words.missing : null} />
      <fieldset className="stack-tight">
        <legend className="field-label">{substitutes.roles}</legend>
        {pressed && chosen.length === 0 ? <FieldError>{words.invite.rolesMissing}</FieldError> : null}
        {grants.map((grant, at) => (
          <CheckField
            key={keys[at]} label={rolesInWords(text, [grant], unitCode)} checked={chosen.includes(keys[at] ?? '')}
            onChecked={(checked) => setChosen(checked ? [...chosen, keys[at] ?? ''] : chosen.filter((one) => one !== keys[at]))}
          />
        ))}
      </fieldset>
      <div className="row">
        <TextField type="date" label={substitutes.from} value={firstDay} onValue={setFirstDay} min={today} error={pressed && firstDay === '' ? substitutes.dayMissing : null} />
        <TextField type="date" label={substitutes.to} value={lastDay} onValue={setLastDay} min={firstDay} error={pressed && lastDay === '' ? substitutes.dayMissing : null} />
      </div>
    </Dialog>
  );
}
