// What a builder does to a draft, as pure steps: each gives a new draft and leaves the old one for undo.
import type { Condition, Definition, Question, QuestionKind, Section, SimpleCondition } from '../model/definition.ts';

export interface Spot {
  readonly section: number;
  /** Null: the section itself. */
  readonly question: number | null;
}

const blank = { zh: '' };

/** A code nobody has yet: `q1`, `q2` …; for a copy from the code it is copied from. */
export function freshCode({ sections }: Pick<Definition, 'sections'>, stem: string): string {
  const taken = new Set(sections.flatMap(({ code, questions }) => [code, ...questions.map((question) => question.code)]));
  return freshOf(taken, stem);
}

export function freshOf(taken: ReadonlySet<string>, stem: string): string {
  const root = stem.slice(0, 34);
  for (let number = 1; ; number += 1) if (!taken.has(`${root}${String(number)}`)) return `${root}${String(number)}`;
}

export function newQuestion(kind: QuestionKind, code: string): Question {
  const common = { code, title: blank, hint: blank, when: null };
  const answerable = { ...common, required: true, demand: null };
  const options = [1, 2].map((number) => ({ code: `o${String(number)}`, label: blank, exclusive: false, text: false }));
  switch (kind) {
    case 'single':
      return { kind, ...answerable, options, initial: null, look: 'list' };
    case 'multiple':
      return { kind, ...answerable, options, least: null, most: null };
    case 'matrix':
      return { kind, ...answerable, rows: [{ code: 'r1', label: blank }], columns: [1, 2].map((number) => ({ code: `c${String(number)}`, label: blank })) };
    case 'scale':
      return { kind, ...answerable, minimum: 1, maximum: 5, low: blank, high: blank };
    case 'number':
      return { kind, ...answerable, decimals: 0, minimum: null, maximum: null, unit: blank, initial: null };
    case 'text':
      return { kind, ...answerable, long: false, least: null, most: 200, pattern: 'none', initial: null };
    case 'date':
      return { kind, ...answerable, earliest: null, latest: null, initial: null };
    case 'note':
      return { kind, ...common };
  }
}

function withSection(definition: Definition, at: number, change: (section: Section) => Section): Definition {
  return { ...definition, sections: definition.sections.map((section, index) => (index === at ? change(section) : section)) };
}

/** After the spot; where that is a section, as its first question. */
export function addQuestion(definition: Definition, spot: Spot, kind: QuestionKind): { readonly definition: Definition; readonly spot: Spot } {
  return putQuestion(definition, { section: spot.section, question: spot.question === null ? 0 : spot.question + 1 }, newQuestion(kind, freshCode(definition, 'q')));
}

function putQuestion(definition: Definition, spot: { readonly section: number; readonly question: number }, question: Question): { readonly definition: Definition; readonly spot: Spot } {
  return { definition: withSection(definition, spot.section, (section) => ({ ...section, questions: section.questions.toSpliced(spot.question, 0, question) })), spot };
}

export function addSection(definition: Definition, after: number): { readonly definition: Definition; readonly spot: Spot } {
  const section: Section = { code: freshCode(definition, 's'), title: blank, when: null, questions: [] };
  return { definition: { ...definition, sections: definition.sections.toSpliced(after + 1, 0, section) }, spot: { section: after + 1, question: null } };
}

export function changeQuestion(definition: Definition, { section, question }: Spot, changed: Question): Definition {
  return withSection(definition, section, (one) => ({ ...one, questions: one.questions.map((old, index) => (index === question ? changed : old)) }));
}

export function changeSection(definition: Definition, at: number, changed: Partial<Section>): Definition {
  return withSection(definition, at, (section) => ({ ...section, ...changed }));
}

/** A new code of a question, in all conditions and texts that name it too. */
export function renameQuestion(definition: Definition, { section, question }: Spot, code: string): Definition {
  const before = definition.sections[section]?.questions[question ?? -1];
  if (before === undefined || before.code === code) return definition;
  const taken = definition.sections.some((one) => one.code === code || one.questions.some((other) => other.code === code));
  const renamed = changeQuestion(definition, { section, question }, { ...before, code });
  // A code that is there already is a finding; conditions must not come to mean the other question.
  return taken ? renamed : mapNames(renamed, before.code, code);
}

function mapNames(definition: Definition, from: string, to: string): Definition {
  const text = JSON.stringify(definition, (key, value: unknown) => (key === 'question' && value === from ? to : typeof value === 'string' && value.includes(`{${from}}`) ? value.replaceAll(`{${from}}`, `{${to}}`) : value));
  return JSON.parse(text) as Definition;
}

