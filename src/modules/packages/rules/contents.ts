// The sealed contents of a package and how they hang together: each with its seal, each total with its parts, each child with
// its parent, down to the leaves and up again. Read by hand and not by schema: the page in the package carries no library for it.
import { isSealSuite } from '../../../shared/signature.ts';
import type { UnitSignature } from '../../keys/model.ts';
import type { SealEntry } from '../../seals/rules.ts';
import { receiptCodeOf, sealText } from '../../seals/rules.ts';
import { fault, type PackageFault } from './faults.ts';

export type Numbers = { readonly [indicator: string]: number };

export interface ContentChild {
  readonly unitCode: string;
  readonly name: string;
  readonly version: number;
  readonly sha256: string;
  readonly total: Numbers;
}

/** What of a sealed content is looked at. */
export interface SealedContent {
  readonly edition: string;
  readonly editionDigest: string;
  readonly unit: { readonly code: string; readonly name: string; readonly kind: string };
  readonly number: number;
  readonly own: { readonly [indicator: string]: { readonly value: number; readonly records: number; readonly adjustments: number } };
  readonly children: readonly ContentChild[];
  readonly missing: readonly { readonly unitCode: string; readonly name: string }[];
  readonly total: Numbers;
}

export interface PackedSeal extends SealEntry {
  readonly hash: string;
  readonly receiptCode: string;
}

export type Loose = { readonly [key: string]: unknown };
export const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
export const hasTexts = (value: Loose, ...keys: readonly string[]): boolean => keys.every((key) => typeof value[key] === 'string');
export const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');
const isNumbers = (value: unknown): value is Numbers => isObject(value) && Object.values(value).every(isWhole);
const isNamed = (value: unknown): boolean => isObject(value) && hasTexts(value, 'unitCode', 'name');
const isChild = (value: unknown): boolean => isObject(value) && isNamed(value) && isWhole(value['version']) && hasTexts(value, 'sha256') && isNumbers(value['total']);
const isFigure = (value: unknown): boolean => isObject(value) && isWhole(value['value']) && isWhole(value['records']) && isWhole(value['adjustments']);

export function contentIn(value: unknown): SealedContent | null {
  if (!isObject(value) || value['schema'] !== 'fuwuyue.return/1' || !hasTexts(value, 'edition', 'editionDigest') || !isWhole(value['number'])) return null;
  const { unit, own, children, missing, total } = value;
  if (!isObject(unit) || !hasTexts(unit, 'code', 'name', 'kind') || !isNumbers(total)) return null;
  if (!isObject(own) || !Object.values(own).every(isFigure)) return null;
  if (!Array.isArray(children) || !children.every(isChild) || !Array.isArray(missing) || !missing.every(isNamed)) return null;
  return value as unknown as SealedContent;
}

export function isSignature(value: unknown): value is UnitSignature {
  return isObject(value) && isSealSuite(value['suite']) && isWhole(value['key']) && hasTexts(value, 'signature');
}

const isSealSignature = (value: unknown): boolean => isObject(value) && isSignature(value) && hasTexts(value, 'by');

export function sealsIn(value: unknown): readonly PackedSeal[] | null {
  if (!isObject(value) || value['format'] !== 'fuwuyue.seals/1' || !Array.isArray(value['seals'])) return null;
  const seals: readonly unknown[] = value['seals'];
  const isSeal = (one: unknown): boolean => isObject(one) && isWhole(one['number']) && isWhole(one['version']) && hasTexts(one, 'at', 'edition', 'unit', 'sha256', 'sm3', 'previousHash', 'hash', 'receiptCode');
  if (!seals.every(isSeal)) return null;
  // Packages of before the keys of units know of no signature.
  const read = seals.map((seal) => ({ signed: null, ...(seal as Omit<PackedSeal, 'signed'> & Partial<Pick<PackedSeal, 'signed'>>) }));
  return read.every(({ signed }) => signed === null || isSealSignature(signed)) ? read : null;
}

/** A content as it lies in the package. */
export interface PackedContent {
  readonly file: string;
  readonly content: SealedContent;
  /** Its text is the canonical one. */
  readonly canonical: boolean;
  readonly sha256: string;
  readonly sm3: string;
}

/** The first seal that does not hold by itself, or null. `hashOf` is SHA-256 over text. */
export function firstSealFault(seals: readonly PackedSeal[], file: string, hashOf: (text: string) => string): PackageFault | null {
  const numbers = new Set<number>();
  const units = new Set<string>();
  for (const seal of seals) {
    const { number, unit, hash, receiptCode } = seal;
    if (numbers.has(number) || units.has(unit)) return fault('chain', { file, unit });
    if (hashOf(sealText(seal)) !== hash) return fault('seal_hash', { file, unit });
    const code = receiptCodeOf(seal, hash);
    if (code !== receiptCode) return fault('receipt_code', { file, unit, expected: code, found: receiptCode });
    numbers.add(number);
    units.add(unit);
  }
  return null;
}

