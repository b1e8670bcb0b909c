// Which role where, which password, how many tries.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochOf, instantOf } from '../../shared/instant.ts';
import { role } from '../access/model.ts';
import { changeState, choosePassword, closedForSeconds, type GrantableUnit, grantRoles, linkEnd, sessionEnd } from './rules.ts';

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

const units: readonly GrantableUnit[] = [
  { code: '000000', kind: 'nation', hasChildren: true },
  { code: '990000', kind: 'province', hasChildren: true },
  { code: '990101', kind: 'county', hasChildren: false },
];

describe('roles of a new account', () => {
  it.each([
    ['a clerk of a county', [{ role: 'clerk', unitCode: '990101' }], null],
    ['clerk and reviewer of a county with two people', [{ role: 'clerk', unitCode: '990101' }, { role: 'reviewer', unitCode: '990101' }], null],
    ['a coordinator of a province', [{ role: 'coordinator', unitCode: '990000' }], null],
    ['a coordinator where nobody reports', [{ role: 'coordinator', unitCode: '990101' }], 'role_not_at_unit'],
    ['a coordinator of the nation', [{ role: 'coordinator', unitCode: '000000' }], 'role_not_at_unit'],
    ['the national office', [{ role: 'national_office', unitCode: '000000' }], null],
    ['a national office in a province', [{ role: 'national_office', unitCode: '990000' }], 'role_not_at_unit'],
    ['an administrator of two units', [{ role: 'administrator', unitCode: '990000' }, { role: 'administrator', unitCode: '990101' }], null],
    ['an administrator who also fills', [{ role: 'administrator', unitCode: '990000' }, { role: 'clerk', unitCode: '990101' }], 'administrator_exclusive'],
  ] as const)('%s', (_title, wanted, rule) => {
    const decision = grantRoles(wanted, units);
    expect(decision.ok ? null : decision.problem.details['rule']).toBe(rule);
  });

  it('are kept once when said twice', () => {
    const clerk = { role: 'clerk', unitCode: '990101' } as const;
    expect(grantRoles([clerk, clerk], units)).toEqual({ ok: true, value: [clerk] });
  });

  it('never join an administrator with anything else, and never put a role where it does not belong', () => {
    const grant = fc.record({ role: fc.constantFrom(...role.options), unitCode: fc.constantFrom(...units.map(({ code }) => code)) });
    fc.assert(
      fc.property(fc.array(grant, { minLength: 1, maxLength: 6 }), (wanted) => {
        const decision = grantRoles(wanted, units);
        if (!decision.ok) return;
        const kinds = new Set(decision.value.map((one) => one.role));
        expect(kinds.has('administrator') && kinds.size > 1).toBe(false);
        for (const one of decision.value) {
          if (one.role === 'national_office') expect(one.unitCode).toBe('000000');
          if (one.role === 'coordinator') expect(one.unitCode).toBe('990000');
        }
      }),
    );
  });
});

it('nobody changes the state of the own account', () => {
  expect(changeState('a', 'a').ok).toBe(false);
  expect(changeState('a', 'b').ok).toBe(true);
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

  it('is decided for any text without failing', () => {
    fc.assert(fc.property(fc.string({ minLength: 12, maxLength: 200, unit: 'grapheme' }), (password) => typeof choosePassword(password, ['ab']).ok === 'boolean'));
  });
});

it('a session holds 8 hours, a link 72', () => {
  expect(sessionEnd(nine)).toBe('2023-06-26T17:00:00.000+08:00');
  expect(linkEnd(nine)).toBe('2023-06-29T09:00:00.000+08:00');
});
