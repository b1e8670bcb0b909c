// What may be asked about figures. Upper units see live counts of lower ones; records only once submitted.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { calendarDate, instant } from '../../shared/instant.ts';
import { editionCode, indicatorCode, queryInteger, reasonText, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { returnState } from '../returns/model.ts';
import { unitSummary } from '../units/model.ts';
import { figure, figures } from './model.ts';

const ofUnit = { edition: editionCode, unitCode };
/** Plain values by indicator. */
export const values = z.record(z.string(), z.number().int());

export const getTable = endpoint({
  name: 'figures.get_table',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/table',
  summary: 'A unit\'s live table: own level (本级), jurisdiction total (辖区合计), and distinct enterprises of the jurisdiction for analysis.',
  input: z.strictObject(ofUnit),
  output: z.object({
    own: figures,
    jurisdiction: figures,
    /** Only indicators that count enterprises; never sealed. */
    distinct: values,
    entries: z.number().int(),
    ledgerNo: z.number().int(),
    asOf: instant,
  }),
});

/** How the units below a child stand. */
export const standing = z.object({ units: z.number().int(), accepted: z.number().int(), submitted: z.number().int(), late: z.number().int(), missing: z.number().int() });

export const matrixRow = z.object({
  unit: unitSummary,
  state: returnState,
  late: z.boolean(),
  submittedAt: instant.nullable(),
  /** Live jurisdiction total of the child, drafts included. */
  live: values,
  /** Total of the last submitted version, and whether it has been accepted; null before the first submission. */
  submitted: values.nullable(),
  accepted: z.boolean(),
  correctedAfterUs: z.boolean(),
  distinct: values,
  entries: z.number().int(),
  below: standing,
  lastReminderAt: instant.nullable(),
});
export type MatrixRow = z.output<typeof matrixRow>;

export const getMatrix = endpoint({
  name: 'figures.get_matrix',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/matrix',
  summary: 'A unit\'s children by indicators with their states, the unit\'s own level, and the totals.',
  input: z.strictObject(ofUnit),
  output: z.object({ unit: unitSummary, own: figures, jurisdiction: figures, distinct: values, rows: z.array(matrixRow), asOf: instant }),
});

export const recordBehind = z.object({
  id: z.string(),
  kind: z.string(),
  occurredOn: calendarDate,
  title: z.string(),
  version: z.number().int(),
  /** What this record adds to the cell; the adds of all records and adjustments sum to the cell. An enterprise met twice is added by its first record. */
  adds: z.number().int(),
  /** 家次 this record adds; null where the indicator does not count enterprises. */
  times: z.number().int().nullable(),
  /** An adjustment is listed with its reason in `title`. */
  adjustment: z.boolean(),
  /** The filled form an adjustment comes from (表). */
  formId: z.string().nullable(),
  accountName: z.string(),
});
export type RecordBehind = z.output<typeof recordBehind>;

export const getCell = endpoint({
  name: 'figures.get_cell',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/cells/:indicator',
  summary: 'One cell opened: own level, each child, and the records behind the own level whose sum equals it.',
  input: z.strictObject({ ...ofUnit, indicator: indicatorCode, offset: queryInteger(0, 1_000_000, 0), limit: queryInteger(1, 200, 50) }),
  output: z.object({
    /** `live`: the ledger now; `submitted`: as frozen in the submitted version, which is all that upper units see of records. */
    basis: z.enum(['live', 'submitted', 'counts_only']),
    total: figure,
    own: figure,
    children: z.array(z.object({ unit: unitSummary, value: z.number().int(), times: z.number().int().nullable(), state: returnState })),
    distinct: z.number().int().nullable(),
    records: z.array(recordBehind),
    recordsTotal: z.number().int(),
    recordsSum: z.number().int(),
    asOf: instant,
  }),
});

export const getTrend = endpoint({
  name: 'figures.get_trend',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/cells/:indicator/trend',
  summary: 'What each day of the month added in the jurisdiction (家 as 家次).',
  input: z.strictObject({ ...ofUnit, indicator: indicatorCode }),
  output: z.object({ days: z.array(z.object({ date: calendarDate, value: z.number().int() })), asOf: instant }),
});

export const adjustmentView = z.object({
  id: z.string(),
  indicator: z.string(),
  delta: z.number().int(),
  reason: z.string(),
  accountName: z.string(),
  at: instant,
  withdrawn: z.boolean(),
  withdrawalReason: z.string().nullable(),
  /** The filled form it comes from; null for one that a person typed. */
  formId: z.string().nullable(),
});

export const listAdjustments = endpoint({
  name: 'figures.list_adjustments',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/adjustments',
  summary: 'Counts without records, with their reasons.',
  input: z.strictObject(ofUnit),
  output: z.object({ adjustments: z.array(adjustmentView) }),
});

export const addAdjustment = endpoint({
  name: 'figures.add_adjustment',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/adjustments',
  summary: 'Adds a count without records. The own figure must not fall below zero.',
  input: z.strictObject({
    ...ofUnit,
    indicator: indicatorCode,
    delta: z.number().int({ error: 'whole_number' }).min(-1_000_000_000, { error: 'too_many' }).max(1_000_000_000, { error: 'too_many' }).refine((delta) => delta !== 0, { error: 'not_zero' }),
    reason: reasonText,
  }),
  output: adjustmentView,
  problems: ['refused_by_rule'],
});

export const withdrawAdjustment = endpoint({
  name: 'figures.withdraw_adjustment',
  method: 'POST',
  path: '/api/adjustments/:id/withdraw',
  summary: 'Takes an adjustment back; it stays listed.',
  input: z.strictObject({ id: recordIdentifier, reason: reasonText }),
  output: adjustmentView,
  problems: ['wrong_state', 'refused_by_rule'],
});
