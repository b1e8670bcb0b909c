// Who proposes and who approves; recovery by two; substitutes and the yearly confirmation. Pure.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Role, role, type UnitPlacement } from '../access/model.ts';
import { dutyOf } from '../access/rules/duties.ts';
import {
  attestedAt, decideAttestation, decideGrant, decideRecovery, decideStandingIn, decideSubstitute, isDormant, keeping, mayApprove, mayPropose, nameStandingIn, owesAttestation, recoverySides,
} from './rules.ts';

const placed = (unitCode: string, parentCode: string | null, ...line: string[]): UnitPlacement => ({ unitCode, parentCode, depth: line.length, p1: line[0] ?? null, p2: line[1] ?? null, p3: line[2] ?? null });
const county = placed('990101', '990100', '990000', '990100', '990101');
const city = placed('990100', '990000', '990000', '990100');
const other = placed('990201', '990200', '990000', '990200', '990201');
const units = [county, city, other, placed('000000', null)];

const as = (...grants: (readonly [Role, string])[]) => ({ accountId: grants.join(), grants: grants.map(([one, unitCode]) => ({ role: one, unitCode })) });
const head = as(['head', '990101']);
const cityCoordinator = as(['coordinator', '990100']);
const provinceCoordinator = as(['coordinator', '990000']);
const security = as(['security_administrator', '000000']);
const provinceSecurity = as(['security_administrator', '990000']);
const system = as(['system_administrator', '000000']);

describe('a role', () => {
  it.each([
    ['the head', head, 'clerk', county, true],
    ['the head, for another unit', head, 'clerk', other, false],
    ['the coordinator above', cityCoordinator, 'reviewer', county, true],
    ['the coordinator of the own unit', cityCoordinator, 'clerk', city, true],
    ['the coordinator two levels up', provinceCoordinator, 'clerk', county, false],
    ['a system administrator above', system, 'head', county, true],
    ['a security administrator', security, 'clerk', county, false],
    ['a clerk', as(['clerk', '990101']), 'clerk', county, false],
    ['the head, for an administrator', head, 'auditor', county, false],
    ['a system administrator, for an administrator', system, 'auditor', county, true],
    ['a security administrator, for an administrator', security, 'auditor', county, true],
  ] as const)('is proposed by whoever keeps the accounts there: %s', (_title, caller, wanted, unit, expected) => {
    expect(mayPropose(caller, { role: wanted, unit })).toBe(expected);
  });

  it.each([
    ['the head, of a clerk', head, 'clerk', county, true],
    ['the head, of a reviewer', head, 'reviewer', county, true],
    ['the head, of another head', head, 'head', county, false],
    ['the coordinator above, of a clerk', cityCoordinator, 'clerk', county, true],
    ['the coordinator two levels up, of a clerk', provinceCoordinator, 'clerk', county, true],
    ['the coordinator, of one at the own unit', cityCoordinator, 'clerk', city, false],
    ['the coordinator above, of a head', cityCoordinator, 'head', county, false],
    ['security above, of a head', provinceSecurity, 'head', county, true],
    ['security of the nation, of an auditor', security, 'auditor', county, true],
    ['a system administrator, of anything', system, 'clerk', county, false],
    ['security of another branch', as(['security_administrator', '990200']), 'clerk', county, false],
  ] as const)('is approved where the table says so: %s', (_title, caller, wanted, unit, expected) => {
    expect(mayApprove(caller, { role: wanted, unit })).toBe(expected);
  });

  const grant = fc.record({ role: fc.constantFrom(...role.options), unitCode: fc.constantFrom('990101', '990100', '990000', '990201', '000000') });
  const person = fc.record({ accountId: fc.constantFrom('a', 'b', 'c'), grants: fc.array(grant, { maxLength: 4 }) });
  const wanted = fc.record({ role: fc.constantFrom(...role.options), unit: fc.constantFrom(...units) });

  it('is never approved by the proposer, nor by its holder, whoever they are; and of an administrator only by security', () => {
    fc.assert(fc.property(person, fc.constantFrom('a', 'b', 'c'), fc.constantFrom('a', 'b', 'c'), fc.array(wanted, { minLength: 1, maxLength: 3 }), (caller, proposedBy, accountId, roles) => {
      const decision = decideGrant({ caller, state: 'pending', accountId, proposedBy, roles });
      if (!decision.ok) return;
      expect(caller.accountId).not.toBe(proposedBy);
      expect(caller.accountId).not.toBe(accountId);
      if (roles.some((one) => dutyOf(one.role) !== 'business')) expect(caller.grants.some((one) => one.role === 'security_administrator')).toBe(true);
    }));
  });

  it('comes to nobody by one of the three administrators alone', () => {
    fc.assert(fc.property(wanted, fc.constantFrom(...units), (one, unit) => {
      const alone = as(['system_administrator', unit.unitCode]);
      expect(mayApprove(alone, one)).toBe(false);
    }));
  });

  it('is decided once', () => {
    const roles = [{ role: 'clerk' as const, unit: county }];
    expect(decideGrant({ caller: head, state: 'approved', accountId: 'x', proposedBy: 'y', roles })).toMatchObject({ problem: { details: { rule: 'already_decided' } } });
    expect(decideGrant({ caller: head, state: 'pending', accountId: 'x', proposedBy: head.accountId, roles })).toMatchObject({ problem: { details: { rule: 'own_proposal' } } });
  });
});

it('the three administrators are kept by a system administrator alone', () => {
  const both = as(['national_office', '000000'], ['head', '000000']);
  expect(keeping(both, 'business').grants).toHaveLength(2);
  expect(keeping(both, 'security').grants).toHaveLength(0);
  expect(keeping(system, 'audit').grants).toHaveLength(1);
});

