// What a sheet says, typed into the grid, pasted or read from a file: which column is which, dates as sheets write them, words of
// choices, lists of enterprises. Pure; nothing is guessed that could be two things.
import type { EditionDefinition, EntryKind, KindField } from '../editions/model.ts';
import type { Attendance } from '../enterprises/model.ts';
import { isUscc, type ListDoubt, nameKeyOf, normaliseUscc, parseEnterpriseList } from '../enterprises/rules.ts';

// oxlint-disable-next-line no-control-regex -- what sheets and chats leave between the characters is what is taken out here
const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0085\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
// oxlint-disable-next-line no-control-regex -- as above, and what else is no plain blank
const unusual = /[\u0000-\u001f\u007f-\u00a0\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

/** A cell as one line of text. */
export function cleanCell(text: string): string {
  if (!unusual.test(text)) return text.normalize('NFC').trim();
  return text.replace(invisible, '').replace(/\u00a0/g, ' ').replace(/[ \t]*[\r\n]+[ \t]*/g, ' ').normalize('NFC').trim();
}

type Dates = Pick<EditionDefinition, 'window' | 'grace'>;

/** `2023-06-05` for 2023/6/5, 2023.6.5, 2023年6月5日, 20230605, 6月5日, 6/5, or a sheet's number of days; null when it is none. */
export function readDate(text: string, dates: Dates): string | null {
  const bare = text.normalize('NFKC').replace(/\(?(?:星期|周)[一二三四五六日天]\)?/, '').replace(/[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/, '').replace(/\s/g, '');
  const full = /^(\d{4}|\d{2})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})(?:日|号)?$/.exec(bare) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(bare);
  if (full !== null) return dateOf(Number(full[1]), Number(full[2]), Number(full[3]));
  const short = /^(\d{1,2})(?:月|[-/.])(\d{1,2})(?:日|号)?$/.exec(bare);
  if (short !== null) return dateOfEdition(Number(short[1]), Number(short[2]), dates);
  return /^\d{5}(?:\.0+)?$/.test(bare) ? dateOfSheet(Number(bare), dates) : null;
}

