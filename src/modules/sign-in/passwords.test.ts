// Password hashes.
import { parseOptions } from '@node-rs/argon2';
import { expect, it } from 'vitest';
import { hashPassword, isPassword, nobodysHash } from './passwords.ts';

it('a password is known again, another is not', async () => {
  const stored = await hashPassword('Chabei-7-Shanlu');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=65536,t=4,p=1\$/);
  expect(await isPassword(stored, 'Chabei-7-Shanlu')).toBe(true);
  expect(await isPassword(stored, 'Chabei-7-Shanlu ')).toBe(false);
});

it('where there is no password nothing is right, at the same cost', async () => {
  expect(await isPassword(null, 'Chabei-7-Shanlu')).toBe(false);
  expect(parseOptions(nobodysHash)).toEqual(parseOptions(await hashPassword('Chabei-7-Shanlu')));
});
