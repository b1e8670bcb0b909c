// Why somebody may not: everything that stands in the way, one by one.
import { describe, expect, it } from 'vitest';
import type { ReturnStatus } from '../../returns/rules.ts';
import type { UnitPlacement } from '../model.ts';
import { actsOpen, hindrancesOf, holdersOf, nearestRelation } from './explaining.ts';

const county: UnitPlacement = { unitCode: '330106', parentCode: '330100', depth: 3, p1: '330000', p2: '330100', p3: '330106' };
const holding = (role: string, unitCode: string) => ({ grants: [{ role, unitCode }] });
const open = { unit: county, status: null, editionClosed: false, accountId: 'a' };

describe('what stands in the way', () => {
  it.each([
    ['nothing', holding('clerk', '330106'), 'write_ledger', open, []],
    ['the unit', holding('clerk', '330105'), 'write_ledger', open, ['elsewhere']],
    ['nobody', { grants: [] }, 'write_ledger', open, ['elsewhere']],
    ['how it stands', holding('coordinator', '330100'), 'write_ledger', open, ['relation']],
    ['the role', holding('auditor', '330106'), 'write_ledger', open, ['role']],
    ['the closing', holding('clerk', '330106'), 'write_ledger', { ...open, editionClosed: true }, ['edition_closed']],
    ['not the closing of what goes on', holding('clerk', '330106'), 'read_ledger', { ...open, editionClosed: true }, []],
    ['role and closing', holding('auditor', '330106'), 'write_ledger', { ...open, editionClosed: true }, ['role', 'edition_closed']],
    ['nothing known of a return not seen', holding('head', '330106'), 'seal', open, []],
  ] as const)('is %s', (_what, caller, verb, standing, hindrances) => expect(hindrancesOf(caller, verb, standing)).toEqual(hindrances));

  it('is seen from the nearest unit held', () => {
    expect(nearestRelation({ grants: [...holding('head', '000000').grants, ...holding('clerk', '330106').grants] }, county)).toBe('own');
    expect(nearestRelation({ grants: [] }, county)).toBe('elsewhere');
  });
});

describe('whom to turn to', () => {
  const posts = [{ role: 'head', unitCode: '330106' }, { role: 'clerk', unitCode: '330106' }, { role: 'national_office', unitCode: '000000' }, { role: 'head', unitCode: '320106' }] as const;

  it('is whoever holds it at the unit, or at the nation where it is the nation\'s', () => {
    expect(holdersOf(posts, 'seal', county)).toEqual([posts[0]]);
    expect(holdersOf(posts, 'close_edition', county)).toEqual([posts[2]]);
  });

  it('is nobody for acts on a return not seen, or of a closed edition', () => {
    expect(actsOpen(null, true, false)).toEqual([]);
    expect(actsOpen({ state: 'draft' } as unknown as ReturnStatus, true, true)).toEqual([]);
  });
});
