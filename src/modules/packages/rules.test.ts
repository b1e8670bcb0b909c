// A package that nobody touched holds; whatever is done to one is found, and named. On made-up countries sealed by the real rules.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeUpEdition, madeUpIssuer, madeUpSeal, madeUpUnitKey, packNation, sealNation, type Shape } from '../../../bench/sealed-nation.ts';
import { sha256Of, sm3Of } from '../../kernel/digest.ts';
import { readFileSync } from 'node:fs';
import type { SealSuite } from '../../shared/signature.ts';
import { crc32Of } from '../../shared/stored-zip.ts';
import { canonicalText } from '../seals/rules.ts';
import { bagged, type PackageContents, type PackagePart, partsOf, writePackage } from './building.ts';
import { bytesReader, nodeTools } from './reading.ts';
import { isPayload, isSafePath, type PackageDescription, paths } from './rules/bag.ts';
import { indexSheet } from './rules/evidence-index.ts';
import type { FaultKind } from './rules/faults.ts';
import { verifyPackage } from './rules/verifying.ts';

const edition = madeUpEdition();
const verifier = new TextEncoder().encode('<!doctype html><title>核对</title>');
const figureAt = (unit: string, indicator: string): number => (Number(unit) * 7 + indicator.length * 13) % 90;

function contentsOf(shape: Shape, value = figureAt, suite?: SealSuite): PackageContents {
  return packNation(edition, sealNation(edition, shape, value, suite), verifier);
}

async function bytesOf(description: PackageDescription, parts: readonly PackagePart[]): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  await writePackage(description, parts, async (piece) => void pieces.push(piece));
  return Buffer.concat(pieces);
}

const verdictOn = (bytes: Uint8Array) => verifyPackage(bytesReader(bytes), nodeTools);

const small = contentsOf([2, 1]);
const parts = partsOf(small);
const whole = await bytesOf(small.description, parts);

/** The package with files changed, taken away (null) or added, and everything that lists them made anew. */
async function forged(change: (path: string, text: string) => string | null, added: { readonly [path: string]: string } = {}): Promise<Uint8Array> {
  const anew = (path: string, content: Uint8Array): PackagePart => ({ path, bytes: content.length, sha256: sha256Of(content), sm3: sm3Of(content), load: () => content });
  const changed: PackagePart[] = [];
  for (const part of parts) {
    if (!isPayload(part.path)) continue;
    const before = await part.load();
    const after = part.path.startsWith('data/evidence/0') ? before : change(part.path, new TextDecoder('utf-8', { ignoreBOM: true }).decode(before));
    if (after !== null) changed.push(anew(part.path, typeof after === 'string' ? new TextEncoder().encode(after) : after));
  }
  for (const [path, text] of Object.entries(added)) changed.push(anew(path, new TextEncoder().encode(text)));
  return bytesOf(small.description, bagged(small.description, changed, parts.filter(({ path }) => path === paths.readme || path === paths.verifier)));
}

const inFile = (wanted: string, change: (text: string) => string | null) => (path: string, text: string): string | null => (path === wanted ? change(text) : text);
/** Changes JSON and keeps it canonical. */
const inJson = (wanted: string, change: (value: Packed) => void) => inFile(wanted, (text) => {
  const value = JSON.parse(text) as Packed;
  change(value);
  return canonicalText(value);
});

interface Content {
  own: { [indicator: string]: { value: number; records: number } };
  total: { [indicator: string]: number };
  children: { unitCode: string; sha256: string; total: { [indicator: string]: number } }[];
}

/** Whatever the JSON files of a package hold. */
interface Packed extends Content {
  seals: { unit: string; at: string; hash: string; receiptCode: string; signed: unknown }[];
  units: { unit: string; publicKey: string }[];
  installation: unknown[];
  files: unknown[];
  sealedAt: string;
}

async function expectFault(bytes: Uint8Array, kind: FaultKind, about: object = {}): Promise<void> {
  const { holds, firstFault, units } = await verdictOn(bytes);
  expect(firstFault).toMatchObject({ kind, ...about });
  expect({ holds, units }).toEqual({ holds: false, units: [] });
}

