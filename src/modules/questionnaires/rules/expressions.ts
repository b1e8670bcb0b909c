// Conditions as expressions of an XLSForm, and back. What either side cannot say is null, never something near it.
import type { Comparison, Condition, Operand, Question, SimpleCondition } from '../model/definition.ts';
import { type Expression, parseExpression } from './xpath.ts';

/** What a name of a form stands for: a question, or a row of a matrix. */
export interface Named {
  readonly question: Question;
  readonly row: string | null;
  /** Codes of options by the names they have in the form. */
  readonly options: ReadonlyMap<string, string>;
}
export type Names = (name: string) => Named | undefined;

const signs: { readonly [C in Comparison]: string } = { equal: '=', not_equal: '!=', less: '<', at_most: '<=', greater: '>', at_least: '>=' };
const comparisonOf = new Map(Object.entries(signs).map(([by, sign]) => [sign, by as Comparison]));
const turned: { readonly [C in Comparison]: Comparison } = { equal: 'equal', not_equal: 'not_equal', less: 'greater', at_most: 'at_least', greater: 'less', at_least: 'at_most' };

/** The name a row of a matrix has in a form. */
export function rowName(question: string, row: string): string {
  return `${question}_${row}`;
}

/** A condition written out; `self` is the question whose demand it is. Null where a text has both kinds of quotes. */
export function printCondition(condition: Condition, questionOf: (code: string) => Question | undefined, self: string | null = null): string | null {
  const print = (one: Condition): string | null => printCondition(one, questionOf, self);
  if (condition.is === 'not') return around('not(', print(condition.of), ')');
  if (condition.is === 'all' || condition.is === 'any') {
    const parts = condition.of.map((one) => (one.is === 'all' || one.is === 'any' ? around('(', print(one), ')') : print(one)));
    return parts.includes(null) ? null : parts.join(condition.is === 'all' ? ' and ' : ' or ');
  }
  return printSimple(condition, questionOf, (code, row = null) => (code === self && row === null ? '.' : `\${${row === null ? code : rowName(code, row)}}`));
}

const around = (before: string, text: string | null, after: string): string | null => (text === null ? null : `${before}${text}${after}`);

export function quoted(text: string): string | null {
  if (!text.includes('\'')) return `'${text}'`;
  return text.includes('"') ? null : `"${text}"`;
}

function printSimple(simple: SimpleCondition, questionOf: (code: string) => Question | undefined, name: (code: string, row?: string | null) => string): string | null {
  const question = questionOf(simple.question);
  switch (simple.is) {
    case 'answered': {
      if (question?.kind !== 'matrix' || simple.row !== null) return `${name(simple.question, simple.row)} != ''`;
      const rows = question.rows.map(({ code }) => `${name(simple.question, code)} != ''`).join(' or ');
      return question.rows.length === 1 ? rows : `(${rows})`;
    }
    case 'chosen':
      return `selected(${name(simple.question, simple.row)}, '${simple.option}')`;
    case 'counted':
      return `count-selected(${name(simple.question)}) ${signs[simple.by]} ${String(simple.value)}`;
    case 'contains':
      return around(`contains(${name(simple.question)}, `, quoted(simple.text), ')');
    case 'compared':
      return around(`${name(simple.question)} ${signs[simple.by]} `, printOperand(simple.value, question, name), '');
  }
}

function printOperand(value: Operand, question: Question | undefined, name: (code: string) => string): string | null {
  if (typeof value === 'object') return name(value.question);
  if (typeof value === 'number') return numberText(value);
  return question?.kind === 'date' ? `date('${value}')` : quoted(value);
}

