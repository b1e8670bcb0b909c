// The register of a unit, how far its key enterprises are served, and contacts, as tables.
import { sql } from 'kysely';
import { readInBatches } from '../../kernel/database.ts';
import { authorise } from '../access/queries.ts';
import { openContact } from '../enterprises/contacts.ts';
import { readCoverageBelow, readOwnCoverage } from '../enterprises/coverage-reading.ts';
import { type ContactPurpose, contactPurpose } from '../enterprises/model.ts';
import { countRegisterRows, type RegisterFilter, registerStatement, type UnitKey } from '../enterprises/register-reading.ts';
import type { ExportSubject } from './model.ts';
import { getUnitNames } from './names.ts';
import { dateColumn, type ExportRequest, type ExportRow, numberColumn, type OpenedExport, textColumn, wholeTable } from './tables.ts';

const rowsAtOnce = 2_000;

async function unitOf({ context, edition, unitCode }: ExportRequest, verb: 'read_ledger' | 'read_figures' | 'read_contacts'): Promise<UnitKey> {
  const unit = await authorise(context, verb, edition, unitCode);
  return { provinceCode: unit.provinceCode, editionCode: edition, unitCode };
}

/** Whatever a unit knows of enterprises beside its ledger. */
type OfKnown = Extract<ExportSubject, { readonly kind: 'register' | 'coverage' | 'contacts' }>;

export function isOfKnown(subject: ExportSubject): subject is OfKnown {
  return subject.kind === 'register' || subject.kind === 'coverage' || subject.kind === 'contacts';
}

export function openKnown(request: ExportRequest, subject: OfKnown): Promise<OpenedExport> {
  if (subject.kind === 'register') return openRegister(request, subject.filter);
  return subject.kind === 'coverage' ? openCoverage(request) : openContacts(request);
}

async function openRegister(request: ExportRequest, filter: RegisterFilter): Promise<OpenedExport> {
  const unit = await unitOf(request, 'read_ledger');
  const { register: heads, tags, filters, separator } = request.words;
  const columns = [
    textColumn(heads.uscc, 22), textColumn(heads.name, 36), textColumn(heads.tags, 24), textColumn(heads.industry, 16), textColumn(heads.address, 36), textColumn(heads.target, 10), numberColumn(heads.services),
    dateColumn(heads.last), textColumn(heads.note, 36),
  ];
  const yesNo = (value: boolean): string => (value ? heads.yes : heads.no);
  const asked: [string, string][] = [
    ...(filter.query === undefined ? [] : [[filters.query, filter.query] as [string, string]]), ...(filter.tag === undefined ? [] : [[filters.tag, tags[filter.tag]] as [string, string]]),
    ...(filter.target === undefined ? [] : [[filters.target, yesNo(filter.target === 'yes')] as [string, string]]), ...(filter.served === undefined ? [] : [[filters.served, yesNo(filter.served === 'yes')] as [string, string]]),
  ];
  return {
    rows: await countRegisterRows(request.context.tx, unit, filter), filter: asked, basis: null,
    open: async (tx) => ({
      columns, rows: await countRegisterRows(tx, unit, filter),
      async *batches() {
        for await (const rows of readInBatches(tx, registerStatement(unit, filter), rowsAtOnce)) {
          yield rows.map((row): ExportRow => [row.uscc, row.name, row.tags.map((tag) => tags[tag]).join(separator), row.industry, row.address, yesNo(row.target), row.services, row.lastServedOn, row.note]);
        }
      },
    }),
  };
}

async function openCoverage(request: ExportRequest): Promise<OpenedExport> {
  const unit = await unitOf(request, 'read_figures');
  const { tx } = request.context;
  const own = await readOwnCoverage(tx, unit);
  const { total, units } = await readCoverageBelow(tx, unit, false);
  const { coverage: heads } = request.words;
  const columns = [textColumn(heads.unit, 34), textColumn(heads.code, 10), numberColumn(heads.targets, 12), numberColumn(heads.served), numberColumn(heads.percent, 12)];
  const rowOf = (name: string, code: string, { targets, served }: { readonly targets: number; readonly served: number }): ExportRow => [name, code, targets, served, targets === 0 ? null : Math.round((served * 1000) / targets) / 10];
  const { name } = await getUnitNames(tx, unit.unitCode);
  return wholeTable(columns, [
    rowOf(`${name}（${heads.own}）`, unit.unitCode, own), ...units.map((one) => rowOf(one.unitName, one.unitCode, one)), ...(units.length === 0 ? [] : [rowOf(heads.total, unit.unitCode, total)]),
  ]);
}

interface ContactRow {
  readonly id: string;
  readonly sealed: string;
  readonly uscc: string;
  readonly name: string;
  readonly purposes: ContactPurpose[];
  readonly toldOn: string;
  readonly toldBy: string;
}

/** Who may read contacts may take them out, with a factor proved anew and a reason. Opened one by one: there are some hundreds. */
async function openContacts(request: ExportRequest): Promise<OpenedExport> {
  const { provinceCode, unitCode } = await unitOf(request, 'read_contacts');
  const { contacts: heads, purposes, separator } = request.words;
  const { rows } = await sql<ContactRow>`
    select c.id, c.sealed, e.uscc, e.name, c.purposes, c.told_on, c.told_by from enterprise_contact c join enterprise e on e.id = c.enterprise_id
    where c.province_code = ${provinceCode} and c.unit_code = ${unitCode} and c.sealed is not null order by e.name, e.uscc, c.created_at, c.id`.execute(request.context.tx);
  const columns = [
    textColumn(heads.uscc, 22), textColumn(heads.enterprise, 36), textColumn(heads.name, 12), textColumn(heads.post, 16), textColumn(heads.telephone, 18), textColumn(heads.email, 28), textColumn(heads.purposes, 36),
    dateColumn(heads.toldOn), textColumn(heads.toldBy, 12),
  ];
  const told: ExportRow[] = [];
  for (const { uscc, name, toldOn, toldBy, ...row } of rows) {
    const person = await openContact(request.context.secrets, row);
    told.push([uscc, name, person.name, person.post, person.telephone, person.email, contactPurpose.options.filter((one) => row.purposes.includes(one)).map((one) => purposes[one]).join(separator), toldOn, toldBy]);
  }
  return wholeTable(columns, told);
}
