// An XLSForm as a questionnaire. What a questionnaire cannot say is listed by row with the reason; nothing is left out silently.
import type { Unsaid } from '../model/building.ts';
import type { Definition, Line, Option, Question, Section } from '../model/definition.ts';
import { languagesMost, optionsMost, questionsMost, rowsMost, sectionsMost } from '../model/definition.ts';
import { isDay } from './checks.ts';
import { codeMaker } from './form-codes.ts';
import type { Named } from './expressions.ts';
import { applyLogic, type Drafted, type Written } from './form-logic.ts';
import type { FormSheet } from './form-sheets.ts';
import { type FormRow, rowsOf, Unspoken } from './form-table.ts';

export interface ReadForm {
  readonly definition: Definition;
  readonly unsaid: readonly Unsaid[];
}

const surveyColumns = new Set(['type', 'name', 'label', 'hint', 'required', 'relevant', 'constraint', 'constraint_message', 'appearance', 'default', 'parameters', 'decimals', 'unit', 'low', 'high']);
const choiceColumns = new Set(['list_name', 'name', 'label', 'exclusive', 'text']);
const settingColumns = new Set(['form_title', 'form_id', 'version', 'default_language', 'anonymous', 'introduction', 'thanks']);

interface Choices {
  readonly options: readonly Option[];
  readonly codes: ReadonlyMap<string, string>;
}

/** Null where there is no sheet of questions. A form without a title is called as its file. */
export function readForm(sheets: readonly FormSheet[], fileName = ''): ReadForm | null {
  const named = (name: string): FormSheet | undefined => sheets.find((sheet) => sheet.name.trim().toLowerCase() === name);
  const survey = named('survey');
  if (survey === undefined) return null;
  const unspoken = new Unspoken();
  const rows = rowsOf(survey, unspoken);
  const choiceRows = rowsOf(named('choices'), unspoken);
  const [settings] = rowsOf(named('settings'), unspoken);
  for (const row of rows) reportUnknown(row, surveyColumns, unspoken);
  for (const row of choiceRows) reportUnknown(row, choiceColumns, unspoken);
  for (const [column, text] of settings?.unknown(settingColumns) ?? []) unspoken.add('setting_unknown', settings ?? { sheet: 'settings', row: 2 }, column, text);
  const reader = new FormReader(choicesOf(choiceRows, unspoken), unspoken);
  for (const row of rows) reader.row(row);
  const sections = applyLogic(reader.finish(), reader.names, unspoken);
  const languages = ['zh', ...new Set([...rows, ...choiceRows].flatMap((row) => row.languages('label')))].filter((language, index, all) => all.indexOf(language) === index).slice(0, languagesMost);
  const definition: Definition = {
    title: titleOf(settings, fileName), introduction: settings?.words('introduction', 2_000) ?? { zh: '' }, thanks: settings?.words('thanks', 600) ?? { zh: '' },
    anonymous: settings?.get('anonymous') !== 'no', languages, sections,
  };
  return { definition, unsaid: unspoken.all };
}

function titleOf(settings: FormRow | undefined, fileName: string): Definition['title'] {
  const title = settings?.words('form_title', 120) ?? {};
  return (title['zh'] ?? '') === '' ? { ...title, zh: fileName.replace(/\.xlsx$/i, '').slice(0, 120) } : title;
}

/** Old ways to say the same: `select one from X`, `select all that apply from X`, `add select one prompt using X`. */
function typeOf(row: FormRow): string {
  const type = row.get('type').toLowerCase().replaceAll(/\s+/g, ' ').trim();
  const choice = /^(?:add )?select[ _](one|multiple|all that apply)(?: prompt using| from)? (?!file\b)(.+)$/.exec(type);
  return choice === null ? type : `select_${choice[1] === 'one' ? 'one' : 'multiple'} ${choice[2] ?? ''}`;
}

function reportUnknown(row: FormRow, known: ReadonlySet<string>, unspoken: Unspoken): void {
  for (const [column, text] of row.unknown(known)) unspoken.add(/^(?:media|image|audio|video|big-image)\b/.test(column) ? 'media' : 'column_unknown', row, column, text);
}

