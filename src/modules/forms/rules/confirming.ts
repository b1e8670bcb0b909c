// What follows from a form that was read: questions against the ledger, what it adds, what is remembered for the next one.
import type { DoubtKind, FormChoices, FormDoubt, FormReading } from '../model.ts';

type Values = Readonly<Record<string, number>>;

/** A province's own rows are not printed on the form of the nation: what a form lacks of them stays with the ledger, unasked. */
function isOwnRowNotThere({ code, kind }: FormDoubt): boolean {
  return kind === 'label_missing' && (code?.startsWith('x.') ?? false);
}

/** A figure below what the ledger holds already is asked: one of the two is wrong. */
export function withLedger(reading: FormReading, ledger: Values): FormReading {
  const below = Object.entries(reading.figures).flatMap(([code, figure]) => (figure !== null && figure < (ledger[code] ?? 0) ? [{ code, figure, ledger: ledger[code] ?? 0 }] : []));
  const doubts = below.map(({ code, figure, ledger: held }): FormDoubt => {
    const source = reading.sources[code] ?? null;
    return { code, kind: 'below_ledger', text: source?.text ?? '', where: source, candidates: [{ value: figure, source }, { value: held, source: null }] };
  });
  const asked = new Set(below.map(({ code }) => code));
  return { ...reading, figures: Object.fromEntries(Object.entries(reading.figures).map(([code, figure]) => [code, asked.has(code) ? null : figure])), doubts: [...reading.doubts.filter((doubt) => !isOwnRowNotThere(doubt)), ...doubts] };
}

export interface Difference {
  readonly indicator: string;
  readonly delta: number;
}

export function differencesOf(figures: Readonly<Record<string, number | null>>, ledger: Values): Difference[] {
  return Object.entries(figures).flatMap(([indicator, figure]) => {
    const delta = figure === null ? 0 : figure - (ledger[indicator] ?? 0);
    return delta === 0 ? [] : [{ indicator, delta }];
  });
}

const aboutRows = new Set<DoubtKind>(['label_missing', 'label_differs', 'row_belonging', 'several_rows']);
const aboutColumns = new Set<DoubtKind>(['several_columns', 'other_column']);

/** Answers that name a row or a column of the form, if they are answers to what was asked. Null when there are none. */
export function choicesOf({ doubts }: FormReading, chosen: Readonly<Record<string, { readonly rowKey: string; readonly column: number }>>): FormChoices | null {
  const answers = Object.entries(chosen).flatMap(([code, answer]) => {
    const doubt = doubts.find((one) => one.code === code);
    const offered = doubt?.candidates.some(({ source }) => source?.rowKey === answer.rowKey && source.column === answer.column) ?? false;
    return doubt === undefined || !offered ? [] : [{ code, kind: doubt.kind, ...answer }];
  });
  const rows = answers.filter(({ kind }) => aboutRows.has(kind)).map(({ code, rowKey }) => [code, rowKey] as const);
  const columns = new Set(answers.filter(({ kind }) => aboutColumns.has(kind)).map(({ column }) => column));
  const [column] = columns;
  // One row cannot mean two figures; two columns are no rule.
  const once = rows.filter(([, key]) => rows.filter(([, other]) => other === key).length === 1);
  if (once.length === 0 && columns.size !== 1) return null;
  return { rows: Object.fromEntries(once), column: columns.size === 1 && column !== undefined ? column : null };
}
