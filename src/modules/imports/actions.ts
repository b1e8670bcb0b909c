// What is done with sheets: read, mapped, looked at, taken part by part, taken back. Whoever may write the ledger may import into it.
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { writeWorkbook, workbookMediaType } from '../../documents/workbook.ts';
import { demandChecked } from '../../kernel/checked-upload.ts';
import { type Context, found, implement, type Implementation, implementInStages, type OutsideContext, raise, type StreamAnswer } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import { sha256Of } from '../../kernel/digest.ts';
import { type Json, problem } from '../../shared/problem.ts';
import { recordId } from '../../shared/province.ts';
import { authorise } from '../access/queries.ts';
import { openLedger } from '../activities/actions.ts';
import { changeInBulk, lockActivities } from '../activities/bulk.ts';
import type { LedgerKey } from '../activities/queries.ts';
import { getEditionByCode } from '../editions/queries.ts';
import type { EditionDefinition } from '../editions/model.ts';
import * as contract from './contract.ts';
import { planEnterprises, takeEnterprises } from './enterprises.ts';
import { type ImportCounts, type ImportSubject, type MissingRows, rowsPerPart } from './model.ts';
import { type PlannedRow, bodyRows, contentOf, keyMaker, kindOf, planLedger, rowsOf } from './planning.ts';
import {
  findEntries, findHeading, findJob, findPart, forgetRowEntries, insertJob, insertRowEntries, listJobs, listUntouched, lockJob, readMissing, saveHeading, saveJob, saveKeys, type StoredJob, type StoredPart,
} from './queries.ts';
import { columnsFor, headingKey } from './rules.ts';
import { readUpload } from './uploads.ts';
import { entriesOfKind, problemWorkbook, unitNamed } from './downloads.ts';
import { enterprisesKind, enterpriseTemplate, ledgerTemplate } from './writing/template.ts';

/** What headings are remembered under: a kind of entry, or enterprises. */
const kindKey = (job: Pick<StoredJob, 'kind'>): string => job.kind ?? enterprisesKind;

async function authoriseUpload(context: Pick<Context, 'tx' | 'actor'>, input: { readonly edition: string; readonly unitCode: string; readonly subject: ImportSubject; readonly kind?: string | null | undefined }) {
  const unit = await authorise(context, 'write_ledger', input.edition, input.unitCode);
  const edition = await getEditionByCode(context.tx, input.edition);
  if (edition.closedAt !== null) raise(problem('refused_by_rule', { rule: 'edition_closed' }));
  const kind = input.subject === 'ledger' ? kindOf(edition.definition, input.kind ?? null) : null;
  return { unit, definition: edition.definition, kind };
}

/** Authorised once before anything slow is done, and again inside. */
async function authoriseOutside<T>(context: OutsideContext, work: (within: Pick<Context, 'tx' | 'actor'>) => Promise<T>): Promise<T> {
  const { actor } = context;
  if (actor === null) raise(problem('not_signed_in'));
  return context.read((tx) => work({ tx, actor }));
}

const upload = implementInStages(
  contract.uploadImport,
  async (context, input) => {
    const { kind } = await authoriseOutside(context, (within) => authoriseUpload(within, input));
    await demandChecked(context, input.unitCode, 'import');
    return readUpload(context.bytes, input.fileName, columnsFor(kind));
  },
  async (context, input, sheet) => {
    const { unit, kind } = await authoriseUpload(context, input);
    const id = recordId(unit.provinceCode, randomUUID());
    const fingerprint = fingerprintOf(sheet.firstRows, sheet.headings.row);
    const remembered = await findHeading(context.tx, { provinceCode: unit.provinceCode, unitCode: input.unitCode, kind: kindKey({ kind: kind?.code ?? null }), fingerprint });
    const job = await insertJob(context.tx, {
      provinceCode: unit.provinceCode, id, editionCode: input.edition, unitCode: input.unitCode, subject: input.subject, kind: kind?.code ?? null, fileName: input.fileName, sha256: sheet.sha256,
      marker: sheet.marker === null ? null : JSON.stringify(sheet.marker), firstRows: JSON.stringify(sheet.firstRows), headerRow: sheet.headings.row,
      columns: JSON.stringify(remembered ?? sheet.headings.columns), rowCount: sheet.rowCount, partCount: sheet.parts.length,
      accountId: context.actor.accountId, accountName: context.actor.name, createdAt: context.now, changedAt: context.now,
    }, sheet.parts);
    record(context, job, 'imports.upload', { fileName: job.fileName, sha256: sheet.sha256, rows: job.rowCount, kind: job.kind });
    return job;
  },
);

function fingerprintOf(rows: readonly (readonly string[])[], headerRow: number | null): string {
  return sha256Of((headerRow === null ? [] : (rows[headerRow] ?? [])).map(headingKey).join('\n'));
}

