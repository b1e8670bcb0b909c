// The outbox as a file somebody keeps elsewhere, and back from it: all records of one account with their pictures, locked with a password.
import type { DeviceStore } from './device-store.ts';
import type { OutboxRecord } from './outbox-rules.ts';
import { base64Of, bytesOfBase64, bytesOfText, lockFile, openFile, readLockedFile, textOfBytes } from './sealing.ts';

interface FileContent {
  readonly records: readonly { readonly record: OutboxRecord; readonly pictures: readonly string[] }[];
}

export async function writeOutboxFile(subtle: SubtleCrypto, store: DeviceStore, accountId: string, password: string): Promise<Blob> {
  const own = (await store.listRecords()).filter((record) => record.accountId === accountId && record.state !== 'draft');
  const records = await Promise.all(own.map(async (record) => ({ record, pictures: await Promise.all(record.pictures.map(async ({ slot }) => pictureText(await store.readPicture(record.id, slot)))) })));
  const locked = await lockFile(subtle, password, bytesOfText(JSON.stringify({ records } satisfies FileContent)));
  return new Blob([JSON.stringify(locked)], { type: 'application/json' });
}

async function pictureText(picture: Blob | null): Promise<string> {
  return picture === null ? '' : base64Of(new Uint8Array(await picture.arrayBuffer()));
}

export type ReadBack = { readonly outcome: 'read'; readonly added: number; readonly known: number; readonly foreign: number } | { readonly outcome: 'no_file' | 'not_opened' };

/** What is there already stays as it is; records of other accounts are left out. Sending what was sent before does nothing twice: each record has its name for ever. */
export async function readOutboxFile(subtle: SubtleCrypto, store: DeviceStore, accountId: string, text: string, password: string): Promise<ReadBack> {
  const file = readLockedFile(text);
  if (file === null) return { outcome: 'no_file' };
  const opened = await openFile(subtle, password, file);
  if (opened === null) return { outcome: 'not_opened' };
  const { records } = JSON.parse(textOfBytes(opened)) as FileContent;
  const there = new Set((await store.listRecords()).map(({ id }) => id));
  let [added, known, foreign] = [0, 0, 0];
  for (const { record, pictures } of records) {
    if (record.accountId !== accountId) foreign += 1;
    else if (there.has(record.id)) known += 1;
    else {
      // Pictures first: a record without them must never be sent.
      await savePictures(store, record, pictures);
      await store.saveRecord(record);
      added += 1;
    }
  }
  return { outcome: 'read', added, known, foreign };
}

async function savePictures(store: DeviceStore, record: OutboxRecord, pictures: readonly string[]): Promise<void> {
  for (const [index, { slot }] of record.pictures.entries()) {
    const bytes = bytesOfBase64(pictures[index] ?? '');
    if (bytes !== null && bytes.length > 0) await store.savePicture(record.id, slot, new Blob([bytes], { type: 'image/jpeg' }));
  }
}
