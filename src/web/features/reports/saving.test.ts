// What was typed and not saved comes back only into the version it was typed into.
import { expect, it } from 'vitest';
import { keptKey, readKept } from './saving.ts';

const document = { title: '题', addressee: '', blocks: [], attachments: [], signature: '', date: null };
const storing = (text: string | null) => ({ getItem: (key: string) => (key === keptKey('a', '99-1') ? text : null) });

it.each([
  ['the same version', JSON.stringify({ version: 3, document }), document],
  ['another version', JSON.stringify({ version: 2, document }), null],
  ['nothing', null, null],
  ['what an older page kept', JSON.stringify({ version: 3, document: { title: '题' } }), null],
  ['what is no JSON', '{', null],
])('of %s', (_what, kept, wanted) => {
  expect(readKept(storing(kept), keptKey('a', '99-1'), 3)).toEqual(wanted);
});

it('is another person\'s affair', () => {
  expect(readKept(storing(JSON.stringify({ version: 3, document })), keptKey('b', '99-1'), 3)).toBeNull();
});
