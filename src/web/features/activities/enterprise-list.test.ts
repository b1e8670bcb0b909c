// The list of enterprises of one entry.
import { describe, expect, it } from 'vitest';
import type { Attendance } from '../../../modules/enterprises/model.ts';
import { organisationCheckCharacter, usccCheckCharacter } from '../../../modules/enterprises/rules.ts';
import { doubtsAfter, enterpriseOf, isPastedList, joinList, mostEnterprises, namelessCodes, startOf } from './enterprise-list.ts';

/** A code that passes both checks, of a region that does not exist. */
function makeCode(number: number): string {
  const organisation = String(number).padStart(8, '1');
  const first17 = `91990000${organisation}${organisationCheckCharacter(organisation) ?? ''}`;
  return `${first17}${usccCheckCharacter(first17) ?? ''}`;
}
const first = makeCode(1);
const second = makeCode(2);
const coded = (uscc: string, name: string): Attendance => ({ uscc, name, reason: null });
const uncoded = (name: string): Attendance => ({ uscc: null, name, reason: 'unknown_on_site' });

describe('adding to the list', () => {
  it('takes a code once and a name without code once', () => {
    const joined = joinList([coded(first, '甲厂'), uncoded('乙店')], [coded(first, '甲厂（新名）'), uncoded('乙 店'), coded(second, '丙公司')]);
    expect(joined).toEqual({ list: [coded(first, '甲厂'), uncoded('乙店'), coded(second, '丙公司')], added: 1, already: ['甲厂（新名）', '乙 店'], full: false });
  });

  it('gives a code to the one that was listed without', () => {
    expect(joinList([uncoded('甲厂')], [coded(first, '甲厂')])).toEqual({ list: [coded(first, '甲厂')], added: 0, already: [], full: false });
  });

  it('ends at five hundred and says so', () => {
    const list = Array.from({ length: mostEnterprises }, (_, index) => uncoded(`第${index}家`));
    expect(joinList(list, [uncoded('再来一家')])).toMatchObject({ added: 0, full: true });
  });
});

describe('pasting', () => {
  it('is a list when there are lines, columns, or a code with its name', () => {
    expect(isPastedList(`甲厂\t${first}`)).toBe(true);
    expect(isPastedList('甲厂\n乙店')).toBe(true);
    expect(isPastedList(`甲厂有限公司 ${first}`)).toBe(true);
    expect(isPastedList('甲厂有限公司')).toBe(false);
    expect(isPastedList(`${first}\n`)).toBe(false);
  });

  it('looks names up for good codes only', () => {
    expect(namelessCodes([{ line: 1, rule: 'name_missing', text: first }, { line: 2, rule: 'name_missing', text: first }, { line: 3, rule: 'code_missing', text: '甲厂' }])).toEqual([first]);
  });
});

describe('typing one enterprise', () => {
  it('needs a good code, or a reason why there is none', () => {
    expect(enterpriseOf({ name: ' 甲厂 ', code: ` ${first.toLowerCase()} `, reason: '' })).toEqual(coded(first, '甲厂'));
    expect(enterpriseOf({ name: '甲厂', code: `${first.slice(0, 17)}${first.endsWith('0') ? '1' : '0'}`, reason: '' })).toBe('code_wrong');
    expect(enterpriseOf({ name: '', code: first, reason: '' })).toBe('name_missing');
    expect(enterpriseOf({ name: '甲厂', code: '', reason: '' })).toBe('reason_missing');
    expect(enterpriseOf({ name: '甲厂', code: '', reason: 'foreign' })).toEqual({ uscc: null, name: '甲厂', reason: 'foreign' });
  });

  it('starts with the code when the text looks like one', () => {
    expect(startOf(first.toLowerCase())).toEqual({ name: '', code: first, reason: '' });
    expect(startOf(' 甲厂 ')).toEqual({ name: '甲厂', code: '', reason: '' });
  });
});

describe('doubts', () => {
  it('do not say a name was added that stood in the list before', () => {
    const doubts = [{ line: 1, rule: 'code_missing' as const, text: '甲厂' }, { line: 2, rule: 'code_missing' as const, text: '乙店' }];
    expect(doubtsAfter(doubts, ['甲厂']).map(({ rule }) => rule)).toEqual(['listed_twice', 'code_missing']);
  });
});
