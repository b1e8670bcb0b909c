// What lies on the device is locked, and a file of it goes to another device whole, or not at all.
import { describe, expect, it } from 'vitest';
import { memoryStore } from './device-store.ts';
import { readOutboxFile, writeOutboxFile } from './outbox-file.ts';
import type { OutboxRecord, RecordedVisit } from './outbox-rules.ts';
import { bytesOfText, makeDeviceKey, readLockedFile, seal, textOfBytes, unseal } from './sealing.ts';

const { subtle } = globalThis.crypto;
const password = '示例密码-0123456789';
const recordOf = (id: string, accountId: string, state: OutboxRecord['state'] = 'waiting'): OutboxRecord => ({
  id, accountId, accountName: '示例', edition: '2023', unitCode: '990101', plan: null, form: {}, content: { found: '断网记录' } as RecordedVisit, state, requestKey: id, failure: null, tries: 0, renewedAt: 0, madeAt: 1, notBefore: 0,
  pictures: [{ slot: 0, name: 'a.jpg', bytes: 3, requestKey: `${id} 0`, evidence: null }, { slot: 2, name: 'b.jpg', bytes: 3, requestKey: `${id} 2`, evidence: null }],
});

async function filled() {
  const store = memoryStore();
  for (const record of [recordOf('one', 'own'), recordOf('two', 'own', 'refused'), recordOf('draft', 'own', 'draft'), recordOf('other', 'other')]) {
    await store.saveRecord(record);
    for (const { slot } of record.pictures) await store.savePicture(record.id, slot, new Blob([new Uint8Array([slot, 7, record.id.length])]));
  }
  return store;
}

describe('a file of the outbox', () => {
  it('comes back on another device with every picture, once, and only to its owner', async () => {
    const text = await (await writeOutboxFile(subtle, await filled(), 'own', password)).text();
    expect(text).not.toContain('断网');
    const other = memoryStore();
    expect(await readOutboxFile(subtle, other, 'somebody', text, password)).toEqual({ outcome: 'read', added: 0, known: 0, foreign: 2 });
    expect(await readOutboxFile(subtle, other, 'own', text, password)).toEqual({ outcome: 'read', added: 2, known: 0, foreign: 0 });
    expect(await readOutboxFile(subtle, other, 'own', text, password)).toEqual({ outcome: 'read', added: 0, known: 2, foreign: 0 });
    expect(await other.listRecords()).toEqual([recordOf('one', 'own'), recordOf('two', 'own', 'refused')]);
    expect([...new Uint8Array(await ((await other.readPicture('two', 2)) ?? new Blob()).arrayBuffer())]).toEqual([2, 7, 3]);
    await other.removeRecord('one');
    expect(await other.readPicture('one', 0)).toBeNull();
  });

  it('opens with its password only, and says what is no such file', async () => {
    const text = await (await writeOutboxFile(subtle, await filled(), 'own', password)).text();
    expect(await readOutboxFile(subtle, memoryStore(), 'own', text, `${password}.`)).toEqual({ outcome: 'not_opened' });
    const changed = JSON.parse(text) as { content: string };
    expect(await readOutboxFile(subtle, memoryStore(), 'own', JSON.stringify({ ...changed, content: `${changed.content.slice(0, -8)}AAAAAAA=` }), password)).toEqual({ outcome: 'not_opened' });
    for (const none of ['', '{}', '[1]', 'null', JSON.stringify({ ...changed, rounds: 1 })]) expect(readLockedFile(none)).toBeNull();
  });
});

it('what is sealed opens with its key, at its place, unchanged', async () => {
  const key = await makeDeviceKey(subtle);
  expect(key.extractable).toBe(false);
  const sealed = await seal(subtle, key, bytesOfText('走访'), 'record/one');
  expect(textOfBytes((await unseal(subtle, key, sealed, 'record/one')) ?? new Uint8Array())).toBe('走访');
  expect(await unseal(subtle, key, sealed, 'record/two')).toBeNull();
  expect(await unseal(subtle, await makeDeviceKey(subtle), sealed, 'record/one')).toBeNull();
});
