import { expect, it } from 'vitest';
import { sha256Of } from '../../kernel/digest.ts';
import { memorySecrets } from '../../kernel/secrets.ts';
import { followHandovers } from './rules/handover.ts';
import { keyTextOf } from './rules/note.ts';
import { type LogKeys, nodeNoteTools, noteKeysOf, openLogKeys, signHandover } from './signing.ts';

const secrets = memorySecrets();
const [first, second, third, strange] = await Promise.all([1, 2, 3, 4].map((number) => openLogKeys(secrets, number))) as [LogKeys, LogKeys, LogKeys, LogKeys];
const texts = (keys: LogKeys): string[] => noteKeysOf(keys, 'log').map((key) => keyTextOf(key, sha256Of));
const known = { installation: 'fuwuyue-1', keys: texts(first) };
const [toSecond, toThird] = [signHandover({ from: 'fuwuyue-1', to: 'fuwuyue-2', keys: texts(second) }, first), signHandover({ from: 'fuwuyue-2', to: 'fuwuyue-3', keys: texts(third) }, second)];
const follow = async (notes: readonly string[], to: string) => followHandovers(known, notes, to, nodeNoteTools);

it('whoever knows the keys of a name follows it to the present one, in whatever order the notes come', async () => {
  expect(await follow([], 'fuwuyue-1')).toEqual(known);
  expect(await follow([toSecond], 'fuwuyue-2')).toEqual({ installation: 'fuwuyue-2', keys: texts(second) });
  expect(await follow([toThird, toSecond], 'fuwuyue-3')).toEqual({ installation: 'fuwuyue-3', keys: texts(third) });
});

it('and goes nowhere by a note that strangers signed, one key alone, or that leads elsewhere or in a circle', async () => {
  const half: LogKeys = { ed25519: first.ed25519, sm2: strange.sm2 };
  const circle = [signHandover({ from: 'fuwuyue-1', to: 'fuwuyue-1', keys: texts(first) }, first)];
  for (const notes of [
    [], [toThird], ['no note'], circle,
    [signHandover({ from: 'fuwuyue-1', to: 'fuwuyue-2', keys: texts(strange) }, strange)],
    [signHandover({ from: 'fuwuyue-1', to: 'fuwuyue-2', keys: texts(strange) }, half)],
    [toSecond.replace('\nfuwuyue-2\n', '\nfuwuyue-9\n')],
  ]) {
    expect(await follow(notes, 'fuwuyue-2')).toBeNull();
  }
  expect(await follow([toSecond], 'fuwuyue-3')).toBeNull();
});