/** Never with an exponent, which the language does not know. */
export function numberText(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

export function readCondition(text: string, names: Names, self: Named | null): Condition | null {
  const tree = parseExpression(text);
  return tree === null ? null : conditionOfTree(tree, names, self);
}

export function conditionOfTree(tree: Expression, names: Names, self: Named | null): Condition | null {
  const read = (one: Expression): Condition | null => conditionOfTree(one, names, self);
  const named = (one: Expression): Named | undefined => (one.is === 'field' ? names(one.name) : one.is === 'self' ? (self ?? undefined) : one.is === 'brackets' ? named(one.of) : undefined);
  switch (tree.is) {
    case 'brackets':
      return read(tree.of);
    case 'and':
    case 'or': {
      const parts = tree.of.map(read);
      const good = parts.filter((part) => part !== null);
      return good.length < parts.length ? null : (wholeMatrix(tree.is, good, names) ?? { is: tree.is === 'and' ? 'all' : 'any', of: good });
    }
    case 'compare':
      return comparison(tree, named);
    case 'call':
      return called(tree, read, named);
    case 'field':
    case 'self':
    case 'text':
    case 'number':
      return null;
  }
}

/** «Any row is answered» is how a matrix is said to be answered. */
function wholeMatrix(is: 'and' | 'or', parts: readonly Condition[], names: Names): Condition | null {
  const [first] = parts;
  if (is !== 'or' || first?.is !== 'answered' || first.row === null) return null;
  const rows = parts.map((part) => (part.is === 'answered' && part.question === first.question ? part.row : null));
  const question = matrixOf(first.question, names);
  return question !== undefined && rows.length === question.rows.length && question.rows.every(({ code }) => rows.includes(code)) ? { ...first, row: null } : null;
}

function matrixOf(code: string, names: Names): Extract<Question, { readonly kind: 'matrix' }> | undefined {
  const question = names(code)?.question;
  return question?.kind === 'matrix' ? question : undefined;
}

type NamedOf = (one: Expression) => Named | undefined;

function called(tree: Extract<Expression, { readonly is: 'call' }>, read: (one: Expression) => Condition | null, namedOf: NamedOf): Condition | null {
  const [first, second] = tree.of;
  if (first === undefined) return null;
  if (tree.name === 'not' && tree.of.length === 1) {
    const of = read(first);
    return of === null ? null : { is: 'not', of };
  }
  const named = namedOf(first);
  if (named === undefined || second?.is !== 'text' || tree.of.length !== 2) return null;
  if (tree.name === 'contains' && named.question.kind === 'text' && second.text !== '') return { is: 'contains', question: named.question.code, text: second.text };
  return tree.name === 'selected' ? chosen(named, second.text) : null;
}

function chosen({ question, row, options }: Named, text: string): Condition | null {
  const option = options.get(text);
  return option === undefined ? null : { is: 'chosen', question: question.code, row, option };
}

function comparison(tree: Extract<Expression, { readonly is: 'compare' }>, namedOf: NamedOf): Condition | null {
  const by = comparisonOf.get(tree.by) ?? 'equal';
  const left = namedOf(tree.left);
  if (left !== undefined) return comparedTo(left, by, tree.right, namedOf);
  const right = namedOf(tree.right);
  if (right !== undefined) return comparedTo(right, turned[by], tree.left, namedOf);
  return countedBy(tree.left, by, tree.right, namedOf) ?? countedBy(tree.right, turned[by], tree.left, namedOf);
}

function countedBy(call: Expression, by: Comparison, number: Expression, namedOf: NamedOf): Condition | null {
  if (call.is !== 'call' || call.name !== 'count-selected' || call.of.length !== 1 || call.of[0] === undefined || number.is !== 'number') return null;
  const named = namedOf(call.of[0]);
  if (named?.question.kind !== 'multiple' || !Number.isInteger(number.number) || number.number < 0 || number.number > 100) return null;
  return { is: 'counted', question: named.question.code, by, value: number.number };
}

function comparedTo(named: Named, by: Comparison, right: Expression, namedOf: NamedOf): Condition | null {
  const { question, row } = named;
  const negated = (condition: Condition | null): Condition | null => (condition === null ? null : by === 'equal' ? condition : by === 'not_equal' ? { is: 'not', of: condition } : null);
  if (right.is === 'text' && right.text === '') {
    const answered: Condition = { is: 'answered', question: question.code, row };
    return by === 'not_equal' ? answered : by === 'equal' ? { is: 'not', of: answered } : null;
  }
  if (question.kind === 'single' || question.kind === 'matrix') return right.is === 'text' || right.is === 'number' ? negated(chosen(named, right.is === 'text' ? right.text : String(right.number))) : null;
  const value = operandOf(right, question, namedOf);
  if (value === null || (question.kind === 'text' && by !== 'equal' && by !== 'not_equal')) return null;
  return { is: 'compared', question: question.code, by, value };
}

const sortOf = ({ kind }: Question): string | null => (kind === 'scale' || kind === 'number' ? 'number' : kind === 'date' || kind === 'text' ? kind : null);

function operandOf(right: Expression, question: Question, namedOf: NamedOf): Operand | null {
  const sort = sortOf(question);
  const other = namedOf(right);
  if (other !== undefined) return sort !== null && sortOf(other.question) === sort ? { question: other.question.code } : null;
  if (sort === 'number') return numberOf(right);
  if (sort === 'date') return dayOf(right);
  return sort === 'text' && right.is === 'text' ? right.text : null;
}

export function numberOf(tree: Expression): number | null {
  if (tree.is === 'number') return tree.number;
  return tree.is === 'text' && /^-?\d+(?:\.\d+)?$/.test(tree.text) ? Number(tree.text) : null;
}

export function dayOf(tree: Expression): string | null {
  const day = tree.is === 'call' && tree.name === 'date' && tree.of.length === 1 ? tree.of[0] : tree;
  return day?.is === 'text' && /^\d{4}-\d{2}-\d{2}$/.test(day.text) ? day.text : null;
}