describe('a package nobody touched', () => {
  it('holds, is added up again from the leaves, and says what it does not prove', async () => {
    const verdict = await verdictOn(whole);
    expect(verdict).toMatchObject({ holds: true, firstFault: null, files: parts.length, bytes: whole.length });
    expect(verdict.units.map(({ code, depth }) => `${depth} ${code}`)).toEqual(['0 000000', '1 110000', '2 110100', '1 120000', '2 120100']);
    expect(verdict.total).toEqual((small.content as Content).total);
    expect(verdict.statements.filter(({ proven }) => !proven).map(({ code }) => code)).toEqual(['installation', 'no_checkpoint', 'before_checkpoint', 'whole_chain', 'documents', 'records', 'time', 'reading']);
    expect(verdict.statements.filter(({ proven }) => proven)).toHaveLength(10);
    expect(verdict.signing).toMatchObject({ signed: 5, unsigned: 0, submission: null, positions: [], seal: { unit: '000000', signed: { suite: 'SM2-SM3', by: '虚构人员' } } });
    expect(verdict.indicators).toHaveLength(edition.definition.indicators.length);
  });

  it('has the same bytes when it is made again', async () => {
    expect(await bytesOf(small.description, partsOf(small))).toEqual(whole);
  });

  it('shows text in its index that no spreadsheet takes for a formula', () => {
    const sheet = indexSheet({ format: 'fuwuyue.evidence/1', demonstration: false, files: small.evidence });
    expect(sheet).toContain('"\'=商业秘密保护宣传"');
  });

  it('holds for any tree and any figures', async () => {
    const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 0, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(shapes, fc.integer({ min: 1, max: 1_000_000 }), async (shape, seed) => {
        const contents = contentsOf(shape, (unit, indicator) => (Number(unit) + indicator.length * 31) % seed, 'P256-SHA256');
        const { holds, total } = await verdictOn(await bytesOf(contents.description, partsOf(contents)));
        expect(holds).toBe(true);
        expect(total).toEqual((contents.content as Content).total);
      }),
      { numRuns: 25 },
    );
  });
});

describe('bytes changed', () => {
  it('are found wherever they lie: 1,000 flips', async () => {
    const flips = fc.sample(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })), { numRuns: 1000, seed: 20_230_707 });
    for (const [at, mask] of flips) {
      const flipped = Uint8Array.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ mask;
      const { holds, firstFault } = await verdictOn(flipped);
      expect({ at, mask, holds, named: firstFault !== null }).toEqual({ at, mask, holds: false, named: true });
    }
  }, 60_000);

  it('are named by the file they lie in', async () => {
    const at = Buffer.from(whole).indexOf('没有真照片');
    const flipped = Uint8Array.from(whole);
    flipped[at] = 0;
    await expectFault(flipped, 'file_changed', { file: 'data/evidence/0001.jpg' });
  });

  it('are found when the file ends early, goes on, or is nothing at all', async () => {
    for (const length of [0, 1, 21, 22, 100, Math.floor(whole.length / 2), whole.length - 1]) {
      expect((await verdictOn(whole.subarray(0, length))).holds, String(length)).toBe(false);
    }
    await expectFault(whole.subarray(0, whole.length - 1), 'cut_off');
    await expectFault(Buffer.concat([whole, Buffer.from('x')]), 'cut_off');
    await expectFault(Buffer.concat([Buffer.from('x'), whole]), 'layout');
    await expectFault(Buffer.from('not a package, but longer than the end record'), 'not_a_package');
  });
});

