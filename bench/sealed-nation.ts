// A made-up country whose returns are frozen, sealed and included level by level by the real rules, and packed. For measuring and
// proving packages without a database.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Of, sm3Of } from '../src/kernel/digest.ts';
import { type KeyPair, keyPairOf, signWith } from '../src/kernel/suites.ts';
import { packageRoot } from '../src/kernel/package-root.ts';
import { editionDefinition } from '../src/modules/editions/model.ts';
import type { UnitEdition } from '../src/modules/editions/queries.ts';
import type { Figures } from '../src/modules/figures/model.ts';
import { layoutWith, valuesOf } from '../src/modules/figures/rules.ts';
import type { InstallationKey, UnitKey } from '../src/modules/keys/model.ts';
import { certificateText } from '../src/modules/keys/rules.ts';
import type { PackageContents } from '../src/modules/packages/building.ts';
import type { PackedSeal } from '../src/modules/packages/rules/contents.ts';
import { freeze } from '../src/modules/returns/assembly.ts';
import type { ReturnContent } from '../src/modules/returns/model.ts';
import type { StoredVersion } from '../src/modules/returns/queries.ts';
import { addTotals, untouched } from '../src/modules/returns/rules.ts';
import { canonicalText, chainStart, receiptCodeOf, type SealEntry, sealStatementText, sealText } from '../src/modules/seals/rules.ts';
import { type Instant, instantOf, epochOf } from '../src/shared/instant.ts';
import { hexOf, type SealSuite } from '../src/shared/signature.ts';

/** Units below each unit, level by level; a nation of 32 provinces with 10 cities of 9 counties has 3,233. */
export type Shape = readonly number[];

export function madeUpEdition(): UnitEdition {
  const definition = editionDefinition.parse(JSON.parse(readFileSync(join(packageRoot, 'data', 'editions', '2023.json'), 'utf8')));
  return { code: definition.code, definition, digest: sha256Of(canonicalText(definition)), closedAt: null, extensions: [], indicators: definition.indicators, layout: layoutWith(definition, []) };
}

export interface SealedUnit {
  readonly code: string;
  readonly version: StoredVersion;
  readonly seal: PackedSeal;
  readonly key: UnitKey;
  /** Who certifies the key. */
  readonly issuer: InstallationKey;
}

const madeAt: Instant = '2023-05-31T10:00:00.000+08:00';
const encoder = new TextEncoder();

/** Keys that anybody can make again: nothing here is secret. */
export function madeUpKey(suite: SealSuite, whose: string): KeyPair {
  return keyPairOf(suite, encoder.encode(`made-up key of ${whose}`.padEnd(32, '.')));
}

export function madeUpIssuer(suite: SealSuite): InstallationKey {
  return { number: 1, suite, publicKey: hexOf(madeUpKey(suite, 'installation').publicKey), from: madeAt };
}

export function madeUpUnitKey(suite: SealSuite, unit: string): UnitKey {
  const key = { unit, number: 1, suite, publicKey: hexOf(madeUpKey(suite, unit).publicKey), from: madeAt };
  return { ...key, issuer: 1, certificate: hexOf(signWith(madeUpKey(suite, 'installation'), encoder.encode(certificateText(key, madeUpIssuer(suite))))) };
}

/** A seal as a unit of the made-up country puts it. */
export function madeUpSeal(suite: SealSuite, sealed: Pick<SealEntry, 'number' | 'at' | 'edition' | 'unit' | 'version' | 'sha256' | 'sm3' | 'previousHash'>): PackedSeal {
  const by = '虚构人员';
  const signature = hexOf(signWith(madeUpKey(suite, sealed.unit), encoder.encode(sealStatementText({ ...sealed, by }))));
  const entry: SealEntry = { ...sealed, signed: { suite, key: 1, signature, by } };
  const hash = sha256Of(sealText(entry));
  return { ...entry, hash, receiptCode: receiptCodeOf(entry, hash) };
}

/** Every unit's sealed return, leaves first, the nation last. `value` gives the own figure of a unit and indicator. */
export function sealNation(edition: UnitEdition, shape: Shape, value: (unit: string, indicator: string) => number, suite: SealSuite = 'SM2-SM3'): SealedUnit[] {
  const issuer = madeUpIssuer(suite);
  const sealed: SealedUnit[] = [];
  let last = { number: 0, hash: chainStart };
  const start: Instant = '2023-07-01T09:00:00.000+08:00';
  const sealUnit = (code: string, depth: number): SealedUnit => {
    const children = codesBelow(code, depth, shape[depth] ?? 0).map((child) => sealUnit(child, depth + 1));
    const at = instantOf(epochOf(start) + sealed.length * 1000);
    const version = freezeUnit({ edition, code, depth, children, at, value });
    const { sha256, sm3 } = version;
    const seal = madeUpSeal(suite, { number: last.number + 1, at, edition: edition.code, unit: code, version: 1, sha256, sm3, previousHash: last.hash });
    last = { number: seal.number, hash: seal.hash };
    const unit = { code, version, seal, key: madeUpUnitKey(suite, code), issuer };
    sealed.push(unit);
    return unit;
  };
  sealUnit('000000', 0);
  return sealed;
}

