// What passkeys, UKeys and sign-in services must fulfil. Pure.
import { epochOf, type Instant, instantOf } from '../../../shared/instant.ts';

const minute = 60_000;

export type ChallengePurpose = 'passkey_enrolment' | 'passkey' | 'ukey' | 'single_sign_on';

/** Minutes a challenge waits for its answer. Somebody may have to look for a stick, or type a password at the sign-in service. */
const waits: { readonly [P in ChallengePurpose]: number } = { passkey_enrolment: 5, passkey: 5, ukey: 5, single_sign_on: 10 };

export function challengeEnd(purpose: ChallengePurpose, now: Instant): Instant {
  return instantOf(epochOf(now) + waits[purpose] * minute);
}

/** Who asks for a passkey: the domain it is bound to, and the one origin its answers may come from. */
export interface RelyingParty {
  readonly id: string;
  /** Null: any port of localhost, in development. */
  readonly origin: string | null;
}

/**
 * Passkeys are bound to a domain over TLS; localhost counts as safe. An address by number, or without TLS, has none: then null.
 * Where no public address is set, people on the machine itself use localhost.
 */
export function relyingPartyOf(publicUrl: string | null): RelyingParty | null {
  if (publicUrl === null) return { id: 'localhost', origin: null };
  const parts = /^(https?):\/\/([^/:?#[\]@]+)(?::(\d+))?(?:[/?#]|$)/i.exec(publicUrl);
  const host = parts?.[2]?.toLowerCase();
  if (parts === null || host === undefined || /^[\d.]+$/.test(host)) return null;
  const scheme = (parts[1] ?? '').toLowerCase();
  if (scheme !== 'https' && host !== 'localhost') return null;
  const standard = scheme === 'https' ? '443' : '80';
  const port = parts[3] === undefined || parts[3] === standard ? '' : `:${parts[3]}`;
  return { id: host, origin: `${scheme}://${host}${port}` };
}

/** The origin an answer is held against: ours, or in development the localhost it came from. */
export function expectedOriginOf({ origin }: RelyingParty, claimed: string): string {
  if (origin !== null) return origin;
  return /^http:\/\/localhost(:\d{1,5})?$/.test(claimed) ? claimed : 'http://localhost';
}

/** What a UKey signs. It names the site and the use, so that a signature made elsewhere, or for something else, is worth nothing here. */
export function ukeyText(challenge: { readonly site: string; readonly accountId: string; readonly nonce: string; readonly at: Instant }): string {
  return ['fuwuyue/ukey/1', challenge.site, challenge.accountId, challenge.nonce, challenge.at].join('\n');
}

/** Whether a registered key may still be used. */
export function isValidAt({ validFrom, validUntil }: { readonly validFrom: Instant | null; readonly validUntil: Instant | null }, now: Instant): boolean {
  return (validFrom === null || validFrom <= now) && (validUntil === null || now < validUntil);
}

/** Whether the sign-in service says that two factors were proved there, in words the settings accept. */
export function provedTwoFactors(claims: { readonly acr?: unknown; readonly amr?: unknown }, accepted: readonly string[]): boolean {
  const said = [claims.acr, ...(Array.isArray(claims.amr) ? claims.amr : [])].filter((one): one is string => typeof one === 'string');
  return said.some((one) => accepted.includes(one));
}

/** Passkeys of one account: enough for everybody's devices, too few to pile up. */
export const mostPasskeys = 10;