describe('a package made anew with its manifests', () => {
  it('is found out when a file is missing, was added, or has a name that leads elsewhere', async () => {
    await expectFault(await forged(inFile('data/returns/110000.json', () => null)), 'child_missing', { unit: '110000' });
    await expectFault(await forged(inFile(paths.seals, () => null)), 'unreadable', { file: paths.seals });
    await expectFault(await forged((_path, text) => text, { 'data/returns/130000.json': '{}' }), 'unreadable', { unit: '130000' });
    await expectFault(await forged((_path, text) => text, { 'data/evidence/0002.jpg': 'x' }), 'description');
    await expectFault(await forged((_path, text) => text, { 'data/../x': 'x' }), 'name', { file: 'data/../x' });
    await expectFault(await forged((_path, text) => text, { 'data/RETURN.json': 'x' }), 'name');
  });

  it('is found out when a file is in no manifest, or one manifest says otherwise', async () => {
    const without = (path: string): PackagePart[] => parts.filter((part) => part.path !== path);
    await expectFault(await bytesOf(small.description, without('data/统计表.docx')), 'file_missing', { file: 'data/统计表.docx' });
    await expectFault(await bytesOf(small.description, without('tagmanifest-sm3.txt')), 'file_missing', { file: 'tagmanifest-sm3.txt' });
    await expectFault(await bytesOf(small.description, without(paths.verifier)), 'file_missing', { file: paths.verifier });
    const beside: PackagePart = { path: 'data/zzz.txt', bytes: 1, sha256: '', sm3: '', load: () => new Uint8Array(1) };
    await expectFault(await bytesOf(small.description, [...parts, beside]), 'file_unlisted', { file: 'data/zzz.txt' });
    const other = parts.map((part) => (part.path === 'data/统计表.docx' ? { ...part, load: () => new Uint8Array(9) } : part));
    await expectFault(await bytesOf(small.description, other), 'file_changed', { file: 'data/统计表.docx' });
    const [first, ...rest] = parts;
    if (first === undefined) throw new Error('an empty package');
    await expectFault(await bytesOf(small.description, [...rest, first]), 'layout');
  });

  it('is found out when a figure was edited, by the seal and by name', async () => {
    const edited = inJson('data/returns/110100.json', (content) => {
      const figure = content.own['publicity.sessions'];
      if (figure !== undefined) figure.value += 1;
    });
    await expectFault(await forged(edited), 'digest', { unit: '110100', figure: 'publicity.sessions', file: 'data/returns/110100.json' });
    const consistent = inJson('data/returns/110100.json', (content) => {
      const figure = content.own['publicity.sessions'];
      if (figure === undefined) return;
      figure.value += 1;
      figure.records += 1;
      content.total['publicity.sessions'] = (content.total['publicity.sessions'] ?? 0) + 1;
    });
    await expectFault(await forged(consistent), 'digest', { unit: '110100' });
    await expectFault(await forged(inJson(paths.content, (content) => void (content.total['training.sessions'] = 5))), 'digest', { unit: '000000', figure: 'training.sessions' });
  });

  it('is found out when the contents of two units changed places', async () => {
    const [one, other] = ['110000', '120000'].map((unit) => canonicalText(small.below.get(unit)));
    const swapped = (path: string, text: string): string => (path === 'data/returns/110000.json' ? (other ?? '') : path === 'data/returns/120000.json' ? (one ?? '') : text);
    await expectFault(await forged(swapped), 'unit', { unit: '110000', found: '120000' });
  });

  it('is found out when the same content is written otherwise', async () => {
    await expectFault(await forged(inFile(paths.content, (text) => `${text}\n`)), 'digest', { unit: '000000' });
  });

  it('is found out when a seal, a receipt code, the receipt, the edition, the index or the description was changed', async () => {
    const first = (change: (seal: Packed['seals'][number]) => void) => inJson(paths.seals, ({ seals }) => {
      if (seals[1] !== undefined) change(seals[1]);
    });
    await expectFault(await forged(first((seal) => void (seal.at = '2023-06-30T09:00:00.000+08:00'))), 'seal_hash');
    await expectFault(await forged(first((seal) => void (seal.receiptCode = '2023-000000-1-0000-0000'))), 'receipt_code', { found: '2023-000000-1-0000-0000' });
    await expectFault(await forged(inJson(paths.seals, ({ seals }) => void seals.pop())), 'seal_missing');
    await expectFault(await forged(inJson(paths.receipt, (receipt) => void (receipt.sealedAt = 'x'))), 'receipt', { file: paths.receipt });
    await expectFault(await forged(inFile(paths.edition, (text) => text.replace('场次', '次'))), 'edition');
    await expectFault(await forged(inJson(paths.evidenceList, ({ files }) => void files.pop())), 'index', { file: 'data/evidence/0001.jpg' });
    await expectFault(await forged(inFile(paths.evidenceSheet, (text) => text.replace('2023-06-15', '2023-06-16'))), 'index', { file: paths.evidenceSheet });
    await expectFault(await forged(inJson(paths.description, (description) => void Object.assign(description, { units: 4 }))), 'description');
  });
});

