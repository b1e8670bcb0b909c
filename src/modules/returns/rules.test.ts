// The life of a return, as tables of cases and as a state machine of random acts against a small model.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../../shared/instant.ts';
import { returnActName, type ReturnActName, returnState } from './model.ts';
import {
  acceptableFrom, actsSeen, addTotals, basisFor, decideAct, deltaOf, differenceOf, explainDifference, type ReturnAct, statusAfter, statusAt, statusOf, statusSeen, stepsLeft, transitions, untouched,
} from './rules.ts';

const people = { clerk: 'a', reviewer: 'b', head: 'c', upper: 'd' } as const;

function act(number: number, name: ReturnActName, accountId: string, returnVersion = 1, payload: ReturnAct['payload'] = {}): ReturnAct {
  return { number, act: name, returnVersion, accountId, accountName: `person ${accountId}`, at: instantOf(1_688_000_000_000 + number * 1000), payload };
}

const straight = (['self_check', 'send_for_review', 'approve', 'sign', 'seal', 'submit', 'accept'] as const).map((name, index) =>
  act(index + 1, name, [people.clerk, people.clerk, people.reviewer, people.head, people.head, people.head, people.upper][index] ?? ''));

describe('a return', () => {
  it('goes the straight way from draft to accepted', () => {
    expect(straight.map((_, index) => statusOf(straight.slice(0, index + 1)).state)).toEqual(['self_checked', 'in_review', 'approved', 'signed', 'sealed', 'submitted', 'accepted']);
    expect(statusOf(straight)).toMatchObject({ submittedVersion: 1, acceptedVersion: 1, preparedBy: { id: 'a' }, approvedBy: { id: 'b' }, signedBy: { id: 'c' } });
  });

  it('refuses who prepared it as the one who approves, signs or seals', () => {
    for (const [name, state] of [['approve', 2], ['sign', 3], ['seal', 4]] as const) {
      const status = statusOf(straight.slice(0, state));
      expect(decideAct(status, { act: name, accountId: people.clerk, hasUpper: true, seenVersion: null })).toMatchObject({ ok: false, problem: { code: 'separation_of_duties' } });
      expect(decideAct(status, { act: name, accountId: people.reviewer, hasUpper: true, seenVersion: null }).ok).toBe(true);
    }
  });

  it('tells the loser of two acts at once who won and when', () => {
    const status = statusOf(straight.slice(0, 3));
    expect(decideAct(status, { act: 'approve', accountId: 'x', hasUpper: true, seenVersion: 2 })).toMatchObject({
      ok: false,
      problem: { code: 'wrong_state', details: { by: 'person b', state: 'approved', lastAct: 'approve' } },
    });
    expect(decideAct(status, { act: 'sign', accountId: 'x', hasUpper: true, seenVersion: 2 })).toMatchObject({ ok: false, problem: { code: 'stale_version' } });
  });

  it('knows what stood at an instant', () => {
    const submittedAt = straight[5]?.at ?? '';
    expect(statusAt(straight, submittedAt).state).toBe('submitted');
    expect(statusAt(straight, instantOf(Date.parse(submittedAt) - 1)).state).toBe('sealed');
    expect(statusAt(straight, '2000-01-01T00:00:00.000+08:00')).toEqual(untouched);
  });

  it('is seen whole by its own people alone, whatever their role', () => {
    const unit = { unitCode: '990101', parentCode: '990100', depth: 3, p1: '990000', p2: '990100', p3: '990101' };
    const basisOf = (role: string, unitCode: string) => basisFor({ grants: [{ role, unitCode }] }, unit);
    expect(['clerk', 'reviewer', 'head', 'coordinator'].map((role) => basisOf(role, '990101'))).toEqual(['own', 'own', 'own', 'own']);
    for (const [role, unitCode] of [['coordinator', '990100'], ['head', '990100'], ['reviewer', '990000'], ['national_office', '000000'], ['clerk', '990102'], ['system_administrator', '990101']] as const) {
      expect(basisOf(role, unitCode), `${role} of ${unitCode}`).toBe('submitted');
    }
  });

  it('shows from above who stands on the sheet once it is submitted, and nothing of the way there', () => {
    const back = act(3, 'return_for_correction', people.reviewer);
    const again = (['send_for_review', 'approve', 'sign', 'seal', 'submit'] as const).map((name, index) => act(4 + index, name, `second ${index}`, 2));
    const acts = [...straight.slice(0, 2), back, ...again];
    expect(actsSeen(acts.slice(0, -1), 'submitted')).toEqual([]);
    expect(actsSeen(acts, 'submitted')).toEqual(again);
    expect(statusSeen(acts.slice(0, 3), 'submitted')).toMatchObject({ state: 'returned', frozenVersion: 0, preparedBy: null, last: null });
  });

  it('ends sealed at the nation, which reopens its own return', () => {
    expect(acceptableFrom('submit', false)).toEqual([]);
    expect(acceptableFrom('reopen', false)).toEqual(['sealed']);
    expect(stepsLeft('sealed', false)).toBe(0);
    expect(stepsLeft('sealed', true)).toBe(1);
    expect(stepsLeft('draft', true)).toBe(5);
  });
});

