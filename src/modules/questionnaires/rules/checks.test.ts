import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCalendarDate } from '../../../shared/instant.ts';
import { definitions, sheetsOf } from '../../../testing/questionnaires.ts';
import { answerSheet, type AnswerIssue, type AnswerSheet, type Condition, definition as definitionSchema, type Definition, type Question, type QuestionOf } from '../model/definition.ts';
import { compileChecks } from './checks.ts';
import { findQuestion, piped } from './definition.ts';

// The same said again in the plainest way there is: no compiling, no places, every condition worked out from the beginning each time.
type Values = { readonly [question: string]: unknown };

function own(values: Values, code: string): unknown {
  const value = Object.hasOwn(values, code) ? values[code] : undefined;
  if (value === null || (typeof value === 'string' && value.trim() === '')) return undefined;
  if (typeof value === 'object' && (Array.isArray(value) ? value : Object.keys(value)).length === 0) return undefined;
  return value;
}

/** What a condition sees of a question: only what is an answer of its kind, to a question that is asked. */
function seen(definition: Definition, values: Values, code: string): unknown {
  const question = findQuestion(definition, code);
  if (question === undefined || !isAsked(definition, values, question)) return undefined;
  const value = own(values, code);
  return value !== undefined && typeIssue(question, value) === null ? value : undefined;
}

function isAsked(definition: Definition, values: Values, question: Question): boolean {
  const section = definition.sections.find(({ questions }) => questions.includes(question));
  return [section?.when ?? null, question.when].every((condition) => condition === null || holds(definition, values, condition));
}

function holds(definition: Definition, values: Values, condition: Condition): boolean {
  if (condition.is === 'all') return condition.of.every((inner) => holds(definition, values, inner));
  if (condition.is === 'any') return condition.of.some((inner) => holds(definition, values, inner));
  if (condition.is === 'not') return !holds(definition, values, condition.of);
  const value = seen(definition, values, condition.question);
  switch (condition.is) {
    case 'answered':
      return condition.row === null ? value !== undefined : cell(value, condition.row) !== undefined;
    case 'chosen':
      return condition.row === null ? value === condition.option || (Array.isArray(value) && value.includes(condition.option)) : cell(value, condition.row) === condition.option;
    case 'contains':
      return typeof value === 'string' && value.includes(condition.text);
    case 'counted':
      return order(Array.isArray(value) ? value.length : 0, condition.by, condition.value);
    case 'compared':
      return order(value, condition.by, typeof condition.value === 'object' ? seen(definition, values, condition.value.question) : condition.value);
  }
}

function cell(value: unknown, row: string): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, row) ? Reflect.get(value, row) : undefined;
}

function order(left: unknown, by: string, right: unknown): boolean {
  const comparable = (typeof left === 'number' && typeof right === 'number') || (typeof left === 'string' && typeof right === 'string');
  if (by === 'not_equal') return !comparable || left !== right;
  if (!comparable) return false;
  return { equal: left === right, less: left < right, at_most: left <= right, greater: left > right, at_least: left >= right }[by] ?? false;
}

interface Said {
  readonly rule: string;
  readonly row?: string;
}

const wrong: Said = { rule: 'wrong_type' };

/** Whether it is an answer of the question's kind at all. */
function typeIssue(question: Question, value: unknown): Said | null {
  if (question.kind === 'single') return typeof value !== 'string' ? wrong : isOneOf(question.options, value) ? null : { rule: 'unknown_option' };
  if (question.kind === 'multiple') return choicesIssue(question, value);
  if (question.kind === 'matrix') return matrixIssue(question, value);
  if (question.kind === 'scale' || question.kind === 'number') return typeof value === 'number' && Number.isFinite(value) ? null : wrong;
  if (question.kind === 'date') return typeof value === 'string' && isCalendarDate(value) ? null : wrong;
  return question.kind === 'text' && typeof value === 'string' ? null : wrong;
}

const isOneOf = (all: readonly { readonly code: string }[], code: unknown): boolean => all.some((one) => one.code === code);

function choicesIssue({ options }: QuestionOf<'multiple'>, value: unknown): Said | null {
  if (!Array.isArray(value) || value.some((one) => typeof one !== 'string')) return wrong;
  if (!value.every((one) => isOneOf(options, one))) return { rule: 'unknown_option' };
  return new Set(value).size < value.length ? { rule: 'given_twice' } : null;
}

