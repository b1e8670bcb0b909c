// B-S4. Pass: five wrong tries close a step of a name, known or not, and no sixth slips in; an unknown name costs what a known one
// does (median difference of processor time < 20 ms); no session is fixed from outside; signing out and disabling kill; a code counts
// once, one step to either side and no further; one person alone recovers nothing; an address that only fails must wait.
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken } from '../src/kernel/session-cookie.ts';
import { decideRecovery, requestRecovery, setAccountState } from '../src/modules/people/contract.ts';
import * as door from '../src/modules/sign-in/contract.ts';
import { lookForStorm } from '../src/modules/sign-in/alarm.ts';
import { hashPassword } from '../src/modules/sign-in/passwords.ts';
import { noteWrong } from '../src/modules/sign-in/tries.ts';
import { epochOf, instantOf } from '../src/shared/instant.ts';
import { monday, openWorld, type World } from '../src/testing/harness.ts';
import { type Browser, browserOf, codeAt, enrol } from '../src/testing/sign-in.ts';

let world: World;
let stored: string;
beforeAll(async () => {
  world = await openWorld();
  stored = await hashPassword(password);
});
afterAll(async () => world.close());

const password = 'Chabei-7-Shanlu';
const clerk = 'clerk.of.990101';
const clerkId = '00000000-0000-4000-8000-000000990101';
const later = (minutes: number): string => instantOf(epochOf(monday) + minutes * 60_000);
const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

async function ticketOf(browser: Browser, signInName = clerk): Promise<string> {
  const { body } = await browser.send(door.signIn, { signInName, password });
  return String(body['ticket']);
}

describe('wrong tries', () => {
  it('close a name for 15 minutes after five, known or not, and leave the others open', () =>
    world.rolledBack(async (country) => {
      await country.tx.updateTable('account').set({ passwordHash: stored, demonstration: true }).where('signInName', 'in', [clerk, 'head.of.990101']).execute();
      const { send } = browserOf(country);
      for (const signInName of [clerk, 'nobody.here']) {
        for (let number = 1; number <= 5; number += 1) expect((await send(door.signIn, { signInName, password: 'x' })).code).toBe('sign_in_refused');
        const closed = await send(door.signIn, { signInName, password });
        expect([closed.status, closed.code, closed.body.details]).toEqual([429, 'rate_limited', { retryAfterSeconds: 900 }]);
      }
      expect((await send(door.signIn, { signInName: 'head.of.990101', password })).status).toBe(200);
      country.clock.set(later(15));
      expect((await send(door.signIn, { signInName: clerk, password })).status).toBe(200);
    })());

  it('of the second step close it too, whatever ticket they come with, and the holder is told', () =>
    world.rolledBack(async (country) => {
      const { browser, secret } = await enrol(country, clerkId);
      const thief = browserOf(country);
      const ticket = await ticketOf(thief);
      for (let number = 1; number <= 5; number += 1) expect((await thief.send(door.signInSecondStep, { ticket, proof: { kind: 'totp', code: '000000' } })).code).toBe('sign_in_refused');
      const right = { kind: 'totp' as const, code: codeAt(secret, monday) };
      expect((await thief.send(door.signInSecondStep, { ticket, proof: right })).code).toBe('rate_limited');
      expect((await thief.send(door.signInSecondStep, { ticket: await ticketOf(thief), proof: right })).code).toBe('rate_limited');
      expect((await browser.send(door.listNotices, {})).body['notices']).toMatchObject([{ kind: 'second_step_failed' }]);
      country.clock.set(later(15));
      expect((await thief.send(door.signInSecondStep, { ticket, proof: right })).code).toBe('wrong_state');
    })());

  it('at the same moment leave no sixth, on a database with many hands', async () => {
    const { committed } = world;
    await committed.database.write((tx) => tx.updateTable('account').set({ passwordHash: stored, demonstration: true }).where('signInName', '=', 'clerk.of.980101').execute());
    const tries = Array.from({ length: 9 }, () => browserOf(committed).send(door.signIn, { signInName: 'clerk.of.980101', password: 'x' }));
    const codes = (await Promise.all(tries)).map(({ code }) => code).toSorted();
    expect(codes).toEqual([...Array<string>(4).fill('rate_limited'), ...Array<string>(5).fill('sign_in_refused')]);
  });

  it('from one address, twenty within an hour, make it wait between tries; others do not wait, and right ones do not count', () =>
    world.rolledBack(async (country) => {
      for (let number = 0; number < 23; number += 1) noteWrong({ address: '192.0.2.7', now: monday });
      const here = browserOf(country, undefined, '192.0.2.7');
      const waiting = await here.send(door.signIn, { signInName: 'made.up.99', password: 'x' });
      expect([waiting.code, waiting.body.details]).toEqual(['rate_limited', { retryAfterSeconds: 8 }]);
      expect((await browserOf(country, undefined, '192.0.2.8').send(door.signIn, { signInName: 'made.up.99', password: 'x' })).code).toBe('sign_in_refused');
      country.clock.set(instantOf(epochOf(monday) + 8_000));
      expect((await here.send(door.signIn, { signInName: 'made.up.98', password: 'x' })).code).toBe('sign_in_refused');
      expect((await here.send(door.signIn, { signInName: 'made.up.97', password: 'x' })).code).toBe('rate_limited');
      expect(JSON.stringify(await country.tx.selectFrom('signInAttempt').selectAll().execute())).not.toContain('192.0.2');
    })());
});

