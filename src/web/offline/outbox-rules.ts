// The outbox as pure rules: what a record is, what becomes of it after each answer, when it is due again, and when somebody must be told
// that it still lies on the telephone.
import type { SentInputOf } from '../../shared/endpoint.ts';
import type { recordVisit } from '../../modules/visits/contract.ts';
import type { Failure } from '../app/failure.ts';

/** What was recorded, pictures apart. */
export type RecordedVisit = SentInputOf<typeof recordVisit>['content'];

export interface OutboxPicture {
  /** Where it lies on the device; those of pictures taken away are not used again. */
  readonly slot: number;
  readonly name: string;
  readonly bytes: number;
  /** Makes sending it again harmless. */
  readonly requestKey: string;
  /** What it is called on the server, once it is there. */
  readonly evidence: string | null;
}

/** `draft`: being written; `waiting`: to be sent; `refused`: the server would not take it as it is, its maker is asked. */
export type OutboxState = 'draft' | 'waiting' | 'refused';

export interface OutboxRecord {
  /** Names the record for ever, here and on the server. */
  readonly id: string;
  /** Records belong to the account that made them. */
  readonly accountId: string;
  readonly accountName: string;
  readonly edition: string;
  readonly unitCode: string;
  readonly plan: string | null;
  /** What stands in the form, for as long as it may be opened again. */
  readonly form: unknown;
  /** Null while it is a draft. */
  readonly content: RecordedVisit | null;
  readonly pictures: readonly OutboxPicture[];
  readonly state: OutboxState;
  /** Of the record as it is now: another content has another key. */
  readonly requestKey: string;
  readonly failure: { readonly code: string; readonly details: { readonly [key: string]: unknown } } | null;
  readonly tries: number;
  /** When its pictures were last taken for given up by the server and sent anew; 0 never. */
  readonly renewedAt: number;
  /** Milliseconds since 1970: made, and not to be tried again before. */
  readonly madeAt: number;
  readonly notBefore: number;
}

const second = 1000;
const hour = 60 * 60 * second;

/** 5 s, 10 s, 20 s … five minutes. */
export function pauseAfter(tries: number): number {
  return Math.min(300, 5 * 2 ** Math.min(tries - 1, 10)) * second;
}

/** How long until the outbox is looked at again, in milliseconds. Without a line often, for it costs nothing: the first try fails on the device. */
export function nextLook({ waiting, stoppedBy, inVain, now }: { readonly waiting: readonly Pick<OutboxRecord, 'notBefore'>[]; readonly stoppedBy: string | null; readonly inVain: number; readonly now: number }): number {
  if (waiting.length === 0) return 5 * second;
  if (stoppedBy === 'no_connection') return Math.min(20, 5 * 2 ** Math.min(inVain, 2)) * second;
  if (stoppedBy !== null && personal.has(stoppedBy)) return 60 * second;
  const soonest = Math.min(...waiting.map(({ notBefore }) => notBefore)) - now;
  return Math.min(60 * second, Math.max(5 * second, soonest));
}

export type Due = Pick<OutboxRecord, 'state' | 'accountId' | 'notBefore' | 'madeAt'>;

/** What may be sent now by whoever is signed in, the oldest first. `hurry`: the line is back or somebody pressed: pauses do not count. */
export function dueOf<R extends Due>(records: readonly R[], accountId: string, now: number, hurry: boolean): R[] {
  return records.filter((one) => one.state === 'waiting' && one.accountId === accountId && (hurry || one.notBefore <= now)).toSorted((a, b) => a.madeAt - b.madeAt);
}

/** What may go right some other time without anybody changing anything. */
const passing: ReadonlySet<string> = new Set(['no_connection', 'unreadable_answer', 'request_in_progress', 'rate_limited', 'internal_error', 'database_unavailable', 'provider_unavailable', 'overloaded', 'scan_unavailable', 'read_only', 'storage_full']);
/** What waits for the person: to sign in, to unlock, to prove. */
const personal: ReadonlySet<string> = new Set(['not_signed_in', 'session_locked', 'enrolment_required', 'proof_required']);

