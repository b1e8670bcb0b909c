// What an answer must fulfil, compiled once for a version into functions (0035): a question asked, its kind, its limits, skip logic. The
// same in the page, in the preview and on the server. Never throws, whatever it is given; never evaluates anything that was typed.
import { isUscc, normaliseUscc } from '../../enterprises/rules.ts';
import type { AnswerableQuestion, AnswerIssue, AnswerRule, AnswerSheet, AnswerValue, Definition, QuestionOf, TextPattern } from '../model/definition.ts';
import { textsMost } from '../model/limits.ts';
import { compileCondition, type Holds, isList, type Places, type State } from './conditions.ts';
import { questionsOf } from './definition.ts';

export interface Checked {
  readonly issues: readonly AnswerIssue[];
  /** What was asked and answered, in the questionnaire's order: what is stored. An answer to what was not asked is dropped. */
  readonly kept: AnswerSheet;
  /** Questions that were answered though they were not asked. */
  readonly dropped: readonly string[];
}

export interface Checks {
  /** The whole sheet, as when it is sent. */
  readonly check: (sheet: AnswerSheet) => Checked;
  /** Sections and questions that are asked, given what was answered so far; notes too. */
  readonly asked: (sheet: AnswerSheet) => { readonly sections: ReadonlySet<string>; readonly questions: ReadonlySet<string> };
}

type Report = (rule: AnswerRule, limit?: string | number | null, row?: string | null) => undefined;
/** What a kind says of a value: undefined when it is no value of that kind at all, so that later conditions do not see it. */
type Read = (value: unknown, report: Report) => AnswerValue | undefined;

interface Step {
  readonly code: string;
  readonly place: number;
  readonly asked: Holds;
  readonly required: boolean;
  readonly read: Read | null;
  readonly demand: Holds | null;
  /** The option with a text beside it. */
  readonly textOf: string | null;
}

interface Page {
  readonly code: string;
  readonly asked: Holds;
  readonly steps: readonly Step[];
}

export function compileChecks(definition: Pick<Definition, 'sections'>): Checks {
  const placed = questionsOf(definition);
  const places: Places = new Map(placed.map(({ question, index }) => [question.code, index]));
  let place = 0;
  const pages: Page[] = definition.sections.map((section) => ({
    code: section.code,
    asked: compileCondition(section.when, places),
    steps: section.questions.map((question): Step => {
      const step = { code: question.code, place, asked: compileCondition(question.when, places) };
      place += 1;
      if (question.kind === 'note') return { ...step, required: false, read: null, demand: null, textOf: null };
      const demand = question.demand === null ? null : compileCondition(question.demand.holds, places);
      return { ...step, required: question.required, read: readerOf(question), demand, textOf: 'options' in question ? (question.options.find(({ text }) => text)?.code ?? null) : null };
    }),
  }));
  const codes = new Set(placed.flatMap(({ question }) => (question.kind === 'note' ? [] : [question.code])));
  return { check: (sheet) => run(pages, codes, sheet), asked: (sheet) => askedOf(pages, codes.size, sheet) };
}

function run(pages: readonly Page[], codes: ReadonlySet<string>, sheet: AnswerSheet): Checked {
  const state: State = [];
  const issues: AnswerIssue[] = [];
  const kept: { values: Record<string, AnswerValue>; texts: Record<string, string> } = { values: {}, texts: {} };
  const dropped: string[] = [];
  for (const { asked, steps } of pages) {
    const open = asked(state);
    for (const step of steps) {
      const given = givenOf(sheet.values, step.code);
      if (open && step.asked(state)) answer(step, given, sheet, state, { issues, kept });
      else if (given !== undefined && step.read !== null) dropped.push(step.code);
    }
  }
  for (const code of Object.keys(sheet.values)) if (!codes.has(code)) issues.push({ question: code, row: null, rule: 'unknown_question', limit: null });
  return { issues, kept, dropped };
}

interface Results {
  readonly issues: AnswerIssue[];
  readonly kept: { readonly values: Record<string, AnswerValue>; readonly texts: Record<string, string> };
}

function answer(step: Step, given: unknown, sheet: AnswerSheet, state: State, { issues, kept }: Results): void {
  const { code, read, demand, textOf } = step;
  if (read === null) return;
  const report: Report = (rule, limit = null, row = null) => {
    issues.push({ question: code, row, rule, limit });
  };
  if (given === undefined) {
    if (step.required) report('required');
    return;
  }
  const value = read(given, report);
  if (value === undefined) return;
  state[step.place] = value;
  kept.values[code] = value;
  if (textOf !== null && (value === textOf || (isList(value) && value.includes(textOf)))) keepText(code, sheet, kept.texts, report);
  if (demand !== null && !demand(state)) report('demand');
}

function keepText(code: string, sheet: AnswerSheet, texts: Record<string, string>, report: Report): undefined {
  const text: unknown = Object.hasOwn(sheet.texts, code) ? sheet.texts[code] : undefined;
  if (typeof text !== 'string' || text.trim() === '') return report('text_missing');
  if (text.length > textsMost) return report('too_long', textsMost);
  texts[code] = text;
}

/** Nothing said: left out, empty, blank. */
function givenOf(values: AnswerSheet['values'], code: string): unknown {
  const given: unknown = Object.hasOwn(values, code) ? values[code] : undefined;
  if (given === undefined || given === null) return undefined;
  if (typeof given === 'string') return given.trim() === '' ? undefined : given;
  if (typeof given !== 'object') return given;
  return (isList(given) ? given.length : Object.keys(given).length) === 0 ? undefined : given;
}

