// Packages (报送包): what was made of a sealed return, what may go into one, and what the document-exchange system answered.
import { z } from 'zod';
import { instant } from '../../shared/instant.ts';
import { plainText } from '../../shared/wire.ts';

/** Bytes of pictures and files one package may hold. */
export const mostEvidenceBytes = 200 * 1024 * 1024;
/** Pictures that are chosen without being asked stay below this, so that the exchange system takes the package. */
export const plainEvidenceBytes = 50 * 1024 * 1024;
export const mostEvidence = 500;
/** Packages of one unit whose bytes stay here; older ones keep their record. */
export const packagesKept = 3;

/** A picture or file behind the own entries, as they stand in the sealed version. */
export const packable = z.object({
  id: z.string(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number().int(),
  picture: z.boolean(),
  activityId: z.string(),
  title: z.string(),
  date: z.string(),
  kind: z.string(),
  /** Rows of the printed table the entry counts in. */
  rows: z.array(z.number().int()),
});
export type Packable = z.output<typeof packable>;

export const packageRecord = z.object({
  id: z.string(),
  returnVersion: z.number().int(),
  receiptCode: z.string(),
  fileName: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  sm3: z.string(),
  units: z.number().int(),
  evidence: z.number().int(),
  /** Whether it can be downloaded again. */
  kept: z.boolean(),
  accountName: z.string(),
  at: instant,
});
export type PackageRecord = z.output<typeof packageRecord>;

export const receiptNumber = plainText(60, 2);

/** 回填: what the document-exchange system (公文交换系统) answered. A correction is a new one with its reason. */
export const exchangeReceipt = z.object({
  number: z.number().int(),
  returnVersion: z.number().int(),
  receiptNumber: z.string(),
  receivedAt: instant,
  reason: z.string().nullable(),
  accountName: z.string(),
  at: instant,
});
export type ExchangeReceipt = z.output<typeof exchangeReceipt>;

/** What a notice wants with the table, and whether it is there. */
export const attachment = z.object({ name: z.string(), document: z.enum(['table', 'report', 'other']), ready: z.boolean(), /** Places of a report still to be filled in. */ blanks: z.number().int() });
export type Attachment = z.output<typeof attachment>;

export const packageView = z.object({
  /** The sealed version a package would be made of; null while none stands. */
  sealed: z.object({ version: z.number().int(), receiptCode: z.string(), sealedAt: instant, /** Directly included. */ children: z.number().int() }).nullable(),
  /** Why none stands: nothing was sealed, or it is being changed. */
  standing: z.enum(['sealed', 'not_sealed', 'being_changed']),
  attachments: z.array(attachment),
  packables: z.array(packable),
  packages: z.array(packageRecord),
  receipts: z.array(exchangeReceipt),
  mayMake: z.boolean(),
});
export type PackageView = z.output<typeof packageView>;
