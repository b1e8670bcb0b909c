// Who holds which post at a unit and above it.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import { nationUnit } from '../../shared/wire.ts';
import type { Placement } from '../units/queries.ts';
import type { Holder } from './contract.ts';

/** Posts at the unit and at those above, each with its people. A post nobody holds is not there. */
export async function listHolders(tx: Tx, { unitCode, parentCode, p1, p2, p3 }: Placement, { accountId, named }: { readonly accountId: string; readonly named: boolean }): Promise<Holder[]> {
  const units = [...new Set([unitCode, parentCode, p3, p2, p1, nationUnit].filter((code) => code !== null))];
  const { rows } = await sql<Holder>`
    select g.role, g.unit_code, u.name as unit_name, bool_or(a.id = ${accountId}) as me,
      case when ${named}::boolean then array_agg(a.display_name order by a.display_name) else '{}' end as names
    from role_grant g join account a on a.id = g.account_id join unit u on u.code = g.unit_code
    where g.unit_code = any(${units}::text[]) and a.disabled_at is null
    group by g.role, g.unit_code, u.name order by array_position(${units}::text[], g.unit_code), g.role`.execute(tx);
  return rows;
}

export async function listUnitNames(tx: Tx, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.selectFrom('unit').select(['code', 'name']).where('code', 'in', codes).execute();
  return new Map(rows.map(({ code, name }) => [code, name]));
}