/** 000000, 110000, 110100, 110101: as official codes nest. */
function codesBelow(code: string, depth: number, count: number): string[] {
  return Array.from({ length: count }, (_unused, index) => {
    const part = String(depth === 0 ? index + 11 : index + 1).padStart(2, '0');
    return `${code.slice(0, depth * 2)}${part}`.padEnd(6, '0');
  });
}

interface Freezing {
  readonly edition: UnitEdition;
  readonly code: string;
  readonly depth: number;
  readonly children: readonly SealedUnit[];
  readonly at: Instant;
  readonly value: (unit: string, indicator: string) => number;
}

function freezeUnit({ edition, code, depth, children, at, value }: Freezing): StoredVersion {
  const own: Figures = Object.fromEntries(edition.definition.indicators.map((indicator) => {
    const found = value(code, indicator.code);
    return [indicator.code, { value: found, records: found, adjustments: 0, times: null, uncoded: null }];
  }));
  const included: ReturnContent['children'] = children.map((child) => ({
    unitCode: child.code, name: child.version.content.unit.name, version: 1, sha256: child.version.sha256, late: false, total: child.version.content.total,
  }));
  return freeze({
    edition,
    unit: { code, name: `虚构单位${code}市场监督管理局`, shortName: `虚构${code}`, parentCode: null, depth, kind: (['nation', 'province', 'prefecture'] as const)[depth] ?? 'county' },
    live: { own, children: included, missing: [], total: addTotals([valuesOf(own), ...included.map(({ total }) => total)]), extension: null, forms: [], ledgerNo: 12, entries: 12 },
    status: untouched, previous: null, corrected: null, notes: [], preparedBy: '虚构人员', now: at,
  });
}

/** A package of the last unit of a sealed country. */
export function packNation(edition: UnitEdition, sealed: readonly SealedUnit[], verifier: Uint8Array): PackageContents {
  const top = sealed.at(-1);
  if (top === undefined) throw new Error('nobody has sealed');
  const below = sealed.slice(0, -1);
  const { seal, version } = top;
  const table = new TextEncoder().encode(`统计表 ${seal.receiptCode}\n`);
  const picture = new TextEncoder().encode('没有真照片');
  const file = {
    path: 'data/evidence/0001.jpg', name: '现场.jpg', mediaType: 'image/jpeg', bytes: picture.length, sha256: sha256Of(picture), sm3: sm3Of(picture),
    entry: { id: '33-00000000-0000-4000-8000-000000000001', title: '=商业秘密保护宣传', date: '2023-06-15', kind: '宣传活动' }, rows: [1], indicators: ['publicity.sessions'],
  };
  return {
    description: {
      format: 'fuwuyue.package/2',
      edition: { code: edition.code, title: edition.definition.table.title, official: edition.definition.official },
      unit: { code: top.code, name: version.content.unit.name },
      version: 1, sha256: version.sha256, sealedAt: seal.at, receiptCode: seal.receiptCode, demonstration: true, units: sealed.length, evidence: 1, software: 'fuwuyue 0.0.0',
    },
    edition: edition.definition,
    content: version.content,
    below: new Map(below.map((one) => [one.code, one.version.content])),
    seals: [seal, ...below.map((one) => one.seal)],
    receipt: {
      format: 'fuwuyue.receipt/2', edition: edition.code, unit: top.code, version: 1, receiptCode: seal.receiptCode, sealedAt: seal.at, submittedAt: null, due: null, late: null,
      preparedBy: '虚构人员', approvedBy: null, signedBy: null, submittedBy: null, submission: null,
    },
    keys: { format: 'fuwuyue.keys/1', installation: [top.issuer], units: sealed.map(({ key }) => key).toSorted((one, other) => (one.unit < other.unit ? -1 : 1)), logs: null, witnesses: [] },
    proofs: { format: 'fuwuyue.proofs/1', checkpoints: [], proofs: [] },
    documents: [{ path: 'data/统计表.docx', bytes: table }],
    evidence: [{ ...file, load: async () => picture }],
    verifier,
  };
}
