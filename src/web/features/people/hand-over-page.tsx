// Somebody leaves: what is in hand, who follows, from which day the account ends. One page, in this order.
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { handOver, listAccounts } from '../../../modules/people/contract.ts';
import type { ListedAccount } from '../../../modules/people/model.ts';
import { getReturn } from '../../../modules/returns/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { today as todayAt, useServerNow } from '../../app/server-clock.ts';
import { useSeat } from '../../app/session.tsx';
import { useAccountsText } from '../../language/accounts.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Empty, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { isReason, ReasonField, rolesInWords } from './account-parts.tsx';
import './people.css';

export function HandOverPage() {
  const words = useAccountsText();
  const seat = useSeat();
  const [parameters] = useSearchParams();
  const unitCode = parameters.get('unit') ?? seat.unitCode;
  const accounts = useRead(listAccounts, { unitCode });
  return (
    <Shown read={accounts}>
      {(answer) => {
        const leaver = answer.accounts.find(({ id }) => id === parameters.get('account'));
        if (leaver === undefined) return <><PageTitle title={words.handOver.open} /><Empty action={<LinkButton to={`${seat.base}/setup/accounts`}>{words.handOver.back}</LinkButton>}>{words.none}</Empty></>;
        return <HandOver key={leaver.id} leaver={leaver} others={answer.accounts.filter(({ id, disabledAt }) => id !== leaver.id && disabledAt === null)} unitCode={unitCode} />;
      }}
    </Shown>
  );
}

function HandOver({ leaver, others, unitCode }: { readonly leaver: ListedAccount; readonly others: readonly ListedAccount[]; readonly unitCode: string }) {
  const text = useText();
  const words = useAccountsText();
  const seat = useSeat();
  const navigate = useNavigate();
  const command = useCommand(handOver);
  const today = todayAt(useServerNow(60));
  const [successorId, setSuccessorId] = useState('');
  const [leavesOn, setLeavesOn] = useState(today);
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  const [inHand, toWhom, fromWhen] = words.handOver.steps;
  const save = async (): Promise<void> => {
    setPressed(true);
    if (leavesOn === '' || !isReason(reason)) return;
    const done = await command.run({ accountId: leaver.id, successorId: successorId === '' ? null : successorId, leavesOn, reason: reason.trim() });
    if (done === null) return;
    tell({ text: done.request === null ? words.handOver.done(leaver.displayName) : words.handOver.doneWaiting(leaver.displayName, done.request.accountName) });
    void navigate(`${seat.base}/setup/accounts`);
  };
  return (
    <>
      <PageTitle title={words.handOver.title(leaver.displayName)} />
      <FailureNotice failure={command.failure} kept="typed" />
      <div className="stack setup-form">
        <section className="panel stack-tight" aria-labelledby="hand-over-1">
          <h2 id="hand-over-1">1 · {inHand}</h2>
          <p>{words.handOver.rolesHeld}：{rolesInWords(text, leaver.grants, unitCode)}</p>
          <StateOfReturn unitCode={unitCode} />
          <Notice tone="warn"><p>{words.handOver.drafts}</p></Notice>
        </section>
        <section className="panel stack-tight" aria-labelledby="hand-over-2">
          <h2 id="hand-over-2">2 · {toWhom}</h2>
          <SelectField
            label={words.handOver.successor} hint={words.handOver.successorHint} value={successorId} onValue={setSuccessorId} empty={words.handOver.nobody}
            options={others.map((one) => ({ value: one.id, label: `${one.displayName}（${rolesInWords(text, one.grants, unitCode)}）` }))}
          />
        </section>
        <section className="panel stack-tight" aria-labelledby="hand-over-3">
          <h2 id="hand-over-3">3 · {fromWhen}</h2>
          <TextField type="date" label={words.handOver.leavesOn} hint={words.handOver.leavesHint} value={leavesOn} onValue={setLeavesOn} min={today} error={pressed && leavesOn === '' ? words.substitutes.dayMissing : null} />
          <ReasonField reason={reason} onReason={setReason} pressed={pressed} />
        </section>
        <div className="row">
          <Button kind="primary" busy={command.busy} onClick={() => void save()}>{words.handOver.confirm}</Button>
          <LinkButton to={`${seat.base}/setup/accounts`}>{words.handOver.back}</LinkButton>
        </div>
      </div>
    </>
  );
}

/** Whoever keeps accounts only has no part in the table, and is not told of it. */
function StateOfReturn({ unitCode }: { readonly unitCode: string }) {
  const words = useAccountsText().handOver;
  const states = useText().shell.returnStates;
  const seat = useSeat();
  const view = useRead(getReturn, { edition: seat.edition, unitCode });
  return view.data === undefined ? null : <p>{words.inHand}：{states[view.data.state]}</p>;
}
