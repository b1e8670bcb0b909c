// Answers from paper as they are typed: numbers of options, a number a row, or the thing itself. Pure.
import type { AnswerableQuestion, AnswerValue, Option, Question, QuestionOf } from '../../../modules/questionnaires/model/definition.ts';
import { wordsIn } from '../../../modules/questionnaires/rules/definition.ts';

export type TypedAnswer = { readonly is: 'empty' } | { readonly is: 'value'; readonly value: AnswerValue } | { readonly is: 'unread' };

const empty: TypedAnswer = { is: 'empty' };
const unread: TypedAnswer = { is: 'unread' };

function numbersIn(text: string): number[] {
  return text.split(/[^0-9]+/).filter((part) => part !== '').map(Number);
}

/** What was typed in answer to a question. */
export function readTyped(question: Question, typed: string): TypedAnswer {
  const text = typed.normalize('NFKC').trim();
  if (question.kind === 'note' || text === '') return empty;
  const value = valueOf(question, text, typed.trim());
  return value === null ? unread : { is: 'value', value };
}

function valueOf(question: AnswerableQuestion, text: string, whole: string): AnswerValue | null {
  switch (question.kind) {
    case 'single':
      return question.options[Number(text) - 1]?.code ?? null;
    case 'multiple':
      return /[^0-9,、，;；.\s]/.test(text) ? null : chosenBy(numbersIn(text), question.options);
    case 'matrix':
      return rowsBy(numbersIn(text), question);
    case 'scale':
    case 'number':
      return /^[+-]?\d+(?:\.\d+)?$/.test(text.replace(/,/g, '')) ? Number(text.replace(/,/g, '')) : null;
    case 'date':
      return dayOf(text);
    case 'text':
      return whole;
  }
}

function chosenBy(numbers: readonly number[], options: readonly Option[]): string[] | null {
  const chosen = numbers.flatMap((number) => options[number - 1]?.code ?? []);
  return chosen.length === 0 || chosen.length < numbers.length ? null : chosen;
}

/** A number a row; 0 is a row without an answer. */
function rowsBy(numbers: readonly number[], { rows, columns }: QuestionOf<'matrix'>): { readonly [row: string]: string } | null {
  if (numbers.length > rows.length || numbers.some((number) => number > columns.length)) return null;
  const given = rows.flatMap(({ code }, index) => {
    const column = columns[(numbers[index] ?? 0) - 1];
    return column === undefined ? [] : [[code, column.code] as const];
  });
  return given.length === 0 ? null : Object.fromEntries(given);
}

function dayOf(text: string): string | null {
  const [, year = '', month = '', day = ''] = /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?$/.exec(text) ?? [];
  return year === '' ? null : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** What may be typed: 「1 小微 2 中型」. */
export function choicesOf(question: Question, language: string): string | null {
  const numbered = (labels: readonly string[]): string => labels.map((label, index) => `${String(index + 1)} ${label}`).join('　');
  if ('options' in question) return numbered(question.options.map(({ label }) => wordsIn(label, language)));
  if (question.kind === 'matrix') return `${question.rows.map(({ label }) => wordsIn(label, language)).join(' / ')}：${numbered(question.columns.map(({ label }) => wordsIn(label, language)))}`;
  return question.kind === 'scale' ? `${String(question.minimum)}–${String(question.maximum)}` : null;
}
