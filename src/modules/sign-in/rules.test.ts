// How many tries, which password, how long.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochOf, instantOf } from '../../shared/instant.ts';
import { givenPassword, newPassword } from './model.ts';
import { addressWaitSeconds, choosePassword, closedForSeconds } from './rules.ts';

const nine = '2023-06-26T09:00:00.000+08:00';
const at = (minutes: number, seconds = 0): string => instantOf(epochOf(nine) + minutes * 60_000 + seconds * 1000);
const newestFirst = (...minutes: number[]): string[] => minutes.map((one) => at(one)).reverse();

describe('tries', () => {
  it.each([
    ['no try', [], 0, null],
    ['four tries', [0, 1, 2, 3], 3, null],
    ['five tries at once', [0, 0, 0, 0, 0], 0, 900],
    ['the fifth try closes for 15 minutes from itself', [0, 2, 5, 9, 14], 14, 900],
    ['half of it later', [0, 0, 0, 0, 0], 7.5, 450],
    ['the last second', [0, 0, 0, 0, 0], 14.99, 1],
    ['the end', [0, 0, 0, 0, 0], 15, null],
    ['five tries over more than 15 minutes', [0, 4, 8, 12, 16], 16, null],
  ])('%s', (_title, tries, now, expected) => {
    expect(closedForSeconds(newestFirst(...tries), at(now))).toBe(expected);
  });

  it('never let a sixth through within 15 minutes of the fifth, however the five are spread over 15 minutes', () => {
    const spread = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 5, maxLength: 5 }).map((seconds) => seconds.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(spread, fc.integer({ min: 0, max: 899 }), (seconds, later) => {
        const tries = seconds.map((second) => at(0, second)).reverse();
        expect(closedForSeconds(tries, at(0, (seconds[4] ?? 0) + later))).toBe(900 - later);
      }),
    );
  });
});

describe('a new password', () => {
  it.each([
    ['Chabei-7-Shanlu', null],
    ['茶杯在窗台上晒太阳 Aa1', null],
    ['correct Horse 9 staple', null],
    ['correcthorsebatterystaple', 'password_too_simple'],
    ['CORRECT HORSE STAPLE', 'password_too_simple'],
    ['Password@2024!', 'password_common'],
    ['P@ssw0rd2024!!', 'password_common'],
    ['Admin@123456', 'password_common'],
    ['Fuwuyue@202306', 'password_common'],
    ['1qaz@WSX3edc', 'password_common'],
    ['Qwerty12345!', 'password_common'],
    ['aaaaaaaaaaA1!', 'password_common'],
    ['Zhang.San-7-Shanlu', 'password_contains_name'],
  ])('%s', (password, rule) => {
    const decision = choosePassword(password, ['zhang.san', '张三']);
    expect(decision.ok ? null : decision.problem.details['rule']).toBe(rule);
  });

  it('is 12 to 200 characters, taken as typed: blanks, case and all', () => {
    const typed = ` Ｃhabei-７ 山路 ${'x'.repeat(60)} `;
    expect([newPassword.parse(typed), givenPassword.parse(typed)]).toEqual([typed, typed]);
    expect(['x'.repeat(11), 'x'.repeat(12), 'x'.repeat(200), 'x'.repeat(201)].map((one) => newPassword.safeParse(one).success)).toEqual([false, true, true, false]);
  });

  it('is decided for any text without failing', () => {
    fc.assert(fc.property(fc.string({ minLength: 12, maxLength: 200, unit: 'grapheme' }), (password) => typeof choosePassword(password, ['ab']).ok === 'boolean'));
  });
});

describe('tries from one address', () => {
  it.each([
    ['nineteen', 19, 0, null],
    ['twenty: a second', 20, 0, 1],
    ['twenty, a second later', 20, 1, null],
    ['twenty-three: eight seconds', 23, 2, 6],
    ['many: a minute, never more', 500, 0, 60],
  ])('%s', (_title, tries, secondsLater, expected) => {
    expect(addressWaitSeconds(tries, nine, at(0, secondsLater))).toBe(expected);
  });
});
