// The page takes and refuses what Node and sm-crypto-v2 take and refuse.
import { describe, expect, it } from 'vitest';
import { newKeyPair, signWith, verifyWith } from '../../kernel/suites.ts';
import { bytesOfHex, type SignatureSuite } from '../../shared/signature.ts';
import { verifySignature } from './signatures.ts';

describe.each<SignatureSuite>(['SM2-SM3', 'P256-SHA256', 'Ed25519'])('%s', (suite) => {
  it('holds as in Node, and not when anything was changed', async () => {
    for (let round = 0; round < 6; round += 1) {
      const [ours, theirs] = [newKeyPair(suite), newKeyPair(suite)];
      const message = Buffer.from(`第 ${round} 份`);
      const signature = signWith(ours, message);
      expect(await verifySignature(suite, ours.publicKey, message, signature)).toBe(true);
      const wrong: [Uint8Array, Uint8Array, Uint8Array][] = [[theirs.publicKey, message, signature], [ours.publicKey, Buffer.from('x'), signature], [ours.publicKey, message, signature.subarray(1)]];
      for (const at of [0, 31, 32, 63]) wrong.push([ours.publicKey, message, Uint8Array.from(signature, (byte, index) => (index === at ? byte ^ 1 : byte))]);
      for (const fill of [0, 255]) wrong.push([ours.publicKey, message, new Uint8Array(64).fill(fill)]);
      for (const [key, text, sealed] of wrong) expect([await verifySignature(suite, key, text, sealed), verifyWith(suite, key, text, sealed)]).toEqual([false, false]);
    }
  });
});

it('SM2 takes the example of the standard (GM/T 0003.5-2012, annex A)', async () => {
  const key = bytesOfHex('0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13') ?? new Uint8Array();
  const signature = bytesOfHex('f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa') ?? new Uint8Array();
  expect(await verifySignature('SM2-SM3', key, Buffer.from('message digest'), signature)).toBe(true);
});