export type Verdict =
  /** Again later; `stop`: nothing else has a chance now either. */
  | { readonly kind: 'later'; readonly record: OutboxRecord; readonly stop: boolean }
  /** Its maker is asked. */
  | { readonly kind: 'asked'; readonly record: OutboxRecord };

/** What becomes of a record after a failure. Never dropped, never changed but for pictures that must be sent anew. */
export function afterFailure(record: OutboxRecord, { code, details }: Pick<Failure, 'code' | 'details'>, now: number, newKey: () => string): Verdict {
  const failure = { code, details };
  if (personal.has(code)) return { kind: 'later', stop: true, record: { ...record, failure } };
  if (passing.has(code)) {
    const tries = record.tries + 1;
    return { kind: 'later', stop: code === 'no_connection' || code === 'overloaded' || code === 'read_only', record: { ...record, tries, notBefore: now + pauseAfter(tries), failure } };
  }
  // The server keeps them for two days: refused again at once, it is something else about them.
  if (now - record.renewedAt >= 24 * hour && isAboutPictures(details)) return { kind: 'later', stop: false, record: { ...withPicturesAnew(record, newKey), renewedAt: now, failure: null } };
  return { kind: 'asked', record: { ...record, state: 'refused', failure } };
}

/** The server throws away what stands behind no entry for two days: the pictures are still here. */
function isAboutPictures(details: { readonly [key: string]: unknown }): boolean {
  const issues = details['issues'];
  return Array.isArray(issues) && issues.length > 0 && issues.every((issue: unknown) => typeof issue === 'object' && issue !== null && 'path' in issue && String(issue.path).startsWith('content.evidence'));
}

export function withPicturesAnew(record: OutboxRecord, newKey: () => string): OutboxRecord {
  return { ...record, requestKey: newKey(), pictures: record.pictures.map((picture) => ({ ...picture, requestKey: newKey(), evidence: null })) };
}

/** Ready to be sent with this content; what was refused before is asked anew under a new key. */
export function readied(record: OutboxRecord, content: RecordedVisit, newKey: () => string): OutboxRecord {
  return { ...record, content, state: 'waiting', failure: null, tries: 0, renewedAt: 0, notBefore: 0, requestKey: newKey() };
}

/** As a visit of its own, after the planned one was made or called off by somebody else. */
export function asOwnVisit(record: OutboxRecord, newKey: () => string): OutboxRecord {
  return { ...record, plan: null, state: 'waiting', failure: null, tries: 0, notBefore: 0, requestKey: newKey() };
}

/** Whether what refused it is that somebody was faster with the planned visit. */
export function isOvertaken({ failure }: Pick<OutboxRecord, 'failure'>): boolean {
  const rule = failure?.details['rule'];
  return failure?.code === 'refused_by_rule' && (rule === 'visit_made' || rule === 'visit_called_off');
}

export interface Tally {
  /** Of this account: what is not on the server yet. */
  readonly waiting: number;
  readonly refused: number;
  /** Of others on this device. */
  readonly others: number;
  /** How long the oldest has lain here: `day` after 24 hours, `days` after three days. */
  readonly age: 'fresh' | 'day' | 'days';
}

export function tallyOf(records: readonly Due[], accountId: string, now: number): Tally {
  const laid = records.filter(({ state }) => state !== 'draft');
  const own = laid.filter((one) => one.accountId === accountId);
  const oldest = Math.max(0, ...own.map(({ madeAt }) => now - madeAt));
  return {
    waiting: own.filter(({ state }) => state === 'waiting').length, refused: own.filter(({ state }) => state === 'refused').length, others: laid.length - own.length,
    age: oldest >= 72 * hour ? 'days' : oldest >= 24 * hour ? 'day' : 'fresh',
  };
}
