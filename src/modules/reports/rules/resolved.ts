// A report with every number resolved and every numbering written out: what the writers of Word and PDF files are given. Pure.
import type { Indicator } from '../../editions/model.ts';
import type { Block, FigureTable, HeadingLevel, ReportDocument, ReportKind, Run } from '../model.ts';
import { blanksOf, dateText, figureText, numbersOf, runText } from '../rules.ts';

export interface ResolvedRun {
  readonly text: string;
  readonly bold: boolean;
}

export interface ResolvedCell {
  readonly text: string;
  /** Rows the cell spans; a spanned place is left out of the rows after it. */
  readonly rowSpan: number;
  readonly align: 'left' | 'center';
}

export interface ResolvedTable {
  readonly type: 'table';
  /** Number and caption, or ''. */
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly ResolvedCell[])[];
  /** Width of each column in hundredths of the text width. */
  readonly widths: readonly number[];
}

export interface ResolvedPicture {
  readonly type: 'picture';
  /** Number and caption. */
  readonly caption: string;
  readonly evidence: string;
  /** Null when the picture is not there any more: the place says so. */
  readonly image: { readonly bytes: Uint8Array; readonly type: 'jpg' | 'png'; readonly width: number; readonly height: number } | null;
}

export type ResolvedBlock =
  | { readonly type: 'heading'; readonly level: HeadingLevel; readonly number: string; readonly runs: readonly ResolvedRun[] }
  | { readonly type: 'paragraph'; readonly runs: readonly ResolvedRun[] }
  | ResolvedTable
  | ResolvedPicture;

export interface ResolvedReport {
  readonly kind: ReportKind;
  readonly title: string;
  /** With its colon; '' where nobody is addressed. */
  readonly addressee: string;
  readonly blocks: readonly ResolvedBlock[];
  readonly attachments: readonly string[];
  readonly signature: string;
  /** 「2023年7月5日」 or ''. */
  readonly date: string;
  /** Not sealed, or something is still to be filled: marked 草稿. */
  readonly draft: boolean;
  /** Made up: marked 演示. */
  readonly demonstration: boolean;
}

/** What stands at the head of every page. */
export function marksOf({ draft, demonstration }: Pick<ResolvedReport, 'draft' | 'demonstration'>): string[] {
  return [...(draft ? ['草稿'] : []), ...(demonstration ? ['演示'] : [])];
}

export const missingPicture = '（图片已不在系统中）';

export interface ResolvedWith {
  readonly kind: ReportKind;
  readonly figures: FigureTable;
  readonly indicators: readonly Pick<Indicator, 'code' | 'row' | 'label' | 'unitWord'>[];
  /** 序号, 具体内容, 数据, as the edition prints them. */
  readonly columns: readonly [string, string, string];
  readonly images: ReadonlyMap<string, ResolvedPicture['image']>;
  readonly demonstration: boolean;
}

export function resolveReport(document: ReportDocument, given: ResolvedWith): ResolvedReport {
  const numbers = numbersOf(document.blocks);
  return {
    kind: given.kind,
    title: document.title,
    addressee: document.addressee === '' ? '' : `${document.addressee}：`,
    blocks: document.blocks.map((block, index) => resolveBlock(block, numbers[index] ?? '', given)),
    attachments: document.attachments,
    signature: document.signature,
    date: document.date === null ? '' : dateText(document.date),
    draft: given.figures.basis === 'live' || blanksOf(document, given.figures).length > 0,
    demonstration: given.demonstration,
  };
}

function resolveBlock(block: Block, number: string, given: ResolvedWith): ResolvedBlock {
  switch (block.type) {
    case 'heading':
      return { type: 'heading', level: block.level, number, runs: resolvedRuns(block.runs, given.figures) };
    case 'paragraph':
      return { type: 'paragraph', runs: resolvedRuns(block.runs, given.figures) };
    case 'annex_table':
      return { type: 'table', caption: captioned(number, block.caption), head: given.columns, rows: annexRows(given), widths: [10, 66, 24] };
    case 'units_table':
      return { type: 'table', caption: captioned(number, block.caption), ...unitsOf(block.indicators, given) };
    case 'own_table': {
      const [head = [], ...rows] = block.rows;
      return { type: 'table', caption: captioned(number, block.caption), head, rows: rows.map((row) => row.map((text) => cell(text, 'left'))), widths: evenly(head.length) };
    }
    case 'picture':
      return { type: 'picture', caption: captioned(number, block.caption), evidence: block.evidence, image: given.images.get(block.evidence) ?? null };
  }
}

function resolvedRuns(runs: readonly Run[], table: FigureTable): ResolvedRun[] {
  return runs.map((run) => ({ text: runText(run, table), bold: run.bold }));
}

function captioned(number: string, caption: string): string {
  return caption === '' ? number : `${number}　${caption}`;
}

function cell(text: string, align: ResolvedCell['align'], rowSpan = 1): ResolvedCell {
  return { text, align, rowSpan };
}

function evenly(columns: number): number[] {
  return Array.from({ length: columns }, () => 100 / columns);
}

/** The lines of the annex: the row number once for all cells of a row, the unit of count in the cell. */
function annexRows({ indicators, figures }: ResolvedWith): ResolvedCell[][] {
  return indicators.map((indicator, index) => {
    const ofRow = indicators.filter(({ row }) => row === indicator.row).length;
    const first = indicators.findIndex(({ row }) => row === indicator.row) === index;
    const value = figureText(figures, { indicator: indicator.code, scope: 'jurisdiction', form: 'exact' });
    return [
      ...(first ? [cell(String(indicator.row), 'center', ofRow)] : []),
      cell(indicator.label.replace(',', '，'), 'left'),
      cell(`（${value}）${indicator.unitWord}`, 'center'),
    ];
  });
}

/** Own level, units below, total. */
function unitsOf(codes: readonly string[], { indicators, figures }: ResolvedWith): Pick<ResolvedTable, 'head' | 'rows' | 'widths'> {
  const chosen = codes.flatMap((code) => indicators.filter((one) => one.code === code));
  const line = (name: string, valueOf: (code: string) => number | undefined): ResolvedCell[] => [
    cell(name, 'left'), ...chosen.map(({ code }) => cell(String(valueOf(code) ?? '—'), 'center')),
  ];
  const first = 34;
  return {
    head: ['单位', ...chosen.map((one) => `${nameIn(indicators, one)}（${one.unitWord}）`)],
    rows: [
      ...figures.units.map(({ name, total }) => line(name, (code) => total[code])),
      line('本级', (code) => figures.own[code]?.value),
      line('合计', (code) => figures.jurisdiction[code]?.value),
    ],
    widths: [first, ...chosen.map(() => (100 - first) / Math.max(1, chosen.length))],
  };
}

/** A later cell of a row says little without the first one: 「开展线上线下专题宣传活动：参与企业」. */
export function nameIn(indicators: readonly Pick<Indicator, 'row' | 'label'>[], indicator: Pick<Indicator, 'row' | 'label'>): string {
  const first = indicators.find(({ row }) => row === indicator.row);
  const label = indicator.label.replace(',', '，');
  return first === undefined || first.label === indicator.label ? label : `${first.label}：${label}`;
}