describe('a recovery', () => {
  it('needs one for the unit and one for security', () => {
    expect(recoverySides(head, [county])).toEqual(['unit']);
    expect(recoverySides(provinceCoordinator, [county])).toEqual(['unit']);
    expect(recoverySides(provinceSecurity, [county])).toEqual(['security']);
    expect(recoverySides(system, [county])).toEqual([]);
    expect(recoverySides(head, [county, other])).toEqual([]);
    const asked = { state: 'pending', accountId: 'x', requestedBy: head.accountId, requestedAs: 'unit', units: [county] } as const;
    expect(decideRecovery({ ...asked, caller: provinceSecurity }).ok).toBe(true);
    expect(decideRecovery({ ...asked, caller: cityCoordinator })).toMatchObject({ problem: { code: 'not_permitted' } });
    expect(decideRecovery({ ...asked, caller: { ...provinceSecurity, accountId: head.accountId } })).toMatchObject({ problem: { details: { rule: 'own_proposal' } } });
    expect(decideRecovery({ ...asked, caller: { ...provinceSecurity, accountId: 'x' } })).toMatchObject({ problem: { details: { rule: 'own_recovery' } } });
    expect(decideRecovery({ ...asked, caller: provinceSecurity, state: 'refused' })).toMatchObject({ problem: { details: { rule: 'already_decided' } } });
    expect(decideRecovery({ ...asked, requestedAs: 'security', requestedBy: 's', caller: head }).ok).toBe(true);
  });
});

describe('a substitute', () => {
  const own = [{ role: 'reviewer', unitCode: '990101' }, { role: 'clerk', unitCode: '990101' }] as const;
  const usual = {
    today: '2023-06-26', accountId: 'zhang', grants: own, substitute: { accountId: 'li', grants: [{ role: 'clerk', unitCode: '990101' }], inUse: true },
    roles: [own[0]], firstDay: '2023-06-27', lastDay: '2023-07-07',
  } as const;
  it.each([
    ['a colleague', {}, null],
    ['oneself', { accountId: 'li' }, 'substitute_self'],
    ['a disabled account', { substitute: { ...usual.substitute, inUse: false } }, 'substitute_not_in_use'],
    ['a role one does not hold', { roles: [{ role: 'head', unitCode: '990101' }] }, 'role_not_held'],
    ['somebody of another unit', { substitute: { ...usual.substitute, grants: [{ role: 'clerk', unitCode: '990102' }] } }, 'substitute_elsewhere'],
    ['an auditor', { substitute: { ...usual.substitute, grants: [{ role: 'auditor', unitCode: '990101' }] } }, 'duties_exclusive'],
    ['days in the wrong order', { firstDay: '2023-07-08' }, 'days_past'],
    ['days that are over', { firstDay: '2023-06-01', lastDay: '2023-06-25' }, 'days_past'],
    ['a year', { lastDay: '2024-06-27' }, 'substitution_too_long'],
  ] as const)('%s', (_title, change, rule) => {
    const decision = decideSubstitute({ ...usual, ...change });
    expect(decision.ok ? null : decision.problem.details['rule']).toBe(rule);
  });

  it('acts from the first day to the last, unless revoked, and nobody else does', () => {
    const runs = (today: string, change: object = {}) => decideStandingIn({ today, callerId: 'li', substituteId: 'li', firstDay: '2023-06-27', lastDay: '2023-07-07', revoked: false, ...change }).ok;
    expect(['2023-06-26', '2023-06-27', '2023-07-07', '2023-07-08'].map((day) => runs(day))).toEqual([false, true, true, false]);
    expect(runs('2023-06-28', { revoked: true })).toBe(false);
    expect(runs('2023-06-28', { callerId: 'wang' })).toBe(false);
    expect(nameStandingIn('李四', '张三')).toBe('李四（代张三）');
  });
});

describe('the list of accounts', () => {
  it('is confirmed each year, and asked for from April on', () => {
    expect(owesAttestation('2023-03-31', [])).toBe(false);
    expect(owesAttestation('2023-04-01', [2022])).toBe(true);
    expect(owesAttestation('2023-06-30', [2023])).toBe(false);
  });

  it('is confirmed as a whole, of the accounts in use that are the head\'s', () => {
    const one = (id: string, wanted: Role, disabledAt: string | null = null) => ({ id, disabledAt, grants: [{ role: wanted, unitCode: '990101' }] });
    const listed = attestedAt([one('a', 'clerk'), one('b', 'head'), one('c', 'auditor'), one('d', 'clerk', '2023-01-01T00:00:00.000+08:00')], '990101').map(({ id }) => id);
    expect(listed).toEqual(['a', 'b']);
    const said = (...verdicts: ['keep' | 'take_role' | 'disable', string][]) => verdicts.map(([verdict, accountId]) => ({ verdict, accountId }));
    expect(decideAttestation(listed, said(['disable', 'a'], ['keep', 'b']), 'b').ok).toBe(true);
    expect(decideAttestation(listed, said(['keep', 'a']), 'b')).toMatchObject({ problem: { code: 'stale_version' } });
    expect(decideAttestation(listed, said(['keep', 'a'], ['keep', 'a']), 'b')).toMatchObject({ problem: { code: 'stale_version' } });
    expect(decideAttestation(listed, said(['keep', 'a'], ['disable', 'b']), 'b')).toMatchObject({ problem: { details: { rule: 'own_account' } } });
  });

  it('marks whoever has not come in for 90 days', () => {
    expect(isDormant('2023-03-28T09:00:00.000+08:00', '2023-06-26T09:00:00.000+08:00')).toBe(true);
    expect(isDormant('2023-03-29T09:00:00.000+08:00', '2023-06-26T09:00:00.000+08:00')).toBe(false);
  });
});
