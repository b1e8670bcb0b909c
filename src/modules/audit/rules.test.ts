// What of a record changed, field by field.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changesOf, versionsOf } from './rules.ts';

const value = (path: string, before: unknown, after: unknown) => ({ kind: 'value', path: path.split('.'), before, after });

it.each([
  ['one field of several', { name: '甲', dueAt: 1 }, { name: '甲', dueAt: 2 }, [value('dueAt', 1, 2)]],
  ['what came', null, { role: 'clerk', unit: null }, [value('role', undefined, 'clerk'), value('unit', undefined, null)]],
  ['what went', { keyId: 'k' }, null, [value('keyId', 'k', undefined)]],
  ['groups, down to their fields', { filter: { kind: 'visit', days: 1 } }, { filter: { kind: 'visit', days: 2 } }, [value('filter.days', 1, 2)]],
  ['lists, item by item', { lines: [{ a: 1, b: 2 }, { a: 2 }] }, { lines: [{ a: 3 }, { b: 2, a: 1 }] }, [{ kind: 'list', path: ['lines'], added: [{ a: 3 }], removed: [{ a: 2 }] }]],
  ['lists in another order as nothing', { codes: ['a', 'b'] }, { codes: ['b', 'a'] }, [{ kind: 'list', path: ['codes'], added: [], removed: [] }]],
  ['an item held twice', { codes: ['a'] }, { codes: ['a', 'a'] }, [{ kind: 'list', path: ['codes'], added: ['a'], removed: [] }]],
  ['nothing', null, null, []],
  ['a text for a list', { to: ['a'] }, { to: 'a' }, [value('to', ['a'], 'a')]],
])('tells %s', (_what, before, after, changes) => expect(changesOf(before, after)).toEqual(changes));

it('tells nothing of the same, whatever it is', () => {
  fc.assert(fc.property(fc.jsonValue(), (told) => {
    expect(changesOf(told, structuredClone(told))).toEqual([]);
  }), { numRuns: 200 });
});

it('finds the versions a record names', () => {
  expect(versionsOf({ before: { version: 1 }, after: { version: 2 } })).toEqual({ before: 1, after: 2 });
  expect(versionsOf({ before: null, after: { version: '2' } })).toEqual({ before: null, after: null });
});
