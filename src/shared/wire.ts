// Small schemas that many contracts share: codes, ids, plain text, paging.
import { z } from 'zod';
import { bearsMarking } from './markings.ts';
import { recordIdPattern } from './province.ts';

export const nationUnit = '000000';

export const unitCode = z.string().regex(/^\d{6}$/, { error: 'unit_code' });
export const editionCode = z.string().regex(/^[0-9a-z-]{4,20}$/, { error: 'edition_code' });
export const indicatorCode = z.string().regex(/^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]{0,30}$/, { error: 'indicator_code' });
export const recordIdentifier = z.string().regex(recordIdPattern, { error: 'record_id' });

// Control characters, direction overrides and lone surrogates have no place in what people read.
// oxlint-disable-next-line no-control-regex -- they are named to be refused
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0085\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Text a person typed: NFC, trimmed, one length limit in characters, nothing unprintable. */
export function plainText(maximum: number, minimum = 1): z.ZodString {
  return z
    .string()
    .overwrite((text) => text.normalize('NFC').trim())
    .min(minimum, { error: minimum <= 1 ? 'text_missing' : 'text_too_short' })
    .max(maximum, { error: 'text_too_long' })
    .refine((text) => !unprintable.test(text), { error: 'unprintable_characters' })
    .refine((text) => !bearsMarking(text), { error: 'classified_marking' });
}

/** A file's name as it is shown: never a path, nothing unprintable, cut to length before its ending. Only a marking refuses it. */
export function fileName(maximum: number): z.ZodString {
  return z
    .string()
    .max(4_000, { error: 'text_too_long' })
    .overwrite((text) => cutName(text.normalize('NFC').replace(new RegExp(unprintable, 'g'), '').replace(/[\r\n\t]+/g, ' ').replace(/^.*[/\\]/s, '').trim(), maximum))
    .min(1, { error: 'text_missing' })
    .refine((text) => !bearsMarking(text), { error: 'classified_marking' });
}

function cutName(name: string, maximum: number): string {
  const characters = Array.from(name);
  if (characters.length <= maximum) return name;
  const ending = Array.from(/\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '');
  return [...characters.slice(0, maximum - ending.length), ...ending].join('');
}

/** A piece of a longer text: blanks at its ends join it to its neighbours and stay; what cannot be seen is dropped, since it comes in with what is pasted. */
export function runningText(maximum: number): z.ZodString {
  return z
    .string()
    .max(maximum, { error: 'text_too_long' })
    .overwrite((text) => text.normalize('NFC').replace(new RegExp(unprintable, 'g'), '').replace(/[\r\n\t]+/g, ' '))
    .refine((text) => !bearsMarking(text), { error: 'classified_marking' });
}

/** A reason or remark where one is demanded: 8 to 200 characters (ux C2.5). */
export const reasonText = plainText(200, 8);

export const count = z.number().int({ error: 'whole_number' }).min(0, { error: 'not_negative' }).max(1_000_000_000, { error: 'too_many' });

/** Whole number from a query string. */
export function queryInteger(minimum: number, maximum: number, initial: number) {
  return z.coerce.number().int().min(minimum).max(maximum).default(initial);
}

export const queryFlag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');

/** An answer that only says it was done. */
export const done = z.object({ done: z.literal(true) });
