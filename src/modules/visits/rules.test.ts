// What a visit counts as, leaves to be done, and may still become.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentIssues } from '../editions/rules.ts';
import { editionDefinition } from '../editions/model.ts';
import { visitContent } from './model.ts';
import { bearsTelephone, canDo, decideOrder, entriesOf, followUpsOf, partsToKeep, verbsOfVisit } from './rules.ts';

const edition = editionDefinition.parse(JSON.parse(readFileSync('data/editions/2023.json', 'utf8')));
const now = '2023-06-26T09:00:00.000+08:00';
const content = (over: object = {}) => visitContent.parse({ occurredOn: '2023-06-15', enterprise: { uscc: null, name: '示例工作室', reason: 'not_registered' }, values: { manner: 'on_site' }, ...over });

describe('what a visit counts as', () => {
  it('is always taken by the ledger of the edition, however much it yields', () => {
    const suggestions = fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { maxLength: 10 }).map((numbers) => numbers.map((number) => ({ number, title: `意见${number}`, topic: number % 2 === 0 ? 'service' : null })));
    fc.assert(fc.property(suggestions, fc.array(fc.record({ questionnaire: fc.constantFrom(null, '99-00000000-0000-4000-8000-000000000000'), copies: fc.integer({ min: 1, max: 1000 }) }), { maxLength: 3 }), fc.string({ minLength: 1, maxLength: 97 }), (given, questionnaires, name) => {
      const entries = entriesOf(edition, content({ suggestions: given, questionnaires, enterprise: { uscc: null, name: `企${name.replaceAll(/[^a-z]/g, 'a')}`, reason: 'foreign' } }));
      const copies = questionnaires.filter(({ questionnaire }) => questionnaire === null).reduce((sum, one) => sum + one.copies, 0);
      expect(entries.size).toBe(1 + given.length + (copies > 0 ? 1 : 0));
      for (const entry of entries.values()) expect([contentIssues(edition, entry, now), entry.title.length <= 100]).toEqual([[], true]);
    }), { numRuns: 200 });
  });

  it('drops what an edition has no kind for, and keeps in sight what was there before', () => {
    const few = { ...edition, kinds: edition.kinds.filter(({ code }) => code === 'visit') };
    const entries = entriesOf(few, content({ suggestions: [{ number: 4, title: '一条意见' }], questionnaires: [{ questionnaire: null, copies: 1 }] }));
    expect([...entries.keys()]).toEqual(['visit']);
    expect(partsToKeep(['visit', 'suggestion-4'], entries)).toEqual(['visit', 'suggestion-4']);
  });
});

it('what was taken up stays so while it is due', () => {
  const done = { done: true, byName: '示例', at: now };
  expect(followUpsOf({ grievance: true, assessment: true }, { grievance: done })).toEqual({ grievance: done, assessment: { done: false, byName: null, at: null } });
  expect(followUpsOf({ grievance: false, assessment: false }, { grievance: done })).toEqual({});
});

it('verbs and refusals say the same', () => {
  const caller = { writes: true, editionClosed: false };
  for (const state of ['planned', 'made'] as const) {
    for (const cancelledAt of [null, now]) {
      const visit = { state, cancelledAt, version: 3, changedByName: '示例', changedAt: now };
      const verbs = verbsOfVisit({ ...visit, followUps: { grievance: { done: false, byName: null, at: null } } }, caller);
      expect((['record', 'replan', 'edit', 'cancel', 'restore', 'settle'] as const).filter((verb) => canDo(verb, visit, 3).ok).toSorted()).toEqual(verbs.toSorted());
      expect(canDo('cancel', visit, 2)).toMatchObject({ problem: { code: 'stale_version' } });
    }
  }
  expect(verbsOfVisit({ state: 'made', cancelledAt: null, version: 1, followUps: {} }, { writes: true, editionClosed: true })).toEqual([]);
});

it('an order names exactly the visits of the day', () => {
  expect(decideOrder(['a', 'b'], ['b', 'a']).ok).toBe(true);
  for (const wanted of [['a'], ['a', 'b', 'c'], ['a', 'c']]) expect(decideOrder(['a', 'b'], wanted).ok).toBe(false);
});

it.each([['139 0000 0000', true], ['（０１０）６６６６-６６６６', true], ['法务负责人', false], ['研发二部 3 人', false]])('%s: a telephone number? %s', (text, yes) => {
  expect(bearsTelephone(text)).toBe(yes);
});
