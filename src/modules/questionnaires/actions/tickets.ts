// Against stuffing (security A5.5, 25): a signed ticket that says when a form was opened, and a challenge bound to it. The challenge is
// ALTCHA's; no foreign service is asked. Either lets one answer in, once: the hash of the ticket's random part is remembered until it expires.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import { z } from 'zod';
import type { Secrets } from '../../../kernel/secrets.ts';
import { epochOf, instantOf, type Instant } from '../../../shared/instant.ts';

/** How long somebody may sit at a form. */
const ticketHours = 12;
/** Seconds from opening a form until it is taken without proof of work. */
export const waitSeconds = 20;
/** Answers without proof of work that a channel takes in an hour. */
export const slowAnswersAnHour = 60;

const keys = new WeakMap<Secrets, Promise<string>>();

async function keyOf(secrets: Secrets): Promise<string> {
  const known = keys.get(secrets) ?? secrets.get('answer-tickets', 32).then((bytes) => bytes.toString('hex'));
  keys.set(secrets, known);
  // A folder that could not be read now may be readable later.
  return known.catch((error: unknown) => {
    keys.delete(secrets);
    throw error;
  });
}

export interface Ticket {
  readonly version: number;
  readonly openedAt: Instant;
  readonly expiresAt: Instant;
  readonly nonce: string;
}

export interface Issued {
  readonly ticket: string;
  readonly challenge: string;
}

/** A ticket for one look at a form, and the challenge that belongs to it; `digits` is how many hexadecimal zeros it asks for. */
export async function issueTicket(secrets: Secrets, { code, version, now, digits }: { readonly code: string; readonly version: number; readonly now: Instant; readonly digits: number }): Promise<Issued> {
  const key = await keyOf(secrets);
  const nonce = randomBytes(16).toString('hex');
  const content = `${version}.${epochOf(now).toString(36)}.${nonce}`;
  const challenge = await createChallenge({ algorithm: 'SHA-256', cost: 1, keyPrefix: '0'.repeat(digits), deriveKey, hmacSignatureSecret: key, data: { for: boundTo(code, nonce) } });
  return { ticket: `${content}.${macOf(key, code, content)}`, challenge: JSON.stringify(challenge) };
}

const boundTo = (code: string, nonce: string): string => `${code}/${nonce}`;
const macOf = (key: string, code: string, content: string): string => createHmac('sha256', key).update(`ticket/${code}/${content}`).digest('hex');

/** Null for one that is not ours, belongs to another link, or is too old. */
export async function readTicket(secrets: Secrets, code: string, ticket: string, now: Instant): Promise<Ticket | null> {
  const parts = /^(([1-9]\d{0,6})\.([0-9a-z]{1,11})\.([0-9a-f]{32}))\.([0-9a-f]{64})$/.exec(ticket);
  if (parts === null) return null;
  const [, content = '', version = '', opened = '', nonce = '', mac = ''] = parts;
  if (!timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(await keyOf(secrets), code, content)))) return null;
  const openedAt = Number.parseInt(opened, 36);
  const until = openedAt + ticketHours * 3_600_000;
  const at = epochOf(now);
  return at > until || at < openedAt ? null : { version: Number(version), openedAt: instantOf(openedAt), expiresAt: instantOf(until), nonce };
}

const payload = z.object({
  challenge: z.object({
    parameters: z.object({
      algorithm: z.literal('SHA-256'), cost: z.literal(1), nonce: z.string().regex(/^[0-9a-f]{2,128}$/), salt: z.string().regex(/^[0-9a-f]{2,128}$/), keyLength: z.number().int().min(1).max(32),
      keyPrefix: z.string().regex(/^0{1,8}$/), data: z.object({ for: z.string().max(80) }),
    }).strict(),
    signature: z.string().max(128),
  }),
  solution: z.object({ counter: z.number().int().min(0).max(4_294_967_295), derivedKey: z.string().max(64) }),
});

/** Whether the work was done for this ticket at this link. Time is the ticket's: the challenge has none of its own. */
export async function isProved(secrets: Secrets, code: string, ticket: Ticket, proof: string): Promise<boolean> {
  const parsed = payload.safeParse(jsonOf(proof));
  if (!parsed.success || parsed.data.challenge.parameters.data.for !== boundTo(code, ticket.nonce)) return false;
  const { challenge, solution } = parsed.data;
  return (await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret: await keyOf(secrets) })).verified;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Seconds still to wait; 0 when it may be sent. */
export function waitLeft({ openedAt }: Ticket, now: Instant): number {
  return Math.max(0, Math.ceil(waitSeconds - (epochOf(now) - epochOf(openedAt)) / 1000));
}
