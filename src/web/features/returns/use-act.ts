// Taking an act on a return: what was done is told, and who was faster is named. One place for all acts of both pages.
import { useCallback } from 'react';
import { getReturn, takeReturnAct } from '../../../modules/returns/contract.ts';
import type { ReturnActName, ReturnCommand, ReturnState, ReturnView } from '../../../modules/returns/model.ts';
import type { Failure } from '../../app/failure.ts';
import { keyOf, queryClient, useCommand } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { type ReturnsText, useReturnsText } from '../../language/returns.ts';
import { tell } from '../../ui/toasts.tsx';
import { type Faster, fasterOf } from './faster.ts';

export interface ActTaking {
  /** Null when it did not go through. */
  readonly take: (command: ReturnCommand) => Promise<ReturnView | null>;
  readonly busy: boolean;
  /** Why it did not go through, other than that somebody was faster. */
  readonly failure: Failure | null;
  /** Somebody was faster; null when nobody was. */
  readonly faster: Faster | null;
  readonly clear: () => void;
}

export function useReturnAct(view: ReturnView): ActTaking {
  const words = useReturnsText();
  const seat = useSeat();
  const { run, busy, failure, clear } = useCommand(takeReturnAct);
  const unitCode = view.unit.code;
  const { edition } = seat;
  const { version } = view;
  const take = useCallback(async (command: ReturnCommand): Promise<ReturnView | null> => {
    const send = async (wanted: ReturnCommand, seen: number): Promise<ReturnView | null> => {
      const answer = await run({ edition, unitCode, version: seen, command: wanted });
      if (answer !== null) queryClient.setQueryData(keyOf(getReturn, { edition, unitCode }), answer);
      return answer;
    };
    const answer = await send(command, version);
    if (answer === null) return null;
    const undo = command.act === 'send_for_review' ? { undo: async () => (await send({ act: 'withdraw' }, answer.version)) !== null } : {};
    tell({ text: toldOf(words, command.act, answer), ...undo });
    return answer;
  }, [run, edition, unitCode, version, words]);
  const faster = fasterOf(failure);
  return { take, busy, failure: faster === null ? failure : null, faster, clear };
}

/** An act as a button: 同意重开 answers a request, else it is 重开. */
export function actName(words: ReturnsText, act: ReturnActName, state: ReturnState): string {
  return act === 'reopen' && state !== 'correction_requested' ? words.reopenUnasked : words.acts[act];
}

function toldOf(words: ReturnsText, act: ReturnActName, after: ReturnView): string {
  const told: { readonly [A in Exclude<ReturnActName, 'submit'>]: string } = {
    self_check: words.selfChecked, send_for_review: words.sent, withdraw: words.withdrawn, approve: words.approved, sign: words.signed, seal: words.sealed, accept: words.accepted,
    return_for_correction: words.returnedDone, return_by_upper: words.returnedDone, request_correction: words.requested, decline_correction: words.declined, reopen: words.reopened,
  };
  if (act !== 'submit') return told[act];
  const code = after.seal?.receiptCode ?? '';
  return after.late ? words.submittedLate(code) : words.submitted(code);
}