/** How many seals follow directly one on the other, and the first that does not link up. */
export function linksOf(seals: readonly PackedSeal[], file: string): { readonly links: number; readonly broken: PackageFault | null } {
  const byNumber = new Map(seals.map((seal) => [seal.number, seal]));
  let links = 0;
  for (const seal of seals) {
    const before = byNumber.get(seal.number - 1);
    if (before === undefined) continue;
    if (before.hash !== seal.previousHash) return { links, broken: fault('chain', { file, unit: seal.unit }) };
    links += 1;
  }
  return { links, broken: null };
}

/** The first thing wrong with one content against its seal and in itself, or null. */
export function contentFault(packed: PackedContent, seal: PackedSeal | undefined, unit: string): PackageFault | null {
  const { file, content } = packed;
  if (content.unit.code !== unit) return fault('unit', { file, unit, found: content.unit.code });
  if (seal === undefined) return fault('seal_missing', { file, unit });
  // Whoever changed a figure is told which, where the content's own sums show it.
  if (packed.sha256 !== seal.sha256 || packed.sm3 !== seal.sm3) return fault('digest', { file, unit, ...figureOf(sumFault(packed, unit)) });
  if (seal.edition !== content.edition || seal.version !== content.number) return fault('seal_differs', { file, unit });
  if (!packed.canonical) return fault('not_canonical', { file, unit });
  return sumFault(packed, unit);
}

function figureOf(found: PackageFault | null): Partial<PackageFault> {
  return found === null ? {} : { figure: found.figure, expected: found.expected, found: found.found };
}

/** Own figures are records and adjustments; a total is own level and children; nothing below zero is missed. */
function sumFault({ file, content }: PackedContent, unit: string): PackageFault | null {
  const sum = new Map<string, number>();
  const add = (figure: string, value: number): void => void sum.set(figure, (sum.get(figure) ?? 0) + value);
  for (const [figure, { value, records, adjustments }] of Object.entries(content.own)) {
    if (records + adjustments !== value) return fault('parts', { file, unit, figure, expected: records + adjustments, found: value });
    add(figure, value);
  }
  for (const { total } of content.children) for (const [figure, value] of Object.entries(total)) add(figure, value);
  const difference = firstDifference(Object.fromEntries(sum), content.total);
  return difference === null ? null : fault('sum', { file, unit, ...difference });
}

/** The first figure in which two totals differ; one that is absent is none. */
export function firstDifference(expected: Numbers, found: Numbers): { readonly figure: string; readonly expected: number; readonly found: number } | null {
  for (const figure of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const [wanted, given] = [expected[figure] ?? 0, found[figure] ?? 0];
    if (wanted !== given) return { figure, expected: wanted, found: given };
  }
  return null;
}

export interface Walked {
  readonly fault: PackageFault | null;
  /** Units by depth first, parents before their children. */
  readonly order: readonly { readonly unit: string; readonly depth: number }[];
}

/** From the top to the leaves: every child a parent included is there, is the same one, and none is there beside. */
export function walkTree(top: string, contents: ReadonlyMap<string, PackedContent>): Walked {
  const order: { unit: string; depth: number }[] = [];
  const seen = new Set<string>([top]);
  const waiting = [{ unit: top, depth: 0 }];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    order.push(one);
    const parent = contents.get(one.unit);
    if (parent === undefined) return { fault: fault('child_missing', { unit: one.unit }), order };
    const { depth } = one;
    for (const child of parent.content.children) {
      const wrong = childFault(child, contents.get(child.unitCode), seen);
      if (wrong !== null) return { fault: wrong, order };
      seen.add(child.unitCode);
    }
    // The last is taken first.
    waiting.push(...parent.content.children.map(({ unitCode }) => ({ unit: unitCode, depth: depth + 1 })).reverse());
  }
  const beside = [...contents].find(([unit]) => !seen.has(unit));
  return { fault: beside === undefined ? null : fault('not_included', { file: beside[1].file, unit: beside[0] }), order };
}

function childFault(child: ContentChild, packed: PackedContent | undefined, seen: ReadonlySet<string>): PackageFault | null {
  const unit = child.unitCode;
  // Included twice, it would count twice.
  if (seen.has(unit)) return fault('not_included', { unit, file: packed?.file ?? null });
  if (packed === undefined) return fault('child_missing', { unit });
  const { file, content, sha256 } = packed;
  const difference = firstDifference(child.total, content.total);
  if (sha256 !== child.sha256 || content.number !== child.version) return fault('child_digest', { file, unit, ...difference });
  return difference === null ? null : fault('child_total', { file, unit, ...difference });
}

/** Own figures of all units added up, without a look at any total. */
export function addedUp(contents: Iterable<SealedContent>): Numbers {
  const sum: Record<string, number> = {};
  for (const { own } of contents) for (const [figure, { value }] of Object.entries(own)) sum[figure] = (sum[figure] ?? 0) + value;
  return sum;
}
