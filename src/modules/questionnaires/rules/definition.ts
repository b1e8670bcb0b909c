// Walking a questionnaire: its questions in order, its texts in one language, and earlier answers put into later texts.
import type { AnswerSheet, AnswerValue, Condition, Definition, Language, Line, Option, Question, Section, SimpleCondition, Words } from '../model/definition.ts';
import { isChoices } from './conditions.ts';

export interface Placed {
  readonly question: Question;
  readonly section: Section;
  /** Among all questions of the questionnaire. */
  readonly index: number;
}

export function questionsOf({ sections }: Pick<Definition, 'sections'>): Placed[] {
  return sections.flatMap((section) => section.questions.map((question) => ({ question, section }))).map((placed, index) => ({ ...placed, index }));
}

export function findQuestion(definition: Pick<Definition, 'sections'>, code: string): Question | undefined {
  for (const { questions } of definition.sections) for (const question of questions) if (question.code === code) return question;
  return undefined;
}

/** A text in a language, or in Chinese where that language lacks it. */
export function wordsIn(words: Words, language: Language): string {
  const own = Object.hasOwn(words, language) ? words[language] : undefined;
  return own !== undefined && own.trim() !== '' ? own : (words['zh'] ?? '');
}

/** Every text of a questionnaire, with where it stands: what a translation has to cover. */
export interface PlacedWords {
  readonly words: Words;
  readonly section: string | null;
  readonly question: string | null;
  readonly field: 'title' | 'introduction' | 'thanks' | 'hint' | 'option' | 'row' | 'column' | 'low' | 'high' | 'unit' | 'message';
  /** Code of the option, row or column. */
  readonly part: string | null;
}

export function wordsOf(definition: Definition): PlacedWords[] {
  const whole = (['title', 'introduction', 'thanks'] as const).map((field) => ({ words: definition[field], section: null, question: null, field, part: null }));
  const inside = definition.sections.flatMap((section) => [
    { words: section.title, section: section.code, question: null, field: 'title' as const, part: null },
    ...section.questions.flatMap((question) => wordsOfQuestion(question).map((placed) => ({ ...placed, section: section.code, question: question.code }))),
  ]);
  return [...whole, ...inside];
}

function wordsOfQuestion(question: Question): Pick<PlacedWords, 'words' | 'field' | 'part'>[] {
  const one = (field: PlacedWords['field'], words: Words, part: string | null = null) => ({ field, words, part });
  const head = [one('title', question.title), one('hint', question.hint)];
  if (question.kind === 'note') return head;
  const tail = question.demand === null ? [] : [one('message', question.demand.message)];
  return [...head, ...ownWords(question).map(({ field, words, part }) => one(field, words, part)), ...tail];
}

function ownWords(question: Question): Pick<PlacedWords, 'words' | 'field' | 'part'>[] {
  if (question.kind === 'single' || question.kind === 'multiple') return question.options.map(({ code, label }) => ({ field: 'option', words: label, part: code }));
  if (question.kind === 'scale') return [{ field: 'low', words: question.low, part: null }, { field: 'high', words: question.high, part: null }];
  if (question.kind === 'number') return [{ field: 'unit', words: question.unit, part: null }];
  if (question.kind !== 'matrix') return [];
  return [...question.rows.map(({ code, label }) => ({ field: 'row' as const, words: label, part: code })), ...question.columns.map(({ code, label }) => ({ field: 'column' as const, words: label, part: code }))];
}

/** The simple conditions inside a condition, and how deep it is nested. */
export function simpleConditionsOf(condition: Condition): SimpleCondition[] {
  if (condition.is === 'not') return simpleConditionsOf(condition.of);
  return condition.is === 'all' || condition.is === 'any' ? condition.of.flatMap(simpleConditionsOf) : [condition];
}

/** Codes of questions a condition depends on. */
export function questionsIn(condition: Condition): string[] {
  return simpleConditionsOf(condition).flatMap((simple) => [simple.question, ...(simple.is === 'compared' && typeof simple.value === 'object' ? [simple.value.question] : [])]);
}

const pipe = /\{([A-Za-z][A-Za-z0-9_]{0,39})\}/g;

/** Codes of questions whose answers a text takes in: `{q3}`. */
export function pipesIn(text: string): string[] {
  return [...text.matchAll(pipe)].map((match) => match[1] ?? '');
}

/** A text with earlier answers put in; what was not answered is 「……」. An answer is text and nothing else: whoever shows it escapes it. */
export function piped(text: string, definition: Definition, sheet: AnswerSheet, language: Language): string {
  if (!text.includes('{')) return text;
  return text.replace(pipe, (written, code: string) => {
    const question = findQuestion(definition, code);
    if (question === undefined || question.kind === 'note') return written;
    const value = Object.hasOwn(sheet.values, code) ? sheet.values[code] : undefined;
    return value === undefined ? '……' : answerInWords(question, value, Object.hasOwn(sheet.texts, code) ? (sheet.texts[code] ?? '') : '', language);
  });
}

/** An answer as a person reads it: labels of options, a number with its unit, a text. */
export function answerInWords(question: Question, value: AnswerValue, text: string, language: Language): string {
  const between = language === 'zh' ? '、' : ', ';
  if (typeof value === 'number') {
    const unit = question.kind === 'number' ? wordsIn(question.unit, language) : '';
    return `${String(value)}${unit === '' || language === 'zh' ? '' : ' '}${unit}`;
  }
  if (typeof value === 'string') return 'options' in question ? optionInWords(question.options, value, text, language) : value;
  if (isChoices(value)) return 'options' in question ? value.map((one) => optionInWords(question.options, one, text, language)).join(between) : value.join(between);
  const label = (lines: readonly Line[], code: string): string => wordsIn(lines.find((line) => line.code === code)?.label ?? { zh: code }, language);
  if (question.kind !== 'matrix') return '';
  return Object.entries(value).map(([row, column]) => `${label(question.rows, row)}${language === 'zh' ? '：' : ': '}${label(question.columns, column)}`).join(between);
}

function optionInWords(options: readonly Option[], code: string, text: string, language: Language): string {
  const option = options.find((one) => one.code === code);
  if (option === undefined) return code;
  return option.text && text !== '' ? text : wordsIn(option.label, language);
}
