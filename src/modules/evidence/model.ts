// Pictures and files behind ledger entries.
import { z } from 'zod';
import { instant } from '../../shared/instant.ts';

/** Bytes a picture may have before it is re-encoded (security A9). */
export const maximumPictureBytes = 15 * 1024 * 1024;
/** Bytes a document may have. */
export const maximumFileBytes = 30 * 1024 * 1024;

/** Why a file was not taken. */
export const fileRefusal = z.enum(['type_not_allowed', 'type_and_name_differ', 'picture_unreadable', 'too_many_pixels', 'empty', 'trailing_data', 'macros', 'encrypted', 'file_unreadable', 'unpacks_too_large', 'sheet_too_large', 'no_form', 'no_questions', 'form_unreadable', 'took_too_long', 'phone_original', 'too_many_pages', 'infected', 'check_pending', 'classified_marking']);
export type FileRefusal = z.output<typeof fileRefusal>;

/** What the virus scanner said: `unchecked` when there is none, `pending` while it did not answer, `infected` when it found something later. */
export const checked = z.enum(['unchecked', 'clean', 'pending', 'infected']);
export type Checked = z.output<typeof checked>;

export const evidence = z.object({
  id: z.string(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  sm3: z.string(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  uploadedAt: instant,
  checked,
});
export type Evidence = z.output<typeof evidence>;
