// Units, accounts and the audit trail as tables.
import { sql } from 'kysely';
import { found, raise } from '../../kernel/context.ts';
import { readInBatches, type Tx } from '../../kernel/database.ts';
import { problem } from '../../shared/problem.ts';
import { provinceOfUnit } from '../../shared/province.ts';
import { nationUnit } from '../../shared/wire.ts';
import { authorise } from '../access/queries.ts';
import { verbsAt } from '../access/rules.ts';
import { actionNames, subjectNames } from '../audit/model.ts';
import { findCurrentEditionCode } from '../editions/queries.ts';
import { listAccountsAt } from '../people/queries.ts';
import type { UnitKind } from '../units/model.ts';
import { findPlacement } from '../units/queries.ts';
import { momentText } from './rules.ts';
import { dateColumn, type ExportRequest, type ExportRow, numberColumn, type OpenedExport, textColumn, wholeTable } from './tables.ts';
import type { ExportWords } from './words.ts';

interface UnitRow {
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly kind: UnitKind;
  readonly parentCode: string | null;
  readonly upper: string | null;
  readonly depth: number;
  readonly validFrom: string;
}

/** The unit and all below it, in tree order. For whoever has something to do there. */
export async function openUnits({ context, edition, unitCode, words }: ExportRequest): Promise<OpenedExport> {
  const placement = found(await findPlacement(context.tx, edition, unitCode), 'unit', unitCode);
  if (verbsAt(context.actor, placement).length === 0) raise(problem('not_permitted', { verb: 'change_units', unitCode }));
  const within = unitCode === nationUnit ? sql`true` : sql`p.province_code = ${placement.provinceCode} and ${unitCode} in (p.unit_code, p.p1, p.p2, p.p3, p.parent_code)`;
  const { rows } = await sql<UnitRow>`
    select u.code, u.name, u.short_name, u.kind, p.parent_code, upper.name as upper, p.depth, u.valid_from
    from placement p join unit u on u.code = p.unit_code left join unit upper on upper.code = p.parent_code
    where p.edition_code = ${edition} and ${within} order by p.sort`.execute(context.tx);
  const heads = words.units;
  const columns = [
    textColumn(heads.code, 10), textColumn(heads.name, 30), textColumn(heads.shortName, 14), textColumn(heads.kind, 10), textColumn(heads.upperCode, 10), textColumn(heads.upper, 30), numberColumn(heads.depth, 7),
    dateColumn(heads.validFrom),
  ];
  return wholeTable(columns, rows.map((row): ExportRow => [row.code, row.name, row.shortName, words.unitKinds[row.kind], row.parentCode, row.upper, row.depth, row.validFrom]));
}

/** Rights beside any edition are those in the edition people work in, as on the pages. */
async function currentEdition({ tx }: ExportRequest['context']): Promise<string> {
  return found(await findCurrentEditionCode(tx), 'edition', 'current');
}

export async function openAccounts({ context, unitCode, words }: ExportRequest): Promise<OpenedExport> {
  await authorise(context, 'read_accounts', await currentEdition(context), unitCode);
  const accounts = await listAccountsAt(context.tx, unitCode);
  const heads = words.accounts;
  const columns = [textColumn(heads.name, 12), textColumn(heads.signInName, 20), textColumn(heads.roles, 40), textColumn(heads.state, 28)];
  return wholeTable(
    columns,
    accounts.map(({ displayName, signInName, grants, disabledAt, hasPassword }): ExportRow => [
      displayName, signInName, grants.map(({ role, unitShortName }) => words.roleAt(words.roles[role], unitShortName)).join(words.separator),
      disabledAt === null ? (hasPassword ? heads.active : heads.waiting) : `${heads.disabled} ${momentText(disabledAt)}`,
    ]),
  );
}

interface AuditRow {
  readonly id: number;
  readonly at: string;
  readonly accountName: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly basis: string | null;
}

const eventsAtOnce = 2_000;

export async function openAudit({ context, unitCode, words }: ExportRequest): Promise<OpenedExport> {
  await authorise(context, 'read_audit', await currentEdition(context), unitCode);
  const held = sql`province_code = ${provinceOfUnit(unitCode)} and unit_code = ${unitCode}`;
  const counted = async (tx: Tx): Promise<number> => (await sql<{ total: number }>`select count(*) as total from audit_event where ${held}`.execute(tx)).rows[0]?.total ?? 0;
  const heads = words.audit;
  const columns = [
    numberColumn(heads.number, 10), textColumn(heads.at, 19), textColumn(heads.who, 12), textColumn(heads.action, 24), textColumn(heads.subject, 14), textColumn(heads.subjectId, 40), textColumn(heads.basis, 24),
    textColumn(heads.before, 40), textColumn(heads.after, 40),
  ];
  const statement = sql<AuditRow>`
    select id, to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS') as at, account_name, action, subject_kind, subject_id, before::text as before, after::text as after, basis
    from audit_event where ${held} order by id desc`;
  const rowOf = (row: AuditRow): ExportRow => [row.id, row.at, whoOf(row.accountName, words), actionNames[row.action]?.[words.language] ?? row.action, subjectNames[row.subjectKind]?.[words.language] ?? row.subjectKind, row.subjectId, row.basis, row.before, row.after];
  return {
    rows: await counted(context.tx), filter: [], basis: null,
    open: async (tx) => ({
      columns, rows: await counted(tx),
      async *batches() {
        for await (const rows of readInBatches(tx, statement, eventsAtOnce)) yield rows.map(rowOf);
      },
    }),
  };
}

/** The kernel's names for those who are nobody: the machine, and people before they are signed in. */
function whoOf(accountName: string, { audit }: ExportWords): string {
  if (accountName === 'system') return audit.system;
  return accountName === 'anonymous' ? audit.notSignedIn : accountName;
}
