// A schema laid out anew as it was when a backup was made: everything of ours goes, then the migrations of that time. Part of
// the transaction that fills it, so that nobody ever finds it half done.
import { sql } from 'kysely';
import type { Tx } from '../kernel/database.ts';
import { type Migration, schemaLock, statementsOf } from '../kernel/migrate.ts';
import { type AppliedMigration, listMigrations } from './tables.ts';

/** The migrations a backup names, or the first of them that this program does not have so. */
export function migrationsOf(wanted: readonly AppliedMigration[], known: readonly Migration[]): { readonly migrations: readonly Migration[] } | { readonly missing: string } {
  const here = new Map(known.map((migration) => [migration.file, migration]));
  const migrations: Migration[] = [];
  for (const { file, sha256 } of wanted) {
    const migration = here.get(file);
    if (migration?.sha256 !== sha256) return { missing: file };
    migrations.push(migration);
  }
  return { migrations };
}

export async function isLaidOut(tx: Tx, wanted: readonly AppliedMigration[]): Promise<boolean> {
  const here = await listMigrations(tx);
  return here.length === wanted.length && here.every(({ file, sha256 }, index) => wanted[index]?.file === file && wanted[index]?.sha256 === sha256);
}

export async function layOut(tx: Tx, migrations: readonly Migration[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(${schemaLock})`.execute(tx);
  await dropAll(tx);
  for (const { text, values } of statementsOf(migrations)) {
    const [file, sha256] = values;
    // A file holds many statements, which the database takes together only without values.
    await (file === undefined ? sql.raw(text) : sql`insert into schema_migration (file, sha256) values (${file}, ${sha256})`).execute(tx);
  }
}

/** Tables, views, functions and types of our schema, not those an extension brought. */
async function dropAll(tx: Tx): Promise<void> {
  const { rows } = await sql<{ statement: string }>`
    with own as (select oid from pg_namespace where nspname = current_schema()),
    brought as (select objid from pg_depend where deptype = 'e')
    select format('drop %s if exists %s cascade', case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end, c.oid::regclass) as statement, case c.relkind when 'S' then 2 else 1 end as turn
      from pg_class c where c.relnamespace in (select oid from own) and c.relkind in ('r', 'p', 'v', 'm', 'S') and c.oid not in (select objid from brought)
    union all
    select format('drop routine if exists %s cascade', p.oid::regprocedure), 2 from pg_proc p where p.pronamespace in (select oid from own) and p.oid not in (select objid from brought)
    union all
    select format('drop type if exists %s cascade', t.oid::regtype), 3 from pg_type t
      where t.typnamespace in (select oid from own) and t.typtype in ('e', 'd') and t.oid not in (select objid from brought)
    order by turn, statement`.execute(tx);
  for (const { statement } of rows) await sql.raw(statement).execute(tx);
}