function choicesOf(rows: readonly FormRow[], unspoken: Unspoken): ReadonlyMap<string, Choices> {
  const lists = new Map<string, FormRow[]>();
  for (const row of rows) lists.set(row.get('list_name'), [...(lists.get(row.get('list_name')) ?? []), row]);
  return new Map([...lists].map(([name, all]) => {
    const coded = codeMaker('o', unspoken);
    for (const row of all.slice(optionsMost)) unspoken.add('too_many', row, null, row.get('name'));
    const options = all.slice(0, optionsMost).map((row): Option => ({ code: coded.codeFor(row, row.get('name')), label: row.words('label', 300), exclusive: row.get('exclusive') === 'yes', text: row.get('text') === 'yes' }));
    return [name, { options, codes: coded.codes }];
  }));
}

const isYes = (text: string): boolean => /^(?:yes|true|true\(\)|1)$/i.test(text);
const isNo = (text: string): boolean => /^(?:|no|false|false\(\)|0)$/i.test(text);

interface Group {
  readonly kind: 'section' | 'inner' | 'matrix' | 'repeat';
  readonly row: FormRow;
}

class FormReader {
  readonly names = new Map<string, Named>();
  readonly #choices: ReadonlyMap<string, Choices>;
  readonly #unspoken: Unspoken;
  readonly #coded;
  readonly #sections: { section: Section; when: Written[]; drafts: Drafted[] }[] = [];
  readonly #groups: Group[] = [];
  #matrix: { readonly row: FormRow; readonly rows: FormRow[] } | null = null;
  /** What the last section is: one of the form's own, one for questions outside of any, or ended. */
  #at: 'own' | 'loose' | 'ended' = 'ended';
  #count = 0;

  constructor(choices: ReadonlyMap<string, Choices>, unspoken: Unspoken) {
    this.#choices = choices;
    this.#unspoken = unspoken;
    this.#coded = codeMaker('q', unspoken);
  }

  finish(): readonly { readonly section: Section; readonly when: readonly Written[]; readonly drafts: readonly Drafted[] }[] {
    return this.#sections;
  }

  row(row: FormRow): void {
    const type = typeOf(row);
    const group = /^(begin|end)[ _](group|repeat)\b/.exec(type);
    if (group?.[1] === 'begin') this.#begin(row, group[2] === 'repeat');
    else if (group?.[1] === 'end') this.#end();
    else if (this.#groups.some(({ kind }) => kind === 'repeat')) this.#unspoken.add('repeat', row, 'type', row.get('name'));
    else if (this.#matrix !== null) this.#matrix.rows.push(row);
    else this.#take(row, type);
  }

  #begin(row: FormRow, repeat: boolean): void {
    const kind = repeat ? 'repeat' : row.get('appearance').split(' ').includes('table-list') ? 'matrix' : this.#groups.length === 0 ? 'section' : 'inner';
    this.#groups.push({ kind, row });
    if (kind === 'repeat') this.#unspoken.add('repeat', row, 'type', row.get('name'));
    else if (kind === 'matrix') this.#matrix = { row, rows: [] };
    else if (kind === 'inner') this.#unspoken.add('group_nested', row, null, row.get('name'));
    else this.#section(row.get('name'), row);
  }

  #section(name: string, row: FormRow | null): void {
    if (this.#sections.length >= sectionsMost && row !== null) return this.#unspoken.add('group_nested', row, null, name);
    const code = row === null ? this.#coded.fresh('s') : this.#coded.codeFor(row, name);
    this.#at = row === null ? 'loose' : 'own';
    const appearance = row?.get('appearance') ?? '';
    if (row !== null && appearance !== '' && appearance !== 'field-list') this.#unspoken.add('appearance', row, 'appearance', appearance);
    this.#sections.push({ section: { code, title: row?.words('label', 200) ?? { zh: '' }, when: null, questions: [] }, when: row === null ? [] : written(row, row.get('relevant')), drafts: [] });
  }

  #end(): void {
    const group = this.#groups.pop();
    if (group?.kind === 'section') this.#at = 'ended';
    if (group?.kind === 'matrix' && this.#matrix !== null) this.#takeMatrix(this.#matrix);
    if (group?.kind === 'matrix') this.#matrix = null;
  }

  #take(row: FormRow, type: string): void {
    const question = this.#questionOf(row, type);
    if (question !== null) this.#keep(row, question, [{ name: row.get('name'), row: null, options: this.#codesOf(type) }]);
  }

