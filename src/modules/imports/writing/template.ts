// The workbook one fills in: a line that says what it is for, headings, lists to choose from, one example; on request the entries
// there are. It comes back through the same columns (imports/rules).
import type { Cell, Row, Sheet, Validation, Workbook } from '../../../documents/workbook/model.ts';
import type { EntryContent } from '../../activities/model.ts';
import type { EditionDefinition, EntryKind, KindField } from '../../editions/model.ts';
import type { SheetMarker } from '../model.ts';
import { headings, importColumnsOf, type SheetColumn } from '../rules.ts';
import { exampleMark } from '../rules/rows.ts';

export const enterprisesKind = 'enterprises';

/** The first line: read again when the file comes back, so that a sheet of another unit or kind is noticed. */
function markerLine({ edition, unitCode, kind }: SheetMarker, words: string): string {
  return `服务月导入表｜${words}｜年度 ${edition}｜单位 ${unitCode}｜类别 ${kind}｜本行和表头请勿改动`;
}

export function markerOf(line: readonly string[]): SheetMarker | null {
  const match = /年度 ([0-9a-z-]{4,20})｜单位 (\d{6})｜类别 ([a-z][a-z0-9_]{1,40})/.exec(line[0] ?? '');
  return match === null ? null : { edition: match[1] ?? '', unitCode: match[2] ?? '', kind: match[3] ?? '' };
}

const styles = {
  marker: { size: 9, colour: '595959' },
  required: { bold: true, fill: 'FFF2CC', border: 'thin', horizontal: 'center', vertical: 'center', wrap: true },
  heading: { bold: true, fill: 'E7E6E6', border: 'thin', horizontal: 'center', vertical: 'center', wrap: true },
  example: { colour: '7F7F7F', border: 'thin' },
  text: { format: '@' },
} as const;

/** Rows that get lists to choose from. */
const filledRows = 50_003;

export interface TemplateUnit {
  readonly code: string;
  readonly name: string;
}

export interface KeptEntry {
  readonly id: string;
  readonly content: EntryContent;
}

export function ledgerTemplate(definition: EditionDefinition, kind: EntryKind, unit: TemplateUnit, entries: Iterable<KeptEntry> | AsyncIterable<KeptEntry>): Workbook {
  const columns = templateColumns(kind);
  const marker = markerLine({ edition: definition.code, unitCode: unit.code, kind: kind.code }, `${unit.name}｜${kind.name.zh}`);
  const rows = async function* (): AsyncGenerator<Row> {
    yield [{ value: marker, style: 'marker' }];
    yield { cells: columns.map((column) => ({ value: headingOf(column), style: column.required ? 'required' : 'heading' })), height: 32 };
    yield columns.map((column) => ({ value: exampleOf(column, definition, kind), style: 'example' }));
    for await (const entry of entries) yield columns.map((column) => cellOf(column, entry));
  };
  const sheet: Sheet = {
    name: kind.name.zh, columns: columns.map((column) => ({ width: widthOf(column), ...(isCode(column) ? { style: 'text' } : {}) })), rows: rows(), headRows: 2, validations: validationsOf(columns),
  };
  return { sheets: [sheet, explanation(kind, columns)], styles, properties: { title: `${kind.name.zh}导入表` } };
}

export function enterpriseTemplate(edition: string, unit: TemplateUnit): Workbook {
  const rows: Row[] = [
    [{ value: markerLine({ edition, unitCode: unit.code, kind: enterprisesKind }, `${unit.name}｜企业名录`), style: 'marker' }],
    { cells: ['序号', '统一社会信用代码', '企业名称', '企业类型', '行业', '地址', '备注'].map((value, index) => ({ value, style: index === 1 || index === 2 ? 'required' : 'heading' })), height: 24 },
    [exampleMark, '91990001000000019G', '示例甲科技有限公司', '技术密集型、创新型', '软件', '示范路 1 号', ''].map((value) => ({ value, style: 'example' })),
  ];
  const columns = [{ width: 16 }, { width: 24, style: 'text' as const }, { width: 44 }, { width: 30 }, { width: 20 }, { width: 36 }, { width: 30 }];
  return { sheets: [{ name: '企业名录', columns, rows, headRows: 2 }], styles, properties: { title: '企业名录导入表' } };
}

/** As the grid has them, with the row's number first. Codes stand with the names, so that one row is one line to read. */
export function templateColumns(kind: EntryKind): SheetColumn[] {
  return importColumnsOf(kind).filter(({ name }) => name !== 'enterpriseCodes');
}

function isCode({ name, field }: SheetColumn): boolean {
  return name === 'number' || name === 'enterprises' || field?.type === 'text' || field?.type === 'link';
}

