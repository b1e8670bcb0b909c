import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memorySecrets, openSecrets, SecretsRefused } from './secrets.ts';
import { WrapRefused } from './suites.ts';

let folder: string;
let directory: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fuwuyue-secrets-'));
  directory = join(folder, 'secrets');
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

const mode = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

describe('secrets in a folder', () => {
  it('are made at first use, for their user alone, and stay', async () => {
    const secrets = openSecrets(directory, 'SM2-SM3');
    expect(await secrets.roots()).toEqual([]);
    await expect(stat(directory)).rejects.toThrow('ENOENT');
    const made = await secrets.get('log-ed25519', 32);
    expect([await mode(directory), await mode(join(directory, 'log-ed25519'))]).toEqual([0o700, 0o400]);
    expect(await readdir(directory)).toEqual(['log-ed25519']);
    expect(await openSecrets(directory, 'P256-SHA256').get('log-ed25519', 32)).toEqual(made);
    expect(await secrets.get('log-sm2', 32)).not.toEqual(made);
  });

  it('are one, however many ask first at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => openSecrets(directory, 'SM2-SM3').get('log-sm2', 32)));
    expect(new Set(all.map((one) => one.toString('hex'))).size).toBe(1);
    expect(await readdir(directory)).toEqual(['log-sm2']);
  });

  it('are refused when group or others may read them, or when they are damaged', async () => {
    const secrets = openSecrets(directory, 'SM2-SM3');
    await secrets.get('log-sm2', 32);
    await chmod(directory, 0o750);
    await expect(secrets.get('log-sm2', 32)).rejects.toMatchObject({ fault: 'readable_by_others', path: directory });
    await chmod(directory, 0o700);
    await chmod(join(directory, 'log-sm2'), 0o404);
    await expect(secrets.get('log-sm2', 32)).rejects.toBeInstanceOf(SecretsRefused);
    await chmod(join(directory, 'log-sm2'), 0o600);
    await writeFile(join(directory, 'log-sm2'), 'short');
    await expect(secrets.get('log-sm2', 32)).rejects.toMatchObject({ fault: 'damaged' });
    await expect(secrets.get('../log', 32)).rejects.toThrow(RangeError);
    await expect(secrets.get('weak', 8)).rejects.toThrow(RangeError);
  });

  it('wrap under the newest root, and open what older ones wrapped until they are forgotten', async () => {
    const secrets = openSecrets(directory, 'SM2-SM3');
    const clear = Buffer.from('a private key');
    const first = await secrets.wrap(clear, 'unit_key/990101/1');
    expect(first).toMatch(/^SM4-CTR-HMAC-SM3\.1\./);
    expect(await secrets.renewRoot()).toBe(2);
    const second = await openSecrets(directory, 'P256-SHA256').wrap(clear, 'unit_key/990101/1');
    expect(second).toMatch(/^AES-256-GCM\.2\./);
    for (const wrapped of [first, second]) expect(await secrets.unwrap(wrapped, 'unit_key/990101/1')).toEqual(clear);
    await expect(secrets.forgetRoot(2)).rejects.toThrow(RangeError);
    await secrets.forgetRoot(1);
    await expect(secrets.unwrap(first, 'unit_key/990101/1')).rejects.toBeInstanceOf(WrapRefused);
    expect(await readFile(join(directory, 'root-2'))).toHaveLength(32);
    expect(await secrets.roots()).toEqual([2]);
  });

  it('open nothing for somebody else', async () => {
    const [ours, theirs] = [memorySecrets(), memorySecrets()];
    const wrapped = await ours.wrap(Buffer.from('x'), 'unit_key/990101/1');
    await theirs.wrap(Buffer.from('x'), 'other');
    for (const [secrets, bound] of [[theirs, 'unit_key/990101/1'], [ours, 'unit_key/990102/1'], [ours, 'unit_key/990101/2']] as const) {
      await expect(secrets.unwrap(wrapped, bound)).rejects.toBeInstanceOf(WrapRefused);
    }
  });
});
