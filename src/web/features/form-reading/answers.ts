// What the clerk has answered so far, and what follows: which figures are open, and what confirming sends. Pure.
import type { DoubtCandidate, FormDoubt, FormPlace, FormReading } from '../../../modules/forms/model.ts';
import { readNumber } from '../../../shared/number-text.ts';
import type { FormReadingText } from '../../language/form-reading.ts';

/** `candidate`: one of those offered, by place in the list. */
export type Answer = { readonly kind: 'candidate'; readonly at: number } | { readonly kind: 'ledger' } | { readonly kind: 'other'; readonly typed: string };
export type Answers = { readonly [code: string]: Answer };

export function doubtOf(reading: FormReading, code: string): FormDoubt | null {
  return reading.doubts.find((one) => one.code === code) ?? null;
}

/** The figure as answered: undefined while the question is open, null where the ledger holds. */
export function figureAnswered(reading: FormReading, code: string, answers: Answers): number | null | undefined {
  const doubt = doubtOf(reading, code);
  if (doubt === null) return reading.figures[code] ?? null;
  const answer = answers[code];
  if (answer === undefined) return undefined;
  if (answer.kind === 'ledger') return null;
  if (answer.kind === 'candidate') return doubt.candidates[answer.at]?.value;
  const typed = readNumber(answer.typed);
  return typed.kind === 'number' && typed.value >= 0 && typed.value <= 1_000_000_000 ? typed.value : undefined;
}

export function openCodes(reading: FormReading, codes: readonly string[], answers: Answers): string[] {
  return codes.filter((code) => figureAnswered(reading, code, answers) === undefined);
}

export interface Confirmed {
  readonly figures: Record<string, number | null>;
  readonly below: string[];
  readonly chosen: Record<string, { readonly rowKey: string; readonly column: number }>;
}

/** Only when nothing is open. */
export function confirmedOf(reading: FormReading, codes: readonly string[], answers: Answers, ledger: { readonly [code: string]: number }): Confirmed {
  const figures = Object.fromEntries(codes.map((code) => [code, figureAnswered(reading, code, answers) ?? null]));
  const chosen = Object.fromEntries(codes.flatMap((code) => {
    const answer = answers[code];
    const source = answer?.kind === 'candidate' ? candidateOf(reading, code, answer.at)?.source : null;
    return source === null || source === undefined ? [] : [[code, { rowKey: source.rowKey, column: source.column }] as const];
  }));
  return { figures, below: codes.filter((code) => (figures[code] ?? ledger[code] ?? 0) < (ledger[code] ?? 0)), chosen };
}

function candidateOf(reading: FormReading, code: string, at: number): DoubtCandidate | undefined {
  return doubtOf(reading, code)?.candidates[at];
}

/** C5 of a sheet, row and column of a table. */
export function placeText(place: FormPlace, words: FormReadingText['place']): string {
  if (place.kind === 'sheet') return words.sheet(place.grid, `${columnLetters(place.column)}${place.row}`);
  return place.kind === 'table' ? words.table(place.grid, place.row, place.column) : words.lines(place.row, place.column);
}

function columnLetters(column: number): string {
  const rest = (column - 1) % 26;
  const letter = String.fromCharCode(65 + rest);
  return column > 26 ? `${columnLetters((column - 1 - rest) / 26)}${letter}` : letter;
}
