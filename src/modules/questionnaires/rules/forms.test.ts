import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definitions } from '../../../testing/questionnaires.ts';
import type { Condition, Definition, Question } from '../model/definition.ts';
import { compileChecks } from './checks.ts';
import { findQuestion } from './definition.ts';
import { printCondition } from './expressions.ts';
import { readForm } from './form-reading.ts';
import { writeForm } from './form-writing.ts';
import { parseExpression } from './xpath.ts';

/** What an expression cannot tell apart: a list of one, a matrix of one row, the contrary of «equal» on what is answered. */
function plain(condition: Condition | null, definition: Definition): Condition | null {
  if (condition === null) return null;
  if (condition.is === 'not') return { is: 'not', of: plain(condition.of, definition) ?? condition.of };
  if (condition.is === 'all' || condition.is === 'any') {
    const of = condition.of.map((one) => plain(one, definition) ?? one);
    const [first] = of;
    return of.length === 1 && first !== undefined ? first : rowsTogether({ is: condition.is, of }, definition);
  }
  const question = findQuestion(definition, condition.question);
  return condition.is === 'answered' && condition.row === null && question?.kind === 'matrix' && question.rows.length === 1 ? { ...condition, row: question.rows[0]?.code ?? null } : condition;
}

function rowsTogether(condition: Condition, definition: Definition): Condition {
  if (condition.is !== 'any') return condition;
  const [first] = condition.of;
  const question = first?.is === 'answered' && first.row !== null ? findQuestion(definition, first.question) : undefined;
  if (first?.is !== 'answered' || question?.kind !== 'matrix') return condition;
  const rows = condition.of.map((one) => (one.is === 'answered' && one.question === first.question ? one.row : null));
  return rows.length === question.rows.length && question.rows.every(({ code }) => rows.includes(code)) ? { ...first, row: null } : condition;
}

function plainDefinition(definition: Definition): Definition {
  const questionOf = (question: Question): Question => {
    const when = plain(question.when, definition);
    if (question.kind === 'note') return { ...question, when };
    // A table of choices has no constraint there.
    const demand = question.demand === null || question.kind === 'matrix' ? null : { ...question.demand, holds: plain(question.demand.holds, definition) ?? question.demand.holds };
    return { ...question, when, demand };
  };
  return { ...definition, sections: definition.sections.map((section) => ({ ...section, when: plain(section.when, definition), questions: section.questions.map(questionOf) })) };
}

describe('a questionnaire as a form', () => {
  it('comes back as it was, with nothing unsaid but the demands of tables', () => {
    fc.assert(fc.property(definitions, (definition) => {
      const sheets = writeForm(definition, 'form');
      const read = readForm(sheets.filter(({ name }) => name !== 'not_exported'));
      expect(read?.unsaid).toEqual([]);
      expect(plainDefinition(read?.definition ?? definition)).toEqual(plainDefinition(definition));
    }), { numRuns: 60 });
  });

  it('says of a text with both kinds of quotes that it cannot be written', () => {
    expect(printCondition({ is: 'contains', question: 'q1', text: 'a\'b"c' }, () => undefined)).toBeNull();
  });
});

const form = (survey: readonly (readonly string[])[], choices: readonly (readonly string[])[] = [], head = ['type', 'name', 'label', 'relevant', 'constraint', 'required']) =>
  readForm([{ name: 'survey', rows: [head, ...survey] }, { name: 'choices', rows: [['list_name', 'name', 'label::English (en)', 'label::中文'], ...choices] }]);

const yesNo = [['yes_no', 'yes', 'Yes', '是'], ['yes_no', 'no', 'No', '否'], ['sizes', '1', 'Small', '小'], ['sizes', '2', 'Large', '大']];

