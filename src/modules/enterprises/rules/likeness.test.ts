// Names that may be one enterprise's, and what becomes of an entry's enterprises when two are taken for one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attendance } from '../model.ts';
import { attendancesMerged, likenessOf, nameStemOf, recordsMerged } from './likeness.ts';

describe('names', () => {
  it.each([
    ['晴川精密仪器有限公司', '晴川（精密仪器）有限公司', 'same_name'],
    ['晴川精密仪器', '晴川精密仪器股份有限公司', 'same_stem'],
    ['晴川精密仪器集团有限公司', '晴川精密仪器有限责任公司', 'same_stem'],
    ['晴川精密仪器', '望月晴川精密仪器有限公司', 'part_of_name'],
    ['茶厂', '东湖晴川茶厂', null],
    ['晴川精密仪器有限公司', '晴川新材料有限公司', null],
    ['', '晴川精密仪器有限公司', null],
  ])('%s and %s: %s', (one, other, sign) => {
    expect(likenessOf(one, other)).toBe(sign);
    expect(likenessOf(other, one)).toBe(sign);
  });

  it('keep something when the form of company is all there is', () => {
    expect(nameStemOf('公司')).toBe('公司');
    expect(nameStemOf('茶厂')).toBe('茶厂');
  });
});

const into = { uscc: '91990001000000019G', name: '甲' };
const coded = (uscc: string, name: string): Attendance => ({ uscc, name, reason: null });
const uncoded = (name: string): Attendance => ({ uscc: null, name, reason: 'unknown_on_site' });

describe('an entry\'s enterprises', () => {
  it('have the one that stays in the place of the other, once', () => {
    expect(attendancesMerged([uncoded('乙'), uncoded('甲公司')], { name: '甲公司' }, into)).toEqual([uncoded('乙'), { ...into, reason: null }]);
    expect(attendancesMerged([coded('x', '乙'), coded(into.uscc, '甲')], { uscc: 'x' }, into)).toEqual([coded(into.uscc, '甲')]);
    expect(attendancesMerged([uncoded('甲公司'), uncoded('甲公司')], { name: '甲公司' }, into)).toEqual([{ ...into, reason: null }]);
  });

  it('lose nobody else, never have the one that goes, and the one that stays once at most', () => {
    const one = fc.oneof(fc.constantFrom('x', 'y', into.uscc).map((uscc) => coded(uscc, uscc)), fc.constantFrom('乙', '丙').map(uncoded));
    fc.assert(fc.property(fc.array(one, { maxLength: 8 }), (attendances) => {
      const merged = attendancesMerged(attendances, { uscc: 'x' }, into);
      expect(merged.some(({ uscc }) => uscc === 'x')).toBe(false);
      const others = (list: readonly Attendance[]) => list.filter(({ uscc }) => uscc !== 'x' && uscc !== into.uscc);
      expect(others(merged)).toEqual(others(attendances));
      const stays = (list: readonly Attendance[]) => list.filter(({ uscc }) => uscc === into.uscc).length;
      expect(stays(merged)).toBe(Math.max(stays(attendances), attendances.some(({ uscc }) => uscc === 'x') ? 1 : 0));
    }));
  });
});

it('what is known of both: tags together, of each field what the one that stays has', () => {
  const from = { tags: ['innovative'], industry: '软件', address: '乙路', note: '二' };
  expect(recordsMerged(undefined, from)).toBe(from);
  expect(recordsMerged({ tags: ['time_honoured', 'innovative'], industry: '', address: '甲路', note: '一' }, from)).toEqual({ tags: ['innovative', 'time_honoured'], industry: '软件', address: '甲路', note: '一；二' });
});
