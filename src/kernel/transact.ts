// One write, one transaction, one verdict: request key, action, audit and answer commit together or not at all.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Endpoint, isWrite } from '../shared/endpoint.ts';
import type { Instant } from '../shared/instant.ts';
import { problem } from '../shared/problem.ts';
import { provinceOfUnit } from '../shared/province.ts';
import { type AuditSource, auditRows, saveAudit } from './audit.ts';
import type { BlobStore } from './blobs.ts';
import { type Actor, type AuditRecord, type Context, type Implementation, type OutsideContext, raise } from './context.ts';
import type { Database, Tx } from './database.ts';

export interface Call {
  readonly implementation: Implementation;
  readonly input: unknown;
  readonly actor: Actor | null;
  readonly now: Instant;
  readonly requestId: string;
  readonly requestKey: string | null;
  readonly bytes: Uint8Array;
}

export interface Ports {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly demonstration: boolean;
}

export interface Outcome {
  readonly answer: unknown;
  /** undefined: leave the session cookie as it is. */
  readonly sessionToken: string | null | undefined;
}

const nobody: Actor = { accountId: '', name: 'anonymous', sessionHash: '', grants: [] };

/** Runs an implementation to its committed end. Throws ProblemRaised or whatever went wrong. */
export async function transact(ports: Ports, call: Call): Promise<Outcome> {
  const { implementation } = call;
  const prepared = implementation.outside === null ? undefined : await implementation.outside(outsideOf(ports, call), call.input);
  return isWrite(implementation.endpoint)
    ? ports.database.write((tx) => writeOnce(ports, call, tx, prepared))
    : ports.database.read(async (tx) => {
        const { context } = contextOf(ports, call, tx);
        const output = await implementation.inside(context, call.input, prepared);
        return { answer: answered(implementation.endpoint, output), sessionToken: undefined };
      });
}

function outsideOf(ports: Ports, call: Call): OutsideContext {
  const { actor, now, requestId, bytes } = call;
  return {
    actor,
    now,
    requestId,
    bytes,
    blobs: ports.blobs,
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

async function writeOnce(ports: Ports, call: Call, tx: Tx, prepared: unknown): Promise<Outcome> {
  const key = call.actor === null || call.requestKey === null ? null : await claimRequestKey(tx, call, call.actor, call.requestKey);
  if (key?.kind === 'replay') return { answer: key.answer, sessionToken: undefined };
  const { context, records, session } = contextOf(ports, call, tx);
  const output = await call.implementation.inside(context, call.input, prepared);
  const answer = answered(call.implementation.endpoint, output);
  if (records.length === 0) throw new Error(`${call.implementation.endpoint.name} wrote without an audit record`);
  await keepRecords(tx, call, records, answer);
  return { answer, sessionToken: session.token };
}

function contextOf(ports: Ports, call: Call, tx: Tx): { context: Context; records: AuditRecord[]; session: { token: string | null | undefined } } {
  const records: AuditRecord[] = [];
  const session: { token: string | null | undefined } = { token: undefined };
  const context: Context = {
    tx,
    actor: call.actor ?? nobody,
    now: call.now,
    requestId: call.requestId,
    blobs: ports.blobs,
    demonstration: ports.demonstration,
    record: (event) => void records.push(event),
    setSession: (token) => {
      session.token = token;
    },
  };
  return { context, records, session };
}

function answered(endpoint: Endpoint, output: unknown): unknown {
  return endpoint.answer === 'bytes' ? (output) : endpoint.output.parse(output);
}

type Claim = { readonly kind: 'first' } | { readonly kind: 'replay'; readonly answer: unknown };

/** Waits for a concurrent command with the same key, then either owns the key or replays its answer. */
async function claimRequestKey(tx: Tx, call: Call, actor: Actor, key: string): Promise<Claim> {
  const { name: endpoint, secret } = call.implementation.endpoint;
  // A plain hash over a password would be a faster way to guess it than the stored one.
  const inputDigest = secret ? '' : createHash('sha256').update(JSON.stringify(call.input)).update(call.bytes).digest('hex');
  const identity = { provinceCode: homeProvince(actor), accountId: actor.accountId, key };
  const claimed = await tx
    .insertInto('requestKey')
    .values({ ...identity, endpoint, inputDigest, at: call.now, answer: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (claimed.numInsertedOrUpdatedRows === 1n) return { kind: 'first' };
  const stored = await tx
    .selectFrom('requestKey')
    .select(['endpoint', 'inputDigest', 'answer'])
    .where('provinceCode', '=', identity.provinceCode)
    .where('accountId', '=', actor.accountId)
    .where('key', '=', key)
    .executeTakeFirst();
  if (stored === undefined) raise(problem('request_in_progress'));
  if (stored.endpoint !== endpoint || stored.inputDigest !== inputDigest || secret) raise(problem('request_key_reused'));
  return { kind: 'replay', answer: stored.answer };
}

/** Deletes request keys of before a moment, so many at most; how many. A command sent again after that is a new one. */
export async function forgetRequestKeys(tx: Tx, before: Instant, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    with old as materialized (select province_code, account_id, key from request_key where at < ${before} order by at limit ${most} for update skip locked)
    delete from request_key using old
    where request_key.province_code = old.province_code and request_key.account_id = old.account_id and request_key.key = old.key`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

async function keepRecords(tx: Tx, call: Call, records: readonly AuditRecord[], answer: unknown): Promise<void> {
  const { actor, requestKey } = call;
  const { secret } = call.implementation.endpoint;
  if (actor === null || requestKey === null || secret) return saveAudit(tx, sourceOf(call), records);
  await tx
    .with('answered', (db) =>
      db
        .updateTable('requestKey')
        .set({ answer: JSON.stringify(answer) })
        .where('provinceCode', '=', homeProvince(actor))
        .where('accountId', '=', actor.accountId)
        .where('key', '=', requestKey),
    )
    .insertInto('auditEvent')
    .values(auditRows(sourceOf(call), records))
    .execute();
}

function sourceOf({ actor, requestId, now }: Call): AuditSource {
  return { accountId: actor?.accountId ?? null, accountName: actor?.name ?? nobody.name, requestId, at: now };
}

/** Where a person's own bookkeeping lies: the province of the first grant. */
function homeProvince(actor: Actor): number {
  return provinceOfUnit(actor.grants[0]?.unitCode ?? '000000');
}
