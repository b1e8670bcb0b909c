// The outbox of this device, for the whole application: what lies in it, when it is sent, and who hears of it. It is sent when something is put
// into it, when the line comes back, when the page is seen again, and every minute; one tab at a time. Nothing but the server's answer, or
// the maker's own word, takes a record out.
import { useSyncExternalStore } from 'react';
import { uploadEvidence } from '../../modules/evidence/contract.ts';
import { whoAmI } from '../../modules/sign-in/contract.ts';
import { recordVisit } from '../../modules/visits/contract.ts';
import type { Visit } from '../../modules/visits/model.ts';
import { call, newRequestKey, upload } from '../app/client.ts';
import { Failure } from '../app/failure.ts';
import { queryClient } from '../app/queries.ts';
import { type DeviceStore, openDeviceStore } from './device-store.ts';
import { noteOutbox } from './outbox-sign.ts';
import { nextLook, type OutboxRecord } from './outbox-rules.ts';
import { exclusively, sendDue, type SendingPorts, type Sent } from './sending.ts';

export interface OutboxView {
  /** False until the device has been asked. */
  readonly known: boolean;
  /** Whether it survives a closed browser. */
  readonly lasting: boolean;
  readonly records: readonly OutboxRecord[];
  /** Records that this device cannot open any more. */
  readonly unreadable: number;
  readonly sending: boolean;
  /** Why the last round ended early. */
  readonly stopped: Failure | null;
}

let view: OutboxView = { known: false, lasting: true, records: [], unreadable: 0, sending: false, stopped: null };
const listeners = new Set<() => void>();
const arrivals = new Set<(record: OutboxRecord, visit: Visit) => void>();
let opening: Promise<DeviceStore> | null = null;
const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel('fuwuyue.outbox') : null;

export function deviceStore(): Promise<DeviceStore> {
  opening ??= openDeviceStore();
  return opening;
}

function show(change: Partial<OutboxView>): void {
  view = { ...view, ...change };
  for (const listener of listeners) listener();
}

/** Reads the device anew, and tells whoever watches. */
export async function readOutbox(): Promise<void> {
  const store = await deviceStore();
  const [records, unreadable] = await Promise.all([store.listRecords(), store.countUnreadable()]);
  noteOutbox(records.some(({ state }) => state !== 'draft') || unreadable > 0);
  show({ known: true, lasting: store.lasting, records, unreadable });
}

/** What changed here shows in the other windows too. */
async function changed(): Promise<void> {
  await readOutbox();
  channel?.postMessage('changed');
}

/** Keeps a draft as it is being written; nobody else need hear of it. */
export async function keepDraft(record: OutboxRecord): Promise<void> {
  await (await deviceStore()).saveRecord(record);
  show({ records: [...view.records.filter(({ id }) => id !== record.id), record] });
}

export async function keepRecord(record: OutboxRecord): Promise<void> {
  await (await deviceStore()).saveRecord(record);
  await changed();
}

export async function dropRecord(id: string): Promise<void> {
  await (await deviceStore()).removeRecord(id);
  await changed();
}

function portsOn(store: DeviceStore, sent: (record: OutboxRecord, visit: Visit) => void): SendingPorts<Visit> {
  return {
    list: store.listRecords,
    save: async (record) => {
      await store.saveRecord(record);
      await changed();
    },
    remove: async (id) => {
      await store.removeRecord(id);
      await changed();
    },
    account: async () => (await call(whoAmI, {})).account.id,
    sendPicture: async ({ id, edition, unitCode, pictures }, index) => {
      const picture = pictures[index];
      const bytes = picture === undefined ? null : await store.readPicture(id, picture.slot);
      if (picture === undefined || bytes === null) throw new Failure('not_found', { kind: 'picture' });
      return (await upload(uploadEvidence, { edition, unitCode, name: picture.name }, bytes, () => undefined, { requestKey: picture.requestKey })).id;
    },
    sendRecord: async ({ id, accountId, edition, unitCode, plan, content, pictures, requestKey }) => {
      if (content === null) throw new Failure('not_found', { kind: 'record' });
      const evidence = pictures.flatMap((picture) => (picture.evidence === null ? [] : [picture.evidence]));
      return call(recordVisit, { edition, unitCode, key: id, by: accountId, plan, content: { ...content, evidence } }, { requestKey });
    },
    now: Date.now,
    newKey: newRequestKey,
    sent,
  };
}

