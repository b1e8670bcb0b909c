// B-F7 (sign-in service): an OpenID Connect provider that refuses, hangs, drips, breaks off or answers garbage, where it
// is discovered, where the code is changed and where its keys lie. Passes when nobody is let in, each step is answered within 5 s with
// provider_unavailable, a password opens as before meanwhile, and the next try after it is mended goes through.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as door from '../src/modules/sign-in/contract.ts';
import * as ways from '../src/modules/sign-in/contract/ways.ts';
import { hashPassword } from '../src/modules/sign-in/passwords.ts';
import { openWorld, type World } from '../src/testing/harness.ts';
import { type Answer, browserOf } from '../src/testing/sign-in.ts';
import { type Fault, type SignInService, startSignInService } from '../src/testing/sign-in-service.ts';

const publicUrl = 'https://fwy.example';
const redirectUri = `${publicUrl}/sign-in/single-sign-on`;
/** The quick ones beside these are in src/modules/sign-in/provider.module.test.ts. */
const faults: readonly Fault[] = ['hangs', 'drips', 'cut_off', 'garbage'];
const password = 'Chabei-7-Shanlu';
const limit = 5_000;

/** An installation of its own with a provider of its own, so that all faults are tried side by side. */
interface Pair {
  readonly world: World;
  readonly service: SignInService;
}
const pairs: Pair[] = [];
let hash = '';
beforeAll(async () => {
  hash = await hashPassword(password);
});
afterAll(async () => {
  for (const { world, service } of pairs) {
    await world.close();
    await service.close();
  }
});

async function open(): Promise<Pair> {
  const service = await startSignInService([redirectUri]);
  const { issuer, clientId, clientSecret } = service;
  const world = await openWorld({ site: { publicUrl, singleSignOn: { issuer, clientId, secret: async () => clientSecret, name: null, twoFactors: [] } }, maximumConnections: 4 });
  await world.committed.database.write((tx) => tx.updateTable('account').set({ passwordHash: hash, demonstration: true }).where('signInName', '=', 'clerk.of.990101').execute());
  pairs.push({ world, service });
  return { world, service };
}

async function timed(ask: Promise<Answer>): Promise<{ code: string; ms: number }> {
  const began = performance.now();
  const { code } = await ask;
  return { code, ms: performance.now() - began };
}

interface Seen {
  readonly place: string;
  readonly code: string;
  readonly ms: number;
  readonly password: unknown;
}

/** Breaks one place after the other, tries, and mends it. */
async function suffer(fault: Fault): Promise<Seen[]> {
  const { world, service } = await open();
  const browser = browserOf(world.committed);
  const seen: Seen[] = [];
  const byPassword = async (): Promise<unknown> => (await browserOf(world.committed).send(door.signIn, { signInName: 'clerk.of.990101', password })).body['state'];
  const during = async (place: string, ask: Promise<Answer>): Promise<void> => {
    const [{ code, ms }, opened] = await Promise.all([timed(ask), byPassword()]);
    seen.push({ place, code, ms, password: opened });
  };
  service.fault = fault;
  await during('discovery', browser.send(ways.beginSingleSignOn, {}));
  for (const place of ['token', 'jwks']) {
    service.fault = 'none';
    const { body } = await browser.send(ways.beginSingleSignOn, {});
    const query = await service.walk(String(body['address']), redirectUri);
    service.fault = fault;
    service.faultAt = new RegExp(place);
    await during(place, browser.send(ways.finishSingleSignOn, { challenge: String(body['challenge']), query }));
  }
  service.fault = 'none';
  const { body } = await browser.send(ways.beginSingleSignOn, {});
  const last = await browser.send(ways.finishSingleSignOn, { challenge: String(body['challenge']), query: await service.walk(String(body['address']), redirectUri) });
  // Mended it names somebody; nobody is linked to him here.
  expect(last.code).toBe('identity_not_linked');
  expect(browser.token()).toBeNull();
  return seen;
}

describe('B-F7: a sign-in service that fails', () => {
  it('lets nobody in, is given up within 5 s, and holds nobody else up', async () => {
    const tried = await Promise.all(faults.map(async (fault) => ({ fault, seen: await suffer(fault) })));
    const slowest = Math.max(...tried.flatMap(({ seen }) => seen.map(({ ms }) => ms)));
    for (const { fault, seen } of tried) for (const one of seen) expect({ fault, place: one.place, code: one.code, password: one.password }).toEqual({ fault, place: one.place, code: 'provider_unavailable', password: 'open' });
    expect(slowest).toBeLessThan(limit);
    console.log(`B-F7: sign-in service: ${faults.length} faults at 3 places, ${tried.flatMap(({ seen }) => seen).length} refused, slowest ${Math.round(slowest)} ms`);
  });

  it('that nobody runs refuses at once, and the installation starts and serves without it', async () => {
    const { world, service } = await open();
    await service.close();
    const { code, ms } = await timed(browserOf(world.committed).send(ways.beginSingleSignOn, {}));
    expect(code).toBe('provider_unavailable');
    expect(ms).toBeLessThan(limit);
    expect((await browserOf(world.committed).send(ways.listWays, {})).status).toBe(200);
  });
});