function record(context: Context, job: StoredJob, action: string, after: { readonly [key: string]: Json }): void {
  context.record({ action, unitCode: job.unitCode, subjectKind: 'import', subjectId: job.id, after });
}

const list = implement(contract.listImports, async (context, { edition, unitCode }) => {
  const unit = await authorise(context, 'write_ledger', edition, unitCode);
  return { imports: await listJobs(context.tx, { provinceCode: unit.provinceCode, editionCode: edition, unitCode }) };
});

async function authorisedJob(context: Pick<Context, 'tx' | 'actor'>, id: string): Promise<StoredJob> {
  const job = found(await findJob(context.tx, id), 'import', id);
  await authorise(context, 'write_ledger', job.editionCode, job.unitCode);
  return job;
}

const get = implement(contract.getImport, async (context, { id }) => authorisedJob(context, id));

function refuseState(job: StoredJob): never {
  return raise(problem('wrong_state', { kind: 'import', state: job.state, nextPart: job.nextPart }));
}

const map = implementInStages(
  contract.mapImport,
  async (context, { id, headerRow, columns }) => {
    const { job, definition } = await authoriseOutside(context, async (within) => {
      const own = await authorisedJob(within, id);
      return { job: own, definition: (await getEditionByCode(within.tx, own.editionCode)).definition };
    });
    return keysOf(context, { ...job, headerRow, columns }, definition);
  },
  async (context, { id, headerRow, columns }, keys) => {
    const job = await lockedJob(context, id);
    if (job.state !== 'uploaded' && job.state !== 'mapped') refuseState(job);
    const { definition } = await getEditionByCode(context.tx, job.editionCode);
    refuseColumns(columns, columnsFor(job.kind === null ? null : kindOf(definition, job.kind)).map(({ name }) => name));
    await saveKeys(context.tx, job, keys);
    const missing: MissingRows = job.kind === null ? { count: 0, first: [] } : await readMissing(context.tx, job, job.kind, new Set(keys.flat()));
    await saveHeading(context.tx, { provinceCode: job.provinceCode, unitCode: job.unitCode, kind: kindKey(job), fingerprint: fingerprintOf(job.firstRows, headerRow) }, columns, context.now);
    record(context, job, 'imports.map', { headerRow, columns });
    return saveJob(context.tx, job, { headerRow, columns, missing, state: 'mapped' }, context.now);
  },
);

function refuseColumns(columns: readonly (string | null)[], known: readonly string[]): void {
  const issues = columns.flatMap((name, index) => {
    const path = `columns.${index}`;
    if (name === null) return [];
    if (!known.includes(name)) return [{ path, rule: 'unknown_column' }];
    return columns.indexOf(name) === index ? [] : [{ path, rule: 'given_twice' }];
  });
  if (issues.length > 0) raise(problem('invalid_input', { issues }));
}

/** Who each row is. Some ten milliseconds a part: others come in between. */
async function keysOf(context: OutsideContext, job: StoredJob, definition: EditionDefinition): Promise<string[][]> {
  const keyOf = keyMaker(definition, job.columns);
  const keys: string[][] = [];
  for (let number = 0; number < job.partCount; number += 1) {
    const part = found(await context.read((tx) => findPart(tx, job.id, number)), 'import_part', String(number));
    const body = new Map(bodyRows(job, part).map(({ row, cells }) => [row, cells]));
    keys.push(rowsOf(part.rows).map((_cells, index) => {
      const cells = body.get(part.firstRow + index);
      return cells === undefined ? '' : keyOf(cells);
    }));
    await setImmediate();
  }
  return keys;
}

async function lockedJob(context: Context, id: string): Promise<StoredJob> {
  await authorisedJob(context, id);
  return found(await lockJob(context.tx, id), 'import', id);
}

const ledgerOf = (job: StoredJob): LedgerKey => ({ provinceCode: job.provinceCode, editionCode: job.editionCode, unitCode: job.unitCode });

const check = implement(contract.checkImport, async (context, { id, part: number }) => {
  const job = await authorisedJob(context, id);
  if (job.state === 'uploaded') refuseState(job);
  const part = found(await findPart(context.tx, id, number), 'import_part', String(number));
  if (job.subject !== 'ledger') return { rows: await planEnterprises(context.tx, job, part) };
  const { definition } = await getEditionByCode(context.tx, job.editionCode);
  const ledger = ledgerOf(job);
  return { rows: await planLedger(context.tx, { job, part, ledger, definition, now: context.now, entries: (ids) => findEntries(context.tx, ledger, ids) }) };
});

const apply = implement(contract.applyImport, async (context, { id, part: number, changes }) => {
  const job = await lockedJob(context, id);
  if ((job.state !== 'mapped' && job.state !== 'applying') || number !== job.nextPart) refuseState(job);
  const part = found(await findPart(context.tx, id, number), 'import_part', String(number));
  const rows = job.subject !== 'ledger' ? await takeEnterprises(context, job, part) : await takeRows(context, job, part, changes);
  const counts = addedUp(job.counts, rows, changes);
  const nextPart = number + 1;
  record(context, job, 'imports.apply', { part: number, rows: rows.length, changes, new: counts.new - job.counts.new, changed: counts.changed - job.counts.changed });
  return saveJob(context.tx, job, { nextPart, counts, state: nextPart === job.partCount ? 'applied' : 'applying' }, context.now);
});

