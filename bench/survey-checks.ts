// bench survey, the part without HTTP: full checks of a 20-question form a second and core, compiled once; beside it, in the same run, a
// headless survey library on the equivalent form; and whether both find the same answers wrong where both have the notion.
import { Model } from 'survey-core';
import type { AnswerSheet, AnswerValue, Definition, Question } from '../src/modules/questionnaires/model/definition.ts';
import { compileChecks } from '../src/modules/questionnaires/rules/checks.ts';

const zh = (text: string) => ({ zh: text });
const base = (code: string) => ({ code, title: zh(`第${code}题`), hint: zh(''), when: null, required: true, demand: null });
const options = (number: number) => Array.from({ length: number }, (_, index) => ({ code: `o${String(index + 1)}`, label: zh(`选项${String(index + 1)}`), exclusive: false, text: false }));

/** Twenty questions of all kinds, four of them asked only after an earlier answer. */
export const benchForm: Definition = {
  title: zh('测速'), introduction: zh(''), thanks: zh(''), anonymous: true, languages: ['zh'],
  sections: [1, 2, 3, 4].map((page) => {
    const code = (number: number): string => `q${String((page - 1) * 5 + number)}`;
    const questions: Question[] = [
      { ...base(code(1)), kind: 'single', options: options(6), initial: null, look: 'list' },
      { ...base(code(2)), kind: 'multiple', options: options(8), least: 1, most: 3 },
      { ...base(code(3)), kind: 'number', decimals: 0, minimum: 1, maximum: 5_000, unit: zh('人'), initial: null, when: { is: 'chosen', question: code(1), row: null, option: 'o1' } },
      { ...base(code(4)), kind: 'matrix', rows: [1, 2, 3, 4].map((row) => ({ code: `r${String(row)}`, label: zh(`行${String(row)}`) })), columns: [1, 2, 3].map((column) => ({ code: `c${String(column)}`, label: zh(`列${String(column)}`) })) },
      page % 2 === 0 ? { ...base(code(5)), kind: 'text', long: true, least: null, most: 200, pattern: 'none', initial: null } : { ...base(code(5)), kind: 'scale', minimum: 1, maximum: 5, low: zh(''), high: zh('') },
    ];
    return { code: `s${String(page)}`, title: zh(''), when: null, questions };
  }),
};

/** Good sheets and bad ones, the same in every run: every third has something wrong. */
export function benchSheets(number: number): AnswerSheet[] {
  return Array.from({ length: number }, (_, index) => {
    const values: Record<string, AnswerValue> = {};
    for (let page = 0; page < 4; page += 1) {
      const code = (question: number): string => `q${String(page * 5 + question)}`;
      const first = index % 2 === 0;
      values[code(1)] = first ? 'o1' : 'o2';
      values[code(2)] = ['o1', 'o3'];
      if (first) values[code(3)] = 10 + (index % 100);
      values[code(4)] = { r1: 'c1', r2: 'c2', r3: 'c3', r4: 'c1' };
      values[code(5)] = page % 2 === 1 ? '建议加强培训' : 1 + (index % 5);
    }
    if (index % 12 === 3) delete values['q1'];
    if (index % 12 === 6) values['q3'] = 9_999;
    if (index % 12 === 9) values['q10'] = '长'.repeat(201);
    if (index % 12 === 0) values['q2'] = ['o1', 'o2', 'o3', 'o4'];
    return { values, texts: {} };
  });
}

/** The same form for the library. */
function libraryForm(): object {
  const element = (question: Question): object => {
    const common = { name: question.code, title: question.title['zh'], isRequired: true, ...(question.when === null || question.when.is !== 'chosen' ? {} : { visibleIf: `{${question.when.question}} = '${question.when.option}'` }) };
    switch (question.kind) {
      case 'single':
        return { ...common, type: 'radiogroup', choices: question.options.map(({ code }) => code) };
      case 'multiple':
        return { ...common, type: 'checkbox', choices: question.options.map(({ code }) => code), minSelectedChoices: question.least, maxSelectedChoices: question.most, validators: [{ type: 'answercount', minCount: question.least, maxCount: question.most }] };
      case 'number':
        return { ...common, type: 'text', inputType: 'number', validators: [{ type: 'numeric', minValue: question.minimum, maxValue: question.maximum }] };
      case 'matrix':
        return { ...common, type: 'matrix', isAllRowRequired: true, rows: question.rows.map(({ code }) => code), columns: question.columns.map(({ code }) => code) };
      case 'scale':
        return { ...common, type: 'rating', rateMin: question.minimum, rateMax: question.maximum };
      case 'text':
        return { ...common, type: 'comment', validators: [{ type: 'text', maxLength: question.most }] };
      case 'date':
      case 'note':
        return common;
    }
  };
  return { pages: benchForm.sections.map(({ code, questions }) => ({ name: code, elements: questions.map(element) })) };
}

const measuredMilliseconds = 3_000;

/** How often a second `one` goes through, over the sheets again and again. */
function rateOf(sheets: readonly AnswerSheet[], milliseconds: number, one: (sheet: AnswerSheet) => void): number {
  const began = performance.now();
  let done = 0;
  while (performance.now() - began < milliseconds) {
    for (const sheet of sheets) one(sheet);
    done += sheets.length;
  }
  return (done / (performance.now() - began)) * 1000;
}

export function checks(milliseconds: number = measuredMilliseconds): object {
  const sheets = benchSheets(60);
  const compiled = compileChecks(benchForm);
  const model = new Model(libraryForm());
  const byLibrary = (sheet: AnswerSheet): boolean => {
    model.data = { ...sheet.values };
    return model.validate(false, false);
  };
  const differing = sheets.filter((sheet) => byLibrary(sheet) !== (compiled.check(sheet).issues.length === 0)).length;
  rateOf(sheets, milliseconds / 5, (sheet) => compiled.check(sheet));
  const ours = rateOf(sheets, milliseconds, (sheet) => compiled.check(sheet));
  const library = rateOf(sheets.slice(0, 12), milliseconds, byLibrary);
  const again = rateOf(sheets, milliseconds, (sheet) => compiled.check(sheet));
  const checksPerSecond = Math.round(Math.min(ours, again));
  return {
    questions: 20, checksPerSecond, runs: [Math.round(ours), Math.round(again)], target: 2_500, within: checksPerSecond >= 2_500,
    baseline: { what: 'survey-core, Model.validate without a page, on the same form', checksPerSecond: Math.round(library), ratio: Math.round(checksPerSecond / library) },
    sameVerdict: { sheets: sheets.length, wrong: sheets.filter((sheet) => compiled.check(sheet).issues.length > 0).length, differing },
  };
}
