// What an action is handed, and how an action is bound to its endpoint. Knows no business.
import type { Endpoint, InputOf, OutputOf, Standing } from '../shared/endpoint.ts';
import type { Instant } from '../shared/instant.ts';
import { type Json, type Problem, ProblemRaised, problem } from '../shared/problem.ts';
import type { BlobStore } from './blobs.ts';
import type { Reach, Tx } from './database.ts';
import type { Verdict } from './scanning.ts';
import type { Secrets } from './secrets.ts';
import type { Site } from './site.ts';

/** Who asks. Grants are opaque here; `modules/access` gives them meaning. */
export interface Actor {
  readonly accountId: string;
  readonly name: string;
  readonly sessionHash: string;
  readonly standing: Standing;
  /** When a factor was last proved in this session; null when never. */
  readonly provedAt: Instant | null;
  readonly grants: readonly { readonly role: string; readonly unitCode: string }[];
  /** The enterprise whose account it is; null for everybody else. It holds no grants. */
  readonly enterpriseId: number | null;
  /** The unit that keeps the account of that enterprise: where its own acts are recorded. */
  readonly enterpriseUnit: string | null;
  /** What the second wall lets through, by the policy and the tree (access/queries.ts, reachOf). */
  readonly reach: Reach;
  readonly logReach: Reach;
}

/** One thing done, written to audit_event in the same transaction. */
export interface AuditRecord {
  readonly action: string;
  readonly unitCode: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly before?: Json;
  readonly after?: Json;
  readonly basis?: string | null;
}

export interface OutsideContext {
  /** Null only on endpoints with public access. */
  readonly actor: Actor | null;
  /** The address it came from (a network of IPv6), for limits only: never kept with a person. */
  readonly address: string;
  /** What the browser says it is; for telling desktop from telephone in one's own list of sessions. */
  readonly agent: string;
  readonly now: Instant;
  readonly requestId: string;
  /** The body of an endpoint with `body: 'bytes'`, else empty. */
  readonly bytes: Uint8Array;
  readonly blobs: BlobStore;
  readonly demonstration: boolean;
  readonly site: Site;
  readonly secrets: Secrets;
  /** What the virus scanner says of bytes. */
  scan(bytes: Uint8Array): Promise<Verdict>;
  /** A read-only transaction of its own, closed before slow work starts. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * A write that stays although the request is refused later, such as counting a wrong password. Committed at once with
   * its audit record; done again when the request is sent again.
   */
  write<T>(work: (tx: Tx, record: (event: AuditRecord) => void) => Promise<T>): Promise<T>;
}

export interface Context {
  readonly tx: Tx;
  readonly actor: Actor;
  /** As of OutsideContext. */
  readonly agent: string;
  /** The moment the request reached the server; the only time there is. */
  readonly now: Instant;
  readonly requestId: string;
  readonly blobs: BlobStore;
  readonly demonstration: boolean;
  /** Whether this server takes no writes now (mode.ts). */
  readonly readOnly: boolean;
  readonly site: Site;
  readonly secrets: Secrets;
  /** Leaves an audit record. A write that leaves none is rolled back. */
  record(event: AuditRecord): void;
  /** Sets or clears (null) the session cookie of the answer. */
  setSession(token: string | null): void;
}

/** A file as an answer (`answer: 'bytes'`). */
export interface FileAnswer {
  readonly mediaType: string;
  readonly fileName: string;
  readonly inline: boolean;
  readonly bytes: Uint8Array;
}

/** A file made while it is sent (`answer: 'stream'`), once what led to it is committed. */
export interface StreamAnswer {
  readonly mediaType: string;
  readonly fileName: string;
  /** How many rows it will have: told before, so that whoever waits knows what for. */
  readonly rows: number;
  /** Read in one snapshot of its own. Ended early when nobody takes it any more. */
  chunks(tx: Tx): AsyncIterable<Uint8Array>;
}

export interface Implementation {
  readonly endpoint: Endpoint;
  /** Slow work (hashing, images) that must not hold a transaction. */
  readonly outside: ((context: OutsideContext, input: unknown) => Promise<unknown>) | null;
  readonly inside: (context: Context, input: unknown, prepared: unknown) => Promise<unknown>;
}

/** Binds an action to its endpoint. */
export function implement<E extends Endpoint>(
  endpoint: E,
  inside: (context: Context, input: InputOf<E>) => Promise<OutputOf<E> | FileAnswer | StreamAnswer>,
): Implementation {
  return { endpoint, outside: null, inside: (context, input) => inside(context, input as InputOf<E>) };
}

/** As `implement`, with slow work done before the transaction opens; what it returns is handed on. */
export function implementInStages<E extends Endpoint, P>(
  endpoint: E,
  outside: (context: OutsideContext, input: InputOf<E>) => Promise<P>,
  inside: (context: Context, input: InputOf<E>, prepared: P) => Promise<OutputOf<E> | FileAnswer | StreamAnswer>,
): Implementation {
  return {
    endpoint,
    outside: (context, input) => outside(context, input as InputOf<E>),
    inside: (context, input, prepared) => inside(context, input as InputOf<E>, prepared as P),
  };
}

/** Ends an action with a problem; the transaction rolls back. */
export function raise(raised: Problem): never {
  throw new ProblemRaised(raised);
}

/** The value, or not_found. */
export function found<T>(value: T | undefined | null, kind: string, id: string): T {
  if (value === undefined || value === null) raise(problem('not_found', { kind, id }));
  return value;
}
