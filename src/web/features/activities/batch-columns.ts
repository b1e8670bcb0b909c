// Columns of the grid for one kind of entry, and how a pasted header row finds them. Pure.
import type { EntryKind, KindField } from '../../../modules/editions/model.ts';
import { nameKeyOf } from '../../../modules/enterprises/rules.ts';
import { fieldOf } from './entry-form-state.ts';

/** A column is named like the field of the entry form: `occurredOn`, `title`, `values.attendances`, `enterprises` … */
export interface BatchColumn {
  readonly name: string;
  /** The kind's own field; null for what every kind has. */
  readonly field: KindField | null;
  readonly required: boolean;
}

/** In the order one fills them in; what the form folds away comes last and only when asked for. */
export function columnsOf(kind: EntryKind, folded: boolean): BatchColumn[] {
  const plain = (name: string, required = false): BatchColumn => ({ name, field: null, required });
  const own = (wanted: boolean): BatchColumn[] => kind.fields.filter((field) => field.folded === wanted).map((field) => ({ name: `values.${field.code}`, field, required: field.required }));
  return [
    plain('occurredOn', true), plain('title', true), ...(kind.place === 'none' ? [] : [plain('place', kind.place === 'required')]), ...own(false),
    ...(kind.enterprises === 'none' ? [] : [plain('enterprises', kind.enterprises !== 'optional')]), plain('windowReason'), ...(folded ? [...own(true), plain('note')] : []),
  ];
}

/** Words that sheets of bureaus have above these columns. */
const headings: { readonly [name: string]: readonly string[] } = {
  occurredOn: ['日期', '时间', '活动日期', '活动时间', '开展日期', '开展时间', '举办日期', '举办时间', '走访日期', '走访时间', '发布日期', '报送日期', '办结日期', '发放日期', 'date'],
  title: ['标题', '名称', '活动名称', '活动标题', '活动内容', '培训名称', '会议名称', '报道标题', '案例名称', '题目', 'title'],
  place: ['地点', '活动地点', '举办地点', '培训地点', '会议地点', '地址', 'place'],
  enterprises: ['企业', '参与企业', '参加企业', '参会企业', '走访企业', '企业名称', '企业名单', '企业统一社会信用代码', '统一社会信用代码', '走访企业名称', 'enterprise', 'enterprises'],
  windowReason: ['不在活动月内的原因', '窗口外原因', '原因', 'reason'],
  note: ['备注', '说明', 'note', 'remarks'],
};

/** Column of each cell of a header row, null for a cell that names none; null when the row is no header. */
export function headerOf(cells: readonly string[], columns: readonly BatchColumn[]): (BatchColumn | null)[] | null {
  const keys = cells.map(headingKey);
  const taken = new Set<string>();
  const found = keys.map((key): BatchColumn | null => {
    const column = key === '' ? undefined : columns.find((one) => !taken.has(one.name) && namesOf(one).includes(key));
    if (column !== undefined) taken.add(column.name);
    return column ?? null;
  });
  const filled = keys.filter((key) => key !== '').length;
  const known = found.filter((column) => column !== null).length;
  // One known word may be a title; two of them, or nothing but known words, are a header.
  return known >= 2 || (known === 1 && filled === 1 && cells.length === 1) ? found : null;
}

function headingKey(text: string): string {
  return nameKeyOf(text.normalize('NFKC').replace(/\([^)]*\)/g, ''));
}

function namesOf({ name, field }: BatchColumn): string[] {
  const words = field === null ? (headings[name] ?? []) : [field.name.zh, field.name.en];
  return words.map(headingKey);
}

/** Column an issue stands in: what has none (the kind, the co-hosts) is said of the title. */
export function columnOfIssue(path: string, columns: readonly BatchColumn[]): string {
  const field = fieldOf(path);
  return columns.some(({ name }) => name === field) ? field : 'title';
}
