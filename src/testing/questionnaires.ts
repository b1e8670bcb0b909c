// Questionnaires and answers by chance, for properties: every definition made here is one that may be published.
import fc from 'fast-check';
import type { AnswerSheet, Condition, Definition, Question, SimpleCondition, Words } from '../modules/questionnaires/model/definition.ts';

const words = (most = 12): fc.Arbitrary<Words> => fc.record({ zh: fc.string({ minLength: 1, maxLength: most, unit: fc.constantFrom('密', '保', '企', '业', 'a', 'B', '1', '，') }) });
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(one, { nil: null });
const numberBy = fc.constantFrom('equal' as const, 'not_equal' as const, 'less' as const, 'at_most' as const, 'greater' as const, 'at_least' as const);
const days = fc.constantFrom('2023-06-01', '2023-06-15', '2023-06-30', '2024-02-29');

/** A question as conditions see it: what may be asked about it. */
function simpleOn(question: Question, earlier: readonly Question[]): fc.Arbitrary<SimpleCondition> {
  const { code } = question;
  const answered: fc.Arbitrary<SimpleCondition> = fc.constant({ is: 'answered', question: code, row: null });
  const alike = earlier.filter((other) => other.kind === question.kind && other.code !== code);
  const other = alike.length === 0 ? [] : [fc.constantFrom(...alike).map((one) => ({ question: one.code }))];
  switch (question.kind) {
    case 'single':
      return fc.oneof(answered, fc.constantFrom(...question.options).map((option): SimpleCondition => ({ is: 'chosen', question: code, row: null, option: option.code })));
    case 'multiple':
      return fc.oneof(
        answered,
        fc.constantFrom(...question.options).map((option): SimpleCondition => ({ is: 'chosen', question: code, row: null, option: option.code })),
        fc.tuple(numberBy, fc.integer({ min: 0, max: 4 })).map(([by, value]): SimpleCondition => ({ is: 'counted', question: code, by, value })),
      );
    case 'matrix':
      return fc.oneof(
        answered,
        fc.constantFrom(...question.rows).map((row): SimpleCondition => ({ is: 'answered', question: code, row: row.code })),
        fc.tuple(fc.constantFrom(...question.rows), fc.constantFrom(...question.columns)).map(([row, column]): SimpleCondition => ({ is: 'chosen', question: code, row: row.code, option: column.code })),
      );
    case 'scale':
    case 'number':
      return fc.oneof(answered, fc.tuple(numberBy, fc.oneof(fc.integer({ min: -5, max: 12 }), ...other)).map(([by, value]): SimpleCondition => ({ is: 'compared', question: code, by, value })));
    case 'date':
      return fc.oneof(answered, fc.tuple(numberBy, fc.oneof(days, ...other)).map(([by, value]): SimpleCondition => ({ is: 'compared', question: code, by, value })));
    case 'text':
      return fc.oneof(
        answered,
        fc.tuple(fc.constantFrom('equal' as const, 'not_equal' as const), fc.constantFrom('密', 'ab', '12')).map(([by, value]): SimpleCondition => ({ is: 'compared', question: code, by, value })),
        fc.constantFrom('密', 'a', '1').map((text): SimpleCondition => ({ is: 'contains', question: code, text })),
      );
    case 'note':
      return answered;
  }
}

function conditionOn(questions: readonly Question[], depth = 2): fc.Arbitrary<Condition> {
  const simple: fc.Arbitrary<Condition> = fc.constantFrom(...questions).chain((question) => simpleOn(question, questions));
  if (depth === 0) return simple;
  const inner = conditionOn(questions, depth - 1);
  const of = fc.array(inner, { minLength: 1, maxLength: 3 });
  return fc.oneof({ weight: 3, arbitrary: simple }, of.map((all): Condition => ({ is: 'all', of: all })), of.map((any): Condition => ({ is: 'any', of: any })), inner.map((not): Condition => ({ is: 'not', of: not })));
}

const coded = (letter: string, number: number): fc.Arbitrary<{ code: string; label: Words }[]> =>
  fc.array(words(), { minLength: number, maxLength: number + 3 }).map((labels) => labels.map((label, index) => ({ code: `${letter}${String(index + 1)}`, label })));

function bare(code: string, also: readonly 'note'[]): fc.Arbitrary<Question> {
  const common = { code: fc.constant(code), title: words(), hint: fc.constant({ zh: '' }), when: fc.constant(null) };
  const answerable = { ...common, required: fc.boolean(), demand: fc.constant(null) };
  const options = (exclusive: boolean) =>
    fc.tuple(coded('o', 2), fc.boolean(), fc.boolean()).map(([all, text, alone]) => all.map((option, index) => ({ ...option, exclusive: exclusive && alone && index === all.length - 1, text: text && index === 0 })));
  const limits = fc.tuple(fc.integer({ min: -5, max: 3 }), fc.integer({ min: 4, max: 12 }));
  return fc.oneof(
    fc.record({ kind: fc.constant('single' as const), ...answerable, options: options(false), initial: fc.constantFrom(null, 'o1'), look: fc.constantFrom('list' as const, 'menu' as const) }),
    fc.record({ kind: fc.constant('multiple' as const), ...answerable, options: options(true), least: maybe(fc.constantFrom(1, 2)), most: maybe(fc.constantFrom(2, 3)) })
      .map((made) => ({ ...made, most: made.most === null ? null : Math.min(made.most, made.options.length) })),
    fc.record({ kind: fc.constant('matrix' as const), ...answerable, rows: coded('r', 1), columns: coded('c', 2) }),
    fc.record({ kind: fc.constant('scale' as const), ...answerable, minimum: fc.constantFrom(0, 1), maximum: fc.integer({ min: 2, max: 10 }), low: words(), high: words() }),
    fc.tuple(fc.record({ kind: fc.constant('number' as const), ...answerable, decimals: fc.constantFrom(0, 2), unit: fc.constantFrom<Words>({ zh: '' }, { zh: '人' }), initial: fc.constantFrom(null, 3) }), maybe(limits))
      .map(([made, range]) => ({ ...made, minimum: range?.[0] ?? null, maximum: range?.[1] ?? null })),
    fc.record({ kind: fc.constant('text' as const), ...answerable, long: fc.boolean(), least: maybe(fc.constantFrom(1, 2)), most: fc.constantFrom(3, 200), pattern: fc.constantFrom('none' as const, 'email' as const, 'digits' as const, 'mobile' as const), initial: fc.constant(null) }),
    fc.record({ kind: fc.constant('date' as const), ...answerable, earliest: maybe(fc.constant('2023-06-10')), latest: maybe(fc.constant('2023-12-31')), initial: fc.constant(null) }),
    ...also.map((kind) => fc.record({ kind: fc.constant(kind), ...common })),
  );
}

