// B-R2. Twenty acts of different people on one return at the same moment, round after round. Pass: exactly one wins; the others hear
// who was faster and when; the path of states is legal; one act and one audit record each.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getReturn, takeReturnAct } from '../src/modules/returns/contract.ts';
import type { ReturnCommand, ReturnState } from '../src/modules/returns/model.ts';
import { transitions } from '../src/modules/returns/rules.ts';
import type { ProblemAnswer } from '../src/shared/request.ts';
import type { Person } from '../src/testing/country.ts';
import { openWorld, ProblemAnswered, type World } from '../src/testing/harness.ts';
import { edition, fillLedger, writeNotes } from '../src/testing/steps.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const unitCode = '990101';
const rounds = 60;
const atOnce = 20;
const reasons = [{ indicator: null, text: '请再核对' }];

/** What people may want at the same moment, by the state they see. */
const wishes: { readonly [S in ReturnState]?: readonly (readonly [Person, ReturnCommand])[] } = {
  draft: [[`clerk of ${unitCode}`, { act: 'send_for_review' }]],
  returned: [[`clerk of ${unitCode}`, { act: 'send_for_review' }]],
  in_review: [[`reviewer of ${unitCode}`, { act: 'approve' }], [`reviewer of ${unitCode}`, { act: 'return_for_correction', reasons }], [`clerk of ${unitCode}`, { act: 'withdraw' }]],
  approved: [[`head of ${unitCode}`, { act: 'sign' }], [`reviewer of ${unitCode}`, { act: 'return_for_correction', reasons }]],
  signed: [[`head of ${unitCode}`, { act: 'seal' }], [`head of ${unitCode}`, { act: 'return_for_correction', reasons }]],
  sealed: [[`head of ${unitCode}`, { act: 'return_for_correction', reasons }]],
};

/** What an act was refused with; null when it won. */
async function outcomeOf(act: Promise<unknown>): Promise<ProblemAnswer | null> {
  try {
    await act;
    return null;
  } catch (error) {
    if (error instanceof ProblemAnswered) return error.answer;
    throw error;
  }
}

function expectToldBy(refusal: ProblemAnswer, winner: Person): void {
  expect(['stale_version', 'wrong_state']).toContain(refusal.code);
  expect(refusal.details).toMatchObject({ by: winner });
  expect(refusal.details['at']).toMatch(/^2023-06-26T/);
}

describe('acts at the same moment', () => {
  it(`${rounds} rounds of ${atOnce}: one wins each time, and the others know by whom`, async () => {
    const country = world.committed;
    await fillLedger(country, unitCode);
    const won = new Map<string, number>();
    for (let round = 0; round < rounds; round += 1) {
      const before = await country.as(`clerk of ${unitCode}`).call(getReturn, { edition, unitCode });
      if (before.state === 'draft' || before.state === 'returned') await writeNotes(country, unitCode);
      const wanted = wishes[before.state] ?? [];
      // Another order each round: who asks first must not always be the same.
      const acts = Array.from({ length: atOnce }, (_, index) => wanted[(index * 7 + round) % wanted.length] ?? wanted[0]).flatMap((one) => (one === undefined ? [] : [one]));
      const outcomes = await Promise.all(acts.map(async ([person, command]) => outcomeOf(country.as(person).call(takeReturnAct, { edition, unitCode, version: before.version, command }))));
      const winners = acts.filter((_, index) => outcomes[index] === null);
      expect(winners, before.state).toHaveLength(1);
      const [winner] = winners;
      if (winner === undefined) throw new Error('nobody won');
      const [person, command] = winner;
      for (const refusal of outcomes) if (refusal !== null) expectToldBy(refusal, person);
      const after = await country.as(`clerk of ${unitCode}`).call(getReturn, { edition, unitCode });
      expect(after.version).toBe(before.version + 1);
      expect(after.state).toBe(transitions[command.act].to);
      won.set(command.act, (won.get(command.act) ?? 0) + 1);
    }
    await country.database.read(async (tx) => {
      const { rows } = await sql<{ acts: number; audited: number }>`
        select (select count(*)::integer from return_act where unit_code = ${unitCode}) as acts, (select count(*)::integer from audit_event where unit_code = ${unitCode} and subject_kind = 'return') as audited`.execute(tx);
      expect(rows[0]).toEqual({ acts: rounds, audited: rounds });
    });
    console.log(`B-R2: ${rounds} rounds of ${atOnce}, won by ${[...won].map(([act, times]) => `${act} ${times}`).join(', ')}`);
  });
});
