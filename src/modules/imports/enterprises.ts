// Sheets of enterprises: into the register with what is known of them, or onto the unit's list of key enterprises as well.
import { type Context, found, raise } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import { problem } from '../../shared/problem.ts';
import { getEditionByCode } from '../editions/queries.ts';
import type { RecordContent } from '../enterprises/model.ts';
import { ensureEnterprises, listByCodes, listByNames } from '../enterprises/queries.ts';
import { listKnown, type UnitKey } from '../enterprises/register-reading.ts';
import { choose, writeDown } from '../enterprises/register.ts';
import { nameKeyOf } from '../enterprises/rules.ts';
import { bodyRows, plain, type PlannedRow, type SheetRow } from './planning.ts';
import type { StoredJob, StoredPart } from './queries.ts';
import { cleanCell } from './rules.ts';
import { knownWith, onlyNamed, readEnterpriseRow } from './rules/enterprise-rows.ts';
import { fieldsOf, isNoRow } from './rules/rows.ts';

export interface PlannedEnterprise extends PlannedRow {
  readonly enterprise: { readonly uscc: string; readonly name: string } | null;
  /** What the row adds to what is written down; null when nothing. */
  readonly adds: RecordContent | null;
}

const unitOf = (job: StoredJob): UnitKey => ({ provinceCode: job.provinceCode, editionCode: job.editionCode, unitCode: job.unitCode });

/** New, when the row brings anything that is not there; else the same, or wrong. A name once registered stays: that the sheet has another is only said. */
export async function planEnterprises(tx: Tx, job: StoredJob, part: StoredPart): Promise<PlannedEnterprise[]> {
  const rows = bodyRows(job, part).filter(({ cells }) => !isNoRow(cells)).map(({ row, cells }) => {
    const fields = fieldsOf(cells, job.columns);
    return { sheetRow: { row, cells, key: '', fields }, ...readEnterpriseRow(fields) };
  });
  const named = await listByNames(tx, rows.flatMap(({ enterprise }) => (enterprise !== null && enterprise.uscc === null ? [enterprise.name] : [])));
  const codes = rows.flatMap(({ enterprise }) => enterprise?.uscc ?? []);
  const register = new Map((await listByCodes(tx, [...new Set(codes)])).map(({ uscc, name }) => [uscc, name]));
  const known = new Map((await listKnown(tx, unitOf(job), [...new Set([...codes, ...named.map(({ uscc }) => uscc)])])).map((one) => [one.uscc, one]));
  const met = new Set<string>();
  return rows.map(({ sheetRow, enterprise, issues }): PlannedEnterprise => {
    const label = { label: labelOf(enterprise?.name, sheetRow) };
    const wrong = (told: PlannedRow['issues']): PlannedEnterprise => ({ ...plain(sheetRow, 'wrong', { issues: told, cells: sheetRow.cells, ...label }), enterprise: null, adds: null });
    if (enterprise === null) return wrong(issues);
    const byName = enterprise.uscc === null;
    const only = enterprise.uscc === null ? onlyNamed(enterprise.name, named) : { uscc: enterprise.uscc, name: enterprise.name };
    if (typeof only === 'string') return wrong([{ column: 'uscc', issue: { path: 'uscc', rule: only } }]);
    const registered = byName ? only.name : register.get(only.uscc);
    const again = met.has(only.uscc);
    met.add(only.uscc);
    const before = known.get(only.uscc);
    const adds = knownWith(before?.record ?? null, enterprise.known);
    const comes = registered === undefined || adds !== null || (job.subject === 'targets' && before?.target !== true);
    return { ...plain(sheetRow, comes && !again ? 'new' : 'same', { issues: toldOf({ ...only, byName }, enterprise.name, registered), ...label }), enterprise: only, adds };
  });
}

function labelOf(name: string | undefined, { fields }: SheetRow): string {
  return (name ?? (cleanCell(fields.get('name') ?? '') || cleanCell(fields.get('uscc') ?? ''))).slice(0, 100);
}

/** What is said of a row that can be taken. */
function toldOf({ uscc, byName }: { readonly uscc: string; readonly byName: boolean }, name: string, registered: string | undefined): PlannedRow['issues'] {
  if (byName) return [{ column: 'uscc', issue: { path: 'uscc', rule: 'code_by_name', code: uscc } }];
  if (registered === undefined || nameKeyOf(registered) === nameKeyOf(name)) return [];
  return [{ column: 'name', issue: { path: 'name', rule: 'registered_otherwise', name: registered } }];
}

export async function takeEnterprises(context: Context, job: StoredJob, part: StoredPart): Promise<readonly PlannedRow[]> {
  if ((await getEditionByCode(context.tx, job.editionCode)).closedAt !== null) raise(problem('refused_by_rule', { rule: 'edition_closed' }));
  const rows = await planEnterprises(context.tx, job, part);
  const fresh = rows.flatMap(({ verdict, enterprise, adds }) => (verdict === 'new' && enterprise !== null ? [{ ...enterprise, adds }] : []));
  const ids = await ensureEnterprises(context.tx, fresh, { accountId: context.actor.accountId, now: context.now });
  const taken = fresh.map((one) => ({ ...one, id: found(ids.get(one.uscc), 'enterprise', one.uscc) }));
  await writeDown(context, unitOf(job), taken.flatMap(({ id, adds }) => (adds === null ? [] : [{ id, content: adds }])));
  if (job.subject === 'targets') await choose(context, unitOf(job), taken, true);
  return rows;
}
