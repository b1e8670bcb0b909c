// What a province says about a row of its own, and the definition it becomes. Pure.
import type { EditionDefinition, EntryKind, ExtensionIndicator, KindField } from '../../../modules/editions/model.ts';

export interface RowForm {
  readonly label: string;
  readonly englishLabel: string;
  readonly code: string;
  readonly row: string;
  readonly unitWord: string;
  readonly kinds: readonly string[];
  readonly measure: 'entries' | 'sum' | 'enterprises';
  readonly field: string;
}

export const emptyRow: RowForm = { label: '', englishLabel: '', code: '', row: '', unitWord: '', kinds: [], measure: 'entries', field: '' };

/** The form for a next row; its code is given, so that nobody need think of one. */
export function formFor(row: number): RowForm {
  return { ...emptyRow, row: String(row), code: `row_${row}` };
}

/** Number fields that all chosen kinds have. */
export function commonIntegers(kinds: readonly EntryKind[], chosen: readonly string[]): KindField[] {
  const of = kinds.filter(({ code }) => chosen.includes(code));
  const first = of[0];
  if (first === undefined) return [];
  return first.fields.filter((field) => field.type === 'integer' && of.every((kind) => kind.fields.some((other) => other.code === field.code && other.type === 'integer')));
}

export type RowFault = 'missing' | 'code' | 'row' | 'kinds' | 'field';

/** What keeps the form from being sent, by field. */
export function rowFaults(form: RowForm, lastRow: number): { readonly [field in keyof RowForm]?: RowFault } {
  return {
    ...(form.label.trim() === '' ? { label: 'missing' as const } : {}),
    ...(/^[a-z][a-z0-9_]{1,30}$/.test(form.code) ? {} : { code: 'code' as const }),
    ...(/^\d{1,3}$/.test(form.row) && Number(form.row) > lastRow ? {} : { row: 'row' as const }),
    ...(form.unitWord.trim() === '' ? { unitWord: 'missing' as const } : {}),
    ...(form.kinds.length === 0 ? { kinds: 'kinds' as const } : {}),
    ...(form.measure === 'sum' && form.field === '' ? { field: 'field' as const } : {}),
  };
}

/** The unit of count is the edition's for the same word, else one of the row's own. */
export function definitionOf(form: RowForm, edition: Pick<EditionDefinition, 'indicators'>): ExtensionIndicator {
  const known = edition.indicators.find(({ unitWord }) => unitWord === form.unitWord.trim());
  return {
    code: `x.${form.code}`,
    row: Number(form.row),
    label: form.label.trim(),
    englishLabel: form.englishLabel.trim() === '' ? form.label.trim() : form.englishLabel.trim(),
    unit: known?.unit ?? `X_${form.code.toUpperCase().replaceAll(/[^A-Z]/g, '_').slice(0, 16)}`,
    unitWord: form.unitWord.trim(),
    counting: { kinds: [...form.kinds], measure: form.measure, ...(form.measure === 'sum' ? { field: form.field } : {}) },
  };
}
