// The matrix, the order of units and the records behind a cell as tables, by the same readings as their pages.
import { found } from '../../kernel/context.ts';
import { getDeadlines, getUnitEdition } from '../editions/queries.ts';
import { authorise } from '../access/queries.ts';
import { seesOwnRows } from '../access/rules.ts';
import type { ExtensionIndicator, Indicator } from '../editions/model.ts';
import { isLate } from '../editions/rules.ts';
import { readCell, readMatrix } from '../figures/actions.ts';
import type { MatrixRow, RecordBehind } from '../figures/contract.ts';
import type { FigureBasis } from './model.ts';
import { momentText } from './rules.ts';
import { dateColumn, type ExportCell, type ExportRequest, type ExportRow, numberColumn, type OpenedExport, said, textColumn, wholeTable } from './tables.ts';
import type { ExportWords } from './words.ts';

type AnyIndicator = Indicator | ExtensionIndicator;

/** The matrix with the indicators the caller sees there. */
async function readScope({ context, edition: editionCode, unitCode }: ExportRequest) {
  const matrix = await readMatrix(context, { edition: editionCode, unitCode });
  const unit = await authorise(context, 'read_figures', editionCode, unitCode);
  const edition = await getUnitEdition(context.tx, editionCode, seesOwnRows(context.actor, unit.provinceCode) ? unit.p1 : null);
  const { forBelow, due } = await getDeadlines(context.tx, edition, unit);
  const dueBelow = forBelow ?? due;
  const lateOf = (row: MatrixRow): 'submitted_late' | 'overdue' | null => {
    if (row.submittedAt !== null) return row.late ? 'submitted_late' : null;
    return isLate(context.now, dueBelow) ? 'overdue' : null;
  };
  return { matrix, indicators: edition.indicators, definition: edition.definition, lateOf };
}

/** A cell's name where the row's first cell gives the context, with its unit of count. */
function indicatorHead(indicators: readonly AnyIndicator[], indicator: AnyIndicator, words: ExportWords): string {
  const labelOf = (one: AnyIndicator): string => (words.language === 'zh' ? one.label : one.englishLabel);
  const first = indicators.find(({ row }) => row === indicator.row);
  const name = first === undefined || first === indicator ? labelOf(indicator) : `${labelOf(first)}·${labelOf(indicator)}`;
  return words.withUnit(name, indicator.unitWord);
}

const missingIn = (row: MatrixRow): number => row.below.missing + (row.submitted === null ? 1 : 0);

function valueIn(row: MatrixRow, indicator: string, basis: FigureBasis): number | null {
  if (basis === 'live') return row.live[indicator] ?? 0;
  return row.submitted === null ? null : (row.submitted[indicator] ?? 0);
}

export async function openMatrix(request: ExportRequest, basis: FigureBasis): Promise<OpenedExport> {
  const { words } = request;
  const heads = words.matrix;
  const { matrix, indicators, lateOf } = await readScope(request);
  const columns = [
    textColumn(heads.code, 10), textColumn(heads.unit, 20), textColumn(heads.state, 10), textColumn(heads.late, 10), numberColumn(heads.missing), numberColumn(heads.below), textColumn(heads.submittedAt, 19),
    numberColumn(heads.entries), ...indicators.map((indicator) => numberColumn(indicatorHead(indicators, indicator, words), 14)),
  ];
  const rows = matrix.rows.map((row): ExportRow => {
    const late = lateOf(row);
    return [
      row.unit.code, row.unit.shortName, words.states[row.state], late === null ? null : words.lateness[late], missingIn(row), row.below.units, row.submittedAt === null ? null : momentText(row.submittedAt),
      row.entries, ...indicators.map(({ code }) => valueIn(row, code, basis)),
    ];
  });
  const beside = (name: string, valueOf: (code: string) => number): ExportRow => [matrix.unit.code, name, null, null, null, null, null, null, ...indicators.map(({ code }) => valueOf(code))];
  const sums = basis === 'live'
    ? [beside(heads.own, (code) => matrix.own[code]?.value ?? 0), beside(heads.total, (code) => matrix.jurisdiction[code]?.value ?? 0)]
    : [beside(heads.submittedTotal, (code) => matrix.rows.reduce((sum, row) => sum + (row.submitted?.[code] ?? 0), 0))];
  return wholeTable(columns, [...rows, ...sums], { basis: words.bases[basis] });
}

