// A questionnaire as an XLSForm: survey, choices, settings, and what could not be said in one, by question. Columns of our own (unit, low, high,
// decimals, exclusive, text) carry what the format has no column for; other tools pass them over.
import type { Definition, Question, QuestionOf, Section, Words } from '../model/definition.ts';
import { findQuestion, wordsIn } from './definition.ts';
import { numberText, printCondition, rowName } from './expressions.ts';
import { type FormSheet, languageColumn, patternTexts } from './form-sheets.ts';

type Cells = { readonly [column: string]: string };

export const translatedColumns = ['label', 'hint', 'constraint_message', 'unit', 'low', 'high'] as const;

export function writeForm(definition: Definition, formId: string): FormSheet[] {
  const writer = new FormWriter(definition);
  const survey = definition.sections.flatMap((section) => writer.section(section));
  const { languages } = definition;
  const inLanguages = (columns: readonly string[]): string[] => columns.flatMap((column) => languages.map((language) => languageColumn(column, language)));
  const surveyColumns = ['type', 'name', ...inLanguages(['label', 'hint']), 'required', 'relevant', 'constraint', ...inLanguages(['constraint_message']), 'appearance', 'default', 'parameters', 'decimals', ...inLanguages(['unit', 'low', 'high'])];
  const choiceColumns = ['list_name', 'name', ...inLanguages(['label']), 'exclusive', 'text'];
  const settings: Cells = {
    form_title: wordsIn(definition.title, 'zh'), form_id: formId, default_language: languageColumn('', 'zh').slice(2), anonymous: definition.anonymous ? 'yes' : 'no',
    ...writer.words('form_title', definition.title), ...writer.words('introduction', definition.introduction), ...writer.words('thanks', definition.thanks),
  };
  return [
    { name: 'survey', rows: table(surveyColumns, survey) },
    { name: 'choices', rows: table(choiceColumns, writer.choices) },
    { name: 'settings', rows: table(Object.keys(settings), [settings]) },
    ...(writer.unsaid.length === 0 ? [] : [{ name: 'not_exported', rows: [['name', 'column'], ...writer.unsaid] }]),
  ];
}

function table(columns: readonly string[], rows: readonly Cells[]): string[][] {
  const used = columns.filter((column, index) => index < 3 || rows.some((row) => (row[column] ?? '') !== ''));
  return [used, ...rows.map((row) => used.map((column) => row[column] ?? ''))];
}

class FormWriter {
  readonly choices: Cells[] = [];
  readonly unsaid: string[][] = [];
  readonly #definition: Definition;

  constructor(definition: Definition) {
    this.#definition = definition;
  }

