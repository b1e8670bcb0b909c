// Notices to units below, with a receipt for each unit.
import { z } from 'zod';
import { calendarDate, instant } from '../../shared/instant.ts';
import { unitCode } from '../../shared/wire.ts';

/** A notice as a unit received it. */
export const receivedNotice = z.object({
  id: z.string(), fromUnitCode: unitCode, fromUnitName: z.string(), title: z.string(), text: z.string(), onDay: calendarDate.nullable(), sentByName: z.string(), sentAt: instant,
  readAt: instant.nullable(), readByName: z.string().nullable(), remindedAt: instant.nullable(), demonstration: z.boolean(),
});
export type ReceivedNotice = z.output<typeof receivedNotice>;

export const noticeReceipt = z.object({ unitCode, unitName: z.string(), readAt: instant.nullable(), readByName: z.string().nullable(), readers: z.array(z.object({ name: z.string(), at: instant })), remindedAt: instant.nullable() });
export type NoticeReceipt = z.output<typeof noticeReceipt>;

export const sentNotice = z.object({ id: z.string(), title: z.string(), text: z.string(), onDay: calendarDate.nullable(), sentByName: z.string(), sentAt: instant, demonstration: z.boolean(), receipts: z.array(noticeReceipt) });
export type SentNotice = z.output<typeof sentNotice>;

/** Units that have not read are not reminded again before this many minutes have passed. */
export const noticePauseMinutes = 60;