export async function openOverview(request: ExportRequest, basis: FigureBasis, chosen: string | null): Promise<OpenedExport> {
  const { words } = request;
  const { matrix, indicators, lateOf } = await readScope(request);
  const indicator = chosen === null ? null : found(indicators.find(({ code }) => code === chosen), 'indicator', chosen);
  const { ranking, matrix: heads } = words;
  const percentOf = (row: MatrixRow): number => Math.floor(((row.below.units + 1 - missingIn(row)) / (row.below.units + 1)) * 100);
  const measured = matrix.rows.map((row) => ({ row, value: indicator === null ? percentOf(row) : valueIn(row, indicator.code, basis) }));
  // Units without a number come last, as they have no place.
  const ranked = measured.toSorted((a, b) => Number(a.value === null) - Number(b.value === null) || (b.value ?? 0) - (a.value ?? 0) || (a.row.unit.code < b.row.unit.code ? -1 : 1));
  const columns = [
    numberColumn(ranking.place, 7), textColumn(heads.code, 10), textColumn(heads.unit, 20), ...(indicator === null ? [] : [numberColumn(indicatorHead(indicators, indicator, words), 16)]), numberColumn(ranking.percent, 12),
    numberColumn(ranking.units), numberColumn(ranking.submitted), numberColumn(ranking.accepted), numberColumn(ranking.late), textColumn(heads.state, 10),
  ];
  const rows = ranked.map(({ row, value }, index): ExportRow => {
    const units = row.below.units + 1;
    return [
      value === null ? null : index + 1, row.unit.code, row.unit.shortName, ...(indicator === null ? [] : [value]), percentOf(row), units, units - missingIn(row), row.below.accepted + (row.accepted ? 1 : 0),
      row.below.late + (lateOf(row) === null ? 0 : 1), words.states[row.state],
    ];
  });
  const filter = indicator === null ? [] : [[words.filters.indicator, indicatorHead(indicators, indicator, words)] as const];
  return wholeTable(columns, rows, { filter, basis: words.bases[basis] });
}

/** Read a good many at a time: each page adds the whole cell up again. */
const recordsAtOnce = 20_000;

export async function openCell(request: ExportRequest, indicatorCode: string): Promise<OpenedExport> {
  const { context, words } = request;
  const asked = { edition: request.edition, unitCode: request.unitCode, indicator: indicatorCode };
  const cell = await readCell(context, { ...asked, offset: 0, limit: 1 });
  const { indicators, definition } = await readScope(request);
  const indicator = found(indicators.find(({ code }) => code === indicatorCode), 'indicator', indicatorCode);
  const { cell: heads } = words;
  const counts = indicator.counting.measure === 'enterprises';
  const columns = [dateColumn(heads.date), textColumn(heads.kind, 14), textColumn(heads.title, 40), numberColumn(heads.adds), ...(counts ? [numberColumn(heads.times)] : []), textColumn(heads.by, 10), textColumn(heads.id, 40)];
  const kindNames = new Map(definition.kinds.map(({ code, name }) => [code, said(words, name)]));
  const kindOf = ({ adjustment, formId, kind }: RecordBehind): string => {
    if (formId !== null) return heads.form;
    return adjustment ? heads.adjustment : (kindNames.get(kind) ?? kind);
  };
  const bases = { live: words.bases.cell_live, submitted: words.bases.cell_submitted, counts_only: words.bases.counts_only };
  return {
    rows: cell.recordsTotal,
    filter: [[words.filters.indicator, indicatorHead(indicators, indicator, words)]],
    basis: bases[cell.basis],
    open: async (tx) => {
      const first = await readCell({ ...context, tx }, { ...asked, offset: 0, limit: recordsAtOnce });
      async function* batches(): AsyncGenerator<readonly ExportRow[]> {
        for (let offset = 0; offset < first.recordsTotal; offset += recordsAtOnce) {
          const { records } = offset === 0 ? first : await readCell({ ...context, tx }, { ...asked, offset, limit: recordsAtOnce });
          yield records.map((record): ExportCell[] => [
            record.occurredOn, kindOf(record), record.title, record.adds, ...(counts ? [record.times] : []), record.accountName, record.id,
          ]);
        }
      }
      return { columns, rows: first.recordsTotal, batches };
    },
  };
}
