// Everything from one database into another, table by table, read in one snapshot and filled in one transaction; then both sides
// are compared row for row by digests. Files of evidence and keys do not move: they lie beside the database, not in it.
import { sql } from 'kysely';
import { type Database, readInBatches, type Tx } from '../kernel/database.ts';
import { insertPart, isUnused, resumeNumbering } from './restoring.ts';
import { listMigrations, listTables, type TableShape } from './tables.ts';

export type MoveOutcome =
  | { readonly outcome: 'moved'; readonly tables: number; readonly rows: number }
  | { readonly outcome: 'not_empty' }
  | { readonly outcome: 'other_schema' }
  | { readonly outcome: 'differs'; readonly table: string };

export async function moveAll(from: Database, to: Database, progress: (table: string, rows: number) => void): Promise<MoveOutcome> {
  return from.snapshot(async (source): Promise<MoveOutcome> => {
    await patient(source);
    const tables = await listTables(source);
    const outcome = await to.write(async (target): Promise<MoveOutcome> => {
      await patient(target);
      if (JSON.stringify(await listMigrations(target)) !== JSON.stringify(await listMigrations(source))) return { outcome: 'other_schema' };
      if (!(await isUnused(target, await listTables(target)))) return { outcome: 'not_empty' };
      await sql`truncate ${sql.join(tables.map(({ name }) => sql.table(name)))}`.execute(target);
      let rows = 0;
      for (const table of tables) {
        const copied = await copyTable(source, target, tables, table);
        progress(table.name, copied);
        rows += copied;
      }
      return { outcome: 'moved', tables: tables.length, rows };
    });
    if (outcome.outcome !== 'moved') return outcome;
    const differing = await to.snapshot(async (target) => firstDifferent(source, target, tables));
    return differing === null ? outcome : { outcome: 'differs', table: differing };
  });
}

async function patient(tx: Tx): Promise<void> {
  await sql`set local statement_timeout = 0`.execute(tx);
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
}

async function copyTable(source: Tx, target: Tx, tables: readonly TableShape[], table: TableShape): Promise<number> {
  let copied = 0;
  for await (const rows of readInBatches(source, sql<{ row: string }>`select row_to_json(t)::text as row from ${sql.table(table.name)} t`, table.rowsAtOnce)) {
    copied += await insertPart(target, tables, table.name, Buffer.from(rows.map(({ row }) => row).join('\n')));
  }
  await resumeNumbering(target, table);
  return copied;
}

/** The first table whose rows are not the same on both sides. */
async function firstDifferent(source: Tx, target: Tx, tables: readonly TableShape[]): Promise<string | null> {
  await patient(target);
  for (const { name } of tables) {
    if ((await digestOf(source, name)) !== (await digestOf(target, name))) return name;
  }
  return null;
}

/** Of all rows in any order: their number, and the sum of the beginnings of their digests. */
async function digestOf(tx: Tx, table: string): Promise<string> {
  const { rows } = await sql<{ digest: string }>`
    select count(*)::text || ' ' || coalesce(sum(('x' || substr(md5(row_to_json(t)::text), 1, 15))::bit(60)::bigint::numeric), 0)::text as digest from ${sql.table(table)} t`.execute(tx);
  return rows[0]?.digest ?? '';
}
