// Keeps keys: new ones for units, and what is wrapped in the database wrapped anew under a new root. Run by commands, as the owner.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Secrets } from '../../kernel/secrets.ts';
import { rootOfWrapped } from '../../kernel/suites.ts';
import { findCurrentKey, installationKeyBound, listCurrentKeys, unitKeyBound } from './queries.ts';
import { makeUnitKey, type Signing } from './signing.ts';

/** New keys for these units, or for all that have one; the numbers of the new keys by unit. */
export async function rotateUnitKeys(signing: Signing, units: readonly string[] | null, reason: string): Promise<Map<string, number>> {
  const wanted = units ?? (await listCurrentKeys(signing.tx)).map(({ unit }) => unit);
  const made = new Map<string, number>();
  for (const unit of wanted) {
    const { number } = await makeUnitKey(signing, unit, await findCurrentKey(signing.tx, unit), reason);
    made.set(unit, number);
  }
  return made;
}

/** A column in which something is kept wrapped. Whoever adds one adds it here, or it is lost when its root is forgotten. */
interface WrappedColumn {
  readonly table: string;
  readonly column: string;
  /** Columns that name a row. */
  readonly key: readonly string[];
  /** What the text is bound to, by the values of the key. */
  readonly bound: (...key: readonly string[]) => string;
}

export const wrappedColumns: readonly WrappedColumn[] = [
  { table: 'installation_key', column: 'private_key', key: ['number'], bound: (number = '') => installationKeyBound(Number(number)) },
  { table: 'unit_key', column: 'private_key', key: ['unit_code', 'number'], bound: (unit = '', number = '') => unitKeyBound(unit, Number(number)) },
  // As enterprises/contacts.ts binds it.
  { table: 'enterprise_contact', column: 'sealed', key: ['id'], bound: (id = '') => `enterprise_contact/${id}` },
  // As service-points/liaisons.ts binds it.
  { table: 'liaison_officer', column: 'sealed', key: ['id'], bound: (id = '') => `liaison_officer/${id}` },
  // As trainings/people.ts binds it.
  { table: 'training_place', column: 'sealed', key: ['id'], bound: (id = '') => `training_place/${id}` },
  // As sign-in/totp.ts binds it.
  { table: 'totp', column: 'secret', key: ['account_id', 'id'], bound: (accountId = '', id = '') => `totp/${accountId}/${id}` },
  // As enterprise-accounts/queries.ts and assessments/queries.ts bind them.
  { table: 'enterprise_account', column: 'contact', key: ['account_id'], bound: (accountId = '') => `enterprise_account/${accountId}` },
  { table: 'enterprise_account', column: 'recovery_contact', key: ['account_id'], bound: (accountId = '') => `enterprise_account/recovery/${accountId}` },
  { table: 'enterprise_account_request', column: 'contact', key: ['id'], bound: (id = '') => `enterprise_account_request/${id}` },
  { table: 'assessment', column: 'content', key: ['id'], bound: (id = '') => `assessment/${id}` },
];

export interface Rewrapped {
  readonly root: number;
  /** Texts wrapped anew, by table. */
  readonly tables: { readonly [table: string]: number };
  /** Those that could not be opened, because their root is not here any more. */
  readonly lost: number;
}

/** A new root, and everything wrapped under it. Older roots stay until they are forgotten (forgetRoots). */
export async function rewrapAll(tx: Tx, secrets: Secrets): Promise<Rewrapped> {
  const root = await secrets.renewRoot();
  const tables: Record<string, number> = {};
  let lost = 0;
  for (const column of wrappedColumns) {
    const { done, failed } = await rewrapColumn(tx, secrets, column);
    tables[column.table] = (tables[column.table] ?? 0) + done;
    lost += failed;
  }
  return { root, tables, lost };
}

interface WrappedRow {
  readonly key: readonly string[];
  readonly wrapped: string;
}

async function rewrapColumn(tx: Tx, secrets: Secrets, { table, column, key, bound }: WrappedColumn): Promise<{ readonly done: number; readonly failed: number }> {
  let [done, failed] = [0, 0];
  const { rows } = await sql<WrappedRow>`
    select array[${sql.join(key.map((name) => sql`${sql.ref(name)}::text`))}] as key, ${sql.ref(column)} as wrapped from ${sql.table(table)} where ${sql.ref(column)} is not null for update`.execute(tx);
  for (const { key: values, wrapped } of rows) {
    const clear = await secrets.unwrap(wrapped, bound(...values)).catch(() => null);
    if (clear === null) {
      failed += 1;
      continue;
    }
    const anew = await secrets.wrap(clear, bound(...values));
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${anew} where ${allOf(key, values)}`.execute(tx);
    done += 1;
  }
  return { done, failed };
}

function allOf(key: readonly string[], values: readonly string[]): RawBuilder<unknown> {
  return sql.join(key.map((name, at) => sql`${sql.ref(name)}::text = ${values[at] ?? ''}`), sql` and `);
}

/** Forgets older roots under which nothing is left. Not right after a renewal: what a running server wrapped a moment ago may not be written yet. */
export async function forgetRoots(tx: Tx, secrets: Secrets): Promise<number[]> {
  const used = new Set<number>((await secrets.roots()).slice(-1));
  for (const { table, column } of wrappedColumns) {
    const { rows } = await sql<{ wrapped: string }>`select ${sql.ref(column)} as wrapped from ${sql.table(table)} where ${sql.ref(column)} is not null`.execute(tx);
    for (const { wrapped } of rows) used.add(rootOfWrapped(wrapped) ?? 0);
  }
  const unused = (await secrets.roots()).filter((root) => !used.has(root));
  for (const root of unused) await secrets.forgetRoot(root);
  return unused;
}
