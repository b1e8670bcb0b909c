// The library holds together, says that it is a sample, and is a Word file that can be read.
import { expect, it } from 'vitest';
import { listParts, unpackPart } from '../../documents/containers.ts';
import { templates, wordOf } from './library.ts';
import { templateFaults, templateNote } from './rules.ts';

function textOf(file: Uint8Array): string {
  const parts = listParts(file);
  if (typeof parts === 'string') throw new Error(parts);
  const body = parts.find(({ name }) => name === 'word/document.xml');
  const bytes = body === undefined ? null : unpackPart(file, body);
  return bytes === null ? '' : Buffer.from(bytes).toString('utf8').replaceAll(/<[^>]+>/g, '');
}

it('has at least eight templates of every kind there is, each a Word file with its note', async () => {
  const all = await templates();
  expect(all.length).toBeGreaterThanOrEqual(8);
  expect([...new Set(all.map(({ kind }) => kind))].toSorted()).toEqual(['agreement', 'list', 'plan', 'rules']);
  expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
  for (const one of all) {
    const text = textOf(await wordOf(one));
    expect(text).toContain(one.title);
    expect(text).toContain(templateNote.slice(0, 20));
  }
});

it('is refused where a row is not as wide as its head', () => {
  expect(templateFaults({ blocks: [{ table: { head: ['一', '二'], rows: [['1']] } }] })).toHaveLength(1);
});
