// What files for filling in and for correcting are made of, read while they are written.
import { sql } from 'kysely';
import type { Row, Workbook } from '../../documents/workbook/model.ts';
import type { Tx } from '../../kernel/database.ts';
import { found } from '../../kernel/context.ts';
import { entryContent } from '../activities/model.ts';
import type { LedgerKey } from '../activities/queries.ts';
import { rowsOf } from './planning.ts';
import { findPart, type StoredJob } from './queries.ts';
import type { KeptEntry, TemplateUnit } from './writing/template.ts';

export async function unitNamed(tx: Tx, code: string): Promise<TemplateUnit> {
  return found(await tx.selectFrom('unit').select(['code', 'name']).where('code', '=', code).executeTakeFirst(), 'unit', code);
}

const pageSize = 500;

/** Live entries of one kind, in order of day. */
export const entriesOfKind = {
  count: async (tx: Tx, ledger: LedgerKey, kind: string): Promise<number> => {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from activity where province_code = ${ledger.provinceCode} and edition_code = ${ledger.editionCode} and unit_code = ${ledger.unitCode} and kind = ${kind} and deleted_at is null`.execute(tx);
    return rows[0]?.count ?? 0;
  },
  read: async function* (tx: Tx, ledger: LedgerKey, kind: string): AsyncGenerator<KeptEntry> {
    let after = { day: '0001-01-01', id: '' };
    for (;;) {
      const { rows } = await sql<{ id: string; occurredOn: string; content: unknown }>`
        select id, occurred_on, content from activity
        where province_code = ${ledger.provinceCode} and edition_code = ${ledger.editionCode} and unit_code = ${ledger.unitCode} and kind = ${kind} and deleted_at is null
          and (occurred_on, id) > (${after.day}::date, ${after.id}) order by occurred_on, id limit ${pageSize}`.execute(tx);
      for (const { id, content } of rows) yield { id, content: entryContent.parse(content) };
      const last = rows.at(-1);
      if (last === undefined) return;
      after = { day: last.occurredOn, id: last.id };
    }
  },
};

/** Only the rows that something is wrong with, as they came, and what it is. The file can be corrected and uploaded again. */
export function problemWorkbook(tx: Tx, job: StoredJob, heading: string, problems: ReadonlyMap<number, string>): Workbook {
  const headerRow = job.headerRow;
  const width = Math.max(job.columns.length, ...job.firstRows.map((row) => row.length));
  const rows = async function* (): AsyncGenerator<Row> {
    for (let number = 0; number < job.partCount; number += 1) {
      const part = found(await findPart(tx, job.id, number), 'import_part', String(number));
      for (const [index, cells] of rowsOf(part.rows).entries()) {
        const row = part.firstRow + index;
        const text = problems.get(row);
        if (headerRow !== null && row === headerRow + 1) yield padded(cells, width).concat(heading).map((value) => ({ value, style: 'heading' }));
        else if (text !== undefined) yield [...padded(cells, width).map((value) => ({ value, style: 'text' })), { value: text, style: 'problem' }];
      }
    }
  };
  const columns = [...Array.from({ length: width }, () => ({ width: 18 })), { width: 60 }];
  const styles = { heading: { bold: true, fill: 'E7E6E6', border: 'thin' }, text: { format: '@' }, problem: { colour: 'C00000', wrap: true } } as const;
  return { sheets: [{ name: heading, columns, rows: rows(), headRows: headerRow === null ? 0 : 1 }], styles };
}

function padded(cells: readonly string[], width: number): string[] {
  return Array.from({ length: width }, (_, index) => cells[index] ?? '');
}
