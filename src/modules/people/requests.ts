// What is stored about proposed roles and recoveries that wait for a second person.
import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import { nationUnit } from '../../shared/wire.ts';
import type { Role } from '../access/model.ts';
import type { GrantRequest, Recovery, RecoverySide, RequestState } from './model.ts';
import type { Grant } from './rules.ts';

export interface Person {
  readonly accountId: string;
  readonly name: string;
}

export interface NewGrantRequest {
  readonly accountId: string;
  readonly kind: GrantRequest['kind'];
  readonly unitCode: string;
  readonly reason: string;
  readonly roles: readonly Grant[];
}

export async function saveNewRequest(tx: Tx, request: NewGrantRequest, by: Person, now: Instant): Promise<string> {
  const { roles, ...columns } = request;
  const id = randomUUID();
  await tx.insertInto('grantRequest').values({ ...columns, id, proposedBy: by.accountId, proposedByName: by.name, proposedAt: now }).execute();
  await tx.insertInto('requestedRole').values(roles.map(({ role, unitCode }) => ({ requestId: id, role, unitCode }))).execute();
  return id;
}

/** A request as it is stored: whether somebody may decide it is asked of the rules. */
export type StoredRequest = Omit<GrantRequest, 'mayDecide' | 'mine'> & { readonly state: RequestState; readonly unitCode: string };

const requestedRoles = sql`coalesce((
  select json_agg(json_build_object('role', r.role, 'unitCode', r.unit_code, 'unitName', u.name, 'unitShortName', u.short_name, 'unitKind', u.kind) order by r.unit_code, r.role)
  from requested_role r join unit u on u.code = r.unit_code where r.request_id = q.id), '[]')`;

async function listRequestsWhere(tx: Tx, condition: RawBuilder<unknown>): Promise<StoredRequest[]> {
  const { rows } = await sql<StoredRequest>`
    select q.id, q.kind, q.state, q.unit_code, q.account_id, a.display_name as account_name, a.sign_in_name, ${requestedRoles} as roles, q.reason, q.proposed_by, q.proposed_by_name, q.proposed_at
    from grant_request q join account a on a.id = q.account_id where ${condition} order by q.proposed_at, q.id`.execute(tx);
  return rows;
}

const mostShown = 200;

/** A unit and all below it: from above one also decides what waits there. */
const branch = (edition: string, unitCode: string): RawBuilder<unknown> => sql`(
  select p.unit_code from placement p where p.edition_code = ${edition} and (${unitCode} = ${nationUnit} or ${unitCode} in (p.unit_code, p.p1, p.p2, p.p3)))`;

/** What waits for roles at a unit and below it. */
export async function listPendingRequests(tx: Tx, edition: string, unitCode: string): Promise<StoredRequest[]> {
  const rows = await listRequestsWhere(tx, sql`q.state = 'pending' and (q.unit_code = ${unitCode} or exists (
    select 1 from requested_role r where r.request_id = q.id and r.unit_code in ${branch(edition, unitCode)}))`);
  return rows.slice(0, mostShown);
}

/** Locks a request against everybody else's decision. */
export async function lockRequest(tx: Tx, id: string): Promise<StoredRequest | undefined> {
  await tx.selectFrom('grantRequest').select('id').where('id', '=', id).forUpdate().execute();
  const [one] = await listRequestsWhere(tx, sql`q.id = ${id}`);
  return one;
}

export async function saveRequestDecided(tx: Tx, id: string, state: Exclude<RequestState, 'pending'>, by: Person, reason: string | null, now: Instant): Promise<void> {
  await tx.updateTable('grantRequest').set({ state, decidedBy: by.accountId, decidedByName: by.name, decidedAt: now, decisionReason: reason }).where('id', '=', id).execute();
}

/** Requests of an account that nobody has decided end with it. */
export async function withdrawPendingOf(tx: Tx, accountId: string, by: Person, now: Instant): Promise<void> {
  const decided = { state: 'withdrawn' as const, decidedBy: by.accountId, decidedByName: by.name, decidedAt: now };
  await tx.updateTable('grantRequest').set(decided).where('accountId', '=', accountId).where('state', '=', 'pending').execute();
  await tx.updateTable('recovery').set(decided).where('accountId', '=', accountId).where('state', '=', 'pending').execute();
}

export type StoredRecovery = Omit<Recovery, 'mayDecide' | 'mine'> & { readonly state: RequestState; readonly unitCode: string };

export async function saveNewRecovery(
  tx: Tx, recovery: { readonly accountId: string; readonly unitCode: string; readonly reason: string; readonly requestedAs: RecoverySide }, by: Person, now: Instant,
): Promise<string> {
  const id = randomUUID();
  await tx.insertInto('recovery').values({ ...recovery, id, requestedBy: by.accountId, requestedByName: by.name, requestedAt: now }).execute();
  return id;
}

async function listRecoveriesWhere(tx: Tx, condition: RawBuilder<unknown>): Promise<StoredRecovery[]> {
  const { rows } = await sql<StoredRecovery>`
    select r.id, r.state, r.unit_code, r.account_id, a.display_name as account_name, a.sign_in_name, r.reason, r.requested_by, r.requested_by_name, r.requested_as, r.requested_at
    from recovery r join account a on a.id = r.account_id where ${condition} order by r.requested_at, r.id`.execute(tx);
  return rows;
}

/** What waits for accounts with a role at a unit or below it. */
export async function listPendingRecoveries(tx: Tx, edition: string, unitCode: string): Promise<StoredRecovery[]> {
  const rows = await listRecoveriesWhere(tx, sql`r.state = 'pending' and exists (select 1 from role_grant g where g.account_id = r.account_id and g.unit_code in ${branch(edition, unitCode)})`);
  return rows.slice(0, mostShown);
}

export async function lockRecovery(tx: Tx, id: string): Promise<StoredRecovery | undefined> {
  await tx.selectFrom('recovery').select('id').where('id', '=', id).forUpdate().execute();
  const [one] = await listRecoveriesWhere(tx, sql`r.id = ${id}`);
  return one;
}

export async function saveRecoveryDecided(tx: Tx, id: string, state: 'approved' | 'refused', by: Person, now: Instant): Promise<void> {
  await tx.updateTable('recovery').set({ state, decidedBy: by.accountId, decidedByName: by.name, decidedAt: now }).where('id', '=', id).execute();
}

/** The roles of a request as plain grants. */
export function grantsOfRequest({ roles }: Pick<StoredRequest, 'roles'>): { readonly role: Role; readonly unitCode: string }[] {
  return roles.map(({ role, unitCode }) => ({ role, unitCode }));
}
