// What can be taken out as a file: a list or matrix as it is on screen, in the reader's language.
import { z } from 'zod';
import { calendarDate } from '../../shared/instant.ts';
import { indicatorCode, plainText, reasonText } from '../../shared/wire.ts';
import { registerFilter } from '../enterprises/model.ts';

export const exportFormat = z.enum(['xlsx', 'csv']);
export type ExportFormat = z.output<typeof exportFormat>;

export const exportLanguage = z.enum(['zh', 'en']);
export type ExportLanguage = z.output<typeof exportLanguage>;

/** As the ledger's list is searched. */
const ledgerFilter = {
  kind: z.string().regex(/^[a-z][a-z0-9_]{1,40}$/, { error: 'unknown_kind' }).optional(),
  from: calendarDate.optional(),
  to: calendarDate.optional(),
  query: plainText(60).optional(),
};

export const figureBasis = z.enum(['live', 'submitted']);
export type FigureBasis = z.output<typeof figureBasis>;

export const exportSubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ledger'), filter: z.strictObject(ledgerFilter).default({}) }),
  z.strictObject({ kind: z.literal('bin') }),
  /** The enterprises that a unit's live entries name. */
  z.strictObject({ kind: z.literal('enterprises') }),
  /** What the unit knows of enterprises, as its register is searched; never contacts. */
  z.strictObject({ kind: z.literal('register'), filter: z.strictObject(registerFilter).default({}) }),
  z.strictObject({ kind: z.literal('coverage') }),
  /** Personal information: only with a reason, which the record keeps. */
  z.strictObject({ kind: z.literal('contacts'), reason: reasonText }),
  z.strictObject({ kind: z.literal('matrix'), basis: figureBasis }),
  /** The units below in order: by how many have submitted, or by an indicator. */
  z.strictObject({ kind: z.literal('overview'), basis: figureBasis, indicator: indicatorCode.nullable() }),
  z.strictObject({ kind: z.literal('cell'), indicator: indicatorCode }),
  z.strictObject({ kind: z.literal('units') }),
  z.strictObject({ kind: z.literal('accounts') }),
  z.strictObject({ kind: z.literal('audit') }),
]);
export type ExportSubject = z.output<typeof exportSubject>;
export type ExportSubjectKind = ExportSubject['kind'];