/** A country whose top is sealed anew after something below was changed: every digest is right, only the sums can tell. */
async function sealedAnew(change: (contents: Map<string, Content>) => void): Promise<Uint8Array> {
  const sealed = sealNation(edition, [2, 1], figureAt);
  const contents = new Map(sealed.map(({ code, version }) => [code, structuredClone(version.content) as unknown as Content]));
  change(contents);
  const { seals, digests } = { seals: new Map<string, PackageContents['seals'][number]>(), digests: new Map<string, string>() };
  let last = { number: 0, hash: '0'.repeat(64) };
  for (const { code, seal } of sealed) {
    const content = contents.get(code);
    for (const child of content?.children ?? []) child.sha256 = digests.get(child.unitCode) ?? '';
    const text = canonicalText(content);
    digests.set(code, sha256Of(text));
    const anew = madeUpSeal('SM2-SM3', { ...seal, sha256: sha256Of(text), sm3: sm3Of(text), previousHash: last.hash });
    last = { number: anew.number, hash: anew.hash };
    seals.set(code, anew);
  }
  const top = seals.get('000000');
  if (top === undefined) throw new Error('nobody has sealed');
  const description = { ...small.description, sha256: top.sha256, receiptCode: top.receiptCode };
  return bytesOf(description, partsOf({
    ...small, description, content: contents.get('000000'), below: new Map([...contents].filter(([code]) => code !== '000000')),
    seals: [top, ...[...seals.values()].filter(({ unit }) => unit !== '000000')], receipt: { ...small.receipt, receiptCode: top.receiptCode },
  }));
}

describe('a package forged with its seals, by somebody who holds all keys', () => {
  it('holds when nothing was changed', async () => {
    expect((await verdictOn(await sealedAnew(() => undefined))).firstFault).toBeNull();
  });

  it('does not hold when a total is not the sum of its parts', async () => {
    const bytes = await sealedAnew((contents) => {
      const city = contents.get('110100');
      if (city !== undefined) city.total['publicity.sessions'] = (city.total['publicity.sessions'] ?? 0) + 1;
    });
    await expectFault(bytes, 'sum', { unit: '110100', figure: 'publicity.sessions' });
  });

  it('does not hold when an own figure is not records and adjustments', async () => {
    const bytes = await sealedAnew((contents) => {
      const figure = contents.get('110100')?.own['visit.enterprises'];
      if (figure !== undefined) figure.records += 1;
    });
    await expectFault(bytes, 'parts', { unit: '110100', figure: 'visit.enterprises' });
  });

  it('does not hold when a parent counts other than its child says', async () => {
    const bytes = await sealedAnew((contents) => {
      const city = contents.get('110100');
      const figure = city?.own['publicity.sessions'];
      if (city === undefined || figure === undefined) return;
      figure.value += 3;
      figure.records += 3;
      city.total['publicity.sessions'] = (city.total['publicity.sessions'] ?? 0) + 3;
    });
    await expectFault(bytes, 'child_total', { unit: '110100', figure: 'publicity.sessions' });
  });

  it('does not hold when a parent counts a child twice, or a child that it does not name is there', async () => {
    const twice = await sealedAnew((contents) => {
      const nation = contents.get('000000');
      const child = nation?.children[0];
      if (nation === undefined || child === undefined) return;
      nation.children.push(structuredClone(child));
      for (const [figure, value] of Object.entries(child.total)) nation.total[figure] = (nation.total[figure] ?? 0) + value;
    });
    await expectFault(twice, 'not_included', { unit: '110000' });
    const beside = await sealedAnew((contents) => {
      const province = contents.get('110000');
      const child = province?.children.pop();
      for (const [figure, value] of Object.entries(child?.total ?? {})) if (province !== undefined) province.total[figure] = (province.total[figure] ?? 0) - value;
    });
    // The nation still counts what the province no longer has.
    await expectFault(beside, 'child_total', { unit: '110000' });
  });
});

