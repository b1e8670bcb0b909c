// The digest of the page in the package is that of everybody else.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sm3 } from './sm3.ts';

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const node = (bytes: Uint8Array): string => createHash('sm3').update(bytes).digest('hex');

describe('SM3', () => {
  it('gives the digest of the standard\'s first example', () => {
    expect(hexOf(new Sm3().update(Buffer.from('abc')).digest())).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
  });

  it('agrees with Node on any bytes, in any pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), (pieces) => {
        const hash = new Sm3();
        for (const piece of pieces) hash.update(piece);
        expect(hexOf(hash.digest())).toBe(node(Buffer.concat(pieces)));
      }),
    );
  });

  it('goes on from a copy', () => {
    const first = new Sm3().update(Buffer.alloc(70, 1));
    const copy = first.clone();
    expect(hexOf(copy.update(Buffer.from('x')).digest())).toBe(node(Buffer.concat([Buffer.alloc(70, 1), Buffer.from('x')])));
    expect(hexOf(first.digest())).toBe(node(Buffer.alloc(70, 1)));
  });
});
