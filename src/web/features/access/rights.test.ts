// Every verb has its place on the page, once.
import { expect, it } from 'vitest';
import type { Right } from '../../../modules/access/contract.ts';
import { verb } from '../../../modules/access/model.ts';
import { groupNames, rightsOf } from './rights.ts';

it('shows every right once, in the order of the work', () => {
  const all = verb.options.map((one): Right => ({ verb: one, of: 'D2', may: false, why: ['role'], stepUp: false, twoPersons: false, holders: [] }));
  const shown = groupNames.flatMap((group) => rightsOf(group, all).map((right) => right.verb));
  expect(shown.toSorted()).toEqual(verb.options.toSorted());
  expect(rightsOf('steps', all).map((right) => right.verb).slice(0, 2)).toEqual(['self_check', 'send_for_review']);
});