const silent: Report = () => undefined;

function askedOf(pages: readonly Page[], most: number, sheet: AnswerSheet): ReturnType<Checks['asked']> {
  const state: State = Array.from({ length: most }, () => undefined);
  const sections = new Set<string>();
  const questions = new Set<string>();
  for (const page of pages) {
    const open = page.asked(state);
    if (open) sections.add(page.code);
    for (const { code, place, asked, read } of page.steps) {
      if (!open || !asked(state)) continue;
      questions.add(code);
      const given = givenOf(sheet.values, code);
      state[place] = given === undefined || read === null ? undefined : read(given, silent);
    }
  }
  return { sections, questions };
}

function readerOf(question: AnswerableQuestion): Read {
  switch (question.kind) {
    case 'single':
      return singleReader(question);
    case 'multiple':
      return multipleReader(question);
    case 'matrix':
      return matrixReader(question);
    case 'scale':
      return numberReader(question.minimum, question.maximum, 0);
    case 'number':
      return numberReader(question.minimum, question.maximum, question.decimals);
    case 'text':
      return textReader(question);
    case 'date':
      return dateReader(question);
  }
}

function singleReader({ options }: QuestionOf<'single'>): Read {
  const known = new Set<unknown>(options.map(({ code }) => code));
  return (value, report) => {
    if (typeof value !== 'string') return report('wrong_type');
    return known.has(value) ? value : report('unknown_option', value.slice(0, 40));
  };
}

function multipleReader({ options, least, most }: QuestionOf<'multiple'>): Read {
  const known = new Set<unknown>(options.map(({ code }) => code));
  const alone = new Set<unknown>(options.flatMap(({ code, exclusive }) => (exclusive ? [code] : [])));
  return (value, report) => {
    if (!isList(value) || !value.every((one) => typeof one === 'string')) return report('wrong_type');
    const strange = value.find((one) => !known.has(one));
    if (strange !== undefined) return report('unknown_option', strange.slice(0, 40));
    if (value.length > 1 && new Set(value).size < value.length) return report('given_twice');
    const none = alone.size > 0 && value.some((one) => alone.has(one));
    if (none && value.length > 1) report('exclusive_option');
    if (least !== null && value.length < least && !none) report('too_few_chosen', least);
    if (most !== null && value.length > most) report('too_many_chosen', most);
    return value;
  };
}

function matrixReader({ rows, columns, required }: QuestionOf<'matrix'>): Read {
  const lines = new Set(rows.map(({ code }) => code));
  const known = new Set<unknown>(columns.map(({ code }) => code));
  return (value, report) => {
    if (typeof value !== 'object' || value === null || isList(value)) return report('wrong_type');
    const given = Object.entries(value);
    for (const [row, column] of given) {
      if (!lines.has(row)) return report('unknown_row', row.slice(0, 40));
      if (!known.has(column)) return report('unknown_option', String(column).slice(0, 40), row);
    }
    if (required && given.length < lines.size) for (const row of lines) if (!Object.hasOwn(value, row)) report('row_missing', null, row);
    return value as { readonly [row: string]: string };
  };
}

function numberReader(minimum: number | null, maximum: number | null, decimals: number): Read {
  return (value, report) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return report('wrong_type');
    if (!Number.isInteger(value) && Number(value.toFixed(decimals)) !== value) report('too_many_decimals', decimals);
    if (minimum !== null && value < minimum) report('below_minimum', minimum);
    if (maximum !== null && value > maximum) report('above_maximum', maximum);
    return value;
  };
}

/** Each in time that grows with the length alone. */
const patterns: { readonly [P in Exclude<TextPattern, 'none'>]: (text: string) => boolean } = {
  email: (text) => text.length <= 254 && /^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/.test(text),
  telephone: (text) => /^(?:\+?86[- ]?)?(?:1\d{10}|0\d{2,3}[- ]?\d{7,8}(?:[- ]\d{1,6})?|[48]00[- ]?\d{3}[- ]?\d{4})$/.test(text),
  mobile: (text) => /^1[3-9]\d{9}$/.test(text),
  credit_code: (text) => isUscc(normaliseUscc(text)),
  postcode: (text) => /^\d{6}$/.test(text),
  web_address: (text) => /^https?:\/\/[^\s/?#]+\.[^\s]+$/.test(text),
  digits: (text) => /^\d+$/.test(text),
};

function textReader({ least, most, pattern }: QuestionOf<'text'>): Read {
  const fits = pattern === 'none' ? null : patterns[pattern];
  return (value, report) => {
    if (typeof value !== 'string') return report('wrong_type');
    if (least !== null && value.length < least) report('too_short', least);
    if (value.length > most) report('too_long', most);
    else if (fits !== null && !fits(value)) report('pattern', pattern);
    return value;
  };
}

const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Without a calendar library, which the page would have to load. */
export function isDay(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (month === 2 && leap ? 29 : (daysIn[month - 1] ?? 0));
}

function dateReader({ earliest, latest }: QuestionOf<'date'>): Read {
  return (value, report) => {
    if (typeof value !== 'string' || !isDay(value)) return report('wrong_type');
    if (earliest !== null && value < earliest) report('too_early', earliest);
    if (latest !== null && value > latest) report('too_late', latest);
    return value;
  };
}