function dateOf(year: number, month: number, day: number): string | null {
  const full = year < 100 ? 2000 + year : year;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(full, month)) return null;
  return `${String(full).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** A day without a year is of the year in which the edition takes it, else of the campaign's own. */
function dateOfEdition(month: number, day: number, { window, grace }: Dates): string | null {
  const years = [...new Set([window.from, window.to, grace.from, grace.to].map((date) => Number(date.slice(0, 4))))];
  const candidates = years.flatMap((year) => dateOf(year, month, day) ?? []);
  return candidates.find((date) => date >= grace.from && date <= grace.to) ?? candidates[0] ?? null;
}

/** Days since 1899-12-30, as a cell holds a date whose format was lost; only when it is a day the edition takes. Counted from its first day. */
function dateOfSheet(days: number, { grace }: Dates): string | null {
  let [year = 0, month = 0, day = 0] = grace.from.split('-').map(Number);
  for (let left = days - daysTo(year, month, day); left > 0; left -= 1) {
    day += 1;
    if (day > daysIn(year, month)) [month, day] = [month + 1, 1];
    if (month > 12) [year, month] = [year + 1, 1];
    if ((dateOf(year, month, day) ?? '') > grace.to) return null;
  }
  return days < daysTo(year, month, day) ? null : dateOf(year, month, day);
}

/** Days from 1899-12-30 to a day of after February 1900. */
function daysTo(year: number, month: number, day: number): number {
  const years = year - 1900;
  const leaps = Math.floor((year - 1) / 4) - Math.floor((year - 1) / 100) + Math.floor((year - 1) / 400) - 460;
  return Array.from({ length: month - 1 }, (_, index) => daysIn(year, index + 1)).reduce((sum, length) => sum + length, years * 365 + leaps + day + 1);
}

/** The code of the option that the words mean: the same words in either language, or the only one that begins with them. What is none stays as it is. */
export function readChoice(text: string, field: Pick<KindField, 'options'>): string {
  const key = nameKeyOf(text);
  const options = field.options ?? [];
  if (key === '') return '';
  const same = options.find(({ code, name }) => code === text.trim() || nameKeyOf(name.zh) === key || nameKeyOf(name.en) === key);
  if (same !== undefined) return same.code;
  const beginning = options.filter(({ name }) => key.length > 1 && (nameKeyOf(name.zh).startsWith(key) || nameKeyOf(name.en).startsWith(key)));
  const [only] = beginning;
  return beginning.length === 1 && only !== undefined ? only.code : text;
}

/** Why a list of enterprises cannot be taken as it is. */
export type EnterpriseFault = { readonly rule: 'code_wrong' | 'code_in_scientific_notation' | 'name_missing' | 'name_too_long' | 'not_understood'; readonly text: string };

export interface EnterprisesRead {
  readonly attendances: readonly Attendance[];
  readonly faults: readonly EnterpriseFault[];
  /** Named without a code: they are taken as 现场未获取, and the person is told. */
  readonly uncoded: number;
}

/** Enterprises of a cell, apart by 、 ; or line ends. `register` gives the names of codes that stand alone; a wrong code is never passed over. */
export function readEnterprises(text: string, register: ReadonlyMap<string, string>): EnterprisesRead {
  const parts = partsOf(text).map((part) => {
    const code = loneCode(part);
    const name = code === null ? undefined : register.get(code);
    return name === undefined ? part : `${code ?? ''}\t${name}`;
  });
  const { attendances, doubts } = parseEnterpriseList(parts.join('\n'));
  const faults = doubts.filter(isFault).map(({ rule, text: about }) => ({ rule, text: about }));
  return { attendances, faults, uncoded: attendances.filter(({ uscc }) => uscc === null).length };
}

function isFault(doubt: ListDoubt): doubt is ListDoubt & EnterpriseFault {
  return doubt.rule !== 'code_missing' && doubt.rule !== 'listed_twice' && doubt.rule !== 'listed_twice_with_other_name';
}

function partsOf(text: string): string[] {
  return text.replace(/\r\n?/g, '\n').split(/[、;；\n]/).map((part) => part.trim()).filter((part) => part !== '');
}

/** Good codes of a cell that stand without a name, to be looked up. */
export function lonelyCodes(text: string): string[] {
  return partsOf(text).flatMap((part) => loneCode(part) ?? []);
}

/** Where there is a Chinese character there is a name. */
function loneCode(part: string): string | null {
  if (/[\u4e00-\u9fff]/.test(part)) return null;
  const code = normaliseUscc(part);
  return isUscc(code) ? code : null;
}

/** A column is named like the field of the entry form: `occurredOn`, `title`, `values.attendances`, `enterprises` … */
export interface SheetColumn {
  readonly name: string;
  /** The kind's own field; null for what every kind has. */
  readonly field: KindField | null;
  readonly required: boolean;
}

/** In the order one fills them in; what the form folds away comes last and only when asked for. */
export function columnsOf(kind: EntryKind, folded: boolean): SheetColumn[] {
  const plain = (name: string, required = false): SheetColumn => ({ name, field: null, required });
  const own = (wanted: boolean): SheetColumn[] => kind.fields.filter((field) => field.folded === wanted).map((field) => ({ name: `values.${field.code}`, field, required: field.required }));
  return [
    plain('occurredOn', true), plain('title', true), ...(kind.place === 'none' ? [] : [plain('place', kind.place === 'required')]), ...own(false),
    ...(kind.enterprises === 'none' ? [] : [plain('enterprises', kind.enterprises !== 'optional')]), plain('windowReason'), ...(folded ? [...own(true), plain('note')] : []),
  ];
}

/** Words that sheets of bureaus have above these columns; the first is what ours have. */
export const headings: { readonly [name: string]: readonly string[] } = {
  number: ['编号', '记录编号', '台账编号', '业务编号', '流水号', 'number', 'id'],
  enterpriseCodes: ['统一社会信用代码', '企业统一社会信用代码', '社会信用代码', '信用代码', '企业代码', '税号', 'uscc'],
  uscc: ['统一社会信用代码', '社会信用代码', '信用代码', '企业代码', '代码', '税号', 'uscc', 'code'],
  name: ['企业名称', '名称', '单位名称', '企业', '公司名称', '市场主体名称', 'name'],
  tags: ['标签', '企业标签', '企业类型', '企业类别', '重点类型', '类型', 'tags', 'tag'],
  industry: ['行业', '所属行业', '行业类别', 'industry'],
  address: ['地址', '企业地址', '注册地址', '住所', '经营地址', '所在地', 'address'],
  occurredOn: ['日期', '时间', '活动日期', '活动时间', '开展日期', '开展时间', '举办日期', '举办时间', '走访日期', '走访时间', '发布日期', '报送日期', '办结日期', '发放日期', '培训日期', '培训时间', '会议时间', '会议日期', 'date'],
  title: ['标题', '名称', '活动名称', '活动标题', '活动内容', '活动主题', '培训名称', '会议名称', '报道标题', '案例名称', '题目', '事项', 'title'],
  place: ['地点', '活动地点', '举办地点', '培训地点', '会议地点', '开展地点', '地址', 'place'],
  enterprises: ['企业', '参与企业', '参加企业', '参会企业', '走访企业', '企业名称', '企业名单', '参与企业名单', '企业统一社会信用代码', '统一社会信用代码', '走访企业名称', '被走访企业', 'enterprise', 'enterprises'],
  windowReason: ['不在活动月内的原因', '窗口外原因', '原因', 'reason'],
  note: ['备注', '说明', 'note', 'remarks'],
};

/** Column of each cell of a header row, null for a cell that names none; null when the row is no header. */
export function headerOf(cells: readonly string[], columns: readonly SheetColumn[]): (SheetColumn | null)[] | null {
  const keys = cells.map(headingKey);
  const taken = new Set<string>();
  const found = keys.map((key): SheetColumn | null => {
    const column = key === '' ? undefined : columns.find((one) => !taken.has(one.name) && namesOf(one).includes(key));
    if (column !== undefined) taken.add(column.name);
    return column ?? null;
  });
  const filled = keys.filter((key) => key !== '').length;
  const known = found.filter((column) => column !== null).length;
  // One known word may be a title; two of them, or nothing but known words, are a header.
  return known >= 2 || (known === 1 && filled === 1 && cells.length === 1) ? found : null;
}

/** A heading as headings are compared: what stands in brackets, such as a unit of count, does not matter. */
export function headingKey(text: string): string {
  return nameKeyOf(text.normalize('NFKC').replace(/\([^)]*\)/g, ''));
}

function namesOf({ name, field }: SheetColumn): string[] {
  const words = field === null ? (headings[name] ?? []) : [field.name.zh, field.name.en];
  return words.map(headingKey);
}

/** The field an issue belongs to: `content.enterprises.3.name` is of `enterprises`, `content.values.days` of `values.days`. */
export function fieldOf(path: string): string {
  const [, first = '', second = ''] = path.split('.');
  return first === 'values' ? `values.${second}` : first;
}

/** Column an issue stands in: what has none (the kind, the co-hosts) is said of the title. */
export function columnOfIssue(path: string, columns: readonly SheetColumn[]): string {
  const field = fieldOf(path);
  return columns.some(({ name }) => name === field) ? field : 'title';
}

/** Columns a file may have for entries of a kind: beside the grid's own the row's number, and codes of enterprises apart from their names. */
export function importColumnsOf(kind: EntryKind): SheetColumn[] {
  const plain = (name: string): SheetColumn => ({ name, field: null, required: false });
  return [plain('number'), ...(kind.enterprises === 'none' ? [] : [plain('enterpriseCodes')]), ...columnsOf(kind, true)];
}

/** Columns of a file of enterprises. */
export const enterpriseColumns: readonly SheetColumn[] = ['uscc', 'name', 'tags', 'industry', 'address', 'note'].map((name) => ({ name, field: null, required: name === 'name' }));

export interface HeadingsFound {
  /** From 0; null when no row names two columns. */
  readonly row: number | null;
  readonly columns: readonly (string | null)[];
}

/** The row among the first that names most columns, and what it names. */
export function findHeadings(rows: readonly (readonly string[])[], columns: readonly SheetColumn[]): HeadingsFound {
  let best: HeadingsFound = { row: null, columns: [] };
  for (const [row, cells] of rows.entries()) {
    const named = namedColumns(cells, columns);
    const known = (found: readonly (string | null)[]): number => found.filter((name) => name !== null).length;
    if (known(named) > Math.max(1, known(best.columns))) best = { row, columns: named };
  }
  return best;
}

/** What each heading is proposed to be. Codes without any column of names are a list of enterprises too. */
export function namedColumns(cells: readonly string[], columns: readonly SheetColumn[]): (string | null)[] {
  const named = (headerOf(cells, columns) ?? cells.map(() => null)).map((column) => column?.name ?? null);
  return named.includes('enterprises') ? named : named.map((name) => (name === 'enterpriseCodes' ? 'enterprises' : name));
}

/** Required columns that nothing in the sheet is read as. */
export function missingColumns(named: readonly (string | null)[], columns: readonly SheetColumn[]): string[] {
  return columns.filter(({ name, field, required }) => required && field?.initial === undefined && !named.includes(name)).map(({ name }) => name);
}

/** Columns of a file for a kind of entries; without a kind it is of enterprises. */
export function columnsFor(kind: EntryKind | null): readonly SheetColumn[] {
  return kind === null ? enterpriseColumns : importColumnsOf(kind);
}
