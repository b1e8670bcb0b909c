// fuwuyue config check, and a server that does not start with secrets that are none.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeClamd } from '../testing/fake-clamd.ts';
import { openWorld, type World } from '../testing/harness.ts';
import { databaseUrlOf } from '../testing/server-process.ts';
import { type Finding, passkeys, proxies, publicAddress, signInService } from './commands/config-check.ts';
import { runCommandLine } from './program.ts';

let world: World;
let directory: string;
beforeAll(async () => {
  world = await openWorld();
  directory = await mkdtemp(join(tmpdir(), 'fuwuyue-config-'));
  await mkdir(join(directory, 'secrets'), { mode: 0o700 });
  await writeFile(join(directory, 'secrets', 'root-1'), randomBytes(32), { mode: 0o400 });
});
afterAll(async () => {
  await world.close();
  await rm(directory, { recursive: true, force: true });
});

interface Told {
  readonly exit: number;
  readonly findings: readonly Finding[];
  readonly said: string;
}

async function run(words: readonly string[], settings: { readonly [name: string]: string } = {}): Promise<Told> {
  let answered = '';
  let said = '';
  const environment = { DATA_DIR: directory, DATABASE_URL: await databaseUrlOf(world.committed.database), ...settings };
  const exit = await runCommandLine({ environment, answer: (text) => void (answered += text), say: (text) => void (said += text) }, words);
  return { exit, said, findings: answered.startsWith('{') ? (JSON.parse(answered) as { findings: Finding[] }).findings : [] };
}

const levelOf = ({ findings }: Told, about: string): string | undefined => findings.find((one) => one.about === about)?.level;

describe('config check', () => {
  it('finds nothing wrong where nothing is, in both languages, and shows no secret', async () => {
    const told = await run(['config', 'check', '--json']);
    expect(told.findings.filter(({ level }) => level === 'wrong')).toEqual([]);
    expect(told.exit).toBe(0);
    for (const about of ['settings', 'secrets', 'database', 'database_tls', 'database_durability', 'clock', 'schema', 'disk']) expect([about, levelOf(told, about)]).toEqual([about, expect.toBeOneOf(['ok', 'attention'])]);
    for (const { chinese, english } of told.findings) expect([/[一-鿿]/.test(chinese), /^[ -~«»]+$/.test(english)]).toEqual([true, true]);
  });

  it.each([
    ['a setting that cannot be meant', { LIMITS: 'session=fast' }, 'settings'],
    ['http over a network', { PUBLIC_URL: 'http://fuwuyue.example' }, 'public_url'],
    ['a proxy nobody told of', { PUBLIC_URL: 'https://fuwuyue.example' }, 'proxies'],
    ['a scanner that is away', { CLAMAV_ADDRESS: '127.0.0.1:1' }, 'scanner'],
    ['a database that is away', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, 'database'],
  ])('finds %s', async (_title, settings, about) => {
    const told = await run(['config', 'check', '--json'], settings);
    expect([told.exit, levelOf(told, about)]).toEqual([1, 'wrong']);
  });

  it('finds a scanner that is there', async () => {
    const clamd = await startFakeClamd('honest');
    expect(levelOf(await run(['config', 'check', '--json'], { CLAMAV_ADDRESS: clamd.address }), 'scanner')).toBe('ok');
    await clamd.close();
  });

  it.each([
    ['readable by others', async (path: string) => { await writeFile(path, randomBytes(32)); await chmod(path, 0o444); }],
    ['shorter than 128 bits', async (path: string) => writeFile(path, randomBytes(15), { mode: 0o400 })],
    ['a word', async (path: string) => writeFile(path, 'changeme-please-now', { mode: 0o400 })],
    ['all the same', async (path: string) => writeFile(path, Buffer.alloc(32, 7), { mode: 0o400 })],
  ])('finds a secret that is %s, and the server does not start', async (_title, make) => {
    const path = join(directory, 'secrets', 'another');
    await make(path);
    const told = await run(['config', 'check', '--json']);
    expect([told.exit, levelOf(told, 'secrets'), told.findings.find(({ level }) => level === 'wrong')?.english]).toEqual([1, 'wrong', expect.stringContaining(path)]);
    const started = await run(['serve', '--json'], { PORT: '0' });
    expect([started.exit, started.said]).toEqual([1, expect.stringContaining('config check')]);
    await rm(path, { force: true });
  });

  it('judges addresses and proxies', () => {
    expect(publicAddress({ publicUrl: 'http://127.0.0.1:8080' }).level).toBe('attention');
    expect(publicAddress({ publicUrl: 'https://fuwuyue.example' }).level).toBe('ok');
    expect(proxies({ publicUrl: 'https://fuwuyue.example', trustedProxies: 1, host: '127.0.0.1' }).level).toBe('ok');
    expect(proxies({ publicUrl: 'https://fuwuyue.example', trustedProxies: 1, host: '0.0.0.0' }).level).toBe('attention');
  });

  it('says where passkeys cannot be, and what a sign-in service lacks', () => {
    expect([passkeys({ publicUrl: 'http://10.0.3.7:8080' }).level, passkeys({ publicUrl: 'https://fuwuyue.example' }).level]).toEqual(['attention', 'ok']);
    const oidc = { issuer: 'https://sso.example', clientId: 'fuwuyue', name: null, twoFactors: [] };
    expect(signInService({ publicUrl: 'https://fuwuyue.example', oidc: null }, false)).toEqual([]);
    expect(signInService({ publicUrl: null, oidc }, true)).toMatchObject([{ level: 'wrong' }]);
    expect(signInService({ publicUrl: 'https://fuwuyue.example', oidc }, false)).toMatchObject([{ level: 'wrong' }]);
    expect(signInService({ publicUrl: 'https://fuwuyue.example/', oidc }, true)[0]?.english).toContain('https://fuwuyue.example/sign-in/single-sign-on');
  });
});
