// Codes of trainings, all keyed with secrets of the installation: tickets, the code at the venue that changes every half minute, the pass
// it gives, and the key by which one person is one. Nothing of them is stored but hashes.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../../kernel/secrets.ts';
import { dateOf, epochOf, instantOf, type Instant } from '../../shared/instant.ts';
import type { Attendance } from '../enterprises/model.ts';

const slotMilliseconds = 30_000;
const passMilliseconds = 10 * 60_000;
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
/** 49 bits, tried at most six hundred times a minute from one address. */
const ticketLetters = 10;

type Purpose = 'training-tickets' | 'training-people' | 'training-venues';
const keys = new WeakMap<Secrets, Map<Purpose, Promise<Buffer>>>();

async function macOf(secrets: Secrets, purpose: Purpose, text: string): Promise<Buffer> {
  const known = keys.get(secrets) ?? new Map<Purpose, Promise<Buffer>>();
  keys.set(secrets, known);
  const key = known.get(purpose) ?? secrets.get(purpose, 32);
  known.set(purpose, key);
  try {
    return createHmac('sha256', await key).update(text).digest();
  } catch (error) {
    // A folder that could not be read now may be readable later.
    known.delete(purpose);
    throw error;
  }
}

/** The same seed gives the same code, so that a sign-up sent twice is one ticket. */
export async function ticketCodeOf(secrets: Secrets, provinceCode: number, seed: string): Promise<string> {
  const mac = await macOf(secrets, 'training-tickets', seed);
  const letters = Array.from({ length: ticketLetters }, (_, index) => alphabet[mac.readUInt16BE(2 * index) % alphabet.length] ?? 'a');
  return `${String(provinceCode).padStart(2, '0')}${letters.join('')}`;
}

const folded = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();

/** One person of one enterprise, in one training. */
export async function personKeyOf(secrets: Secrets, trainingId: string, { uscc, name: enterprise }: Attendance, name: string): Promise<string> {
  return (await macOf(secrets, 'training-people', JSON.stringify([trainingId, uscc ?? folded(enterprise), folded(name)]))).toString('hex');
}

const slotAt = (now: Instant): number => Math.floor(epochOf(now) / slotMilliseconds);

async function codeOfSlot(secrets: Secrets, trainingId: string, slot: number): Promise<string> {
  const day = dateOf(instantOf(slot * slotMilliseconds));
  return `${slot.toString(36)}.${(await macOf(secrets, 'training-venues', `code/${trainingId}/${day}/${slot}`)).subarray(0, 16).toString('base64url')}`;
}

export async function venueCodeAt(secrets: Secrets, trainingId: string, now: Instant): Promise<{ readonly code: string; readonly secondsLeft: number }> {
  const slot = slotAt(now);
  return { code: await codeOfSlot(secrets, trainingId, slot), secondsLeft: Math.max(1, Math.ceil(((slot + 1) * slotMilliseconds - epochOf(now)) / 1000)) };
}

/** Of this half minute or the one before. */
export async function isVenueCode(secrets: Secrets, trainingId: string, code: string, now: Instant): Promise<boolean> {
  const slot = slotAt(now);
  const good = await Promise.all([slot, slot - 1].map((one) => codeOfSlot(secrets, trainingId, one)));
  return good.some((one) => same(one, code));
}

function same(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

const passMac = async (secrets: Secrets, trainingId: string, content: string): Promise<string> => (await macOf(secrets, 'training-venues', `pass/${trainingId}/${content}`)).toString('base64url');

export async function makePass(secrets: Secrets, trainingId: string, now: Instant): Promise<string> {
  const content = `${epochOf(now).toString(36)}.${randomBytes(16).toString('hex')}`;
  return `${content}.${await passMac(secrets, trainingId, content)}`;
}

/** Until when it would have been good; null for one that is not ours, of another training, or too old. */
export async function readPass(secrets: Secrets, trainingId: string, pass: string, now: Instant): Promise<{ readonly expiresAt: Instant } | null> {
  const at = pass.lastIndexOf('.');
  const content = pass.slice(0, at);
  if (!same(await passMac(secrets, trainingId, content), pass.slice(at + 1))) return null;
  const made = Number.parseInt(content.split('.')[0] ?? '', 36);
  const age = epochOf(now) - made;
  return age < 0 || age > passMilliseconds ? null : { expiresAt: instantOf(made + passMilliseconds) };
}