describe('signatures', () => {
  const seals = (change: (seal: Packed['seals'][number]) => void) => inJson(paths.seals, (packed) => packed.seals.forEach(change));

  it('of others, by other keys, under other certificates are found out', async () => {
    const issuer = madeUpIssuer('SM2-SM3');
    await expectFault(await forged(inJson(paths.keys, (keys) => void (keys.units = keys.units.filter(({ unit }) => unit !== '110000')))), 'key_missing', { unit: '110000' });
    await expectFault(await forged(inJson(paths.keys, (keys) => void (keys.installation = []))), 'issuer_missing', { file: paths.keys });
    await expectFault(await forged(inJson(paths.keys, (keys) => void (keys.installation = [{ ...issuer, publicKey: madeUpUnitKey('SM2-SM3', '110000').publicKey }]))), 'certificate');
    const swapped = inJson(paths.keys, (keys) => {
      const [one, other] = keys.units;
      if (one === undefined || other === undefined) throw new Error('too few keys');
      [one.publicKey, other.publicKey] = [other.publicKey, one.publicKey];
    });
    await expectFault(await forged(swapped), 'signature');
    await expectFault(await forged(inFile(paths.keys, () => null)), 'unreadable', { file: paths.keys });
    await expectFault(await forged(inFile(paths.proofs, () => null)), 'unreadable', { file: paths.proofs });
    await expectFault(await forged(seals((seal) => void (seal.signed = null))), 'seal_hash');
  });

  it('by an installation other than the one somebody trusts are found out', async () => {
    const verdict = await verdictOn(whole);
    const [fingerprint = ''] = verdict.signing?.issuers.map((issuer) => issuer.fingerprint) ?? [];
    const trusting = async (trusted: string, bytes = whole) => verifyPackage(bytesReader(bytes), nodeTools, undefined, [trusted]);
    expect((await trusting(fingerprint)).statements).toContainEqual(expect.objectContaining({ code: 'installation', proven: true }));
    expect((await trusting(fingerprint.slice(0, 32))).holds).toBe(true);
    expect((await trusting('0'.repeat(64))).firstFault).toMatchObject({ kind: 'untrusted' });
  });

  it('may be of either suite', async () => {
    const contents = contentsOf([1], figureAt, 'P256-SHA256');
    expect(await verdictOn(await bytesOf(contents.description, partsOf(contents)))).toMatchObject({ holds: true, signing: { signed: 2, unsigned: 0, seal: { signed: { suite: 'P256-SHA256' } } } });
  });
});

describe('a package of the first format', () => {
  it('verifies for ever, and says that its seals carry no signature', async () => {
    const verdict = await verdictOn(readFileSync('src/testing/packages-format-1.zip'));
    expect(verdict).toMatchObject({ holds: true, description: { format: 'fuwuyue.package/1' }, signing: { signed: 0, unsigned: 3, issuers: [] } });
    expect(verdict.statements).toContainEqual(expect.objectContaining({ code: 'unsigned', proven: false }));
    expect(verdict.statements.some(({ code, proven }) => code === 'installation' && proven)).toBe(false);
    expect((await verifyPackage(bytesReader(readFileSync('src/testing/packages-format-1.zip')), nodeTools, undefined, ['0'.repeat(64)])).firstFault).toMatchObject({ kind: 'untrusted' });
  });
});

describe('parts of it', () => {
  it('agree with others on CRC-32', async () => {
    const { crc32 } = await import('node:zlib');
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ maxLength: 100 }), (one, other) => crc32Of(other, crc32Of(one)) === crc32(other, crc32(one))));
  });

  it('take only paths that can be unpacked anywhere', () => {
    expect(['data/统计表.docx', 'a.txt', 'data/evidence/0001.jpg'].every(isSafePath)).toBe(true);
    expect(['', '/a', 'a/', 'a//b', '../a', 'a/..', './a', 'a\\b', 'C:x', '.hidden', 'a\u0000b', 'a%2fb', 'a\nb'].some(isSafePath)).toBe(false);
  });
});