describe('a form of another tool', () => {
  it('brings skip logic, limits, languages and groups along', () => {
    const read = form([
      ['begin group', 'basics', '基本情况', '', '', ''],
      ['select_one yes_no', 'has_rules', '有制度吗', '', '', 'yes'],
      ['integer', 'staff', '职工人数', "${has_rules} = 'yes'", '. > 0 and . <= 5000', 'TRUE'],
      ['select_multiple yes_no', 'many', '可多选', "not(${staff} < 10) or selected(${has_rules}, 'no')", '', ''],
      ['end group', '', '', '', '', ''],
      ['text', 'why', '为什么 ${staff}', "count-selected(${many}) >= 1 and ${has_rules} != ''", 'string-length(.) <= 50', ''],
    ], yesNo.slice(0, 2));
    expect(read?.unsaid).toEqual([]);
    expect(read?.definition.languages).toEqual(['zh', 'en']);
    const [basics, rest] = read?.definition.sections ?? [];
    expect(basics?.questions.map(({ code, when }) => [code, when])).toEqual([
      ['has_rules', null],
      ['staff', { is: 'chosen', question: 'has_rules', row: null, option: 'yes' }],
      ['many', { is: 'any', of: [{ is: 'not', of: { is: 'compared', question: 'staff', by: 'less', value: 10 } }, { is: 'chosen', question: 'has_rules', row: null, option: 'no' }] }],
    ]);
    expect(basics?.questions[1]).toMatchObject({ minimum: 1, maximum: 5000, required: true });
    expect(rest?.questions[0]).toMatchObject({ title: { zh: '为什么 {staff}' }, most: 50, when: { is: 'all', of: [{ is: 'counted', by: 'at_least', value: 1 }, { is: 'answered', row: null }] } });
  });

  it('is told row by row what of it cannot be said', () => {
    const read = form([
      ['geopoint', 'where', '在哪里', '', '', ''],
      ['begin repeat', 'people', '人员', '', '', ''],
      ['text', 'person', '姓名', '', '', ''],
      ['end repeat', '', '', '', '', ''],
      ['select_one nowhere', 'lost', '没有清单', '', '', ''],
      ['select_one sizes', '2nd', '规模', '', '', '${x} = 1'],
      ['integer', 'sum', '合计', "${later} = 1", '. mod 2 = 0', ''],
      ['integer', 'later', '后面', "if(${sum} > 1, true(), false())", '', ''],
    ], yesNo);
    expect(read?.unsaid.map(({ sheet, row, reason }) => `${sheet} ${String(row)} ${reason}`).toSorted()).toEqual([
      'choices 4 code_changed', 'choices 5 code_changed', 'survey 2 type_unknown', 'survey 3 repeat', 'survey 4 repeat', 'survey 6 list_unknown', 'survey 7 code_changed', 'survey 7 required_expression',
      'survey 8 expression', 'survey 8 order', 'survey 9 expression',
    ]);
    expect(read?.definition.sections.flatMap(({ questions }) => questions.map(({ code, when }) => [code, when]))).toEqual([['q2nd', null], ['sum', null], ['later', null]]);
  });

  it('asks a table of choices as a matrix, and an answer counts the same', () => {
    const read = form([
      ['begin_group', 'measures', '措施', '', '', ''],
      ['select_one yes_no', 'measures_label', '标识', '', '', 'yes'],
      ['select_one yes_no', 'measures_access', '权限', '', '', 'yes'],
      ['end_group', '', '', '', '', ''],
      ['note', 'thanks_note', '说明', "${measures_label} = 'yes'", '', ''],
    ].map((row) => (row[0] === 'begin_group' ? [...row, 'table-list'] : row)), yesNo, ['type', 'name', 'label', 'relevant', 'constraint', 'required', 'appearance']);
    expect(read?.definition.sections[0]?.questions[0]).toMatchObject({ kind: 'matrix', code: 'measures', rows: [{ code: 'label' }, { code: 'access' }], required: true });
    const asked = compileChecks(read?.definition ?? { sections: [] }).asked({ values: { measures: { label: 'yes' } }, texts: {} });
    expect([...asked.questions]).toEqual(['measures', 'thanks_note']);
  });
});

describe('expressions', () => {
  it('are read or refused, and never make the reader fall over', () => {
    expect(parseExpression(`${'('.repeat(5_000)}1${')'.repeat(5_000)}`)).toBeNull();
    expect(parseExpression('not('.repeat(100))).toBeNull();
    expect(parseExpression("selected(${a}, 'x') and . >= -3.5")).not.toBeNull();
    fc.assert(fc.property(fc.array(fc.constantFrom('and', 'or', '(', ')', '${a}', '.', "'x'", '1', '=', '!=', 'not(', 'selected(', ',', ' ', '-', '/', '"', 'é')), (parts) => {
      parseExpression(parts.join(' '));
    }), { numRuns: 500 });
  });
});
