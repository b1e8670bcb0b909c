// B-P6: keys at rest. Passes when 2,000 texts of any length open again as they were, any flipped bit and any change of what a text is
// bound to (unit, number, table) is refused, in both suites, and a million nonces hold no one twice.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitKeyBound } from '../src/modules/keys/queries.ts';
import { freshNonce, unwrapUnder, WrapRefused, type Wrapping, wrapUnder } from '../src/kernel/suites.ts';

const root = { number: 3, secret: Buffer.alloc(32, 7) };
const wrappings: readonly Wrapping[] = ['SM4-CTR-HMAC-SM3', 'AES-256-GCM'];
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const units = fc.integer({ min: 110_000, max: 659_999 }).map(String);
const counted = { opened: 0, flips: 0, swaps: 0 };

function refuses(wrapped: string, bound: string, under = root): void {
  try {
    unwrapUnder(under, wrapped, bound);
  } catch (error) {
    if (error instanceof WrapRefused) return;
    throw error;
  }
  throw new Error(`opened: ${wrapped} as ${bound}`);
}

describe.each(wrappings)('B-P6 %s', (wrapping) => {
  it('opens as it was, and nowhere else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), units, units, fc.integer({ min: 1, max: 99 }), fc.nat(), (clear, unit, other, number, place) => {
        const bound = unitKeyBound(unit, number);
        const wrapped = wrapUnder(root, wrapping, clear, bound);
        expect(Buffer.compare(unwrapUnder(root, wrapped, bound), clear)).toBe(0);
        counted.opened += 1;
        // One letter of base64 is six bits; every place comes up in the long run, the spare bits at the end too.
        const start = wrapped.lastIndexOf('.') + 1;
        const at = start + (place % (wrapped.length - start));
        const letter = letters.indexOf(wrapped.charAt(at));
        for (const bit of [1, 2, 4, 8, 16, 32]) refuses(`${wrapped.slice(0, at)}${letters.charAt(letter ^ bit)}${wrapped.slice(at + 1)}`, bound);
        counted.flips += 6;
        for (const swapped of [unitKeyBound(unit, number + 1), `installation_key/${number}`, `totp/${unit}/${number}`, '']) refuses(wrapped, swapped);
        if (other !== unit) refuses(wrapped, unitKeyBound(other, number));
        refuses(wrapped, bound, { number: 3, secret: Buffer.alloc(32, 8) });
        refuses(wrapped, bound, { number: 4, secret: root.secret });
        refuses(wrapped.replace(wrapping, wrappings.find((one) => one !== wrapping) ?? ''), bound);
        refuses(wrapped.replace('.3.', '.03.'), bound);
        counted.swaps += 8;
      }),
      { numRuns: 1000 },
    );
  });

  it('is refused cut off, lengthened and empty', () => {
    const wrapped = wrapUnder(root, wrapping, Buffer.from('a key'), 'x');
    for (const changed of ['', '.', wrapping, `${wrapping}.3.`, wrapped.slice(0, -1), wrapped.slice(0, -30), `${wrapped}A`, `${wrapped}.A`, ` ${wrapped}`, wrapped.toLowerCase()]) refuses(changed, 'x');
    expect(wrapUnder(root, wrapping, Buffer.from('a key'), 'x')).not.toBe(wrapped);
  });
});

describe('B-P6 nonces', () => {
  it('never repeat in a million draws', () => {
    const draws = 1_000_000;
    // The first 53 bits of each, sorted: two equal nonces would be neighbours here.
    const heads = new Float64Array(draws);
    for (let at = 0; at < draws; at += 1) {
      const nonce = freshNonce();
      heads[at] = nonce.readUIntBE(0, 6) * 32 + (nonce.readUInt8(6) & 31);
    }
    heads.sort();
    let repeated = 0;
    for (let at = 1; at < draws; at += 1) if (heads[at] === heads[at - 1]) repeated += 1;
    expect(repeated).toBe(0);
    console.log(`B-P6: ${counted.opened} round trips, ${counted.flips} flips and ${counted.swaps} swaps refused, ${draws} nonces, ${repeated} repeated`);
  });
});
