// Returns (统计表): one unit's table for one edition, its acts and its frozen versions.
import { z } from 'zod';
import { instant } from '../../shared/instant.ts';
import { indicatorCode, plainText, reasonText } from '../../shared/wire.ts';
import { figure } from '../figures/model.ts';
import { unitSignature } from '../keys/model.ts';
import { notedFinding } from '../validation/model.ts';

/** 填报中 已自审 审核中 已退回 审核通过 已签发 已盖章 已报送 上级退回 已接收 申请更正 已重开. */
export const returnState = z.enum([
  'draft', 'self_checked', 'in_review', 'returned', 'approved', 'signed', 'sealed', 'submitted', 'returned_by_upper', 'accepted', 'correction_requested', 'reopened',
]);
export type ReturnState = z.output<typeof returnState>;

export const returnActName = z.enum([
  'self_check', 'send_for_review', 'withdraw', 'return_for_correction', 'approve', 'sign', 'seal', 'submit', 'accept', 'return_by_upper', 'request_correction', 'decline_correction', 'reopen',
]);
export type ReturnActName = z.output<typeof returnActName>;

/** Why a return goes back: per row of the table, or for the whole (indicator null). */
export const returnReason = z.strictObject({ indicator: indicatorCode.nullable(), text: plainText(200, 4) });
export type ReturnReason = z.output<typeof returnReason>;

/** Acts with what each must say. */
export const returnCommand = z.discriminatedUnion('act', [
  z.strictObject({ act: z.enum(['self_check', 'send_for_review', 'withdraw', 'approve', 'sign', 'seal', 'submit', 'accept']) }),
  z.strictObject({ act: z.enum(['return_for_correction', 'return_by_upper']), reasons: z.array(returnReason).min(1, { error: 'reason_missing' }).max(30, { error: 'too_many' }) }),
  z.strictObject({ act: z.enum(['request_correction', 'decline_correction', 'reopen']), reason: reasonText }),
]);
export type ReturnCommand = z.output<typeof returnCommand>;

export const actView = z.object({
  number: z.number().int(),
  act: returnActName,
  returnVersion: z.number().int(),
  accountName: z.string(),
  actingUnitCode: z.string(),
  at: instant,
  reasons: z.array(z.object({ indicator: z.string().nullable(), text: z.string() })),
  /** Only on submissions. */
  late: z.boolean().nullable(),
  receiptCode: z.string().nullable(),
  /** Of submissions by the unit's key, of takings by the upper unit's; null on others, and on those older than the keys. */
  signed: unitSignature.nullable(),
});
export type ActView = z.output<typeof actView>;

/** A child's accepted version inside a parent's frozen content. */
export const includedChild = z.object({ unitCode: z.string(), name: z.string(), version: z.number().int(), sha256: z.string(), late: z.boolean(), total: z.record(z.string(), z.number().int()) });
export const missingChild = z.object({ unitCode: z.string(), name: z.string(), state: returnState });

/** A frozen version. Canonical JSON (RFC 8785) of this object is what is digested and sealed. Integers only. */
export const returnContent = z.object({
  schema: z.literal('fuwuyue.return/1'),
  edition: z.string(),
  editionDigest: z.string(),
  unit: z.object({ code: z.string(), name: z.string(), kind: z.string() }),
  number: z.number().int(),
  /** The unit's ledger number the own figures stand on; the records behind them are the ledger as at this number. */
  ledgerNo: z.number().int(),
  entries: z.number().int(),
  own: z.record(z.string(), figure),
  children: z.array(includedChild),
  missing: z.array(missingChild),
  total: z.record(z.string(), z.number().int()),
  /** Filled forms that own figures stand on, with what each says; everything else stands on the ledger. */
  forms: z.array(z.object({ id: z.string(), sha256: z.string(), name: z.string(), figures: z.record(z.string(), z.number().int()) })),
  notes: z.array(z.object({ check: z.string(), note: z.string() })),
  /** Digest of the province's own rows (kept apart, never above the province), or null. */
  extensionSha256: z.string().nullable(),
  /** A correction after submission: which version it corrects, why, and every changed cell of `total`. */
  correction: z.object({ of: z.number().int(), reason: z.string(), delta: z.record(z.string(), z.object({ from: z.number().int(), to: z.number().int() })) }).nullable(),
  previousSha256: z.string().nullable(),
  preparedBy: z.string(),
  frozenAt: instant,
});
export type ReturnContent = z.output<typeof returnContent>;

/** A province's own rows as frozen beside a version. */
export const returnExtension = z.object({ own: z.record(z.string(), figure), total: z.record(z.string(), z.number().int()) });
export type ReturnExtension = z.output<typeof returnExtension>;

/** `own`: all of it, for the unit's own people. `submitted`: only what the unit has submitted, for the units above (decision 0009). */
export const returnBasis = z.enum(['own', 'submitted']);
export type ReturnBasis = z.output<typeof returnBasis>;

export const sealView = z.object({ number: z.number().int(), at: instant, sha256: z.string(), sm3: z.string(), receiptCode: z.string(), previousHash: z.string(), hash: z.string(), /** By the unit's key, held by the server; null on seals older than the keys. */ signed: unitSignature.extend({ by: z.string() }).nullable() });

export const returnView = z.object({
  basis: returnBasis,
  unit: z.object({ code: z.string(), name: z.string(), kind: z.string(), parentCode: z.string().nullable() }),
  state: returnState,
  /** Number of acts so far; sent back with a command, so that of two at once only one wins. */
  version: z.number().int(),
  /** What is frozen now, or was last; null before the first 送审. From above: what was submitted last. */
  frozen: returnContent.nullable(),
  frozenExtension: returnExtension.nullable(),
  /** What a 送审 now would freeze; empty from above. */
  live: z.object({
    own: z.record(z.string(), figure),
    children: z.array(includedChild),
    missing: z.array(missingChild),
    total: z.record(z.string(), z.number().int()),
    ledgerNo: z.number().int(),
    entries: z.number().int(),
    forms: returnContent.shape.forms,
  }),
  /** Findings on the frozen version while it is under review or later, otherwise on the live table; from above always on the submitted version. */
  findings: z.array(notedFinding),
  acts: z.array(actView),
  seal: sealView.nullable(),
  submittedVersion: z.number().int().nullable(),
  acceptedVersion: z.number().int().nullable(),
  late: z.boolean(),
  due: instant,
  preparedByName: z.string().nullable(),
  approvedByName: z.string().nullable(),
  signedByName: z.string().nullable(),
  /** Acts the caller may do now, and for the others of the next step why not: a rule code and who can. */
  may: z.array(returnActName),
  mayNot: z.array(z.object({ act: returnActName, rule: z.string(), roles: z.array(z.string()) })),
  mayWriteNotes: z.boolean(),
});
export type ReturnView = z.output<typeof returnView>;
