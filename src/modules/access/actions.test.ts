// Explaining rights: what is said to be possible is possible, what is said not to be is refused, and the people named are those who could.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countryUnits, type Person, roles } from '../../testing/country.ts';
import { openWorld, type World } from '../../testing/harness.ts';
import { act, bringUp, edition, fillLedger, writeNotes } from '../../testing/steps.ts';
import { getUnit } from '../units/contract.ts';
import { explainRights, type RightsView } from './contract.ts';
import { verb } from './model.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const rolledBack = (run: Parameters<World['rolledBack']>[0]) => (): Promise<void> => world.rolledBack(run)();
const right = (view: RightsView, wanted: string) => view.rights.find((one) => one.verb === wanted);
const county = { edition, unitCode: '990101' };

it('says of every verb whether and why not, and who could, to whom it concerns', rolledBack(async ({ as }) => {
  const view = await as('clerk of 990101').call(explainRights, county);
  expect(view.rights.map((one) => one.verb).toSorted()).toEqual(verb.options.toSorted());
  expect(view).toMatchObject({ relation: 'own', state: 'draft', editionClosed: false, roles: [{ role: 'clerk', unitCode: '990101' }] });
  expect(right(view, 'write_ledger')).toMatchObject({ may: true, why: [] });
  expect(right(view, 'seal')).toMatchObject({ may: false, why: ['role', 'state'], stepUp: true, twoPersons: true, holders: [{ role: 'head', unitCode: '990101', names: ['head of 990101'], me: false }] });
  expect(right(view, 'accept')?.holders[0]).toMatchObject({ role: 'coordinator', unitCode: '990100', names: ['coordinator of 990100'] });
  expect(right(view, 'set_deadline')).toMatchObject({ may: false, why: ['role'] });
  expect(view.next.map(({ act: one }) => one)).toEqual(['self_check', 'send_for_review']);
  expect(view.granters.map(({ role }) => role)).toContain('security_administrator');
}));

it('tells state, separation and a closed edition apart', rolledBack(async (country) => {
  await fillLedger(country, '990101');
  await writeNotes(country, '990101');
  await act(country, 'clerk of 990101', '990101', { act: 'send_for_review' });
  const reviewer = await country.as('reviewer of 990101').call(explainRights, county);
  expect(right(reviewer, 'approve')).toMatchObject({ may: true });
  expect(reviewer.next.find(({ act: one }) => one === 'approve')?.holders).toMatchObject([{ role: 'reviewer', me: true }]);
  // Whoever sent it and holds the reviewer's role too.
  await country.tx.updateTable('returnAct').set({ accountId: (await country.tx.selectFrom('account').select('id').where('signInName', '=', 'reviewer.of.990101').executeTakeFirstOrThrow()).id }).execute();
  expect(right(await country.as('reviewer of 990101').call(explainRights, county), 'approve')).toMatchObject({ may: false, why: ['separation_of_duties'] });
  await country.tx.updateTable('edition').set({ closedAt: '2023-07-20T09:00:00.000+08:00' }).execute();
  expect(right(await country.as('clerk of 990101').call(explainRights, county), 'write_ledger')).toMatchObject({ may: false, why: ['edition_closed'] });
}));

it('names no people and tells no state to whom the unit does not concern', rolledBack(async (country) => {
  await fillLedger(country, '990101');
  await bringUp(country, '990101');
  for (const person of ['clerk of 990102', 'clerk of 990100', 'coordinator of 980000'] as const) {
    const view = await country.as(person).call(explainRights, county);
    const relation = person === 'clerk of 990100' ? 'child' : 'elsewhere';
    expect(view).toMatchObject({ relation, state: null, next: [] });
    if (relation === 'elsewhere') expect(view.rights.flatMap(({ holders }) => holders.flatMap(({ names }) => names))).toEqual([]);
    expect(view.rights.filter((one) => one.may)).toEqual([]);
  }
  const refusal = await country.as('clerk of 990101').refusal(explainRights, { edition, unitCode: '110000' });
  expect(refusal.code).toBe('not_found');
}));

it('agrees with the verbs sent along with a unit, for everybody everywhere', rolledBack(async ({ as }) => {
  const people = roles.flatMap((role): Person[] => ['990101', '990100', '990000', '000000'].map((at): Person => `${role} of ${at}`));
  for (const person of people) {
    for (const { code } of countryUnits.filter((one) => ['990101', '990100', '980101'].includes(one.code))) {
      const { may } = await as(person).call(getUnit, { edition, unitCode: code });
      const view = await as(person).call(explainRights, { edition, unitCode: code });
      const given = view.rights.filter(({ why }) => !why.some((one) => one === 'elsewhere' || one === 'role' || one === 'relation')).map((one) => one.verb);
      expect(given.toSorted(), `${person} at ${code}`).toEqual(may.toSorted());
    }
  }
}));
