import { describe, expect, it } from 'vitest';
import { usccCheckCharacter, organisationCheckCharacter } from '../enterprises/rules.ts';
import { cleanCell, lonelyCodes, readChoice, readDate, readEnterprises } from './rules.ts';

const dates = { window: { from: '2023-06-01', to: '2023-06-30' }, grace: { from: '2023-05-16', to: '2023-07-07' } };

describe('a date as sheets write it', () => {
  it.each(['2023-06-05', '2023/6/5', '2023.6.5', '2023年6月5日', '20230605', '６月５日', '6月5日', '6月5号', '6/5', '6-5', '06.05', '2023/6/5 0:00', '2023-06-05T09:30:00', '6月5日(周一)', '6月5日（星期一）', ' 2023 年 6 月 5 日 ', '23/6/5', '45082'])(
    'reads «%s»',
    (text) => expect(readDate(text, dates)).toBe('2023-06-05'),
  );
  it.each(['', '6月', '2月30日', '6月5日-7日', '6月31日', '13/45', '2023', '上周', '45500', '5-Jun', '6月5日至6日'])('does not guess «%s»', (text) => expect(readDate(text, dates)).toBeNull());
  it('takes the year in which the edition takes the day', () => {
    const overNewYear = { window: { from: '2023-12-10', to: '2024-01-10' }, grace: { from: '2023-12-01', to: '2024-01-20' } };
    expect([readDate('12月20日', overNewYear), readDate('1月5日', overNewYear)]).toEqual(['2023-12-20', '2024-01-05']);
  });
});

describe('a choice', () => {
  const field = { options: [{ code: 'offline', name: { zh: '线下', en: 'On site' } }, { code: 'online', name: { zh: '线上', en: 'Online' } }, { code: 'mixed', name: { zh: '线上线下结合', en: 'Both' } }] };
  it.each([['线下', 'offline'], ['online', 'online'], ['ON SITE', 'offline'], [' 线上 ', 'online'], ['线上线下', 'mixed'], ['“线下”', 'offline'], ['', '']])('reads «%s»', (text, code) => expect(readChoice(text, field)).toBe(code));
  it.each(['现场', '线', '线下线上'])('leaves «%s» for the rules to point at', (text) => expect(readChoice(text, field)).toBe(text));
});

function codeOf(body8: string): string {
  const first17 = `91330000${body8}${organisationCheckCharacter(body8) ?? ''}`;
  return `${first17}${usccCheckCharacter(first17) ?? ''}`;
}

describe('enterprises of a cell', () => {
  const one = codeOf('MA1ABCD0');
  const other = codeOf('MA1ABCD1');

  it('takes codes with names, apart by 、 or ; or lines', () =>
    expect(readEnterprises(`甲公司 ${one}；乙公司（${other}）`, new Map())).toEqual({ attendances: [{ uscc: one, name: '甲公司', reason: null }, { uscc: other, name: '乙公司', reason: null }], faults: [], uncoded: 0 }));

  it('names a code that stands alone from the register', () => {
    expect(lonelyCodes(`${one}、甲公司;${other.toLowerCase()}`)).toEqual([one, other]);
    expect(readEnterprises(one, new Map([[one, '甲公司']])).attendances).toEqual([{ uscc: one, name: '甲公司', reason: null }]);
    expect(readEnterprises(one, new Map()).faults).toEqual([{ rule: 'name_missing', text: one }]);
  });

  it('never takes a wrong code for none', () => {
    const wrong = `${one.slice(0, 17)}${one.endsWith('0') ? '1' : '0'}`;
    expect(readEnterprises(`甲公司 ${wrong}`, new Map()).faults).toEqual([{ rule: 'code_wrong', text: wrong }]);
  });

  it('takes a name without a code, and says how many there are', () => expect(readEnterprises('甲公司、乙公司', new Map())).toMatchObject({ attendances: [{ uscc: null, name: '甲公司', reason: 'unknown_on_site' }, { uscc: null, name: '乙公司' }], faults: [], uncoded: 2 }));

  it('counts one enterprise once', () => expect(readEnterprises(`甲公司 ${one}、甲公司 ${one}`, new Map()).attendances).toHaveLength(1));
});

describe('the text of a cell', () => {
  it('is one line without what nobody sees', () => expect(cleanCell('\ufeff 甲\u200b\r\n  乙\u00a0')).toBe('甲 乙'));
});
