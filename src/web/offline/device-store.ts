// What the outbox keeps on the device, in IndexedDB: records and pictures locked, the key beside them but not to be taken out. Where the
// browser gives no cryptography or no database, a store in memory stands in, which says that it forgets.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { OutboxRecord } from './outbox-rules.ts';
import { bytesOfText, cryptography, makeDeviceKey, type Sealed, seal, textOfBytes, unseal } from './sealing.ts';

interface Stores extends DBSchema {
  key: { key: 'device'; value: CryptoKey };
  record: { key: string; value: { readonly id: string; readonly sealed: Sealed } };
  picture: { key: [string, number]; value: Sealed };
  /** What the form needs without a line: answers of the server by account and question. */
  answer: { key: string; value: Sealed };
}

export interface DeviceStore {
  /** Whether what is kept survives a closed browser. */
  readonly lasting: boolean;
  readonly listRecords: () => Promise<readonly OutboxRecord[]>;
  /** Records that do not open with the key of this device. */
  readonly countUnreadable: () => Promise<number>;
  readonly saveRecord: (record: OutboxRecord) => Promise<void>;
  /** With its pictures. */
  readonly removeRecord: (id: string) => Promise<void>;
  readonly savePicture: (id: string, slot: number, picture: Blob) => Promise<void>;
  readonly readPicture: (id: string, slot: number) => Promise<Blob | null>;
  readonly saveAnswer: (name: string, answer: unknown) => Promise<void>;
  readonly readAnswer: (name: string) => Promise<unknown>;
  readonly forgetAnswers: () => Promise<void>;
}

const databaseName = 'fuwuyue-offline';

export async function openDeviceStore(): Promise<DeviceStore> {
  const subtle = cryptography();
  if (subtle === null || typeof indexedDB === 'undefined') return memoryStore();
  try {
    const database = await openDB<Stores>(databaseName, 1, {
      upgrade: (db) => {
        for (const store of ['key', 'answer'] as const) db.createObjectStore(store);
        db.createObjectStore('record', { keyPath: 'id' });
        db.createObjectStore('picture');
      },
    });
    return storeOn(database, subtle, await deviceKey(database, subtle));
  } catch {
    // A private window, or a browser told to keep nothing.
    return memoryStore();
  }
}

/** Two tabs may open at once: the key that was put first is everybody's. */
async function deviceKey(database: IDBPDatabase<Stores>, subtle: SubtleCrypto): Promise<CryptoKey> {
  const kept = await database.get('key', 'device');
  if (kept !== undefined) return kept;
  const made = await makeDeviceKey(subtle);
  await database.add('key', made, 'device').catch(() => undefined);
  return (await database.get('key', 'device')) ?? made;
}

function storeOn(database: IDBPDatabase<Stores>, subtle: SubtleCrypto, key: CryptoKey): DeviceStore {
  const sealText = (value: unknown, bound: string): Promise<Sealed> => seal(subtle, key, bytesOfText(JSON.stringify(value)), bound);
  const unsealText = async (sealed: Sealed | undefined, bound: string): Promise<unknown> => {
    const bytes = sealed === undefined ? null : await unseal(subtle, key, sealed, bound);
    return bytes === null ? null : (JSON.parse(textOfBytes(bytes)) as unknown);
  };
  const readAll = async (): Promise<readonly (OutboxRecord | null)[]> => Promise.all((await database.getAll('record')).map(async ({ id, sealed }) => (await unsealText(sealed, `record/${id}`)) as OutboxRecord | null));
  return {
    lasting: true,
    listRecords: async () => (await readAll()).filter((record) => record !== null).toSorted((a, b) => a.madeAt - b.madeAt),
    countUnreadable: async () => (await readAll()).filter((record) => record === null).length,
    saveRecord: async (record) => {
      await database.put('record', { id: record.id, sealed: await sealText(record, `record/${record.id}`) });
    },
    removeRecord: async (id) => {
      const tx = database.transaction(['record', 'picture'], 'readwrite');
      await Promise.all([tx.objectStore('record').delete(id), tx.objectStore('picture').delete(IDBKeyRange.bound([id, 0], [id, 1_000])), tx.done]);
    },
    savePicture: async (id, slot, picture) => {
      const sealed = await seal(subtle, key, new Uint8Array(await picture.arrayBuffer()), `picture/${id}/${slot}`);
      await database.put('picture', sealed, [id, slot]);
    },
    readPicture: async (id, slot) => {
      const sealed = await database.get('picture', [id, slot]);
      const bytes = sealed === undefined ? null : await unseal(subtle, key, sealed, `picture/${id}/${slot}`);
      return bytes === null ? null : new Blob([bytes], { type: 'image/jpeg' });
    },
    saveAnswer: async (name, answer) => {
      await database.put('answer', await sealText(answer, `answer/${name}`), name);
    },
    readAnswer: async (name) => unsealText(await database.get('answer', name), `answer/${name}`),
    forgetAnswers: () => database.clear('answer'),
  };
}

export function memoryStore(): DeviceStore {
  const records = new Map<string, OutboxRecord>();
  const pictures = new Map<string, Blob>();
  return {
    lasting: false,
    listRecords: async () => [...records.values()].toSorted((a, b) => a.madeAt - b.madeAt),
    countUnreadable: async () => 0,
    saveRecord: async (record) => void records.set(record.id, record),
    removeRecord: async (id) => {
      records.delete(id);
      for (const name of pictures.keys()) if (name.startsWith(`${id}/`)) pictures.delete(name);
    },
    savePicture: async (id, slot, picture) => void pictures.set(`${id}/${slot}`, picture),
    readPicture: async (id, slot) => pictures.get(`${id}/${slot}`) ?? null,
    saveAnswer: async () => undefined,
    readAnswer: async () => null,
    forgetAnswers: async () => undefined,
  };
}
