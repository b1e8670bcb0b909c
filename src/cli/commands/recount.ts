// fuwuyue recount: counts all figures of an edition anew from the ledger and reports where they had differed. They should never.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import { getEditionByCode } from '../../modules/editions/queries.ts';
import { counterLimit } from '../../modules/figures/model.ts';
import { rebuildFigures } from '../../modules/figures/queries.ts';
import type { Outcome } from '../terminal.ts';

interface Difference {
  readonly unitCode: string;
  readonly origin: string;
  /** s1 to s64, entries, ledger_no. */
  readonly column: string;
  readonly before: number;
  readonly after: number;
}

const columns = ['entries', 'ledger_no', ...Array.from({ length: counterLimit }, (_, index) => `s${index + 1}`)];

/** Leaves the figures as the ledger has them. Held: nothing differed. */
export async function recount(tx: Tx, editionCode: string): Promise<Outcome> {
  await sql`set local statement_timeout = 0`.execute(tx);
  await getEditionByCode(tx, editionCode);
  // As the rebuild takes them, so that no writer comes between what is read here and what is counted anew.
  await sql`lock table presence in exclusive mode`.execute(tx);
  await sql`lock table figure_row in exclusive mode`.execute(tx);
  const before = await readRows(tx, editionCode);
  await rebuildFigures(tx, editionCode);
  const after = await readRows(tx, editionCode);
  const differences = [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((key) => differencesOf(key, before.get(key) ?? {}, after.get(key) ?? {}));
  const lines = differences.slice(0, 50).map(({ unitCode, origin, column, before: was, after: is }) => `${unitCode} ${origin} ${column}: ${was} → ${is}`);
  const verdict = differences.length === 0
    ? `${after.size} 行数据与台账一致。${after.size} rows of figures are what the ledger says.`
    : `${differences.length} 处与台账不一致，已按台账更正。${differences.length} figures differed from the ledger and were corrected.`;
  return { held: differences.length === 0, document: { edition: editionCode, rows: after.size, differences }, lines: [...lines, verdict] };
}

type Row = { readonly [column: string]: unknown };

async function readRows(tx: Tx, editionCode: string): Promise<Map<string, Row>> {
  const { rows } = await sql<{ unitCode: string; origin: string; row: Row }>`
    select unit_code, origin, to_jsonb(f) as row from figure_row f where edition_code = ${editionCode}`.execute(tx);
  return new Map(rows.map(({ unitCode, origin, row }) => [`${unitCode} ${origin}`, row]));
}

function differencesOf(key: string, before: Row, after: Row): Difference[] {
  const [unitCode = '', origin = ''] = key.split(' ');
  return columns
    .map((column) => ({ unitCode, origin, column, before: Number(before[column] ?? 0), after: Number(after[column] ?? 0) }))
    .filter((difference) => difference.before !== difference.after);
}
