// The record that is being written at a firm, kept on the device from the first key and the first picture on: a telephone may throw the page
// away while its camera is open.
import { useCallback, useEffect, useRef, useState } from 'react';
import { newRequestKey } from '../../app/client.ts';
import { deviceStore, keepDraft } from '../../offline/outbox.ts';
import type { OutboxPicture, OutboxRecord } from '../../offline/outbox-rules.ts';
import { sentName, shrinkPicture } from '../activities/picture.ts';
import type { VisitForm } from './visit-form-state.ts';

export interface DraftOwner {
  readonly accountId: string;
  readonly accountName: string;
  readonly edition: string;
  readonly unitCode: string;
  readonly plan: string | null;
}

export function newRecord(owner: DraftOwner, form: VisitForm): OutboxRecord {
  return { ...owner, id: newRequestKey(), form, content: null, pictures: [], state: 'draft', requestKey: newRequestKey(), failure: null, tries: 0, renewedAt: 0, madeAt: Date.now(), notBefore: 0 };
}

/** What is gone on with: the record named, else the last draft of this account at this unit for the same plan. */
export function draftToContinue(records: readonly OutboxRecord[], owner: DraftOwner, wanted: string | null): OutboxRecord | null {
  const own = records.filter((one) => one.accountId === owner.accountId && one.edition === owner.edition && one.unitCode === owner.unitCode);
  if (wanted !== null) return own.find(({ id, state }) => id === wanted && state !== 'waiting') ?? null;
  return own.findLast(({ state, plan }) => state === 'draft' && plan === owner.plan) ?? null;
}

export interface ShownPicture {
  readonly slot: number;
  readonly address: string;
}

export interface DraftRecord {
  readonly record: OutboxRecord;
  readonly pictures: readonly ShownPicture[];
  readonly kept: 'empty' | 'keeping' | 'kept';
  readonly lasting: boolean;
  readonly setForm: (form: VisitForm) => void;
  readonly addPictures: (files: readonly File[]) => Promise<{ readonly refused: number; readonly leftOut: number }>;
  readonly dropPicture: (slot: number) => void;
  /** What is typed is on the device when this is done. */
  readonly settle: () => Promise<OutboxRecord>;
}

const pause = 600;
const mostPictures = 20;

/** `first` is the record as it was opened; another record needs another component (key). */
export function useDraftRecord(first: OutboxRecord, lasting: boolean): DraftRecord {
  const [record, setRecord] = useState(first);
  const [kept, setKept] = useState<DraftRecord['kept']>('empty');
  const current = useRef(first);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const [addresses, setAddresses] = useState<ReadonlyMap<number, string>>(new Map());

  const keep = useCallback(async (): Promise<OutboxRecord> => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    await keepDraft(current.current);
    setKept('kept');
    return current.current;
  }, []);
  const change = useCallback((next: OutboxRecord): void => {
    current.current = next;
    setRecord(next);
    setKept('keeping');
  }, []);
  useEffect(() => {
    const leave = (): void => (timer.current === null ? undefined : void keep());
    addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', leave);
    return () => {
      removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', leave);
      leave();
    };
  }, [keep]);
  useEffect(() => {
    let here = true;
    const made: string[] = [];
    void (async () => {
      const store = await deviceStore();
      for (const { slot } of first.pictures) {
        const picture = await store.readPicture(first.id, slot);
        if (!here || picture === null) continue;
        const address = URL.createObjectURL(picture);
        made.push(address);
        setAddresses((all) => new Map([...all, [slot, address]]));
      }
    })();
    return () => {
      here = false;
      for (const address of made) URL.revokeObjectURL(address);
    };
  }, [first]);

  const addPictures = useCallback(async (files: readonly File[]) => {
    const room = mostPictures - current.current.pictures.length;
    let refused = 0;
    for (const file of files.slice(0, room)) {
      const small = await shrinkPicture(file);
      if (small === null) {
        refused += 1;
        continue;
      }
      await addOne(file.name, small, current.current, change);
      const slot = current.current.pictures.at(-1)?.slot ?? 0;
      setAddresses((all) => new Map([...all, [slot, URL.createObjectURL(small)]]));
      await keep();
    }
    return { refused, leftOut: Math.max(0, files.length - room) };
  }, [change, keep]);
  const setForm = useCallback((form: VisitForm): void => {
    change({ ...current.current, form });
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(() => void keep(), pause);
  }, [change, keep]);
  const dropPicture = useCallback((slot: number): void => {
    change({ ...current.current, pictures: current.current.pictures.filter((one) => one.slot !== slot) });
    void keep();
  }, [change, keep]);
  const pictures = record.pictures.flatMap(({ slot }) => {
    const address = addresses.get(slot);
    return address === undefined ? [] : [{ slot, address }];
  });
  return { record, pictures, kept, lasting, setForm, addPictures, dropPicture, settle: keep };
}

async function addOne(name: string, small: Blob, record: OutboxRecord, change: (next: OutboxRecord) => void): Promise<void> {
  const slot = Math.max(-1, ...record.pictures.map((one) => one.slot)) + 1;
  await (await deviceStore()).savePicture(record.id, slot, small);
  const picture: OutboxPicture = { slot, name: sentName(name, 'jpg'), bytes: small.size, requestKey: newRequestKey(), evidence: null };
  change({ ...record, pictures: [...record.pictures, picture] });
}