export function headingOf({ name, field }: SheetColumn): string {
  if (field === null) return headings[name]?.[0] ?? name;
  return field.unitWord === undefined ? field.name.zh : `${field.name.zh}（${field.unitWord}）`;
}

function widthOf({ name, field }: SheetColumn): number {
  if (name === 'enterprises') return 48;
  if (name === 'title' || name === 'note') return 36;
  return name === 'place' || name === 'number' || field?.type === 'text' || field?.type === 'link' ? 20 : 14;
}

function choiceName(field: KindField, code: unknown): string {
  return field.options?.find((option) => option.code === code)?.name.zh ?? '';
}

function exampleOf({ name, field }: SheetColumn, definition: EditionDefinition, kind: EntryKind): string | number | { readonly date: string } | null {
  if (field !== null) {
    if (field.type === 'choice') return field.required ? choiceName(field, field.options?.[0]?.code) : null;
    return field.type === 'integer' && field.required ? 30 : null;
  }
  const plain: { readonly [column: string]: string | { readonly date: string } } = {
    number: exampleMark, occurredOn: { date: definition.window.from }, title: `商业秘密保护${kind.name.zh}`, place: '政务服务中心三楼会议室',
    enterprises: kind.enterprises === 'single' ? '示例甲科技有限公司（91990001000000019G）' : '示例甲科技有限公司（91990001000000019G）；示例乙制造有限公司（91990002000000027R）',
  };
  return plain[name] ?? null;
}

function cellOf({ name, field }: SheetColumn, { id, content }: KeptEntry): Cell {
  if (field !== null) {
    const value = content.values[field.code] ?? null;
    return field.type === 'choice' ? choiceName(field, value) || value : value;
  }
  const plain: { readonly [column: string]: Cell } = {
    number: id, occurredOn: { date: content.occurredOn }, title: content.title, place: content.place, windowReason: content.windowReason, note: content.note,
    enterprises: content.enterprises.map((one) => (one.uscc === null ? one.name : `${one.name}（${one.uscc}）`)).join('；'),
  };
  return plain[name] ?? null;
}

function validationsOf(columns: readonly SheetColumn[]): Validation[] {
  return columns.flatMap(({ field }, index): Validation[] => {
    if (field?.type !== 'choice') return [];
    const values = (field.options ?? []).map((option) => option.name.zh);
    // A comma parts the list inside of the file; such a list is explained only.
    if (values.length === 0 || values.some((value) => value.includes(',')) || values.join(',').length > 250) return [];
    return [{ area: { top: 3, left: index + 1, bottom: filledRows, right: index + 1 }, allowed: { kind: 'list', values }, refusal: { title: field.name.zh, text: '请从下拉列表中选择。' } }];
  });
}

function explanation(kind: EntryKind, columns: readonly SheetColumn[]): Sheet {
  const general = [
    `本表用于导入“${kind.name.zh}”台账，每行一条记录。表头为黄色的列必填。`,
    '示例行不会导入，可以删除，也可以保留。',
    '编号列可以不填。填了编号的行，再次导入时按编号对应原来的记录；没有编号的行，按日期、标题和地点对应。系统导出的编号请勿改动。',
    '同一张表可以多次上传：没有变化的行不会重复录入，有变化的行先列出差异，确认后才修改。表里没有的行，原来的记录不会删除。',
    kind.guidance.zh,
  ];
  const rows: Row[] = [
    ...general.map((line): Row => [{ value: '说明', style: 'heading' }, line]),
    ...columns.map((column): Row => [{ value: headingOf(column), style: column.required ? 'required' : 'heading' }, explained(column)]),
  ];
  return { name: '填写说明', columns: [{ width: 24 }, { width: 96 }], rows };
}

function explained({ name, field }: SheetColumn): string {
  if (field !== null) {
    const options = (field.options ?? []).map((option) => option.name.zh).join('、');
    const kinds = { integer: '填整数，如 1200。', choice: `从下列各项中选一项：${options}。`, text: '填文字。', link: '填以 http 或 https 开头的网址。' };
    return [kinds[field.type], field.hint?.zh ?? ''].join('');
  }
  const plain: { readonly [column: string]: string } = {
    number: '可以不填。再次导入时用来对应原来的记录。', occurredOn: '填日期，如 2023-06-05 或 6月5日。', title: '活动的名称，2 至 100 字。', place: '活动的地点。',
    enterprises: '企业名称，后面用括号写统一社会信用代码；多家企业用“；”隔开。没有代码的企业只写名称。', windowReason: '日期不在活动月内时填写，8 字以上。', note: '可以不填。',
  };
  return plain[name] ?? '';
}
