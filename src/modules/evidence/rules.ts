// Which files are taken, and under which name they are kept. Pure; what lies inside the bytes is looked at in intake.ts.
import { allowed, type Decision, refused } from '../../shared/decision.ts';
import { epochOf, type Instant, instantOf } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import { type Checked, type FileRefusal, maximumFileBytes, maximumPictureBytes } from './model.ts';

/** Longest side a picture is kept with, and of its thumbnail, in pixels (security A9). */
export const longestSide = 2560;
export const thumbnailSide = 480;
/** Pixels a picture may have before it is opened: a flood of them would take the memory of everybody. */
export const maximumPixels = 40_000_000;
/** Pages of a PDF (security A9). */
export const maximumPdfPages = 500;
/** What one unit may keep for one edition, in bytes (security A9: 20 GB). */
export const maximumUnitBytes = 20 * 1024 ** 3;

/** From here on whoever uploads is told that room is getting scarce. */
const scarcePart = 0.8;

export function isScarce(bytes: number): boolean {
  return bytes >= maximumUnitBytes * scarcePart;
}

const hour = 60 * 60_000;

/** Uploaded before this and behind no entry, a file was given up. A draft that still names it is told to upload it again. */
export function givenUpBefore(now: Instant): Instant {
  return instantOf(epochOf(now) - 48 * hour);
}

/** Bytes written after this may be waiting for the row that will name them. */
export function settledBefore(now: Instant): Instant {
  return instantOf(epochOf(now) - hour);
}

/**
 * Whether files that no row names may be removed. Where they outnumber those that are named, this is hardly the store of
 * this database, but a wrong DATABASE_URL or a restoring half done, and removing would destroy what cannot be had again.
 */
export function isOwnStore(named: number, unnamed: number): boolean {
  return unnamed <= Math.max(20, named);
}

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

// The first ending of each is the one we give.
const endings = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
  [word]: ['docx'],
  [sheet]: ['xlsx'],
} as const satisfies { readonly [mediaType: string]: readonly string[] };

export type TakenType = keyof typeof endings;
export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp';

function isTaken(mediaType: string): mediaType is TakenType {
  return Object.hasOwn(endings, mediaType);
}

export function isPicture(mediaType: string): mediaType is PictureType {
  return mediaType === 'image/jpeg' || mediaType === 'image/png' || mediaType === 'image/webp';
}

export function refuseFile(reason: FileRefusal): Decision<never> {
  return refused(problem('file_refused', { reason }));
}

/** The type of a file by its first bytes (`sniffed`, null when they say nothing), if it is taken and its name says the same. */
export function acceptType(sniffed: string | null, name: string, bytes: number): Decision<TakenType> {
  if (sniffed === null) return refuseFile('type_not_allowed');
  if (sniffed.includes('macroenabled')) return refuseFile('macros');
  if (/^image\/hei[cf]/.test(sniffed)) return refuseFile('phone_original');
  if (!isTaken(sniffed)) return refuseFile('type_not_allowed');
  if (!hasEndingOf(sniffed, name)) return refuseFile('type_and_name_differ');
  const maximumBytes = isPicture(sniffed) ? maximumPictureBytes : maximumFileBytes;
  return bytes > maximumBytes ? refused<TakenType>(problem('too_large', { maximumBytes })) : allowed(sniffed);
}

/** The name a picture is kept under once it is a JPEG or a PNG: only the ending changes. */
export function nameAs(mediaType: 'image/jpeg' | 'image/png', name: string): string {
  return hasEndingOf(mediaType, name) ? name : `${name.slice(0, name.length - endingOf(name).length)}${endings[mediaType][0]}`;
}

/** Whether a file may leave this installation: not while it waits for the virus scanner, and never when something was found in it. */
export function isShown(checked: Checked): boolean {
  return checked === 'clean' || checked === 'unchecked';
}

/** Only what this installation drew itself is shown in place; everything else is handed out as a file. */
export function isShownInline(mediaType: string): boolean {
  return mediaType === 'image/jpeg' || mediaType === 'image/png';
}

function hasEndingOf(mediaType: TakenType, name: string): boolean {
  return (endings[mediaType] as readonly string[]).includes(endingOf(name));
}

function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}
