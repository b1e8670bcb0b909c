// The life of a service point: every way through it, and what nobody may do alone.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { servicePointAct, type ServicePointAct, type ServicePointState } from './model.ts';
import { decideAct, isPublic, type PointCaller, reviewDueOn, type StandingPoint, steps, verbsOfPoint } from './rules.ts';

const at = '2023-06-20T10:00:00.000+08:00';
const point = (more: Partial<StandingPoint> = {}): StandingPoint => ({ state: 'candidate', stateBefore: null, stateBy: 'clerk', version: 1, changedByName: '王五', changedAt: at, ...more });
const clerk: PointCaller = { accountId: 'clerk', writes: true, names: false };
const head: PointCaller = { accountId: 'head', writes: false, names: true };
const both: PointCaller = { accountId: 'both', writes: true, names: true };
const ruleOf = (act: ServicePointAct, standing: StandingPoint, caller: PointCaller, note = '已核实') => {
  const decision = decideAct(act, standing, caller, 1, note);
  return decision.ok ? decision.value : (decision.problem.details['rule'] ?? decision.problem.code);
};

describe('a service point', () => {
  it('comes from candidate to named by two people', () => {
    const way: [ServicePointAct, PointCaller, ServicePointState][] = [['nurture', clerk, 'nurturing'], ['apply', clerk, 'applied'], ['pass_inspection', clerk, 'inspected'], ['name', head, 'named'], ['pass_review', clerk, 'reviewed']];
    let standing = point();
    for (const [act, caller, to] of way) {
      expect(ruleOf(act, standing, caller)).toBe(to);
      standing = { ...standing, state: to, stateBy: caller.accountId };
    }
    expect(ruleOf('name', point({ state: 'inspected', stateBy: 'both' }), both)).toBe('point_by_another');
    expect(ruleOf('name', point({ state: 'inspected' }), clerk)).toBe('point_not_yours');
    expect(ruleOf('nurture', point(), head)).toBe('point_not_yours');
  });

  it('is sent back or revoked with a reason only, and comes back to where it was', () => {
    for (const [act, state, to] of [['fail_inspection', 'applied', 'nurturing'], ['fail_review', 'named', 'nurturing'], ['revoke', 'reviewed', 'revoked']] as const) {
      expect(ruleOf(act, point({ state }), both, '')).toBe('point_reason_missing');
      expect(ruleOf(act, point({ state }), both)).toBe(to);
    }
    expect(ruleOf('restore', point({ state: 'revoked', stateBefore: 'reviewed' }), head)).toBe('reviewed');
  });

  it('is changed by whoever has read it last', () => {
    const decision = decideAct('nurture', point({ version: 2 }), clerk, 1, '');
    expect(decision.ok ? null : decision.problem).toEqual({ code: 'stale_version', details: { version: 2, changedByName: '王五', changedAt: at } });
  });

  it('says beforehand what it will let be done', () => {
    fc.assert(fc.property(fc.constantFrom<ServicePointState>('candidate', 'nurturing', 'applied', 'inspected', 'named', 'reviewed', 'revoked'), fc.constantFrom('clerk', 'head', 'both'), fc.boolean(), fc.boolean(), (state, accountId, writes, names) => {
      const standing = point({ state, stateBefore: state === 'revoked' ? 'named' : null });
      const said = verbsOfPoint(standing, { accountId, writes, names });
      for (const act of servicePointAct.options) expect(said.includes(act)).toBe(decideAct(act, standing, { accountId, writes, names }, 1, '原因').ok);
      if (!isPublic(state)) expect(said).not.toContain('pass_review');
    }));
    expect(Object.keys(steps).toSorted()).toEqual(servicePointAct.options.toSorted());
  });

  it.each([
    ['named', '2023-06-20', null, '2024-06-20'],
    ['reviewed', '2022-06-20', '2023-07-01', '2024-07-01'],
    ['named', '2024-02-29', null, '2025-02-28'],
    ['nurturing', '2023-06-20', null, null],
  ] as const)('%s on %s, checked %s, is due again on %s', (state, namedOn, reviewedOn, due) => {
    expect(reviewDueOn({ state, namedOn, reviewedOn })).toBe(due);
  });
});
