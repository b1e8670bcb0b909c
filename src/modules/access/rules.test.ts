// How a caller stands to a unit, how far a role sees, and that a role nobody knows gives nothing, whatever it is called.
import { describe, expect, it } from 'vitest';
import { type Role, role as roles, type UnitPlacement } from './model.ts';
import { depthOf, may, relationOf, seesOwnRows, verbsAt } from './rules.ts';
import { gives, policy, rolesThatGive, verbs } from './rules/policy.ts';

const county: UnitPlacement = { unitCode: '330106', parentCode: '330100', depth: 3, p1: '330000', p2: '330100', p3: '330106' };
const holding = (role: string, unitCode: string) => ({ grants: [{ role, unitCode }] });

describe('a unit', () => {
  it.each([
    ['330106', 'own'], ['330100', 'child'], ['330000', 'below'], ['000000', 'below'], ['330105', 'elsewhere'], ['320000', 'elsewhere'], ['', 'elsewhere'],
  ])('seen from %s is %s', (from, relation) => expect(relationOf(from, county)).toBe(relation));

  it.each([
    ['2', { ...county, unitCode: '330106001', parentCode: '330106' }, '330106', 'child'],
    ['3', { ...county, unitCode: '330106002', parentCode: '330106001' }, '330106', 'below'],
    ['2, of a district', { ...county, unitCode: '330106002', parentCode: '330106001' }, '330100', 'below'],
  ])('of depth %s stands below whom its line names', (_depth, unit, from, relation) => expect(relationOf(from, unit)).toBe(relation));

  it('shows its province\'s own rows inside the province only', () => {
    expect(['330106', '330000', '000000', '320106'].map((code) => seesOwnRows(holding('clerk', code), 33))).toEqual([true, true, false, false]);
    expect(seesOwnRows({ grants: [] }, 33)).toBe(false);
  });
});

describe('a role', () => {
  it.each(['', 'nobody', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'Clerk', 'clerk '])('that nobody knows gives nothing: «%s»', (role) => {
    expect(verbs.filter((verb) => (['own', 'child', 'below', 'elsewhere'] as const).some((relation) => gives(role, verb, relation)))).toEqual([]);
    expect([depthOf(role, 'content'), depthOf(role, 'log')]).toEqual(['nothing', 'nothing']);
    expect(verbsAt(holding(role, county.unitCode), county)).toEqual([]);
  });

  it('gives exactly what its rows of the policy say', () => {
    const cases = verbs.flatMap((verb) => roles.options.flatMap((role) => (['own', 'child', 'below', 'elsewhere'] as const).map((relation) => ({ verb, role, relation }))));
    const said = cases.filter(({ verb, role, relation }) => (new Map<string, readonly string[]>(Object.entries(policy[verb].who)).get(role) ?? []).includes(relation));
    expect(cases.filter(({ verb, role, relation }) => gives(role, verb, relation))).toEqual(said);
    expect(cases.filter(({ verb, role, relation }) => relation !== 'elsewhere' && rolesThatGive(verb, relation).includes(role))).toEqual(said);
  });

  it.each<[Role, string, string]>([
    ['clerk', 'own', 'own'], ['reviewer', 'below', 'own'], ['coordinator', 'below', 'own'], ['auditor', 'nothing', 'below'], ['security_administrator', 'nothing', 'below'], ['system_administrator', 'nothing', 'nothing'],
  ])('%s sees of content %s, of the log %s', (role, content, log) => expect([depthOf(role, 'content'), depthOf(role, 'log')]).toEqual([content, log]));

  it('is held at one unit and gives nothing at another', () => {
    expect(may(holding('clerk', '330106'), 'write_ledger', county)).toBe(true);
    expect(may(holding('clerk', '330105'), 'write_ledger', county)).toBe(false);
    expect(may({ grants: [...holding('clerk', '330105').grants, ...holding('clerk', '330106').grants] }, 'write_ledger', county)).toBe(true);
  });
});
