// Which tables there are, in an order in which each comes after those it refers to. From the catalogue, so that a new table
// is in the backup without anybody thinking of it.
import { sql } from 'kysely';
import type { Tx } from '../kernel/database.ts';

export interface TableShape {
  readonly name: string;
  /** Columns numbered by the database itself. */
  readonly identity: readonly string[];
  /** How many rows are read and written at once: few, so that no more are held; all where rows refer to others of the same table. */
  readonly rowsAtOnce: number;
}

const few = 2_000;
const all = 1_000_000;

/** Our tables. The list of migrations is not one of them: it belongs to the schema, and goes into the header. */
export async function listTables(tx: Tx): Promise<TableShape[]> {
  const { rows: tables } = await sql<{ name: string; identity: string[]; circular: boolean }>`
    select c.relname as name, coalesce(array_agg(a.attname::text) filter (where a.attidentity <> ''), '{}') as identity,
      exists (select 1 from pg_constraint k where k.contype = 'f' and k.conrelid = c.oid and k.confrelid = c.oid) as circular
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname = current_schema() and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'schema_migration'
    group by c.oid, c.relname order by c.relname`.execute(tx);
  const { rows: references } = await sql<{ child: string; parent: string }>`
    select distinct c.relname as child, p.relname as parent from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
    where k.contype = 'f' and c.relname <> p.relname`.execute(tx);
  return inOrder(tables.map(({ name, identity, circular }) => ({ name, identity, rowsAtOnce: circular ? all : few })), references);
}

/** Each table after all it refers to; by name where nothing decides. */
export function inOrder(tables: readonly TableShape[], references: readonly { readonly child: string; readonly parent: string }[]): TableShape[] {
  const ordered: TableShape[] = [];
  const left = new Map(tables.map((table) => [table.name, table]));
  while (left.size > 0) {
    const ready = [...left.values()].filter(({ name }) => references.every(({ child, parent }) => child !== name || !left.has(parent)));
    if (ready.length === 0) throw new Error(`tables refer to each other in a circle: ${[...left.keys()].join(', ')}`);
    for (const table of ready) {
      ordered.push(table);
      left.delete(table.name);
    }
  }
  return ordered;
}

export interface AppliedMigration {
  readonly file: string;
  readonly sha256: string;
}

export async function listMigrations(tx: Tx): Promise<AppliedMigration[]> {
  return (await sql<AppliedMigration>`select file, sha256 from schema_migration order by file`.execute(tx)).rows;
}