  words(column: string, words: Words): Cells {
    return Object.fromEntries(this.#definition.languages.flatMap((language) => ((words[language] ?? '') === '' ? [] : [[languageColumn(column, language), asNames(words[language] ?? '')]])));
  }

  section(section: Section): Cells[] {
    return [
      { type: 'begin_group', name: section.code, ...this.words('label', section.title), ...this.#condition('relevant', section.when, section.code), appearance: 'field-list' },
      ...section.questions.flatMap((question) => this.#question(question)),
      { type: 'end_group', name: section.code },
    ];
  }

  #condition(column: 'relevant' | 'constraint', condition: Section['when'], name: string, self: string | null = null): Cells {
    if (condition === null) return {};
    const text = printCondition(condition, (code) => findQuestion(this.#definition, code), self);
    if (text === null) this.unsaid.push([name, column]);
    return text === null ? {} : { [column]: text };
  }

  #question(question: Question): Cells[] {
    const head = { name: question.code, ...this.words('label', question.title), ...this.words('hint', question.hint), ...this.#condition('relevant', question.when, question.code) };
    if (question.kind === 'note') return [{ type: 'note', ...head }];
    if (question.kind === 'matrix') return this.#matrix(question, head);
    const row = { ...head, ...(question.required ? { required: 'yes' } : {}), ...this.#constraint(question), ...(question.demand === null ? {} : this.words('constraint_message', question.demand.message)) };
    return [{ ...row, ...this.#ofKind(question) }];
  }

  #ofKind(question: Exclude<Question, { readonly kind: 'note' | 'matrix' }>): Cells {
    switch (question.kind) {
      case 'single':
        this.#list(question.code, question.options);
        return { type: `select_one ${question.code}`, ...(question.look === 'menu' ? { appearance: 'minimal' } : {}), ...(question.initial === null ? {} : { default: question.initial }) };
      case 'multiple':
        this.#list(question.code, question.options);
        return { type: `select_multiple ${question.code}` };
      case 'scale':
        return { type: 'range', parameters: `start=${String(question.minimum)} end=${String(question.maximum)} step=1`, ...this.words('low', question.low), ...this.words('high', question.high) };
      case 'number':
        return { type: question.decimals === 0 ? 'integer' : 'decimal', ...(question.decimals === 0 ? {} : { decimals: String(question.decimals) }), ...(question.initial === null ? {} : { default: numberText(question.initial) }), ...this.words('unit', question.unit) };
      case 'text':
        return { type: 'text', ...(question.long ? { appearance: 'multiline' } : {}), ...(question.initial === null ? {} : { default: question.initial }) };
      case 'date':
        return { type: 'date', ...(question.initial === null ? {} : { default: question.initial }) };
    }
  }

  #list(name: string, options: readonly { readonly code: string; readonly label: Words; readonly exclusive?: boolean; readonly text?: boolean }[]): void {
    for (const { code, label, exclusive = false, text = false } of options) {
      this.choices.push({ list_name: name, name: code, ...this.words('label', label), ...(exclusive ? { exclusive: 'yes' } : {}), ...(text ? { text: 'yes' } : {}) });
    }
  }

  /** A group whose rows choose from one list, which other tools show as a table. */
  #matrix(question: QuestionOf<'matrix'>, head: Cells): Cells[] {
    this.#list(question.code, question.columns);
    if (question.demand !== null) this.unsaid.push([question.code, 'constraint']);
    return [
      { type: 'begin_group', ...head, appearance: 'table-list' },
      ...question.rows.map(({ code, label }): Cells => ({ type: `select_one ${question.code}`, name: rowName(question.code, code), ...this.words('label', label), ...(question.required ? { required: 'yes' } : {}) })),
      { type: 'end_group', name: question.code },
    ];
  }

  /** Limits bare, the demand in brackets: so each comes back as what it was. */
  #constraint(question: Exclude<Question, { readonly kind: 'note' | 'matrix' }>): Cells {
    const demand = this.#condition('constraint', question.demand?.holds ?? null, question.code, question.code)['constraint'];
    const parts = [...limitsOf(question), ...(demand === undefined ? [] : [`(${demand})`])];
    return parts.length === 0 ? {} : { constraint: parts.join(' and ') };
  }
}

function limitsOf(question: Exclude<Question, { readonly kind: 'note' | 'matrix' }>): string[] {
  const limit = (before: string, value: string | number | null): string[] => (value === null ? [] : [`${before} ${typeof value === 'number' ? numberText(value) : `date('${value}')`}`]);
  switch (question.kind) {
    case 'multiple':
      return [...limit('count-selected(.) >=', question.least), ...limit('count-selected(.) <=', question.most)];
    case 'number':
      return [...limit('. >=', question.minimum), ...limit('. <=', question.maximum)];
    case 'text':
      return [...limit('string-length(.) >=', question.least), ...limit('string-length(.) <=', question.most), ...(question.pattern === 'none' ? [] : [`regex(., '${patternTexts[question.pattern]}')`])];
    case 'date':
      return [...limit('. >=', question.earliest), ...limit('. <=', question.latest)];
    case 'single':
    case 'scale':
      return [];
  }
}

/** `{q3}` is `${q3}` there. */
function asNames(text: string): string {
  return text.replaceAll(/\{([A-Za-z][A-Za-z0-9_]{0,39})\}/g, '${$1}');
}