  #keep(row: FormRow, question: Question, names: readonly { readonly name: string; readonly row: string | null; readonly options: ReadonlyMap<string, string> }[]): void {
    if (this.#count >= questionsMost) return this.#unspoken.add('too_many', row, null, row.get('name'));
    if (this.#at === 'ended') this.#section('', null);
    const inner = this.#groups.filter(({ kind }) => kind === 'inner').flatMap((group) => written(group.row, group.row.get('relevant')));
    this.#sections.at(-1)?.drafts.push({ question, row, when: [...inner, ...written(row, row.get('relevant'))], place: this.#count });
    for (const { name, row: line, options } of names) this.names.set(name, { question, row: line, options });
    this.#count += 1;
  }

  #codesOf(type: string): ReadonlyMap<string, string> {
    return this.#choices.get(this.#listOf(type))?.codes ?? new Map();
  }

  #listOf(type: string): string {
    const wanted = type.split(' ')[1] ?? '';
    return [...this.#choices.keys()].find((name) => name.toLowerCase() === wanted) ?? wanted;
  }

  #takeMatrix({ row, rows }: { readonly row: FormRow; readonly rows: readonly FormRow[] }): void {
    const lists = new Set(rows.map(typeOf));
    const [type = ''] = lists;
    const columns = this.#choices.get(this.#listOf(type));
    // A table of anything else than one choice from one list is asked question by question.
    if (lists.size !== 1 || !type.startsWith('select_one ') || columns === undefined || columns.options.length > 20 || rows.some((one) => one.get('relevant') !== '' || one.get('constraint') !== '')) {
      this.#unspoken.add('appearance', row, 'appearance', row.get('appearance'));
      for (const one of rows) this.#take(one, typeOf(one));
      return;
    }
    const code = this.#coded.codeFor(row, row.get('name'));
    const lines = codeMaker('r', this.#unspoken);
    const prefix = `${row.get('name')}_`;
    const kept = rows.slice(0, rowsMost);
    for (const one of rows.slice(rowsMost)) this.#unspoken.add('too_many', one, null, one.get('name'));
    const named = kept.map((one) => ({ one, line: lines.codeFor(one, one.get('name').startsWith(prefix) ? one.get('name').slice(prefix.length) : one.get('name')) }));
    const required = kept.map((one) => isYes(one.get('required')));
    for (const one of kept) if (isYes(one.get('required')) !== required[0] || !(isYes(one.get('required')) || isNo(one.get('required')))) this.#unspoken.add('required_expression', one, 'required', one.get('required'));
    const question: Question = {
      kind: 'matrix', code, title: row.words('label', 600), hint: row.words('hint', 600), when: null, required: required.every(Boolean), demand: null,
      rows: named.map(({ one, line }): Line => ({ code: line, label: one.words('label', 300) })), columns: columns.options.map(({ code: column, label }) => ({ code: column, label })),
    };
    this.#keep(row, question, [{ name: row.get('name'), row: null, options: columns.codes }, ...named.map(({ one, line }) => ({ name: one.get('name'), row: line, options: columns.codes }))]);
  }

