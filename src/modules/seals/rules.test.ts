// What a seal covers, and which of the ways a chain or a sealed version can be wrong is told.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalText, chainStart, digestsOf, firstChainFault, foldReceipt, receiptCodeOf, type SealEntry, sealText, versionFault } from './rules.ts';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const hashes = { sha256: sha, sm3: (text: string) => sha(`sm3 ${text}`) };
const signed = { suite: 'sm2', key: 'k', signature: 's', by: '示例' } as unknown as NonNullable<SealEntry['signed']>;

function chainOf(count: number): (SealEntry & { hash: string })[] {
  const chain: (SealEntry & { hash: string })[] = [];
  for (let number = 1; number <= count; number += 1) {
    const entry: SealEntry = {
      number, at: '2023-07-01T09:00:00.000+08:00', edition: '2023', unit: '330106', version: number, sha256: sha(`a${number}`), sm3: sha(`b${number}`),
      previousHash: chain.at(-1)?.hash ?? chainStart, signed: number % 2 === 0 ? signed : null,
    };
    chain.push({ ...entry, hash: sha(sealText(entry)) });
  }
  return chain;
}

const changed = (at: number, change: Partial<SealEntry & { hash: string }>) => chainOf(4).map((entry, index) => (index === at ? { ...entry, ...change } : entry));

describe('the chain of seals', () => {
  it.each([
    ['none is whole', [], null],
    ['four follow from each other, signed and not', chainOf(4), null],
    ['one taken out', chainOf(4).filter(({ number }) => number !== 2), { number: 2, fault: 'gap' }],
    ['the first points nowhere', changed(0, { previousHash: sha('x') }), { number: 1, fault: 'previous_hash' }],
    ['a digest changed', changed(2, { sha256: sha('x') }), { number: 3, fault: 'hash' }],
    ['a signature taken off', changed(1, { signed: null }), { number: 2, fault: 'hash' }],
    ['a hash made anew breaks the next', changed(1, { signed: null, hash: sha('y') }), { number: 2, fault: 'hash' }],
  ])('%s', (_what, chain, fault) => expect(firstChainFault(chain, sha)).toEqual(fault));

  it('covers no more than it says, whatever an entry carries along', () => {
    const [entry] = chainOf(1);
    expect(sealText({ ...entry, demonstration: true } as unknown as SealEntry)).toBe(sealText(entry as SealEntry));
  });
});

describe('a sealed version', () => {
  const content = { cells: { a: 1 } };
  const text = canonicalText(content);
  const stored = { content, extension: null, sha256: hashes.sha256(text), sm3: hashes.sm3(text) };
  const rows = { x: 3 };
  const withRows = { cells: { a: 1 }, extensionSha256: hashes.sha256(canonicalText(rows)) };
  const sealedRows = { content: withRows, extension: rows, sha256: hashes.sha256(canonicalText(withRows)), sm3: hashes.sm3(canonicalText(withRows)) };

  it.each([
    ['reads as it was sealed', stored, stored, null],
    ['with own rows too', sealedRows, sealedRows, null],
    ['other content', { ...stored, content: { cells: { a: 2 } } }, stored, 'content_changed'],
    ['content that is no object', { ...stored, content: 'a' }, stored, 'content_changed'],
    ['no content', { ...stored, content: null }, stored, 'content_changed'],
    ['SM3 alone differs', { ...stored, sm3: hashes.sm3('x') }, stored, 'content_changed'],
    ['another version than was sealed', stored, sealedRows, 'digest_differs'],
    ['another SM3 than was sealed', stored, { ...stored, sm3: 'x' }, 'digest_differs'],
    ['own rows changed', { ...sealedRows, extension: { x: 4 } }, sealedRows, 'extension_changed'],
    ['own rows gone', { ...sealedRows, extension: null }, sealedRows, 'extension_changed'],
    ['own rows nobody sealed', { ...stored, extension: rows }, stored, 'extension_changed'],
  ] as const)('%s', (_what, version, seal, fault) => expect(versionFault(digestsOf(version, hashes), seal)).toBe(fault));

  it('is missed when it is gone', () => expect(versionFault(undefined, stored)).toBe('version_missing'));
});

describe('a receipt code', () => {
  const code = receiptCodeOf({ edition: '2023', unit: '330106', version: 1 }, '7f3a90c2ffff');

  it('is edition, unit, version and eight symbols', () => expect(code).toBe('2023-330106-1-7F3A-90C2'));
  it.each(['2023 330106 1 7f3a 9Oc2', '２０２３-330106-l-7F3A-90C2', 'https://example.invalid/verify/2023-330106-I-7F3A-90C2'])('is the same as %s', (typed) => expect(foldReceipt(typed)).toBe(foldReceipt(code)));
});