it('a thousand wrong tries within an hour, all over the installation, are told once', () =>
  world.rolledBack(async ({ tx, database, clock }) => {
    const lines: string[] = [];
    const log = pino({ level: 'warn', base: null }, { write: (line) => void lines.push(line) });
    const wrong = (count: number) => tx.insertInto('signInAttempt').values(Array.from({ length: count }, (_, number) => ({ signInName: `made.up.${number}`, at: monday }))).execute();
    // Of what other tests tried, too.
    await tx.deleteFrom('signInAttempt').execute();
    await wrong(999);
    const before = await lookForStorm({ database, clock, log }, null);
    await wrong(1);
    const told = await lookForStorm({ database, clock, log }, before);
    expect([before, told]).toEqual([null, monday]);
    expect(await lookForStorm({ database, clock, log }, told)).toBe(told);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"tries":1000');
  })());

it('an unknown name costs what a known one does', async () => {
  const { committed } = world;
  const samples = 9;
  const known = await committed.database.write(async (tx) => {
    const rows = await tx.selectFrom('account').select('signInName').where('signInName', '!=', 'clerk.of.980101').orderBy('signInName').limit(samples).execute();
    await tx.updateTable('account').set({ passwordHash: stored }).where('signInName', 'in', rows.map(({ signInName }) => signInName)).execute();
    return rows.map(({ signInName }) => signInName);
  });
  // Processor time of this process, its hashing threads too: unlike the clock on the wall it does not count what others do meanwhile.
  const cost = async (signInName: string): Promise<{ processor: number; wall: number }> => {
    const [before, began] = [process.cpuUsage(), performance.now()];
    expect((await browserOf(committed).send(door.signIn, { signInName, password: 'Wrong-7-Shanlu' })).code).toBe('sign_in_refused');
    const { user, system } = process.cpuUsage(before);
    return { processor: (user + system) / 1000, wall: performance.now() - began };
  };
  const [there, absent] = [[] as { processor: number; wall: number }[], [] as { processor: number; wall: number }[]];
  for (const [number, name] of known.entries()) {
    there.push(await cost(name));
    absent.push(await cost(`nobody.${number}`));
  }
  const processor = [there, absent].map((one) => median(one.map((cost) => cost.processor)));
  const wall = [there, absent].map((one) => median(one.map((cost) => cost.wall)));
  console.log(`B-S4: known ${processor[0]?.toFixed(0)} ms, unknown ${processor[1]?.toFixed(0)} ms of processor; on the wall ${wall[0]?.toFixed(0)} and ${wall[1]?.toFixed(0)} ms; ${samples} pairs`);
  expect(Math.abs((processor[0] ?? 0) - (processor[1] ?? 0))).toBeLessThan(20);
});