  #questionOf(row: FormRow, type: string): Question | null {
    const [word = ''] = type.split(' ');
    const common = () => ({ code: this.#coded.codeFor(row, row.get('name')), title: row.words('label', 600), hint: row.words('hint', 600), when: null });
    if (word === 'note') return { kind: 'note', ...common() };
    const answerable = () => ({ ...common(), required: this.#required(row), demand: null });
    const initial = row.get('default');
    const appearance = row.get('appearance');
    const looks = (known: string): boolean => {
      if (appearance !== '' && appearance !== known) this.#unspoken.add('appearance', row, 'appearance', appearance);
      return appearance === known;
    };
    const begins = <V>(value: V, good: boolean): V | null => {
      if (initial !== '' && !good) this.#unspoken.add('default', row, 'default', initial);
      return initial !== '' && good ? value : null;
    };
    if (word === 'select_one' || word === 'select_multiple') return this.#choice(row, type, answerable, looks, begins);
    switch (word) {
      case 'integer':
      case 'int':
      case 'decimal': {
        looks('');
        const decimals = word === 'decimal' ? Math.min(6, Math.max(1, Number(row.get('decimals')) || 6)) : 0;
        return { kind: 'number', ...answerable(), decimals, minimum: null, maximum: null, unit: row.words('unit', 20), initial: begins(Number(initial), /^-?\d{1,12}(?:\.\d+)?$/.test(initial)) };
      }
      case 'text':
      case 'string':
        return { kind: 'text', ...answerable(), long: looks('multiline'), least: null, most: 5_000, pattern: 'none', initial: begins(initial, !/[(${]/.test(initial) && initial.length <= 200) };
      case 'date':
        looks('');
        return { kind: 'date', ...answerable(), earliest: null, latest: null, initial: begins(initial, isDay(initial)) };
      case 'range':
        return this.#range(row, answerable, begins);
      default:
        this.#unspoken.add('type_unknown', row, 'type', row.get('type'));
        return null;
    }
  }

  #required(row: FormRow): boolean {
    const text = row.get('required');
    if (!isYes(text) && !isNo(text)) this.#unspoken.add('required_expression', row, 'required', text);
    return isYes(text);
  }

  #choice(row: FormRow, type: string, answerable: () => Answerable, looks: (known: string) => boolean, begins: <V>(value: V, good: boolean) => V | null): Question | null {
    const choices = this.#choices.get(this.#listOf(type));
    if (choices === undefined) {
      this.#unspoken.add('list_unknown', row, 'type', row.get('type'));
      return null;
    }
    const other: Option[] = type.endsWith(' or_other') ? [{ code: 'other', label: { zh: '其他', en: 'Other' }, exclusive: false, text: true }] : [];
    const options = [...choices.options.filter(({ code }) => other.length === 0 || code !== 'other'), ...other];
    if (type.startsWith('select_multiple')) {
      looks('');
      begins('', false);
      return { kind: 'multiple', ...answerable(), options, least: null, most: null };
    }
    const initial = choices.codes.get(row.get('default'));
    return { kind: 'single', ...answerable(), options, look: looks('minimal') ? 'menu' : 'list', initial: begins(initial ?? '', initial !== undefined) };
  }

  /** A range of few whole numbers from 0 or 1 is a scale; any other a number with limits. */
  #range(row: FormRow, answerable: () => Answerable, begins: <V>(value: V, good: boolean) => V | null): Question {
    const given = new Map([...row.get('parameters').matchAll(/([a-z]+)\s*=\s*(-?[0-9.]+)/g)].map((match) => [match[1], Number(match[2])]));
    const parameter = (name: string, otherwise: number): number => given.get(name) ?? otherwise;
    const [start, end, step] = [parameter('start', 1), parameter('end', 10), parameter('step', 1)];
    if ((start === 0 || start === 1) && Number.isInteger(end) && end >= 2 && end <= 10 && step === 1) {
      begins('', false);
      return { kind: 'scale', ...answerable(), minimum: start, maximum: end, low: row.words('low', 60), high: row.words('high', 60) };
    }
    if (step !== 1) this.#unspoken.add('expression', row, 'parameters', row.get('parameters'));
    return { kind: 'number', ...answerable(), decimals: Number.isInteger(step) ? 0 : 6, minimum: start, maximum: end, unit: { zh: '' }, initial: begins(Number(row.get('default')), /^-?\d{1,12}(?:\.\d+)?$/.test(row.get('default'))) };
  }
}

interface Answerable {
  readonly code: string;
  readonly title: Question['title'];
  readonly hint: Question['hint'];
  readonly when: null;
  readonly required: boolean;
  readonly demand: null;
}

function written(row: FormRow, text: string): Written[] {
  return text === '' ? [] : [{ row, text }];
}
