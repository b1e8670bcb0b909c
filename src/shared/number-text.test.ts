import { describe, expect, it } from 'vitest';
import { readNumber } from './number-text.ts';

describe('numbers as clerks write them', () => {
  it.each([
    ['1200', 1200], ['1,200', 1200], ['１２００', 1200], ['1200人次', 1200], ['1，200人', 1200], ['1.2万', 12_000], ['约300', 300], [' 56 场次', 56], ['（56）场次', 56], ['0', 0], ['-3', -3], ['−3', -3], ['12.0', 12], ['1000余', 1000],
  ])('reads «%s» as %i', (text, value) => expect(readNumber(text)).toEqual({ kind: 'number', value }));

  it.each([['', 'empty'], ['   ', 'empty'], ['abc', 'not_number'], ['1,20', 'not_number'], ['1.5', 'not_whole'], ['1.23456万', 'not_whole'], ['12-15', 'not_number'], ['=1+1', 'not_number'], ['1e3', 'not_number']])('does not guess «%s»', (text, kind) =>
    expect(readNumber(text).kind).toBe(kind));
});