function matrixIssue({ rows, columns }: QuestionOf<'matrix'>, value: unknown): Said | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong;
  for (const [row, column] of Object.entries(value)) {
    if (!isOneOf(rows, row)) return { rule: 'unknown_row' };
    if (!isOneOf(columns, column)) return { rule: 'unknown_option', row };
  }
  return null;
}

const simplePatterns: { readonly [name: string]: RegExp } = { email: /^[^@\s]+@[a-z]+\.cn$/, digits: /^[0-9]+$/, mobile: /^1[3-9][0-9]{9}$/ };

type Limits = { readonly [rule: string]: boolean };

function limitsCrossed(question: Question, value: unknown): Limits {
  if (question.kind === 'multiple' && Array.isArray(value)) return choicesCrossed(value, question);
  if (question.kind === 'scale' && typeof value === 'number') return numberCrossed(value, { ...question, decimals: 0 });
  if (question.kind === 'number' && typeof value === 'number') return numberCrossed(value, question);
  if (question.kind === 'text' && typeof value === 'string') return textCrossed(value, question);
  if (question.kind === 'date' && typeof value === 'string') return { too_early: question.earliest !== null && value < question.earliest, too_late: question.latest !== null && value > question.latest };
  return {};
}

function choicesCrossed(value: readonly unknown[], { options, least, most }: QuestionOf<'multiple'>): Limits {
  const alone = options.some(({ code, exclusive }) => exclusive && value.includes(code));
  return { exclusive_option: alone && value.length > 1, too_few_chosen: least !== null && value.length < least && !alone, too_many_chosen: most !== null && value.length > most };
}

function textCrossed(value: string, { least, most, pattern }: QuestionOf<'text'>): Limits {
  const tooLong = value.length > most;
  return { too_short: least !== null && value.length < least, too_long: tooLong, pattern: !tooLong && pattern !== 'none' && !(simplePatterns[pattern]?.test(value) ?? false) };
}

function numberCrossed(value: number, { minimum, maximum, decimals }: { readonly minimum: number | null; readonly maximum: number | null; readonly decimals: number }): Limits {
  const grain = 10 ** decimals;
  return {
    too_many_decimals: !Number.isInteger(value) && Math.round(value * grain) / grain !== value,
    below_minimum: minimum !== null && value < minimum,
    above_maximum: maximum !== null && value > maximum,
  };
}

function limitIssues(question: Question, value: unknown): Said[] {
  const said = Object.entries(limitsCrossed(question, value)).flatMap(([rule, crossed]) => (crossed ? [{ rule }] : []));
  if (question.kind !== 'matrix' || !question.required) return said;
  return question.rows.flatMap(({ code }) => (cell(value, code) === undefined ? [{ rule: 'row_missing', row: code }] : []));
}

interface Plain {
  readonly issues: string[];
  readonly kept: AnswerSheet;
}

function interpreted(definition: Definition, { values, texts }: AnswerSheet): Plain {
  const kept: { values: Record<string, unknown>; texts: Record<string, string> } = { values: {}, texts: {} };
  const questions = definition.sections.flatMap((section) => section.questions).filter(({ kind }) => kind !== 'note');
  const strangers = Object.keys(values).filter((code) => !isOneOf(questions, code)).map((code) => `${code}. unknown_question`);
  const issues = questions.filter((question) => isAsked(definition, values, question)).flatMap((question) => {
    const value = own(values, question.code);
    return said(definition, values, question, value, own(texts, question.code), kept).map(({ rule, row = '' }) => `${question.code}.${row} ${rule}`);
  });
  return { issues: [...issues, ...strangers], kept: kept as AnswerSheet };
}

function said(definition: Definition, values: Values, question: Question, value: unknown, text: unknown, kept: { readonly values: Record<string, unknown>; readonly texts: Record<string, string> }): Said[] {
  if (question.kind === 'note') return [];
  if (value === undefined) return question.required ? [{ rule: 'required' }] : [];
  const issue = typeIssue(question, value);
  if (issue !== null) return [issue];
  kept.values[question.code] = value;
  const beside = 'options' in question ? question.options.find((one) => one.text)?.code : undefined;
  const asksText = beside !== undefined && [value].flat().includes(beside);
  const textIssue = !asksText ? [] : typeof text !== 'string' ? [{ rule: 'text_missing' }] : text.length > 500 ? [{ rule: 'too_long' }] : [];
  if (asksText && textIssue.length === 0) kept.texts[question.code] = String(text);
  const demanded = question.demand !== null && !holds(definition, values, question.demand.holds);
  return [...limitIssues(question, value), ...textIssue, ...(demanded ? [{ rule: 'demand' }] : [])];
}

