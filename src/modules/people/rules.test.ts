// Which role where.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { role } from '../access/model.ts';
import { dutyOf } from '../access/rules/duties.ts';
import { changeState, type GrantableUnit, grantRoles, linkEnd } from './rules.ts';

const nine = '2023-06-26T09:00:00.000+08:00';

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
    ['an administrator of two units', [{ role: 'system_administrator', unitCode: '990000' }, { role: 'system_administrator', unitCode: '990101' }], null],
    ['an administrator who also fills', [{ role: 'system_administrator', unitCode: '990000' }, { role: 'clerk', unitCode: '990101' }], 'duties_exclusive'],
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
        expect(new Set(decision.value.map((one) => dutyOf(one.role))).size).toBe(1);
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

it('a link holds 72 hours', () => {
  expect(linkEnd(nine)).toBe('2023-06-29T09:00:00.000+08:00');
});