describe('random acts', () => {
  const wanted = fc.record({ act: fc.constantFrom(...returnActName.options), accountId: fc.constantFrom('a', 'b', 'c', 'd'), stale: fc.boolean() });

  it('never leave the transition table, never let the preparer approve, and never lose a submitted version', () => {
    fc.assert(
      fc.property(fc.array(wanted, { maxLength: 60 }), fc.boolean(), (sequence, hasUpper) => {
        const taken: ReturnAct[] = [];
        let status = untouched;
        for (const one of sequence) {
          const decision = decideAct(status, { act: one.act, accountId: one.accountId, hasUpper, seenVersion: one.stale ? status.version - 1 : status.version });
          if (!decision.ok) continue;
          const version = one.act === 'send_for_review' ? status.frozenVersion + 1 : status.frozenVersion;
          const before = status;
          taken.push(act(status.version + 1, one.act, one.accountId, version));
          status = statusAfter(status, taken.at(-1) as ReturnAct);
          expect(one.stale).toBe(false);
          expect(transitions[one.act].to).toBe(status.state);
          expect(acceptableFrom(one.act, hasUpper)).toContain(before.state);
          if (['approve', 'sign', 'seal'].includes(one.act)) expect(status.preparedBy?.id).not.toBe(one.accountId);
          if (before.submittedVersion !== null) expect(status.submittedVersion ?? 0).toBeGreaterThanOrEqual(before.submittedVersion);
          if (status.acceptedVersion !== null) expect(status.acceptedVersion).toBeLessThanOrEqual(status.submittedVersion ?? 0);
        }
        expect(statusOf(taken)).toEqual(status);
        expectSeenFromAbove(taken);
        expect(taken.map(({ number }) => number)).toEqual(taken.map((_, index) => index + 1));
      }),
      { numRuns: 500 },
    );
  });

  /** At every moment: the state is told, everything else is of what was submitted. */
  function expectSeenFromAbove(taken: readonly ReturnAct[]): void {
    const status = statusOf(taken);
    const seen = statusSeen(taken, 'submitted');
    const { state, version, submittedVersion, acceptedVersion, submittedAt, firstSubmittedAt, late } = status;
    expect(seen).toMatchObject({ state, version, submittedVersion, acceptedVersion, submittedAt, firstSubmittedAt, late, frozenVersion: submittedVersion ?? 0 });
    if (submittedVersion === null) expect(seen).toMatchObject({ preparedBy: null, approvedBy: null, signedBy: null, last: null });
    if (submittedVersion === status.frozenVersion) expect(seen).toMatchObject({ preparedBy: status.preparedBy, approvedBy: status.approvedBy, signedBy: status.signedBy });
    for (const { act: name, returnVersion } of actsSeen(taken, 'submitted')) {
      expect(['self_check', 'withdraw', 'return_for_correction']).not.toContain(name);
      expect(returnVersion).toBeLessThanOrEqual(submittedVersion ?? 0);
    }
    expect(actsSeen(taken, 'own')).toEqual(taken);
    expect(statusSeen(taken, 'own')).toEqual(status);
  }

  it('always leave a way on: no state is a dead end for everybody', () => {
    for (const state of returnState.options) {
      for (const hasUpper of [true, false]) {
        if (!hasUpper && ['submitted', 'accepted', 'correction_requested', 'returned_by_upper'].includes(state)) continue;
        expect(returnActName.options.some((name) => acceptableFrom(name, hasUpper).includes(state)), `${state} ${hasUpper}`).toBe(true);
      }
    }
  });
});

describe('totals', () => {
  const totals = fc.dictionary(fc.constantFrom('a.x', 'b.y', 'c.z'), fc.integer({ min: 0, max: 1_000_000 }));

  it('differ by a delta that names exactly the changed cells', () => {
    fc.assert(
      fc.property(totals, totals, (from, to) => {
        const delta = deltaOf(from, to);
        for (const code of new Set([...Object.keys(from), ...Object.keys(to)])) {
          const changed = (from[code] ?? 0) !== (to[code] ?? 0);
          expect(code in delta).toBe(changed);
          if (changed) expect(delta[code]).toEqual({ from: from[code] ?? 0, to: to[code] ?? 0 });
        }
      }),
    );
  });

  it('of a parent are explained by its terms with nothing left over, whatever children did since', () => {
    const child = fc.record({
      included: fc.option(fc.record({ version: fc.integer({ min: 1, max: 3 }), total: totals })),
      now: fc.option(fc.record({ version: fc.integer({ min: 1, max: 3 }), total: totals, late: fc.boolean() })),
    });
    fc.assert(
      fc.property(totals, fc.array(child, { maxLength: 8 }), (own, children) => {
        const frozenAt = '2023-07-05T10:00:00.000+08:00';
        // A version number stands for one content: the same number shows the same total.
        const named = children.map((one, index) => ({ ...one, unitCode: `99000${index}`, name: `${index}` }));
        const included = named.flatMap(({ unitCode, name, included: was }) => (was === null ? [] : [{ unitCode, name, ...was }]));
        const now = named.map(({ unitCode, name, included: was, now: is }) => ({
          unitCode, name,
          submittedVersion: is?.version ?? was?.version ?? null,
          submittedAt: is === null && was === null ? null : is?.late === true ? '2023-07-06T10:00:00.000+08:00' : '2023-07-04T10:00:00.000+08:00',
          total: is === null ? (was?.total ?? null) : was !== null && was.version === is.version ? was.total : is.total,
        }));
        const terms = explainDifference({ own, frozenAt, included, now });
        const total = addTotals([own, ...included.map((one) => one.total)]);
        const explained = addTotals([...now.map((one) => one.total ?? {}), ...terms.map((term) => term.amounts)]);
        expect(Object.values(differenceOf(total, explained)).every((rest) => rest === 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
