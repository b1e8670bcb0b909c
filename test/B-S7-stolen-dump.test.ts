// B-S7. Whoever steals the database, its files or a plain backup (which holds the same rows) finds in them no password, no secret of an
// authenticator, no recovery code, no token of a session or a link, and no private key of a unit; in no usual way of writing. The
// contents of grievances join this list with the module that holds them (5 of 5).
import { sql } from 'kysely';
import { Secret } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listTables } from '../src/backup/tables.ts';
import type { Tx } from '../src/kernel/database.ts';
import { memorySecrets } from '../src/kernel/secrets.ts';
import { findCurrentKey, unitKeyBound } from '../src/modules/keys/queries.ts';
import { replaceSignInLink } from '../src/modules/people/queries.ts';
import { openWorld, type World } from '../src/testing/harness.ts';
import { enrol } from '../src/testing/sign-in.ts';
import { bringUp, fillLedger } from '../src/testing/steps.ts';

const secrets = memorySecrets();
let world: World;
beforeAll(async () => {
  world = await openWorld({ secrets });
});
afterAll(() => world.close());

const clerkId = '00000000-0000-4000-8000-000000990101';
const password = 'Jinsique-7-Shanlu';

/** Every row of every table, as a backup writes them. */
async function dumpOf(tx: Tx): Promise<string> {
  const dumps: string[] = [];
  for (const { name } of await listTables(tx)) {
    const { rows } = await sql<{ row: string }>`select row_to_json(t)::text as row from ${sql.table(name)} t`.execute(tx);
    dumps.push(...rows.map(({ row }) => row));
  }
  return dumps.join('\n').toLowerCase();
}

/** A secret in the ways of writing that a search would try. */
function writtenAs(secret: Buffer): string[] {
  const text = secret.toString('latin1');
  return [text, secret.toString('hex'), secret.toString('base64').replace(/=+$/, ''), secret.toString('base64url'), Buffer.from(text, 'utf16le').toString('hex'), Buffer.from(text, 'utf16le').swap16().toString('hex')].map((one) => one.toLowerCase());
}

describe('a stolen dump', () => {
  it('holds nothing that opens anything', () => world.rolledBack(async (country) => {
    const { browser, secret, recoveryCodes } = await enrol(country, clerkId, { password });
    const { signInPath } = await replaceSignInLink(country.tx, '00000000-0000-4000-8000-000001990101', country.clock.now());
    await fillLedger(country, '990102');
    await bringUp(country, '990102');
    const key = await findCurrentKey(country.tx, '990102');
    if (key === undefined || key.privateKey === null) throw new Error('no key was made for the seal');
    const privateKey = Buffer.from(await secrets.unwrap(key.privateKey, unitKeyBound('990102', key.number)));
    const canaries: readonly (readonly [string, Buffer])[] = [
      ['the password', Buffer.from(password)],
      ['the authenticator secret as typed', Buffer.from(secret)],
      ['the authenticator secret as bytes', Buffer.from(Secret.fromBase32(secret).bytes)],
      ...recoveryCodes.flatMap((code): (readonly [string, Buffer])[] => [['a recovery code', Buffer.from(code)], ['a recovery code without its hyphens', Buffer.from(code.replaceAll('-', ''))]]),
      ['the session token', Buffer.from(browser.token() ?? 'missing')],
      ['the token of a link', Buffer.from(signInPath.split('#')[1] ?? 'missing')],
      ['the private key of a unit', privateKey],
    ];
    const dump = await dumpOf(country.tx);
    // What is looked for could be found: a name that is there is.
    expect(dump).toContain('clerk.of.990101');
    expect(dump).toContain(Buffer.from(key.publicKey, 'hex').toString('hex'));
    const found = canaries.filter(([, canary]) => writtenAs(canary).some((written) => written.length > 7 && dump.includes(written)));
    expect(found.map(([what]) => what)).toEqual([]);
    console.log(`B-S7: ${canaries.length} secrets in six ways of writing, in ${dump.length} characters of dump: none found`);
  })());
});