async function takeRows(context: Context, job: StoredJob, part: StoredPart, changes: boolean): Promise<readonly PlannedRow[]> {
  const ledger = await openLedger(context, job.editionCode, job.unitCode);
  const { key, edition } = ledger;
  const held = new Map<string, Awaited<ReturnType<typeof lockActivities>> extends Map<string, infer E> ? E : never>();
  const entries = async (ids: readonly string[]) => {
    for (const [one, entry] of await lockActivities(context.tx, key, ids)) held.set(one, entry);
    return held;
  };
  const rows = await planLedger(context.tx, { job, part, ledger: key, definition: edition.definition, now: context.now, entries });
  const fresh = rows.filter(({ verdict }) => verdict === 'new');
  const changed = changes ? rows.filter(({ verdict }) => verdict === 'changed') : [];
  if (fresh.length + changed.length === 0) return rows;
  const { ids } = await changeInBulk(context, ledger, {
    recorded: fresh.map(contentOf),
    edited: changed.map((row) => ({ entry: found(held.get(row.activityId ?? ''), 'activity', row.activityId ?? ''), content: contentOf(row), reason: null })),
    deleted: [],
  });
  await insertRowEntries(context.tx, key, kindKey(job), job.id, fresh.map((row, index) => ({ key: row.key, id: found(ids[index], 'activity', String(index)) })));
  return rows;
}

/** Changes that were not wanted are counted nowhere. */
function addedUp(before: ImportCounts, rows: readonly PlannedRow[], changes: boolean): ImportCounts {
  const counts = { ...before };
  for (const { verdict } of rows) if (verdict !== 'changed' || changes) counts[verdict] += 1;
  return counts;
}

const undo = implement(contract.undoImport, async (context, { id }) => {
  const job = await lockedJob(context, id);
  if (job.subject !== 'ledger' || (job.state !== 'applying' && job.state !== 'applied' && job.state !== 'undoing')) refuseState(job);
  const ledger = await openLedger(context, job.editionCode, job.unitCode);
  const ids = await listUntouched(context.tx, job, rowsPerPart);
  const deleted = [...(await lockActivities(context.tx, ledger.key, ids)).values()].filter(({ version, deletedAt }) => version === 1 && deletedAt === null);
  if (deleted.length > 0) {
    await changeInBulk(context, ledger, { recorded: [], edited: [], deleted });
    await forgetRowEntries(context.tx, job, deleted.map((entry) => entry.id));
  }
  const undone = job.counts.undone + deleted.length;
  record(context, job, 'imports.undo', { deleted: deleted.length });
  return saveJob(context.tx, job, { counts: { ...job.counts, undone }, state: ids.length < rowsPerPart ? 'undone' : 'undoing' }, context.now);
});

const template = implement(contract.writeImportTemplate, async (context, input): Promise<StreamAnswer> => {
  const { unit, definition, kind } = await authoriseUpload(context, input);
  const ledger = { provinceCode: unit.provinceCode, editionCode: input.edition, unitCode: input.unitCode };
  const named = await unitNamed(context.tx, input.unitCode);
  const rows = kind === null || !input.withEntries ? 0 : await entriesOfKind.count(context.tx, ledger, kind.code);
  context.record({
    action: 'imports.write_template', unitCode: input.unitCode, subjectKind: 'unit', subjectId: input.unitCode, after: { kind: kind?.code ?? enterprisesKind, withEntries: input.withEntries, rows },
  });
  return {
    mediaType: workbookMediaType, fileName: `${kind === null ? (input.subject === 'targets' ? '重点企业名单' : '企业名录') : kind.name.zh}导入表.xlsx`, rows,
    chunks: (tx: Tx) => writeWorkbook(kind === null ? enterpriseTemplate(input.edition, named) : ledgerTemplate(definition, kind, named, rows === 0 ? [] : entriesOfKind.read(tx, ledger, kind.code))),
  };
});

const problems = implement(contract.writeProblemSheet, async (context, { id, heading, problems: told }): Promise<StreamAnswer> => {
  const job = await authorisedJob(context, id);
  record(context, job, 'imports.write_problems', { rows: told.length });
  return {
    mediaType: workbookMediaType, fileName: `${job.fileName.replace(/\.[a-z]{2,5}$/i, '')}-问题.xlsx`, rows: told.length,
    chunks: (tx: Tx) => writeWorkbook(problemWorkbook(tx, job, heading, new Map(told.map(({ row, text }) => [row, text])))),
  };
});

export const importActions: readonly Implementation[] = [template, upload, list, get, map, check, apply, undo, problems];
