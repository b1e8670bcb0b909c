// Whose account somebody may touch: by the units of the roles it holds. Three administrators are kept by a system administrator alone.
import { type Context, found, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { problem } from '../../shared/problem.ts';
import { nationUnit } from '../../shared/wire.ts';
import type { UnitPlacement, Verb } from '../access/model.ts';
import { may } from '../access/rules.ts';
import { dutyOf } from '../access/rules/duties.ts';
import { findCurrentEditionCode } from '../editions/queries.ts';
import { findPlacement } from '../units/queries.ts';
import type { Account } from './model.ts';
import { countOthersWith, findAccount, findDuty, lockAccount } from './queries.ts';
import type { Person } from './requests.ts';
import { endRole, type Grant, keeping, type PlacedRole } from './rules.ts';

export async function getCurrentEdition({ tx }: Pick<Context, 'tx'>): Promise<string> {
  return found(await findCurrentEditionCode(tx), 'edition', 'current');
}

export async function getAccount({ tx }: Pick<Context, 'tx'>, accountId: string): Promise<Account> {
  return found(await findAccount(tx, accountId), 'account', accountId);
}

/** Where units stand. One that is no more stands nowhere: then only the nation reaches its people. */
export async function placeUnits({ tx }: Pick<Context, 'tx'>, edition: string, unitCodes: Iterable<string>): Promise<UnitPlacement[]> {
  const placed: UnitPlacement[] = [];
  for (const unitCode of new Set(unitCodes)) {
    placed.push((await findPlacement(tx, edition, unitCode)) ?? { unitCode, parentCode: null, depth: 0, p1: null, p2: null, p3: null });
  }
  return placed;
}

export async function placeRoles(context: Pick<Context, 'tx'>, edition: string, grants: readonly Grant[]): Promise<PlacedRole[]> {
  const units = await placeUnits(context, edition, grants.map(({ unitCode }) => unitCode));
  return grants.flatMap(({ role, unitCode }) => units.filter((unit) => unit.unitCode === unitCode).map((unit) => ({ role, unit })));
}

/** The units an account belongs to; one without any role belongs to the nation. */
export function unitsOf({ grants }: Pick<Account, 'grants'>): string[] {
  return grants.length === 0 ? [nationUnit] : grants.map(({ unitCode }) => unitCode);
}

/** Locks an account, if the caller may do `verb` at every unit it has a role at. */
export async function authoriseAccount(context: Context, verb: Verb, accountId: string): Promise<Account> {
  found(await lockAccount(context.tx, accountId), 'account', accountId);
  const account = await getAccount(context, accountId);
  const duty = found(await findDuty(context.tx, accountId), 'account', accountId);
  // Accounts of enterprises are kept by the unit that opened them (enterprise-accounts), never from here.
  if (duty === 'enterprise') raise(problem('not_found', { kind: 'account', id: accountId }));
  const caller = verb === 'manage_accounts' ? keeping(context.actor, duty) : context.actor;
  for (const unit of await placeUnits(context, await getCurrentEdition(context), unitsOf(account))) {
    if (!may(caller, verb, unit)) raise(problem('not_permitted', { verb, unitCode: unit.unitCode }));
  }
  return account;
}

/** The roles of an account may end: none of them is the last of one of the three administrators at its unit. */
export async function enforceEnding({ tx }: Pick<Context, 'tx'>, accountId: string, grants: readonly Grant[]): Promise<void> {
  for (const grant of grants) if (dutyOf(grant.role) !== 'business') enforce(endRole(grant.role, await countOthersWith(tx, grant, accountId)));
}

/** Under which unit something about an account is recorded. */
export function homeOf({ grants }: { readonly grants: readonly { readonly unitCode: string }[] }): string {
  return grants[0]?.unitCode ?? nationUnit;
}

export function personOf({ actor }: Pick<Context, 'actor'>): Person {
  return { accountId: actor.accountId, name: actor.name };
}