describe('a session', () => {
  it('is never the one somebody brought along', () =>
    world.rolledBack(async (country) => {
      const { secret } = await enrol(country, clerkId);
      const planted = 'a'.repeat(43);
      const victim = browserOf(country);
      victim.take(planted);
      const ticket = await ticketOf(victim);
      expect((await victim.send(door.signInSecondStep, { ticket, proof: { kind: 'totp', code: codeAt(secret, monday) } })).status).toBe(200);
      expect(victim.token()).not.toBe(planted);
      expect(await country.tx.selectFrom('session').select('id').where('tokenHash', '=', hashToken(planted)).execute()).toEqual([]);
      const attacker = browserOf(country);
      attacker.take(planted);
      expect((await attacker.send(door.whoAmI, {})).code).toBe('not_signed_in');
    })());

  it('is dead once signed out of, and once the account is disabled', () =>
    world.rolledBack(async (country) => {
      const { browser, secret } = await enrol(country, clerkId);
      const thief = browserOf(country);
      thief.take(browser.token());
      expect((await thief.send(door.whoAmI, {})).status).toBe(200);
      await browser.send(door.signOut, {});
      expect((await thief.send(door.whoAmI, {})).code).toBe('not_signed_in');
      const ticket = await ticketOf(browser);
      await browser.send(door.signInSecondStep, { ticket, proof: { kind: 'totp', code: codeAt(secret, monday) } });
      expect((await browser.send(door.whoAmI, {})).status).toBe(200);
      const second = await ticketOf(browserOf(country));
      await country.as('system_administrator of 000000').call(setAccountState, { accountId: clerkId, disabled: true, reason: '调离岗位' });
      expect((await browser.send(door.whoAmI, {})).code).toBe('not_signed_in');
      expect((await browserOf(country).send(door.signInSecondStep, { ticket: second, proof: { kind: 'totp', code: codeAt(secret, monday, 1) } })).code).toBe('sign_in_refused');
    })());
});

it('a code counts once, one step to either side and no further', () =>
  world.rolledBack(async (country) => {
    const { secret } = await enrol(country, clerkId);
    country.clock.set(later(5));
    const browser = browserOf(country);
    const attempt = async (steps: number): Promise<string> => {
      const ticket = await ticketOf(browser);
      return (await browser.send(door.signInSecondStep, { ticket, proof: { kind: 'totp', code: codeAt(secret, later(5), steps) } })).code;
    };
    expect(await attempt(-2)).toBe('sign_in_refused');
    expect(await attempt(2)).toBe('sign_in_refused');
    expect(await attempt(-1)).toBe('');
    expect(await attempt(-1)).toBe('sign_in_refused');
    expect(await attempt(1)).toBe('');
    // An earlier step after a later one was used could be one that somebody looked over a shoulder at.
    expect(await attempt(0)).toBe('sign_in_refused');
  })());

it('one person alone recovers nothing; two do, and nothing of before opens anything', () =>
  world.rolledBack(async (country) => {
    const { browser, secret } = await enrol(country, clerkId);
    const head = country.as('head of 990101');
    const asked = await head.call(requestRecovery, { accountId: clerkId, reason: '手机遗失，无法登录' });
    const decision = { requestId: asked.id, approve: true };
    expect((await head.refusal(decideRecovery, decision)).code).not.toBe('');
    expect((await browser.send(door.whoAmI, {})).status).toBe(200);
    await country.as('security_administrator of 000000').call(decideRecovery, decision);
    expect((await browser.send(door.whoAmI, {})).code).toBe('not_signed_in');
    const again = await browserOf(country).send(door.signIn, { signInName: clerk, password });
    expect(again.code).toBe('sign_in_refused');
    expect(await country.tx.selectFrom('totp').select('id').where('accountId', '=', clerkId).execute()).toEqual([]);
    expect(secret).not.toBe('');
  })());
