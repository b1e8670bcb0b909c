// Conditions as functions: made once for a version, asked for every answer. The state holds the answers by the question's place;
// what was not asked or not answered is undefined there.
import type { AnswerValue, Comparison, Condition, Operand } from '../model/definition.ts';

export type State = (AnswerValue | undefined)[];
export type Holds = (state: State) => boolean;
export type Places = ReadonlyMap<string, number>;

const always: Holds = () => true;
const never: Holds = () => false;

/** A condition that names a question nobody knows holds never; such a draft is not published (rules/building.ts). */
export function compileCondition(condition: Condition | null, places: Places): Holds {
  if (condition === null) return always;
  if (condition.is === 'not') return not(compileCondition(condition.of, places));
  if (condition.is === 'all' || condition.is === 'any') return joined(condition.is, condition.of.map((inner) => compileCondition(inner, places)));
  const place = places.get(condition.question);
  if (place === undefined) return never;
  switch (condition.is) {
    case 'answered':
      return answered(place, condition.row);
    case 'chosen':
      return chosen(place, condition.row, condition.option);
    case 'compared':
      return compared(place, condition.by, condition.value, places);
    case 'counted':
      return counted(place, condition.by, condition.value);
    case 'contains':
      return contains(place, condition.text);
  }
}

function not(inner: Holds): Holds {
  return (state) => !inner(state);
}

function joined(is: 'all' | 'any', inner: readonly Holds[]): Holds {
  return is === 'all' ? (state) => inner.every((holds) => holds(state)) : (state) => inner.some((holds) => holds(state));
}

function inRow(value: AnswerValue | undefined, row: string): string | undefined {
  return typeof value === 'object' && !isChoices(value) && Object.hasOwn(value, row) ? value[row] : undefined;
}

/** Array.isArray does not tell a readonly list from a record. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

export function isChoices(value: AnswerValue): value is readonly string[] {
  return Array.isArray(value);
}

function answered(place: number, row: string | null): Holds {
  return row === null ? (state) => state[place] !== undefined : (state) => inRow(state[place], row) !== undefined;
}

function chosen(place: number, row: string | null, option: string): Holds {
  if (row !== null) return (state) => inRow(state[place], row) === option;
  return (state) => {
    const value = state[place];
    return value === option || (isList(value) && value.includes(option));
  };
}

function contains(place: number, text: string): Holds {
  return (state) => {
    const value = state[place];
    return typeof value === 'string' && value.includes(text);
  };
}

function counted(place: number, by: Comparison, number: number): Holds {
  const stands = comparisons[by];
  return (state) => {
    const value = state[place];
    return stands(isList(value) ? value.length : 0, number);
  };
}

type Compared = string | number;

/** By the order of numbers, or of texts (days stand in order as texts); a number and a text are neither equal nor in order. */
const comparisons: { readonly [C in Comparison]: (left: Compared, right: Compared) => boolean } = {
  equal: (left, right) => left === right,
  not_equal: (left, right) => left !== right,
  less: (left, right) => typeof left === typeof right && left < right,
  at_most: (left, right) => typeof left === typeof right && left <= right,
  greater: (left, right) => typeof left === typeof right && left > right,
  at_least: (left, right) => typeof left === typeof right && left >= right,
};

function compared(place: number, by: Comparison, right: Operand, places: Places): Holds {
  const stands = comparisons[by];
  const missing = by === 'not_equal';
  if (typeof right !== 'object') {
    return (state) => {
      const left = state[place];
      return typeof left === 'number' || typeof left === 'string' ? stands(left, right) : missing;
    };
  }
  const other = places.get(right.question);
  if (other === undefined) return never;
  return (state) => {
    const left = state[place];
    const against = state[other];
    return (typeof left === 'number' || typeof left === 'string') && (typeof against === 'number' || typeof against === 'string') ? stands(left, against) : missing;
  };
}
