// Publicity (宣传): what media reported, and what the unit had printed or made and handed out.
import { z } from 'zod';
import { calendarDate, instant } from '../../shared/instant.ts';
import { plainText, reasonText, recordIdentifier, unitCode } from '../../shared/wire.ts';

/** A repost (转载、转发) is kept beside the original and counts nothing (domain 9, question 15). */
export const mediaOrigin = z.enum(['original', 'repost']);
export type MediaOrigin = z.output<typeof mediaOrigin>;

export const mediaLink = z.string().overwrite((text) => text.trim()).max(300, { error: 'text_too_long' }).regex(/^$|^https:\/\/[^\s/?#]+\.[^\s]+$/, { error: 'link_https' });

export const mediaItemContent = z.strictObject({
  title: plainText(100, 2),
  outlet: plainText(60, 2),
  /** Code of the edition's field `level`. */
  level: z.string().regex(/^[a-z][a-z0-9_]{0,40}$/, { error: 'unknown_option' }),
  /** Empty: in print, on the air. */
  link: mediaLink.default(''),
  publishedOn: calendarDate,
  origin: mediaOrigin.default('original'),
  /** The item of this unit that a repost repeats; null when it repeats somebody else's. */
  originalId: recordIdentifier.nullable().default(null),
  /** Screenshots; of originals only. */
  evidence: z.array(recordIdentifier).max(5, { error: 'too_many' }).default([]),
  /** Needed when the date lies outside the window. */
  windowReason: reasonText.nullable().default(null),
});
export type MediaItemContent = z.output<typeof mediaItemContent>;

export const mediaItem = z.object({
  id: z.string(),
  unitCode,
  content: mediaItemContent,
  /** The ledger entry it counts as; null for a repost. */
  entryId: z.string().nullable(),
  /** How many reposts name it as their original. */
  reposts: z.number().int(),
  binned: z.boolean(),
  version: z.number().int(),
  demonstration: z.boolean(),
  changedByName: z.string(),
  changedAt: instant,
});
export type MediaItem = z.output<typeof mediaItem>;

export const doubleSign = z.enum(['same_link', 'same_title']);
export const mediaDouble = z.object({ id: z.string(), title: z.string(), outlet: z.string(), publishedOn: calendarDate, origin: mediaOrigin, signs: z.array(doubleSign) });
export type MediaDouble = z.output<typeof mediaDouble>;

/** 折页传单, 海报展板, 手册书籍, 实物, 音视频, 线上图文. What is online has readers, not copies, and no stock. */
export const materialForm = z.enum(['leaflet', 'poster', 'booklet', 'goods', 'video', 'online']);
export type MaterialForm = z.output<typeof materialForm>;

export const materialContent = z.strictObject({ name: plainText(60, 2), form: materialForm });
export type MaterialContent = z.output<typeof materialContent>;

/** 入库, 发放, 线上阅读下载. */
export const moveKind = z.enum(['received', 'handed_out', 'read']);
export type MoveKind = z.output<typeof moveKind>;

/** `amount` below zero takes back what was written down before, or writes off what was lost: with a reason. */
export const materialMove = z.strictObject({
  kind: moveKind,
  amount: z.number().int({ error: 'whole_number' }).min(-10_000_000, { error: 'too_many' }).max(10_000_000, { error: 'too_many' }),
  onDay: calendarDate,
  /** Where it was handed out, or from where it came. */
  occasion: plainText(80, 0).default(''),
  /** The publicity event of the ledger it was handed out at. */
  activityId: recordIdentifier.nullable().default(null),
  reason: plainText(200, 0).default(''),
});
export type MaterialMove = z.output<typeof materialMove>;

export const materialFigures = z.object({ received: z.number().int(), handedOut: z.number().int(), reads: z.number().int(), stock: z.number().int() });
export type MaterialFigures = z.output<typeof materialFigures>;

export const material = z.object({ id: z.string(), unitCode, content: materialContent, figures: materialFigures, binned: z.boolean(), version: z.number().int(), demonstration: z.boolean(), changedByName: z.string(), changedAt: instant });
export type Material = z.output<typeof material>;

export const keptMove = materialMove.extend({ number: z.number().int(), materialId: z.string(), materialName: z.string(), activityTitle: z.string().nullable(), accountName: z.string(), at: instant });
export type KeptMove = z.output<typeof keptMove>;

/** A publicity event of the ledger beside what the stock says was handed out there. */
export const handedOutAt = z.object({ activityId: z.string(), title: z.string(), occurredOn: calendarDate, counted: z.number().int(), handedOut: z.number().int() });
export type HandedOutAt = z.output<typeof handedOutAt>;

/** What the ledger counts as handed out beside what left the stock; the ledger is not changed by it. */
export const comparison = z.object({ counted: z.number().int(), handedOut: z.number().int(), differing: z.array(handedOutAt) });
export type Comparison = z.output<typeof comparison>;