export function copyQuestion(definition: Definition, spot: Spot): { readonly definition: Definition; readonly spot: Spot } {
  const question = definition.sections[spot.section]?.questions[spot.question ?? -1];
  if (question === undefined || spot.question === null) return { definition, spot };
  const code = freshCode(definition, `${question.code}_`);
  const copy = JSON.parse(JSON.stringify({ ...question, code }, (key, value: unknown) => (key === 'question' && value === question.code ? code : value))) as Question;
  return putQuestion(definition, { section: spot.section, question: spot.question + 1 }, copy);
}

/** A removed section takes its questions along; the last one stays. */
export function removeSpot(definition: Definition, spot: Spot): { readonly definition: Definition; readonly spot: Spot } {
  const { section, question } = spot;
  if (question !== null) {
    const questions = definition.sections[section]?.questions.toSpliced(question, 1) ?? [];
    return { definition: changeSection(definition, section, { questions }), spot: { section, question: questions.length === 0 ? null : Math.min(question, questions.length - 1) } };
  }
  if (definition.sections.length <= 1) return { definition: changeSection(definition, section, { questions: [] }), spot };
  return { definition: { ...definition, sections: definition.sections.toSpliced(section, 1) }, spot: { section: Math.max(0, section - 1), question: null } };
}

/** Up (-1) or down (1): a question past its page's end goes to the next page; a section changes places with its neighbour. */
export function moveSpot(definition: Definition, spot: Spot, by: -1 | 1): { readonly definition: Definition; readonly spot: Spot } {
  const { sections } = definition;
  const section = sections[spot.section];
  if (section === undefined) return { definition, spot };
  if (spot.question === null) {
    const other = spot.section + by;
    const neighbour = sections[other];
    if (neighbour === undefined) return { definition, spot };
    return { definition: { ...definition, sections: sections.with(other, section).with(spot.section, neighbour) }, spot: { section: other, question: null } };
  }
  const question = section.questions[spot.question];
  if (question === undefined) return { definition, spot };
  const to = spot.question + by;
  const without = changeSection(definition, spot.section, { questions: section.questions.toSpliced(spot.question, 1) });
  if (to >= 0 && to < section.questions.length) return putQuestion(without, { section: spot.section, question: to }, question);
  const next = sections[spot.section + by];
  if (next === undefined) return { definition, spot };
  return putQuestion(without, { section: spot.section + by, question: by === 1 ? 0 : next.questions.length }, question);
}

/** A condition as the builder shows it: lines that all or one of must hold, each perhaps negated. Null for what is nested deeper. */
export interface ConditionLines {
  readonly join: 'all' | 'any';
  readonly lines: readonly { readonly not: boolean; readonly simple: SimpleCondition }[];
}

export function linesOf(condition: Condition | null): ConditionLines | null {
  if (condition === null) return { join: 'all', lines: [] };
  const { join, parts } = condition.is === 'all' || condition.is === 'any' ? { join: condition.is, parts: condition.of } : { join: 'all' as const, parts: [condition] };
  const lines = parts.flatMap((part): ConditionLines['lines'][number][] => {
    const inner = part.is === 'not' ? part.of : part;
    return inner.is === 'all' || inner.is === 'any' || inner.is === 'not' ? [] : [{ not: part.is === 'not', simple: inner }];
  });
  return lines.length === parts.length ? { join, lines } : null;
}

export function conditionOf({ join, lines }: ConditionLines): Condition | null {
  const parts = lines.map(({ not, simple }): Condition => (not ? { is: 'not', of: simple } : simple));
  const [first] = parts;
  if (first === undefined) return null;
  return parts.length === 1 && join === 'all' ? first : { is: join, of: parts };
}

/** The first condition one would think of on a question. */
export function conditionToBegin(question: Question): SimpleCondition {
  const { code } = question;
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return { is: 'chosen', question: code, row: null, option: question.options[0]?.code ?? '' };
    case 'matrix':
      return { is: 'chosen', question: code, row: question.rows[0]?.code ?? '', option: question.columns[0]?.code ?? '' };
    case 'scale':
      return { is: 'compared', question: code, by: 'at_least', value: question.maximum };
    case 'number':
      return { is: 'compared', question: code, by: 'greater', value: 0 };
    case 'date':
    case 'text':
    case 'note':
      return { is: 'answered', question: code, row: null };
  }
}
