// The yearly confirmation: the head goes through the accounts and says of each whether it stays.
import { useState } from 'react';
import { attest, type listAccounts } from '../../../modules/people/contract.ts';
import type { ListedAccount, Verdict } from '../../../modules/people/model.ts';
import { attestedAt } from '../../../modules/people/rules.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { useCommand } from '../../app/queries.ts';
import { useMe } from '../../app/session.tsx';
import { useAccountsText } from '../../language/accounts.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/field.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { AccountState, type Place, rolesInWords } from './account-parts.tsx';

export function Attestation({ answer, place }: { readonly answer: OutputOf<typeof listAccounts>; readonly place: Place }) {
  const text = useText();
  const words = useAccountsText().attest;
  const [open, setOpen] = useState(false);
  const { attestation, attestationDue, may, unattestedBelow } = answer;
  const mine = may.includes('attest_accounts');
  const day = text.format.date(attestationDue);
  return (
    <>
      {attestation === null && mine ? (
        <Notice tone="warn">
          <p><strong>{words.title(attestationDue.slice(0, 4))}</strong></p>
          <p>{words.owed(day)}</p>
          <div><Button kind="primary" icon="check" onClick={() => setOpen(true)}>{words.start}</Button></div>
        </Notice>
      ) : (
        <p className="hint row-tight">
          <span>{attestation === null ? words.notYet : words.done(attestation.attestedByName, text.format.shortInstant(attestation.at))}</span>
          {mine ? <Button kind="quiet" icon="refresh" onClick={() => setOpen(true)}>{words.again}</Button> : null}
        </p>
      )}
      {unattestedBelow.length === 0 ? null : (
        <details className="panel">
          <summary>{words.below(text.format.number(unattestedBelow.length))}</summary>
          <p>{text.format.list(unattestedBelow.map(({ unitName }) => unitName))}</p>
        </details>
      )}
      {open ? <AttestDialog accounts={attestedAt(answer.accounts, place.code)} place={place} year={attestationDue.slice(0, 4)} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function AttestDialog({ accounts, place, year, onClose }: { readonly accounts: readonly ListedAccount[]; readonly place: Place; readonly year: string; readonly onClose: () => void }) {
  const text = useText();
  const words = useAccountsText().attest;
  const me = useMe();
  const command = useCommand(attest);
  const [said, setSaid] = useState<{ readonly [id: string]: Verdict }>({});
  const options = (['keep', 'take_role', 'disable'] as const).map((value) => ({ value, label: words.verdicts[value] }));
  const save = async (): Promise<void> => {
    if ((await command.run({ unitCode: place.code, accounts: accounts.map(({ id }) => ({ accountId: id, verdict: said[id] ?? 'keep' })) })) === null) return;
    tell({ text: words.saved });
    onClose();
  };
  return (
    <Dialog title={words.title(year)} onClose={onClose} actions={<><Button kind="primary" icon="check" busy={command.busy} onClick={() => void save()}>{words.confirm}</Button><Button onClick={onClose}>{text.kit.cancel}</Button></>}>
      <p className="hint">{words.keepAll}</p>
      <FailureNotice failure={command.failure} kept="typed" />
      <ul className="waiting-list">
        {accounts.map((account) => (
          <li key={account.id} className="stack-tight">
            <p><strong>{account.displayName}</strong>（{account.signInName}） {rolesInWords(text, account.grants, place.code)}</p>
            <AccountState account={account} />
            {account.id === me.account.id ? <p className="hint">{words.verdicts.keep}</p> : (
              <SelectField
                hiddenLabel label={words.verdictOf(account.displayName)} value={said[account.id] ?? 'keep'} options={options}
                onValue={(value) => setSaid({ ...said, [account.id]: options.find((one) => one.value === value)?.value ?? 'keep' })}
              />
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
