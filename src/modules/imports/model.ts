// A sheet on its way into the ledger or into the register of enterprises.
import { z } from 'zod';
import { calendarDate, instant } from '../../shared/instant.ts';
import type { InputIssue } from '../../shared/problem.ts';
import { editionCode, unitCode } from '../../shared/wire.ts';
import { entryContent, twin } from '../activities/model.ts';

/** Rows of a part: few enough that nobody waits for one to be read or taken. */
export const rowsPerPart = 250;
export const mostRows = 50_000;
export const mostColumns = 100;
export const maximumSheetBytes = 30 * 1024 * 1024;

export const importSubject = z.enum(['ledger', 'enterprises', 'targets']);
export type ImportSubject = z.output<typeof importSubject>;

export const importState = z.enum(['uploaded', 'mapped', 'applying', 'applied', 'undoing', 'undone']);
export type ImportState = z.output<typeof importState>;

/** What each column of a sheet is: `occurredOn`, `values.attendances`, `enterpriseCodes` …; null is not read. */
export const columnTargets = z.array(z.string().regex(/^[a-zA-Z][a-zA-Z0-9_.]{0,60}$/, { error: 'unknown_column' }).nullable()).max(mostColumns, { error: 'too_many' });

/** `same` says that the row's entry is as the row says; `deleted` that it lies in the recycle bin; `skipped` that the row is none. */
export const rowVerdict = z.enum(['new', 'changed', 'same', 'deleted', 'wrong', 'skipped']);
export type RowVerdict = z.output<typeof rowVerdict>;

export const importCounts = z.object({ new: z.number().int(), changed: z.number().int(), same: z.number().int(), deleted: z.number().int(), wrong: z.number().int(), skipped: z.number().int(), undone: z.number().int() });
export type ImportCounts = z.output<typeof importCounts>;
export const noCounts: ImportCounts = { new: 0, changed: 0, same: 0, deleted: 0, wrong: 0, skipped: 0, undone: 0 };

/** What a sheet made from a template says it is for. */
export const sheetMarker = z.object({ edition: z.string(), unitCode: z.string(), kind: z.string() });
export type SheetMarker = z.output<typeof sheetMarker>;

/** Rows that an earlier sheet with some of these rows had, and this one has not. Their entries stay. */
export const missingRows = z.object({ count: z.number().int(), first: z.array(z.object({ id: z.string(), occurredOn: calendarDate, title: z.string() })) });
export type MissingRows = z.output<typeof missingRows>;

export const importJob = z.object({
  id: z.string(),
  editionCode,
  unitCode,
  subject: importSubject,
  kind: z.string().nullable(),
  fileName: z.string(),
  marker: sheetMarker.nullable(),
  /** The first rows as text, for choosing header and columns. */
  firstRows: z.array(z.array(z.string())),
  /** Row of the headings, from 0; null when none was found. */
  headerRow: z.number().int().nullable(),
  columns: columnTargets,
  rowCount: z.number().int(),
  partCount: z.number().int(),
  nextPart: z.number().int(),
  state: importState,
  counts: importCounts,
  missing: missingRows,
  accountName: z.string(),
  createdAt: instant,
  changedAt: instant,
});
export type ImportJob = z.output<typeof importJob>;

const rowIssue = z.custom<InputIssue>((value) => typeof value === 'object' && value !== null && 'rule' in value);

export const checkedRow = z.object({
  /** Number of the row in the sheet, from 1. */
  row: z.number().int(),
  verdict: rowVerdict,
  label: z.string(),
  /** Column of each issue by what it is read as; `title` where none is meant. */
  issues: z.array(z.object({ column: z.string(), issue: rowIssue })).readonly(),
  /** The entry as it stands and as the row would make it; only of changed rows. */
  before: entryContent.nullable(),
  after: entryContent.nullable(),
  activityId: z.string().nullable(),
  /** Enterprises taken without a code. */
  uncoded: z.number().int(),
  /** Entries of the same day and title, recorded otherwise. */
  twins: z.array(twin.pick({ id: true, unitName: true, title: true })),
  /** An earlier row of the sheet has the same day, title and place. */
  repeated: z.boolean(),
  /** The row's cells, where something is wrong with it. */
  cells: z.array(z.string()),
});
export type CheckedRow = z.output<typeof checkedRow>;