const named = ({ question, row, rule }: AnswerIssue): string => `${question}.${row ?? ''} ${rule}`;

describe('checks of an answer', () => {
  it('say what the questionnaire says read plainly, for any questionnaire and any answer', () => {
    fc.assert(
      fc.property(definitions.chain((definition) => fc.tuple(fc.constant(definition), fc.array(sheetsOf(definition), { minLength: 1, maxLength: 8 }))), ([definition, sheets]) => {
        expect(definitionSchema.parse(definition)).toEqual(definition);
        const checks = compileChecks(definition);
        for (const sheet of sheets) {
          const plain = interpreted(definition, sheet);
          const checked = checks.check(sheet);
          expect(checked.issues.map(named).toSorted()).toEqual(plain.issues.toSorted());
          expect(checked.kept).toEqual(plain.kept);
          const asked = definition.sections.flatMap(({ questions }) => questions).filter((question) => isAsked(definition, sheet.values, question)).map(({ code }) => code);
          expect([...checks.asked(sheet).questions]).toEqual(asked);
          // What is kept is all that counts: checked again, it says the same of itself and drops nothing.
          const again = checks.check(checked.kept);
          expect(again.kept.values).toEqual(checked.kept.values);
          expect(again.dropped).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('never throw, whatever they are given', () => {
    fc.assert(fc.property(definitions, fc.record({ values: fc.dictionary(fc.constantFrom('q1', 'q2', 'q3', 'toString', 'x'), fc.anything()), texts: fc.dictionary(fc.constantFrom('q1', 'q2'), fc.anything()) }), (definition, sheet) => {
      compileChecks(definition).check(sheet as unknown as AnswerSheet);
      answerSheet.safeParse(sheet);
    }), { numRuns: 40 });
  });
});

const title = { zh: '题目' };
const base = { title, hint: { zh: '' }, when: null, required: true, demand: null };
const option = (code: string, more: object = {}) => ({ code, label: { zh: code }, exclusive: false, text: false, ...more });

function form(...questions: Question[]): Definition {
  return { title, introduction: title, thanks: title, anonymous: true, languages: ['zh'], sections: [{ code: 's1', title, when: null, questions }] };
}

describe('a questionnaire', () => {
  const size: Question = { ...base, kind: 'single', code: 'size', options: [option('small'), option('large'), option('other', { text: true })], initial: null, look: 'list' };
  const staff: Question = { ...base, kind: 'number', code: 'staff', decimals: 0, minimum: 1, maximum: 1_000_000, unit: { zh: '人' }, initial: null };
  const secret: Question = {
    ...base, kind: 'number', code: 'secret', decimals: 0, minimum: 0, maximum: null, unit: { zh: '人' }, initial: null,
    when: { is: 'chosen', question: 'size', row: null, option: 'large' },
    demand: { holds: { is: 'compared', question: 'secret', by: 'at_most', value: { question: 'staff' } }, message: { zh: '不能多于总人数' } },
  };
  const checks = compileChecks(form(size, staff, secret));
  const issues = (values: AnswerSheet['values'], texts: AnswerSheet['texts'] = {}) => checks.check({ values, texts }).issues.map(named);

  it('drops an answer to what was not asked, and does not miss it', () => {
    expect(checks.check({ values: { size: 'small', staff: 3, secret: 99 }, texts: {} })).toEqual({ issues: [], kept: { values: { size: 'small', staff: 3 }, texts: {} }, dropped: ['secret'] });
    expect(issues({ size: 'large', staff: 3 })).toEqual(['secret. required']);
  });

  it('compares an answer with an earlier one, and asks for the text beside an option', () => {
    expect(issues({ size: 'large', staff: 3, secret: 4 })).toEqual(['secret. demand']);
    expect(issues({ size: 'other', staff: 3 })).toEqual(['size. text_missing']);
    expect(issues({ size: 'other', staff: 3 }, { size: '合伙企业' })).toEqual([]);
  });

  it('puts earlier answers into later texts', () => {
    const asked = form(size, staff);
    expect(piped('贵企业有{staff}，属于{size}。{nobody}', asked, { values: { staff: 12 }, texts: {} }, 'zh')).toBe('贵企业有12人，属于……。{nobody}');
    expect(piped('{size}', asked, { values: { size: 'other' }, texts: { size: '{staff}<b>' } }, 'zh')).toBe('{staff}<b>');
  });
});
