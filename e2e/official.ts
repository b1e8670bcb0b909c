// A real account beside the made-up ones: invited by one administrator, approved by another, with the link it begins with.
import { Secret, TOTP } from 'otpauth';
import { inject } from 'vitest';
import { confirm, cookieOf } from './journey.ts';

export interface Invited {
  readonly signInName: string;
  readonly displayName: string;
  /** `/sign-in/link#…` */
  readonly signInPath: string;
}

let made = 0;

export async function inviteOfficial(role: string, unitCode: string): Promise<Invited> {
  made += 1;
  const signInName = `real.${role}.${Date.now()}.${made}`;
  const displayName = `实名${made}`;
  const asked = (await send('system_administrator 000000', `/api/units/${unitCode}/invitations`, { signInName, displayName, roles: [{ role, unitCode }] })) as { id: string; accountId: string };
  await send('security_administrator 000000', `/api/role-requests/${asked.id}/decision`, { approve: true });
  const { signInPath } = (await send('system_administrator 000000', `/api/accounts/${asked.accountId}/sign-in-links`, {})) as { signInPath: string };
  return { signInName, displayName, signInPath };
}

async function send(person: string, path: string, body: object): Promise<unknown> {
  const cookie = await cookieOf(person);
  await confirm(cookie);
  const headers = { 'content-type': 'application/json', 'x-request-key': crypto.randomUUID(), cookie: `fuwuyue=${cookie}` };
  const response = await fetch(`${inject('address')}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path} was refused: ${await response.text()}`);
  return response.json();
}

/** What an authenticator app with this secret shows, some steps of 30 seconds from now. */
export function codeOf(secret: string, steps = 0): string {
  return new TOTP({ algorithm: 'SHA1', digits: 6, period: 30, secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({ timestamp: Date.now() + steps * 30_000 });
}
