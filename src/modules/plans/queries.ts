// What is stored of local plans.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { CalendarDate, Instant } from '../../shared/instant.ts';
import type { Placement } from '../units/queries.ts';
import { type IssuedPlan, planContent, type PlanContent } from './model.ts';

export interface StoredPlan {
  readonly version: number;
  readonly content: PlanContent;
  readonly issued: IssuedPlan | null;
  readonly changedByName: string;
  readonly changedAt: Instant;
  readonly demonstration: boolean;
}

interface Row {
  readonly unitCode: string;
  readonly unitName: string;
  readonly version: number;
  readonly content: unknown;
  readonly issuedVersion: number | null;
  readonly issued: unknown;
  readonly issuedAt: Instant | null;
  readonly issuedByName: string | null;
  readonly changedByName: string;
  readonly changedAt: Instant;
  readonly demonstration: boolean;
}

function storedOf({ unitCode, unitName, issuedVersion, issued, issuedAt, issuedByName, content, ...row }: Row): StoredPlan {
  const one = issuedVersion === null || issuedAt === null || issuedByName === null ? null : { unitCode, unitName, version: issuedVersion, issuedAt, issuedByName, content: planContent.parse(issued) };
  return { ...row, content: planContent.parse(content), issued: one };
}

/** With `hold` the plan is locked until the transaction ends. */
export async function findPlan(tx: Tx, editionCode: string, unit: Pick<Placement, 'provinceCode' | 'unitCode'>, hold = false): Promise<StoredPlan | undefined> {
  const { rows } = await sql<Row>`
    select p.unit_code, u.name as unit_name, p.version, p.content, p.issued_version, p.issued, p.issued_at, p.issued_by_name, p.changed_by_name, p.changed_at, p.demonstration
    from work_plan p join unit u on u.code = p.unit_code
    where p.province_code = ${unit.provinceCode} and p.edition_code = ${editionCode} and p.unit_code = ${unit.unitCode} ${hold ? sql`for update of p` : sql``}`.execute(tx);
  const [row] = rows;
  return row === undefined ? undefined : storedOf(row);
}

export interface PlanStep {
  readonly change: 'drafted' | 'saved' | 'issued' | 'activity';
  readonly version: number;
  readonly content: PlanContent;
  readonly accountId: string;
  readonly accountName: string;
  readonly now: Instant;
}

/** The next state; false when somebody else began the plan meanwhile. */
export async function savePlanStep(tx: Tx, editionCode: string, { provinceCode, unitCode }: Pick<Placement, 'provinceCode' | 'unitCode'>, { change, version, content, accountId, accountName, now }: PlanStep): Promise<boolean> {
  const document = JSON.stringify(content);
  if (change === 'drafted') {
    const made = await tx
      .insertInto('workPlan').values({ provinceCode, editionCode, unitCode, version, content: document, issuedVersion: null, issued: null, issuedAt: null, issuedByName: null, createdBy: accountId, changedByName: accountName, changedAt: now })
      .onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
    if ((made.numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
  } else {
    const issued = change === 'issued' ? { issuedVersion: version, issued: document, issuedAt: now, issuedByName: accountName } : {};
    await tx
      .updateTable('workPlan').set({ version, content: document, changedByName: accountName, changedAt: now, ...issued })
      .where('provinceCode', '=', provinceCode).where('editionCode', '=', editionCode).where('unitCode', '=', unitCode).execute();
  }
  await tx.insertInto('workPlanVersion').values({ provinceCode, editionCode, unitCode, version, change, content: document, accountId, accountName, at: now }).execute();
  return true;
}

/** Whether this is an entry of the unit's ledger that counts. */
export async function isOwnEntry(tx: Tx, editionCode: string, unit: Placement, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('activity').select('id').where('provinceCode', '=', unit.provinceCode).where('id', '=', id).where('unitCode', '=', unit.unitCode).where('editionCode', '=', editionCode).where('deletedAt', 'is', null).executeTakeFirst();
  return row !== undefined;
}

/** Activities planned between two days: of the unit as it writes them, where `own`, and of what units below issued. */
export async function listPlanned(tx: Tx, editionCode: string, unit: Placement, own: boolean, between: { readonly from: CalendarDate; readonly to: CalendarDate }) {
  const scope = unit.depth === 0 ? sql`true` : sql`pl.province_code = ${unit.provinceCode} and (pl.unit_code = ${unit.unitCode} or ${unit.unitCode} in (pl.p1, pl.p2, pl.p3))`;
  const { rows } = await sql<{ unitCode: string; unitName: string; day: CalendarDate; title: string; place: string; done: boolean }>`
    select pl.unit_code, u.name as unit_name, a->>'onDay' as day, a->>'title' as title, a->>'place' as place, a->>'entry' is not null as done
    from placement pl join unit u on u.code = pl.unit_code
    join work_plan p on p.province_code = pl.province_code and p.edition_code = pl.edition_code and p.unit_code = pl.unit_code
    cross join lateral jsonb_array_elements(case when ${own} and p.unit_code = ${unit.unitCode} then p.content->'activities' else coalesce(p.issued->'activities', '[]'::jsonb) end) a
    where pl.edition_code = ${editionCode} and ${scope} and a->>'onDay' between ${between.from} and ${between.to}
    order by day, pl.unit_code limit 1000`.execute(tx);
  return rows;
}
