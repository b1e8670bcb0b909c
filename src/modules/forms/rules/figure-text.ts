// One cell, one figure, or the reason why it is asked. What is exact here has one ordinary meaning; everything else keeps what could be meant.
import type { CellMark } from '../../../shared/grid.ts';
import type { DoubtKind } from '../model.ts';
import { significant } from './labels.ts';

export interface CellContent {
  readonly text: string;
  readonly number: number | null;
  readonly marks: readonly CellMark[];
}

/** `unit`: the word that stood with the number, empty when none did. */
export type FigureText =
  | { readonly kind: 'exact'; readonly value: number; readonly unit: string }
  | { readonly kind: DoubtKind; readonly candidates: readonly number[] };

/** No indicator of a country is larger. */
export const largestFigure = 1_000_000_000;

const scales: { readonly [word: string]: number } = { 十: 10, 百: 100, 千: 1_000, 万: 10_000, 亿: 100_000_000 };
const open = '[(\\[{〔【《〈「『"\'“‘]*';
const closed = '[)\\]}〕】》〉」』"\'”’]*';

export function readFigure(cell: CellContent, unitWord: string): FigureText {
  const read = cell.number === null ? readText(cell.text, unitWord) : readNumber(cell.number, cell, unitWord);
  const mark = cell.marks.find((one) => one !== 'shown_otherwise');
  if (mark === undefined || read.kind === 'blank') return read;
  return doubt(mark, candidatesOf(read));
}

/** Brackets, strokes and a unit, and nothing else. */
export function isUnitOnly(text: string, unitWords: ReadonlySet<string>): boolean {
  const word = significant(text);
  return word === '' || unitWords.has(word);
}

export function candidatesOf(read: FigureText): readonly number[] {
  return read.kind === 'exact' ? [(read as { readonly value: number }).value] : (read as { readonly candidates: readonly number[] }).candidates;
}

export function isExact(read: FigureText): read is Extract<FigureText, { readonly value: number }> {
  return 'value' in read;
}

function doubt(kind: DoubtKind, candidates: readonly number[] = []): FigureText {
  return { kind, candidates: [...new Set(candidates)].filter((value) => Number.isSafeInteger(value) && value >= 0 && value <= largestFigure) };
}

/** A number in a spreadsheet counts as what the cell shows of it; where the two differ, it is asked. */
function readNumber(number: number, { text, marks }: CellContent, unitWord: string): FigureText {
  if (number < 0 || Object.is(number, -0)) return doubt('negative', [-number]);
  if (!Number.isInteger(number)) return doubt('not_whole');
  if (number > largestFigure) return doubt('too_large');
  if (marks.includes('shown_otherwise')) return doubt('shown_otherwise', [number]);
  const shown = readText(withoutZeros(text), unitWord);
  if (isExact(shown)) return shown.value === number ? shown : doubt('shown_otherwise', [shown.value, number]);
  // 56.00 is 56: the cell holds it.
  if (shown.kind === 'not_whole' && shown.candidates[0] === number) return { kind: 'exact', value: number, unit: '' };
  return shown.kind === 'blank' ? doubt('shown_otherwise', [number]) : doubt(shown.kind, [...shown.candidates, number]);
}

const withoutZeros = (text: string): string => text.replace(/(^|[^\d.,])0+(?=\d)/, '$1');

function readText(text: string, unitWord: string): FigureText {
  if (hasOddDigit(text)) return doubt('unclear');
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '').replace(/[\s_]+/g, ' ').trim();
  if (!/\d/.test(plain)) return withoutDigits(plain.replaceAll(' ', ''), unitWord);
  if (/[\d,.] [\d,.]/.test(plain)) return doubt('several_numbers', spaced(plain));
  const tight = plain.replaceAll(' ', '');
  const numbers = tight.match(/\d[\d,]*(?:\.\d+)*/g) ?? [];
  if (numbers.length !== 1) return doubt('several_numbers', numbers.map(valueOf));
  const [token = ''] = numbers;
  const at = tight.indexOf(token);
  return withAffixes(tight.slice(0, at), token, tight.slice(at + token.length), unitWord);
}

/** ① and ² and ٣ become plain digits under NFKC or count as digits elsewhere: none of them is a figure. Nor is text turned around. */
function hasOddDigit(text: string): boolean {
  if (/[\u202a-\u202e\u2066-\u2069]/.test(text)) return true;
  return Array.from(text).some((character) => !/[0-9０-９]/.test(character) && (/\p{N}/u.test(character) || /\d/.test(character.normalize('NFKC'))) && !/[〇一二三四五六七八九十百千万亿]/.test(character));
}

/** 1 200 may be twelve hundred or two numbers. */
function spaced(plain: string): number[] {
  const joined = /^\D*(\d{1,3}(?: \d{3})+)\D*$/.exec(plain)?.[1];
  return [...(joined === undefined ? [] : [Number(joined.replaceAll(' ', ''))]), ...(plain.match(/\d+/g) ?? []).map(Number)];
}

function withoutDigits(tight: string, unitWord: string): FigureText {
  const bare = tight.replace(/[()[\]{}〔〕【】《》〈〉:;。]/g, '');
  if (/^[-—–―/\\、.·~*]+$/.test(bare)) return doubt('dash', [0]);
  const word = significant(bare);
  if (word === '' || word === significant(unitWord)) return blankOrDash(bare);
  return /^(?:无|没有|暂无|未开展|零|〇|没)$/.test(word.replace(significant(unitWord), '')) ? doubt('none_word', [0]) : doubt('unclear');
}

/** «—场次» is a stroke, «场次» is empty. */
function blankOrDash(bare: string): FigureText {
  return /[-—–―/\\]/.test(bare) ? doubt('dash', [0]) : doubt('blank');
}

function valueOf(token: string): number {
  return Number(token.replaceAll(',', ''));
}

function withAffixes(before: string, token: string, after: string, unitWord: string): FigureText {
  const word = new RegExp(`^${closed}${open}([^\\d]*?)${closed}[。;]?$`).exec(after)?.[1] ?? '';
  const value = valueOf(token);
  const scale = scales[word[0] ?? ''];
  if (/[-−–—]$/.test(before)) return doubt('negative', [value]);
  if (scale !== undefined) return doubt('scaled', [rounded(value * scale), value]);
  if (!new RegExp(`^${open}$`).test(before)) return doubt('unclear', [value]);
  const odd = oddToken(token, value);
  if (odd !== null) return odd;
  if (word === '' || word === unitWord) return { kind: 'exact', value, unit: word };
  return doubt(/^[\p{L}]{1,3}$/u.test(word) && !/[余多约近超上下左右]/.test(word) ? 'unit_differs' : 'unclear', [value]);
}

/** What is no plain whole number, 1,200 included among the plain ones. */
function oddToken(token: string, value: number): FigureText | null {
  if (token.includes('.')) return doubt('not_whole', /^\d+\.0+$/.test(token) ? [value] : []);
  if (token.includes(',') && !/^[1-9]\d{0,2}(?:,\d{3})+$/.test(token)) return doubt('several_numbers', token.split(',').filter((part) => part !== '').map(Number));
  if (/^0\d/.test(token)) return doubt('unclear', [value]);
  if (value > largestFigure) return doubt('too_large');
  return null;
}

/** 1.2 times 10,000 is 12,000 and not a little less. */
function rounded(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-6 * Math.max(1, whole) ? whole : value;
}