const isAnswerable = ({ kind }: Question): boolean => kind !== 'note';

/** Questions get conditions on those before them, and demands on those before them and themselves. */
function withConditions(sections: readonly (readonly Question[])[]): fc.Arbitrary<Definition['sections']> {
  const before: Question[] = [];
  const made = sections.map((questions, index) => {
    const seen = before.filter(isAnswerable);
    const section = seen.length === 0 ? fc.constant(null) : maybe(conditionOn(seen, 1));
    const asked = questions.map((question) => {
      const known = before.filter(isAnswerable);
      const when = known.length === 0 ? fc.constant(null) : maybe(conditionOn(known));
      before.push(question);
      if (question.kind === 'note') return when.map((holds): Question => ({ ...question, when: holds }));
      const demand = maybe(fc.record({ holds: conditionOn([question, ...known], 1), message: words() }));
      return fc.tuple(when, fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, demand)).map(([holds, demanded]): Question => ({ ...question, when: holds, demand: demanded }));
    });
    return fc.tuple(section, words(), fc.tuple(...asked)).map(([when, title, all]) => ({ code: `s${String(index + 1)}`, title, when, questions: all }));
  });
  return fc.tuple(...made);
}

/** A questionnaire that may be published. */
export const definitions: fc.Arbitrary<Definition> = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })
  .chain((sizes) => {
    let number = 0;
    // What only tells and asks nothing cannot be published, so the first asks something.
    const sections = sizes.map((size) => fc.tuple(...Array.from({ length: size }, () => bare(`q${String((number += 1))}`, number === 1 ? [] : ['note']))));
    return fc.tuple(...sections).chain(withConditions);
  })
  .chain((sections) => fc.record({ title: words(), introduction: words(), thanks: words(), anonymous: fc.boolean(), languages: fc.constant(['zh']), sections: fc.constant(sections) }));

const rubbish = fc.oneof(fc.constantFrom<unknown>('', ' ', 'o1', 'x', 3, -7.25, 1e300, Number.NaN, true, null, [], ['o1'], ['o1', 'o1'], ['zz', 1], {}, { r1: 'c1' }, { r9: 'c1' }, { r1: 5 }, '2023-02-30', '2023-06-15'), fc.anything({ maxDepth: 1 }));

function valueOf(question: Question): fc.Arbitrary<unknown> {
  switch (question.kind) {
    case 'single':
      return fc.constantFrom(...question.options.map(({ code }) => code));
    case 'multiple':
      return fc.subarray(question.options.map(({ code }) => code));
    case 'matrix':
      return fc.subarray(question.rows.map(({ code }) => code)).chain((rows) => fc.tuple(...rows.map((row) => fc.constantFrom(...question.columns).map(({ code }) => [row, code]))).map((pairs) => Object.fromEntries(pairs) as unknown));
    case 'scale':
    case 'number':
      return fc.oneof(fc.integer({ min: -6, max: 13 }), fc.constantFrom(0.5, 2.25, 1.001));
    case 'text':
      return fc.constantFrom('密', 'ab', '12', '保密制度', 'a@b.cn', '13800000000');
    case 'date':
      return days;
    case 'note':
      return fc.constant('');
  }
}

/** Answers to a questionnaire, good and bad, and things that are no answers at all. */
export function sheetsOf({ sections }: Definition): fc.Arbitrary<AnswerSheet> {
  const questions = sections.flatMap((section) => section.questions);
  const values = fc.tuple(...questions.map((question) => fc.oneof({ weight: 6, arbitrary: valueOf(question) }, { weight: 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: rubbish })));
  const texts = fc.tuple(...questions.map(() => fc.constantFrom(undefined, '', ' ', '其他情形', '长'.repeat(501))));
  return fc.tuple(values, texts, fc.constantFrom([], [['stranger', 1]], [['constructor', 'x']])).map(([given, written, more]) => ({
    values: Object.fromEntries([...questions.flatMap(({ code }, index) => (given[index] === undefined ? [] : [[code, given[index]]])), ...more]) as AnswerSheet['values'],
    texts: Object.fromEntries<string>(questions.flatMap(({ code }, index) => (written[index] === undefined ? [] : [[code, written[index]]]))),
  }));
}
