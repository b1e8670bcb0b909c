// Rows of an XLSForm's sheets by the names of their columns, languages told apart; and the list of what could not be said.
import type { Unsaid } from '../model/building.ts';
import type { Words } from '../model/definition.ts';
import { type FormSheet, languageOf } from './form-sheets.ts';

export type Reason =
  | 'type_unknown' | 'repeat' | 'expression' | 'appearance' | 'language' | 'list_unknown' | 'column_unknown' | 'code_changed' | 'too_many' | 'group_nested' | 'nothing_refers' | 'default' | 'order' | 'setting_unknown'
  | 'media' | 'required_expression';

const unsaidMost = 500;

export class Unspoken {
  readonly all: Unsaid[] = [];

  add(reason: Reason, place: { readonly sheet: string; readonly row: number }, column: string | null, text: string): void {
    if (this.all.length < unsaidMost) this.all.push({ sheet: place.sheet, row: place.row, column, reason, text: text.slice(0, 200) });
  }
}

interface Heading {
  readonly base: string;
  /** Null: no language named. */
  readonly language: string | null;
  readonly written: string;
}

const aliases: { readonly [name: string]: string } = { 'list name': 'list_name', relevance: 'relevant', caption: 'label', title: 'form_title', 'constraint message': 'constraint_message', value: 'name' };

function headingOf(written: string): Heading | null {
  const [first = '', ...rest] = written.split(/::?/);
  const base = first.trim().toLowerCase();
  const language = rest.length === 0 ? '' : languageOf(rest.join(':'));
  return language === null ? null : { base: aliases[base] ?? base, language: language === '' ? null : language, written };
}

export class FormRow {
  readonly sheet: string;
  /** As a spreadsheet counts. */
  readonly row: number;
  readonly #cells: ReadonlyMap<string, string>;

  constructor(sheet: string, row: number, cells: ReadonlyMap<string, string>) {
    this.sheet = sheet;
    this.row = row;
    this.#cells = cells;
  }

  get(base: string): string {
    return this.#cells.get(base) ?? '';
  }

  /** A text by language; what names none is Chinese where nothing else is, and so is the first language of a form without Chinese. */
  words(base: string, most: number): Words {
    const found: Record<string, string> = {};
    for (const [key, text] of this.#cells) {
      const [own, language] = key.split('::');
      if (own === base && text !== '') found[language ?? 'zh'] ??= asCodes(text).slice(0, most);
    }
    const [first] = Object.values(found);
    return { zh: first ?? '', ...found };
  }

  languages(base: string): string[] {
    return [...this.#cells.keys()].flatMap((key) => (key.startsWith(`${base}::`) ? [key.slice(base.length + 2)] : []));
  }

  unknown(known: ReadonlySet<string>): [string, string][] {
    return [...this.#cells].filter(([key, text]) => text !== '' && !known.has(key.split('::')[0] ?? ''));
  }

  isEmpty(): boolean {
    return [...this.#cells.values()].every((text) => text === '');
  }
}

/** `${q3}` is `{q3}` here. */
function asCodes(text: string): string {
  return text.replaceAll(/\$\{\s*([A-Za-z][A-Za-z0-9_]{0,39})\s*\}/g, '{$1}');
}

export function rowsOf(sheet: FormSheet | undefined, unspoken: Unspoken): FormRow[] {
  if (sheet === undefined) return [];
  const [head = [], ...rows] = sheet.rows;
  const headings = head.map((written) => {
    const heading = headingOf(written);
    if (heading === null) unspoken.add('language', { sheet: sheet.name, row: 1 }, written, '');
    return heading;
  });
  return rows
    .map((cells, index) => {
      const named = new Map<string, string>();
      headings.forEach((heading, column) => {
        if (heading === null || heading.base === '') return;
        const key = heading.language === null ? heading.base : `${heading.base}::${heading.language}`;
        const text = (cells[column] ?? '').trim();
        if (text !== '' || !named.has(key)) named.set(key, text);
      });
      return new FormRow(sheet.name, index + 2, named);
    })
    .filter((row) => !row.isEmpty());
}
