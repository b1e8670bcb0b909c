// Sends what waits in the outbox: pictures first, each under its own request key, then the record that names them. Every step is kept
// before the next, so that it may end anywhere and go on later; the server makes a repetition harmless.
import { type Failure, failureOf } from '../app/failure.ts';
import { afterFailure, dueOf, type OutboxRecord } from './outbox-rules.ts';

export interface SendingPorts<V = unknown> {
  /** All records as they are kept now. */
  readonly list: () => Promise<readonly OutboxRecord[]>;
  readonly save: (record: OutboxRecord) => Promise<void>;
  /** It is on the server: its pictures go with it. */
  readonly remove: (id: string) => Promise<void>;
  /** Who is signed in, as the server says. Throws a Failure. */
  readonly account: () => Promise<string>;
  /** Sends one picture; its name on the server. Throws a Failure. */
  readonly sendPicture: (record: OutboxRecord, index: number) => Promise<string>;
  /** Sends the record with its pictures' names. Throws a Failure. */
  readonly sendRecord: (record: OutboxRecord) => Promise<V>;
  readonly now: () => number;
  readonly newKey: () => string;
  readonly sent?: (record: OutboxRecord, answer: V) => void;
}

export interface Sent {
  readonly sent: number;
  /** Why it ended before all was tried; null when all was. */
  readonly stopped: Failure | null;
}

/** One round over all that is due. Run by one tab at a time. */
export async function sendDue<V>(ports: SendingPorts<V>, hurry: boolean): Promise<Sent> {
  const records = await ports.list();
  if (!records.some(({ state }) => state === 'waiting')) return { sent: 0, stopped: null };
  let accountId: string;
  try {
    accountId = await ports.account();
  } catch (error) {
    return { sent: 0, stopped: failureOf(error) };
  }
  let sent = 0;
  for (const { id } of dueOf(records, accountId, ports.now(), hurry)) {
    // Read anew: meanwhile its maker may have changed it or taken it away.
    const record = (await ports.list()).find((one) => one.id === id && one.state === 'waiting');
    if (record === undefined) continue;
    const stopped = await sendOne(ports, record);
    if (stopped === null) sent += 1;
    else if (stopped.stop) return { sent, stopped: stopped.failure };
  }
  return { sent, stopped: null };
}

async function sendOne<V>(ports: SendingPorts<V>, first: OutboxRecord): Promise<{ readonly stop: boolean; readonly failure: Failure } | null> {
  let record = first;
  try {
    for (const [index, { evidence }] of first.pictures.entries()) {
      if (evidence !== null) continue;
      const named = await ports.sendPicture(record, index);
      record = { ...record, pictures: record.pictures.map((picture, at) => (at === index ? { ...picture, evidence: named } : picture)) };
      await ports.save(record);
    }
    const answer = await ports.sendRecord(record);
    await ports.remove(record.id);
    ports.sent?.(record, answer);
    return null;
  } catch (error) {
    const failure = failureOf(error);
    const verdict = afterFailure(record, failure, ports.now(), ports.newKey);
    await ports.save(verdict.record);
    return { stop: verdict.kind === 'later' && verdict.stop, failure };
  }
}

/** The part of Web Locks that is used. */
export interface Locks {
  readonly request: <T>(name: string, options: { readonly ifAvailable: true }, work: (lock: unknown) => Promise<T | null>) => Promise<T | null>;
}

/** Does the work while no other tab of this browser does it; null when one does. The browser frees the lock of a tab that dies. */
export async function exclusively<T>(locks: Locks, work: () => Promise<T>): Promise<T | null> {
  return locks.request('fuwuyue.outbox', { ifAvailable: true }, async (lock) => (lock === null ? null : work()));
}
