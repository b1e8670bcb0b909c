// The logic of an XLSForm, read once all questions are known: relevant becomes a condition, constraint becomes limits of the kind and a demand.
import type { Condition, Question, QuestionOf, Section } from '../model/definition.ts';
import { questionsIn, pipesIn } from './definition.ts';
import { conditionOfTree, dayOf, type Named, type Names, numberOf, readCondition } from './expressions.ts';
import { patternTexts } from './form-sheets.ts';
import type { FormRow, Unspoken } from './form-table.ts';
import { type Expression, parseExpression } from './xpath.ts';

/** An expression and where it stands. */
export interface Written {
  readonly row: FormRow;
  readonly text: string;
}

export interface Drafted {
  readonly question: Question;
  readonly row: FormRow;
  readonly when: readonly Written[];
  readonly place: number;
}

export interface DraftedSection {
  readonly section: Section;
  readonly when: readonly Written[];
  readonly drafts: readonly Drafted[];
}

export function applyLogic(sections: readonly DraftedSection[], named: ReadonlyMap<string, Named>, unspoken: Unspoken): Section[] {
  const places = new Map(sections.flatMap(({ drafts }) => drafts.map(({ question, place }) => [question.code, place])));
  const names: Names = (name) => named.get(name);
  const conditionFor = (written: readonly Written[], before: number): Condition | null => {
    const conditions = written.flatMap(({ row, text }) => {
      const condition = readCondition(text, names, null);
      if (condition === null) unspoken.add('expression', row, 'relevant', text);
      else if (questionsIn(condition).some((code) => (places.get(code) ?? before) >= before)) unspoken.add('order', row, 'relevant', text);
      else return [condition];
      return [];
    });
    const [first] = conditions;
    return first === undefined ? null : conditions.length === 1 ? first : { is: 'all', of: conditions };
  };
  return sections.map(({ section, when, drafts }) => ({
    ...section,
    when: conditionFor(when, drafts[0]?.place ?? 0),
    questions: drafts.map(({ question, row, when: own, place }) => {
      for (const code of pipesIn(question.title['zh'] ?? '')) if (!places.has(code)) unspoken.add('expression', row, 'label', code);
      return constrained({ ...question, when: conditionFor(own, place) }, row, { names, places, place, unspoken });
    }),
  }));
}

interface Known {
  readonly names: Names;
  readonly places: ReadonlyMap<string, number>;
  readonly place: number;
  readonly unspoken: Unspoken;
}

function constrained(question: Question, row: FormRow, known: Known): Question {
  const text = row.get('constraint');
  const message = row.words('constraint_message', 300);
  const worded = message['zh'] !== '';
  const unsaid = (column: string, what: string): Question => {
    known.unspoken.add('expression', row, column, what);
    return question;
  };
  if (text === '') return worded ? unsaid('constraint_message', message['zh'] ?? '') : question;
  const tree = parseExpression(text);
  if (question.kind === 'note' || tree === null) return unsaid('constraint', text);
  const { limited, rest } = limitsAndRest(question, tree, worded);
  const demand = demandOf(rest, { question, row: null, options: known.names(row.get('name'))?.options ?? new Map() }, known);
  if (demand === undefined) known.unspoken.add('expression', row, 'constraint', text);
  if (demand === undefined || limited.kind === 'note') return limited;
  if (demand === null && worded) known.unspoken.add('expression', row, 'constraint_message', message['zh'] ?? '');
  return demand === null ? limited : { ...limited, demand: { holds: demand, message: worded ? message : { zh: '' } } };
}

/** Which parts are limits of the kind. With words of its own for what is wrong, a constraint without brackets stays whole, so that they are said. */
function limitsAndRest(question: Question, tree: Expression, worded: boolean): { readonly limited: Question; readonly rest: readonly Expression[] } {
  const parts = tree.is === 'and' ? tree.of : [tree];
  if (worded && parts.every((part) => part.is === 'compare' && part.left.is === 'self')) return { limited: question, rest: parts };
  let limited = question;
  const rest = parts.filter((part) => {
    const next = withLimit(limited, part);
    limited = next ?? limited;
    return next === null;
  });
  return { limited, rest };
}

/** Null: nothing is demanded; undefined: it cannot be said. */
function demandOf(parts: readonly Expression[], self: Named, { names, places, place }: Known): Condition | null | undefined {
  const demands = parts.map((part) => conditionOfTree(part, names, self));
  const good = demands.filter((demand) => demand !== null).filter((demand) => questionsIn(demand).every((code) => (places.get(code) ?? place + 1) <= place));
  if (good.length < demands.length) return undefined;
  return good.length > 1 ? { is: 'all', of: good } : (good[0] ?? null);
}

/** A part of a constraint that is a limit of the question's kind; null for any other. */
function withLimit(question: Question, part: Expression): Question | null {
  if (part.is === 'call') return withPattern(question, part);
  if (part.is !== 'compare' || part.by === '=' || part.by === '!=') return null;
  return withBoundary(question, part.left, { lower: part.by.startsWith('>'), strict: part.by.length === 1 }, part.right);
}

function withBoundary(question: Question, left: Expression, { lower, strict }: { readonly lower: boolean; readonly strict: boolean }, right: Expression): Question | null {
  if (question.kind === 'date') return left.is === 'self' && !strict ? withDay(question, lower, dayOf(right)) : null;
  const bound = strict ? beside(question, numberOf(right), lower) : numberOf(right);
  if (bound === null) return null;
  if (question.kind === 'number') return left.is === 'self' ? withBound(question, lower, bound) : null;
  return left.is === 'call' && left.of.length === 1 && left.of[0]?.is === 'self' ? withCount(question, left.name, lower, bound) : null;
}

/** The whole number beside a bound that is itself left out. */
function beside(question: Question, bound: number | null, lower: boolean): number | null {
  if (bound === null || !Number.isInteger(bound) || (question.kind === 'number' && question.decimals > 0)) return null;
  return lower ? bound + 1 : bound - 1;
}

function withDay(question: QuestionOf<'date'>, lower: boolean, day: string | null): Question | null {
  if (day === null || (lower ? question.earliest : question.latest) !== null) return null;
  return lower ? { ...question, earliest: day } : { ...question, latest: day };
}

function withBound(question: QuestionOf<'number'>, lower: boolean, number: number): Question | null {
  if ((lower ? question.minimum : question.maximum) !== null) return null;
  return lower ? { ...question, minimum: number } : { ...question, maximum: number };
}

function withCount(question: Question, called: string, lower: boolean, number: number): Question | null {
  if (!Number.isInteger(number) || number < 1 || number > 5_000) return null;
  if (question.kind === 'text' && called === 'string-length') {
    if (!lower) return { ...question, most: Math.min(question.most, number) };
    return question.least === null ? { ...question, least: number } : null;
  }
  if (question.kind !== 'multiple' || called !== 'count-selected' || number > 100 || (lower ? question.least : question.most) !== null) return null;
  return lower ? { ...question, least: number } : { ...question, most: number };
}

function withPattern(question: Question, call: Extract<Expression, { readonly is: 'call' }>): Question | null {
  const [own, text] = call.of;
  if (question.kind !== 'text' || question.pattern !== 'none' || call.name !== 'regex' || own?.is !== 'self' || text?.is !== 'text') return null;
  const pattern = (Object.keys(patternTexts) as (keyof typeof patternTexts)[]).find((name) => patternTexts[name] === text.text);
  return pattern === undefined ? null : { ...question, pattern };
}
