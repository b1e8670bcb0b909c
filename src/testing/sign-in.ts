// Browsers that keep their cookie, and people who have set up what they sign in with, all over the real API.
import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Tx } from '../kernel/database.ts';
import { replaceSignInLink } from '../modules/people/queries.ts';
import * as door from '../modules/sign-in/contract.ts';
import type { Endpoint, SentInputOf } from '../shared/endpoint.ts';
import { epochOf, type Instant } from '../shared/instant.ts';
import { requestKeyHeader, requestOf, unattendedHeader } from '../shared/request.ts';
import type { Country } from './harness.ts';

export interface Answer {
  readonly status: number;
  readonly code: string;
  readonly rule: unknown;
  readonly body: Record<string, unknown> & { readonly details?: Record<string, unknown> };
  readonly setCookie: string | null;
}

export interface Browser {
  /** The session token it holds; null when signed out. */
  token(): string | null;
  /** Takes another's cookie, as a thief would. */
  take(token: string | null): void;
  send<E extends Endpoint>(endpoint: E, input: SentInputOf<E>, options?: { readonly requestKey?: string; readonly unattended?: boolean }): Promise<Answer>;
}

export const desktopAgent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
export const phoneAgent = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36';

/** A browser: keeps the session cookie between requests. `address`: where it seems to come from; else from nowhere, as asked in process. */
export function browserOf({ app }: Pick<Country, 'app'>, agent: string = desktopAgent, address: string | null = null): Browser {
  let held: string | null = null;
  return {
    token: () => held,
    take: (token) => {
      held = token;
    },
    send: async (endpoint, input, { requestKey = randomUUID(), unattended = false } = {}) => {
      const shape = requestOf(endpoint, input);
      const headers = new Headers({ [requestKeyHeader]: requestKey, 'content-type': 'application/json', 'user-agent': agent });
      if (held !== null) headers.set('cookie', `fuwuyue=${held}`);
      if (unattended) headers.set(unattendedHeader, '1');
      const from = address === null ? {} : { incoming: { socket: { remoteAddress: address } } };
      const response = await app.request(shape.path, { method: shape.method, headers, ...(shape.body === null ? {} : { body: shape.body }) }, from);
      const set = response.headers.get('set-cookie');
      if (set !== null) held = /max-age=0/i.test(set) ? null : (/^fuwuyue=([^;]+)/.exec(set)?.[1] ?? null);
      const body = (await response.json()) as Answer['body'] & { code?: string };
      return { status: response.status, code: body.code ?? '', rule: body.details?.['rule'], body, setCookie: set };
    },
  };
}

export function codeAt(secret: string, now: Instant, steps = 0): string {
  return new TOTP({ algorithm: 'SHA1', digits: 6, period: 30, secret: Secret.fromBase32(secret) }).generate({ timestamp: epochOf(now) + steps * 30_000 });
}

export interface Enrolled {
  readonly browser: Browser;
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
  readonly password: string;
}

/** An official who came in by a link and set up password, authenticator app and recovery codes; signed in afterwards. */
export async function enrol(country: Country & { readonly tx: Tx }, accountId: string, options: { readonly password?: string; readonly agent?: string } = {}): Promise<Enrolled> {
  const { password = 'Chabei-7-Shanlu', agent = desktopAgent } = options;
  const now = country.clock.now();
  const { signInPath } = await replaceSignInLink(country.tx, accountId, now);
  const browser = browserOf(country, agent);
  const done = async (answer: Promise<Answer>): Promise<Answer['body']> => {
    const { status, body } = await answer;
    if (status !== 200) throw new Error(`enrolment was refused: ${JSON.stringify(body)}`);
    return body;
  };
  await done(browser.send(door.redeemSignInLink, { token: signInPath.split('#')[1] ?? '' }));
  await done(browser.send(door.changePassword, { current: null, next: password }));
  const { id, secret } = await done(browser.send(door.beginTotp, { name: '手机' }));
  await done(browser.send(door.confirmTotp, { id: String(id), code: codeAt(String(secret), now, -1) }));
  const { codes } = await done(browser.send(door.makeRecoveryCodes, {}));
  await done(browser.send(door.finishEnrolment, {}));
  return { browser, secret: String(secret), recoveryCodes: codes as string[], password };
}