const alone = { request: <T>(_name: string, _options: unknown, work: (lock: unknown) => Promise<T | null>): Promise<T | null> => work('alone') };

let round: Promise<unknown> = Promise.resolve();

/** Sends what is due, after a round that is under way. Null: another tab is at it. */
export function sendOutbox(hurry: boolean): Promise<Sent | null> {
  const next = round.then(() => oneRound(hurry));
  round = next.catch(() => undefined);
  return next;
}

async function oneRound(hurry: boolean): Promise<Sent | null> {
  show({ sending: true });
  try {
    const store = await deviceStore();
    const locks = (navigator as { readonly locks?: typeof navigator.locks }).locks ?? alone;
    const ended = await exclusively(locks as typeof alone, () => sendDue(portsOn(store, arrived), hurry));
    if (ended !== null) show({ stopped: ended.stopped });
    if (ended !== null && ended.sent > 0) void queryClient.invalidateQueries({ predicate: ({ queryKey }) => !String(queryKey[0]).startsWith('editions.') });
    return ended;
  } finally {
    show({ sending: false });
    await readOutbox();
  }
}

function arrived(record: OutboxRecord, visit: Visit): void {
  if (expected.has(record.id)) expected.set(record.id, visit);
  else for (const hear of arrivals) hear(record, visit);
}

/** Hears of each record that became a visit. */
export function onArrival(hear: (record: OutboxRecord, visit: Visit) => void): () => void {
  arrivals.add(hear);
  return () => arrivals.delete(hear);
}

/** Records whose form waits for the answer and says so itself. */
const expected = new Map<string, Visit | null>();

/** Gives, when asked, the visit that the record became; null while it has not. */
export function expectArrival(id: string): () => Visit | null {
  expected.set(id, null);
  return () => {
    const visit = expected.get(id) ?? null;
    expected.delete(id);
    return visit;
  };
}

/** The records as they were read last. */
export function recordsHere(): readonly OutboxRecord[] {
  return view.records;
}

let watching = false;

/** Browsers do not always say that the line is back (it may never have looked gone): what waits is tried again by itself. */
async function keepTrying(): Promise<never> {
  for (let inVain = 0; ; ) {
    const waiting = view.records.filter(({ state }) => state === 'waiting');
    const pause = nextLook({ waiting, stoppedBy: view.stopped?.code ?? null, inVain, now: Date.now() });
    await new Promise((resolve) => setTimeout(resolve, pause));
    // Not behind a round that waits for somebody to sign in.
    if (view.sending || !view.records.some(({ state }) => state === 'waiting')) continue;
    const ended = await sendOutbox(false).catch(() => null);
    inVain = ended?.stopped?.code === 'no_connection' ? inVain + 1 : 0;
  }
}

/** Begins to send by itself: with the line, when the page is seen again, and again and again while something waits. */
export function watchOutbox(): void {
  if (watching) return;
  watching = true;
  const hurry = (): void => (view.sending ? undefined : void sendOutbox(true));
  addEventListener('online', hurry);
  document.addEventListener('visibilitychange', () => (document.visibilityState === 'visible' ? hurry() : undefined));
  void keepTrying();
  if (channel !== null) channel.onmessage = () => void readOutbox();
  void readOutbox().then(hurry);
}

export function useOutbox(): OutboxView {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => view);
}

/** Asks the browser not to throw away what is kept here when room gets scarce. Null where it cannot be asked. */
export async function askToPersist(): Promise<boolean | null> {
  const storage = (navigator as { readonly storage?: StorageManager }).storage;
  if (typeof storage?.persist !== 'function') return null;
  return (await storage.persisted()) || storage.persist();
}
