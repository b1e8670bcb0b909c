// The life of a training and what it counts as: pure cases.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editionDefinition } from '../editions/model.ts';
import { syntheticUscc } from '../../testing/uscc.ts';
import { trainingAct, trainingContent, trainingState } from './model.ts';
import { canDo, closedForOf, decideAct, entryOf, mostEnterprises, trainingIssues, verbsOfTraining } from './rules.ts';

const edition = editionDefinition.parse(JSON.parse(readFileSync('data/editions/2023.json', 'utf8')));
const content = trainingContent.parse({ title: '商业秘密保护培训', startsAt: '2023-06-20T09:00:00.000+08:00', endsAt: '2023-06-21T17:00:00.000+08:00', mode: 'offline', place: '会议室', capacity: 30, signUpUntil: '2023-06-20T09:00:00.000+08:00' });
const standing = { stateBefore: null, version: 1, changedByName: '张三', changedAt: '2023-06-01T09:00:00.000+08:00', startsAt: content.startsAt } as const;
const words = { outside: '不在服务月内举办的培训', note: '签到统计' };

describe('a training', () => {
  it('offers what it lets be done', () => {
    fc.assert(fc.property(fc.constantFrom(...trainingState.options), fc.boolean(), fc.boolean(), fc.boolean(), (state, writes, opens, editionClosed) => {
      const verbs = verbsOfTraining({ state }, { writes, opens, editionClosed });
      if (editionClosed) expect(verbs).toEqual([]);
      for (const verb of verbs) expect(canDo(verb, { ...standing, state }, 1).ok).toBe(true);
      for (const act of trainingAct.options) if (verbs.includes(act)) expect(decideAct(act, { ...standing, state }, 1, { reason: '原因', now: '2023-06-22T09:00:00.000+08:00' }).ok).toBe(true);
    }));
  });

  it.each([
    ['end', 'open', '2023-06-20T08:59:00.000+08:00', '', 'training_not_begun'],
    ['cancel', 'open', '2023-06-10T09:00:00.000+08:00', '', 'training_reason_missing'],
    ['resume', 'open', '2023-06-10T09:00:00.000+08:00', '', 'training_wrong_state'],
  ] as const)('%s of an %s one at %s is refused', (act, state, now, reason, rule) => {
    const decision = decideAct(act, { ...standing, state }, 1, { reason, now });
    expect(decision.ok ? null : decision.problem.details['rule']).toBe(rule);
  });

  it.each([
    ['open', 29, '2023-06-20T08:00:00.000+08:00', null], ['open', 30, '2023-06-20T08:00:00.000+08:00', 'full'], ['open', 0, '2023-06-20T09:00:00.001+08:00', 'late'], ['open', 0, '2023-06-22T09:00:00.000+08:00', 'held'],
    ['held', 0, '2023-06-20T08:00:00.000+08:00', 'held'], ['cancelled', 0, '2023-06-20T08:00:00.000+08:00', 'cancelled'],
  ] as const)('%s with %i places at %s is closed for %s', (state, places, now, closed) => {
    expect(closedForOf({ state, content }, places, now)).toBe(closed);
  });

  it('says what is wrong with an announcement', () => {
    expect(trainingIssues(content, edition)).toEqual([]);
    expect(trainingIssues({ ...content, place: '', endsAt: content.startsAt, signUpUntil: '2023-06-20T10:00:00.000+08:00' }, edition).map(({ rule }) => rule)).toEqual(['training_end', 'training_sign_up', 'text_missing']);
    expect(trainingIssues({ ...content, startsAt: '2023-03-01T09:00:00.000+08:00', endsAt: '2023-03-01T12:00:00.000+08:00', signUpUntil: '2023-03-01T09:00:00.000+08:00' }, edition)).toMatchObject([{ rule: 'date_outside_edition' }]);
  });

  it('counts as one session, with its reason outside of the month, and nothing while nobody was there', () => {
    const enterprises = Array.from({ length: 3 }, (_, index) => ({ uscc: syntheticUscc(index + 1), name: `企业${index}`, reason: null }));
    const of = (state: 'open' | 'cancelled', checkIns: number, corrected: number, more = {}) => entryOf({ state, content: { ...content, ...more }, corrected }, { checkIns, enterprises }, edition, words);
    expect(of('open', 5, 2)).toMatchObject({ kind: 'training', occurredOn: '2023-06-20', values: { mode: 'offline', attendances: 7, days: 2 }, enterprises, windowReason: null });
    expect(of('open', 5, -9)).toBeNull();
    expect(of('cancelled', 5, 0)).toBeNull();
    expect(of('open', 5, 0, { startsAt: '2023-05-20T09:00:00.000+08:00', endsAt: '2023-05-20T12:00:00.000+08:00' })).toMatchObject({ windowReason: words.outside, values: { days: 1 } });
    const many = Array.from({ length: mostEnterprises + 5 }, (_, index) => ({ uscc: null, name: `企业${index}`, reason: 'sole_trader' as const }));
    expect(entryOf({ state: 'open', content, corrected: 0 }, { checkIns: 600, enterprises: many }, edition, words)?.enterprises).toHaveLength(mostEnterprises);
  });
});
