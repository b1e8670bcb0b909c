// What waits for a second person: one press to approve, also on a phone.
import { decideRecovery, decideRequest, withdrawRequest } from '../../../modules/people/contract.ts';
import type { GrantRequest, Recovery } from '../../../modules/people/model.ts';
import { useCommand } from '../../app/queries.ts';
import { useAccountsText } from '../../language/accounts.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { rolesInWords } from './account-parts.tsx';

export function WaitingList({ requests, recoveries }: { readonly requests: readonly GrantRequest[]; readonly recoveries: readonly Recovery[] }) {
  const words = useAccountsText().waiting;
  if (requests.length + recoveries.length === 0) return null;
  return (
    <section className="panel stack" aria-labelledby="accounts-waiting">
      <h2 id="accounts-waiting">{words.title}</h2>
      <ul className="waiting-list">
        {requests.map((request) => <RequestLine key={request.id} request={request} />)}
        {recoveries.map((recovery) => <RecoveryLine key={recovery.id} recovery={recovery} />)}
      </ul>
    </section>
  );
}

function RequestLine({ request }: { readonly request: GrantRequest }) {
  const text = useText();
  const words = useAccountsText().waiting;
  const decide = useCommand(decideRequest);
  const withdraw = useCommand(withdrawRequest);
  const { accountName, signInName } = request;
  const answer = async (approve: boolean): Promise<void> => {
    if ((await decide.run({ requestId: request.id, approve })) !== null) tell({ text: approve ? words.approved(accountName) : words.refused(accountName) });
  };
  const takeBack = async (): Promise<void> => {
    if ((await withdraw.run({ requestId: request.id })) !== null) tell({ text: words.withdrawn(accountName) });
  };
  return (
    <li className="stack-tight">
      <p><strong>{request.kind === 'invitation' ? words.invitation(accountName, signInName) : words.change(accountName, signInName)}</strong></p>
      <p>{rolesInWords(text, request.roles, '')}</p>
      <p className="hint">{words.by(request.proposedByName, text.format.shortInstant(request.proposedAt))} · {request.reason}</p>
      <FailureNotice failure={decide.failure ?? withdraw.failure} kept="nothing" />
      <div className="row">
        {request.mayDecide ? <Button kind="primary" icon="check" busy={decide.busy} onClick={() => void answer(true)}>{words.approve}</Button> : null}
        {request.mayDecide ? <Button icon="undo" busy={decide.busy} onClick={() => void answer(false)}>{words.refuse}</Button> : null}
        {request.mine ? <Button icon="undo" busy={withdraw.busy} onClick={() => void takeBack()}>{words.withdraw}</Button> : null}
        {request.mayDecide ? null : <span className="hint">{words.others}</span>}
      </div>
    </li>
  );
}

function RecoveryLine({ recovery }: { readonly recovery: Recovery }) {
  const text = useText();
  const words = useAccountsText().waiting;
  const decide = useCommand(decideRecovery);
  const { accountName, signInName } = recovery;
  const answer = async (approve: boolean): Promise<void> => {
    if ((await decide.run({ requestId: recovery.id, approve })) !== null) tell({ text: approve ? words.recoveryApproved(accountName) : words.refused(accountName) });
  };
  return (
    <li className="stack-tight">
      <p><strong>{words.recovery(accountName, signInName)}</strong></p>
      <p className="hint">{words.by(recovery.requestedByName, text.format.shortInstant(recovery.requestedAt))} · {recovery.reason}</p>
      <FailureNotice failure={decide.failure} kept="nothing" />
      <div className="row">
        {recovery.mayDecide ? <Button kind="primary" icon="check" busy={decide.busy} onClick={() => void answer(true)}>{words.approve}</Button> : null}
        {recovery.mayDecide ? <Button icon="undo" busy={decide.busy} onClick={() => void answer(false)}>{words.refuse}</Button> : null}
        {recovery.mayDecide ? null : <span className="hint">{words.recoveryOthers[recovery.requestedAs]}</span>}
      </div>
    </li>
  );
}
