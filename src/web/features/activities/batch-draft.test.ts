import { describe, expect, it } from 'vitest';
import { batchKey, keepRows, readRows } from './batch-draft.ts';

function storageOf(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value), removeItem: (key) => void kept.delete(key) };
}
const key = batchKey({ accountId: 'a', unitCode: '330110', edition: '2023' }, 'visit');
const rows = [{ key: 'r0', cells: { title: '走访' } }, { key: 'r1', cells: {} }];

describe('rows kept in the browser', () => {
  it('come back as they were', () => {
    const storage = storageOf();
    expect(keepRows(storage, key, { savedAt: 5, rows })).toBe(true);
    expect(readRows(storage, key)).toEqual({ savedAt: 5, rows });
  });
  it('leave nothing behind once they are blank', () => {
    const storage = storageOf();
    keepRows(storage, key, { savedAt: 5, rows });
    keepRows(storage, key, { savedAt: 6, rows: [{ key: 'r0', cells: { title: ' ' } }] });
    expect(storage.kept.size).toBe(0);
    expect(readRows(storage, key)).toBeNull();
  });
  it('belong to one account, unit, edition and kind', () => expect(key).toBe('fuwuyue.batch.a.330110.2023.visit'));
  it.each(['', '{', '[]', '{"savedAt":1,"rows":[{"key":"x","cells":{}}]}', '{"savedAt":1,"rows":[{"key":"r0","cells":{"title":1}}]}', '{"savedAt":"1","rows":[]}'])('are left alone when they look different: %s', (text) => {
    const storage = storageOf();
    storage.kept.set(key, text);
    expect(readRows(storage, key)).toBeNull();
  });
  it('say so when the browser is full or keeps nothing', () => {
    const full = { ...storageOf(), setItem: (): void => { throw new Error('full'); } };
    expect([keepRows(full, key, { savedAt: 1, rows }), keepRows(null, key, { savedAt: 1, rows })]).toEqual([false, false]);
  });
});
