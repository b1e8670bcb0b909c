// One write, one transaction, one verdict: request key, action, audit and answer commit together or not at all.
import { createHash, randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { type Endpoint, isReplayed, isWrite } from '../shared/endpoint.ts';
import type { Instant } from '../shared/instant.ts';
import { problem } from '../shared/problem.ts';
import { provinceOfUnit } from '../shared/province.ts';
import { auditKept, type AuditSource, saveAudit } from './audit.ts';
import type { BlobStore } from './blobs.ts';
import { type Actor, type AuditRecord, type Context, type Implementation, type OutsideContext, raise } from './context.ts';
import { problemOf } from './problems.ts';
import { type Database, databaseErrorConstraint, type Tx } from './database.ts';
import type { Scanner } from './scanning.ts';
import type { Mode } from './mode.ts';
import type { Secrets } from './secrets.ts';
import type { Site } from './site.ts';

export interface Call {
  readonly implementation: Implementation;
  readonly input: unknown;
  readonly actor: Actor | null;
  readonly now: Instant;
  readonly requestId: string;
  readonly requestKey: string | null;
  readonly bytes: Uint8Array;
  /** Where it came from, as limits count it. */
  readonly address: string;
  readonly agent: string;
}

export interface Ports {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly demonstration: boolean;
  readonly mode: Mode;
  readonly site: Site;
  readonly secrets: Secrets;
  readonly scanner: Scanner;
}

export interface Outcome {
  readonly answer: unknown;
  /** undefined: leave the session cookie as it is. */
  readonly sessionToken: string | null | undefined;
}

export const nobody: Actor = { accountId: '', name: 'anonymous', sessionHash: '', standing: 'open', provedAt: null, grants: [], enterpriseId: null, enterpriseUnit: null, reach: [], logReach: [] };

/** Runs an implementation to its committed end. Throws ProblemRaised or whatever went wrong. */
export async function transact(ports: Ports, call: Call): Promise<Outcome> {
  return isWrite(call.implementation.endpoint) ? writeOnce(ports, call) : readAnswer(ports, call);
}

async function readAnswer(ports: Ports, call: Call): Promise<Outcome> {
  const { implementation } = call;
  const prepared = await implementation.outside?.(outsideOf(ports, call), call.input);
  return ports.database.read(async (tx) => {
    const { context } = contextOf(ports, call, tx);
    const output = await implementation.inside(context, call.input, prepared);
    return { answer: answered(implementation.endpoint, output), sessionToken: undefined };
  });
}

/**
 * Nobody asks first whether the command was done before, for it nearly never was. If it was, either it is refused by what it has
 * done itself, or its key is refused in the end and all is rolled back: then the answer of the first is given.
 */
async function writeOnce(ports: Ports, call: Call): Promise<Outcome> {
  const { implementation } = call;
  if (ports.mode.isReadOnly() && !ports.mode.goesOn(implementation.endpoint.name)) raise(problem('read_only'));
  const key = requestKeyOf(call);
  try {
    const prepared = await implementation.outside?.(outsideOf(ports, call), call.input);
    const { answer, sessionToken } = await ports.database.write(
      (tx) => act(ports, call, tx, prepared),
      (done) => recordsKept(sourceOf(call), done.records, key === null ? null : { ...key, answer: isReplayed(implementation.endpoint) ? done.answer : null }),
    );
    return { answer, sessionToken };
  } catch (error) {
    // Whoever waited for a database in vain does not wait for it once more: the same command again finds out.
    const away = problemOf(error)?.code === 'database_unavailable';
    const before = key === null || away ? null : await ports.database.read((tx) => findRequest(tx, key));
    if (key !== null && before !== null) return { answer: replayed(call, key, before), sessionToken: undefined };
    if (databaseErrorConstraint(error) === 'request_key_pkey') raise(problem('request_in_progress'));
    throw error;
  }
}

interface Done extends Outcome {
  readonly records: readonly AuditRecord[];
}

async function act(ports: Ports, call: Call, tx: Tx, prepared: unknown): Promise<Done> {
  const { endpoint, inside } = call.implementation;
  const { context, records, session } = contextOf(ports, call, tx);
  const answer = answered(endpoint, await inside(context, call.input, prepared));
  if (records.length === 0) throw new Error(`${endpoint.name} wrote without an audit record`);
  return { answer, sessionToken: session.token, records };
}

function outsideOf(ports: Ports, call: Call): OutsideContext {
  const { actor, now, requestId, bytes, address, agent } = call;
  return {
    actor,
    address,
    agent,
    now,
    requestId,
    bytes,
    blobs: ports.blobs,
    demonstration: ports.demonstration,
    site: ports.site,
    secrets: ports.secrets,
    scan: (bytes) => ports.scanner.scan(bytes),
    read: ports.database.read,
    write: (work) =>
      ports.database.write(async (tx) => {
        const records: AuditRecord[] = [];
        const value = await work(tx, (event) => void records.push(event));
        if (records.length === 0) throw new Error(`${call.implementation.endpoint.name} wrote without an audit record`);
        await saveAudit(tx, sourceOf(call), records);
        return value;
      }),
  };
}

function contextOf(ports: Ports, call: Call, tx: Tx): { context: Context; records: AuditRecord[]; session: { token: string | null | undefined } } {
  const records: AuditRecord[] = [];
  const session: { token: string | null | undefined } = { token: undefined };
  const context: Context = {
    tx,
    actor: call.actor ?? nobody,
    agent: call.agent,
    now: call.now,
    requestId: call.requestId,
    blobs: ports.blobs,
    demonstration: ports.demonstration,
    readOnly: ports.mode.isReadOnly(),
    site: ports.site,
    secrets: ports.secrets,
    record: (event) => void records.push(event),
    setSession: (token) => {
      session.token = token;
    },
  };
  return { context, records, session };
}

function answered(endpoint: Endpoint, output: unknown): unknown {
  return endpoint.answer === 'json' ? endpoint.output.parse(output) : output;
}

/** Somebody the machine acts as: by name in the records, with the roles of those whose bookkeeping it does. */
export interface MachineActor {
  readonly name: string;
  readonly grants: Actor['grants'];
}

/** One act of the machine itself, in one transaction with its records and their leaf. What changes nothing leaves nothing. */
export async function actAsMachine<T>(ports: Ports, now: Instant, { name, grants }: MachineActor, work: (context: Context) => Promise<T>): Promise<T> {
  const requestId = randomUUID();
  const source: AuditSource = { accountId: null, accountName: name, requestId, at: now };
  const { value } = await ports.database.write(
    async (tx) => {
      const records: AuditRecord[] = [];
      const { site, secrets, blobs, demonstration } = ports;
      const actor: Actor = { ...nobody, name, grants };
      const context: Context = {
        tx, actor, agent: '', now, requestId, blobs, demonstration, readOnly: ports.mode.isReadOnly(), site, secrets, record: (event) => void records.push(event), setSession: () => undefined,
      };
      return { value: await work(context), records };
    },
    ({ records }) => (records.length === 0 ? sql`select` : recordsKept(source, records, null)),
  );
  return value;
}

/** A command as it is known again. */
interface RequestKey {
  readonly provinceCode: number;
  readonly accountId: string;
  readonly key: string;
  readonly endpoint: string;
  readonly inputDigest: string;
}

type KnownRequest = Pick<RequestKey, 'endpoint' | 'inputDigest'> & { readonly answer: unknown };

function requestKeyOf({ actor, requestKey, implementation, input, bytes }: Call): RequestKey | null {
  if (actor === null || requestKey === null) return null;
  const { name, secret } = implementation.endpoint;
  // A plain hash over a password would be a faster way to guess it than the stored one.
  const inputDigest = secret ? '' : createHash('sha256').update(JSON.stringify(input)).update(bytes).digest('hex');
  return { provinceCode: homeProvince(actor), accountId: actor.accountId, key: requestKey, endpoint: name, inputDigest };
}

async function findRequest(tx: Tx, { provinceCode, accountId, key }: RequestKey): Promise<KnownRequest | null> {
  const known = await tx
    .selectFrom('requestKey')
    .select(['endpoint', 'inputDigest', 'answer'])
    .where('provinceCode', '=', provinceCode)
    .where('accountId', '=', accountId)
    .where('key', '=', key)
    .executeTakeFirst();
  return known ?? null;
}

function replayed(call: Call, key: RequestKey, before: KnownRequest): unknown {
  const same = before.endpoint === key.endpoint && before.inputDigest === key.inputDigest;
  if (!same || !isReplayed(call.implementation.endpoint)) raise(problem('request_key_reused'));
  return before.answer;
}

/** The statement that ends a write: its audit records, its leaf, and its request key with the answer. A second command with the key fails here. */
function recordsKept(source: AuditSource, records: readonly AuditRecord[], request: (RequestKey & { readonly answer: unknown }) | null): RawBuilder<unknown> {
  const kept = auditKept(source, records);
  if (request === null) return sql`with ${kept}`;
  const { provinceCode, accountId, key, endpoint, inputDigest, answer } = request;
  return sql`
    with answered as (
      insert into request_key (province_code, account_id, key, endpoint, input_digest, at, answer)
      values (${provinceCode}, ${accountId}, ${key}, ${endpoint}, ${inputDigest}, ${source.at}, ${answer === null ? null : JSON.stringify(answer)}::jsonb)
    ), ${kept}`;
}

/** Deletes request keys of before a moment, so many at most; how many. A command sent again after that is a new one. */
export async function forgetRequestKeys(tx: Tx, before: Instant, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    with old as materialized (select province_code, account_id, key from request_key where at < ${before} order by at limit ${most} for update skip locked)
    delete from request_key using old
    where request_key.province_code = old.province_code and request_key.account_id = old.account_id and request_key.key = old.key`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

function sourceOf({ actor, requestId, now }: Call): AuditSource {
  return { accountId: actor?.accountId ?? null, accountName: actor?.name ?? nobody.name, requestId, at: now };
}

/** Where a person's own bookkeeping lies: the province of the first grant, or of the unit that keeps the enterprise's account. */
function homeProvince(actor: Actor): number {
  return provinceOfUnit(actor.grants[0]?.unitCode ?? actor.enterpriseUnit ?? '000000');
}
