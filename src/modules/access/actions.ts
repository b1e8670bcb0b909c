// Explaining rights. Answered from the same table and the same rules that decide.
import { found, implement, type Implementation } from '../../kernel/context.ts';
import { getUnitEdition } from '../editions/queries.ts';
import { keyOf, listActs } from '../returns/queries.ts';
import { basisFor, statusSeen, verbOf } from '../returns/rules.ts';
import { findPlacement } from '../units/queries.ts';
import * as contract from './contract.ts';
import { listHolders, listUnitNames } from './holders.ts';
import { may, relationOf } from './rules.ts';
import { actsOpen, hindrancesOf, holdersOf, nearestRelation, postsFor } from './rules/explaining.ts';
import { policy, verbs } from './rules/policy.ts';

const explain = implement(contract.explainRights, async ({ tx, actor }, { edition: editionCode, unitCode }) => {
  const unit = found(await findPlacement(tx, editionCode, unitCode), 'unit', unitCode);
  const edition = await getUnitEdition(tx, editionCode, unit.p1);
  const status = may(actor, 'read_return', unit) ? statusSeen(await listActs(tx, keyOf(editionCode, unit)), basisFor(actor, unit)) : null;
  const relation = nearestRelation(actor, unit);
  const editionClosed = edition.closedAt !== null;
  const standing = { unit, status, editionClosed, accountId: actor.accountId };
  const holders = await listHolders(tx, unit, { accountId: actor.accountId, named: relation !== 'elsewhere' });
  const names = await listUnitNames(tx, [unitCode, ...actor.grants.map((grant) => grant.unitCode)]);
  const nameOf = (code: string): string => names.get(code) ?? code;
  return {
    unitCode, unitName: nameOf(unitCode), relation, state: status?.state ?? null, editionClosed,
    roles: actor.grants.flatMap(({ role, unitCode: at }) => (relationOf(at, unit) === 'elsewhere' ? [] : [{ role: role as (typeof holders)[number]['role'], unitCode: at, unitName: nameOf(at) }])),
    rights: verbs.map((verb) => {
      const why = hindrancesOf(actor, verb, standing);
      const { of, stepUp, twoPersons } = policy[verb];
      return { verb, of, may: why.length === 0, why, stepUp, twoPersons: twoPersons !== null, holders: holdersOf(holders, verb, unit) };
    }),
    next: actsOpen(status, unit.parentCode !== null, editionClosed).map((act) => ({ act, holders: postsFor(holders, verbOf(act), unit) })),
    granters: postsFor(holders, policy.read_return.givenBy, unit),
    closers: holdersOf(holders, 'close_edition', unit),
  };
});

export const accessActions: readonly Implementation[] = [explain];
