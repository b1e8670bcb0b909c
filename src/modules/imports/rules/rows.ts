// What one row of a sheet says as an entry, and which row it is when the sheet comes again. Pure.
import type { InputIssue } from '../../../shared/problem.ts';
import { readNumber } from '../../../shared/number-text.ts';
import { type EntryContent, entryContent } from '../../activities/model.ts';
import { placeKeyOf, titleKeyOf } from '../../activities/rules.ts';
import type { EditionDefinition, EntryKind, KindField } from '../../editions/model.ts';
import { contentIssues, isOutsideWindow } from '../../editions/rules.ts';
import type { Attendance } from '../../enterprises/model.ts';
import { nameKeyOf } from '../../enterprises/rules.ts';
import { cleanCell, fieldOf, lonelyCodes, readChoice, readDate, readEnterprises } from '../rules.ts';

export type RowFields = ReadonlyMap<string, string>;

/** The row's texts by what its columns are read as. */
export function fieldsOf(cells: readonly string[], columns: readonly (string | null)[]): RowFields {
  return new Map(columns.flatMap((name, index): [string, string][] => (name === null ? [] : [[name, cells[index] ?? '']])));
}

/** What the template's example has in its first cell. */
export const exampleMark = '示例（不导入）';

/** Rows that are none: blank, the example, a sum. */
export function isNoRow(cells: readonly string[]): boolean {
  const filled = cells.find((text) => cleanCell(text) !== '');
  const first = filled === undefined ? '' : cleanCell(filled);
  return first === '' || first === exampleMark || /^(?:合计|总计|小计|汇总|total)[:：]?$/i.test(first);
}

/** Who a row is: by its own number, else by day, title and place. Two rows may say the same; which of them it is is counted by the caller. */
export function identityOf(fields: RowFields, definition: Dates): { readonly numbered: boolean; readonly text: string } {
  const number = cleanCell(fields.get('number') ?? '').normalize('NFKC');
  if (number !== '') return { numbered: true, text: `#${number}` };
  const day = fields.get('occurredOn') ?? '';
  const parts = [readDate(day, definition) ?? cleanCell(day), titleKeyOf(cleanCell(fields.get('title') ?? '')), placeKeyOf(cleanCell(fields.get('place') ?? ''))];
  return { numbered: false, text: parts.join('|') };
}

type Dates = Pick<EditionDefinition, 'window' | 'grace'>;

export interface RowQuestion {
  readonly definition: EditionDefinition;
  readonly kind: EntryKind;
  /** Names of codes that stand alone. */
  readonly register: ReadonlyMap<string, string>;
  /** The entry the row made before; what the sheet has no column for stays as it is there. */
  readonly base: EntryContent | null;
  readonly now: string;
}

export interface RowIssue {
  readonly column: string;
  readonly issue: InputIssue;
}

export interface RowReading {
  /** Null when the row cannot be taken. */
  readonly content: EntryContent | null;
  readonly issues: readonly RowIssue[];
  readonly uncoded: number;
}

export function readRow(fields: RowFields, question: RowQuestion): RowReading {
  const { definition, base, now } = question;
  const enterprises = enterprisesOf(fields, question);
  const raw = rawContentOf(fields, question, enterprises.attendances);
  const parsed = entryContent.safeParse(raw);
  const content = parsed.success ? parsed.data : raw;
  const ofShape = parsed.success ? [] : parsed.error.issues.map(issueOf);
  // A day that is none lies outside of everything: that it is none is enough.
  const dated = !ofShape.some(({ path }) => path === 'content.occurredOn');
  const ofEdition = contentIssues(definition, content, now)
    .filter(({ path }) => dated || (path !== 'content.occurredOn' && path !== 'content.windowReason'))
    .map((issue) => asNumberIssue(issue, raw));
  const ofRules = [...ofShape, ...ofEdition]
    .filter(({ path }) => enterprises.faults.length === 0 || fieldOf(path) !== 'enterprises')
    .map((issue): RowIssue => ({ column: columnOf(issue.path), issue }));
  const issues = firstOfEach([...enterprises.faults.map((issue): RowIssue => ({ column: 'enterprises', issue })), ...ofRules]);
  return { content: issues.length > 0 || !parsed.success ? null : keptAlike(parsed.data, base), issues, uncoded: enterprises.attendances.filter((one) => one.uscc === null).length };
}

/** Codes of the row that stand without a name. */
export function codesToLookUp(fields: RowFields): string[] {
  return [fields.get('enterprises') ?? '', fields.get('enterpriseCodes') ?? ''].flatMap(lonelyCodes);
}

function columnOf(path: string): string {
  const field = fieldOf(path);
  return field === 'kind' || field === 'coHosts' || field === 'evidence' || field === '' ? 'title' : field;
}

function firstOfEach(issues: readonly RowIssue[]): RowIssue[] {
  return issues.filter(({ column }, index) => issues.findIndex((other) => other.column === column) === index);
}

const nothing = { occurredOn: '', title: '', place: '', values: {}, enterprises: [], coHosts: [], windowReason: null, evidence: [], note: null };

function rawContentOf(fields: RowFields, { definition, kind, base }: RowQuestion, enterprises: readonly Attendance[]): EntryContent {
  const before: EntryContent = base ?? { kind: kind.code, ...nothing };
  const text = (name: string, kept: string | null): string => {
    const own = fields.get(name);
    return own === undefined ? (kept ?? '') : cleanCell(own);
  };
  const day = fields.get('occurredOn');
  const occurredOn = day === undefined ? before.occurredOn : (readDate(day, definition) ?? cleanCell(day));
  const windowReason = text('windowReason', before.windowReason);
  const note = fields.get('note')?.replace(/\r\n?/g, '\n').trim() ?? before.note;
  return {
    ...before, kind: kind.code, occurredOn, title: text('title', before.title), place: text('place', before.place),
    values: Object.fromEntries(kind.fields.flatMap((field) => valueOf(field, fields.get(`values.${field.code}`), base?.values[field.code]))),
    enterprises: fields.has('enterprises') ? [...enterprises] : before.enterprises,
    windowReason: isOutsideWindow(definition.window, occurredOn) && windowReason !== '' ? windowReason : null,
    note: note === '' ? null : note,
  };
}

/** A field without a column keeps what the entry had, or starts as a new entry does. What cannot be read stays text, which the rules then point at. */
function valueOf(field: KindField, cell: string | undefined, before: string | number | null | undefined): [string, string | number][] {
  const text = cell === undefined ? '' : cleanCell(cell);
  if (text === '') {
    const start = cell === undefined && before !== undefined ? before : field.initial;
    return start === undefined || start === null || start === '' ? [] : [[field.code, start]];
  }
  if (field.type === 'choice') return [[field.code, readChoice(text, field)]];
  if (field.type !== 'integer') return [[field.code, text]];
  const number = readNumber(text);
  return [[field.code, number.kind === 'number' ? number.value : text]];
}

function asNumberIssue(issue: InputIssue, content: EntryContent): InputIssue {
  const typed = issue.rule === 'whole_number' ? content.values[issue.path.replace('content.values.', '')] : null;
  return typeof typed === 'string' && readNumber(typed).kind === 'not_number' ? { ...issue, rule: 'not_number' } : issue;
}

/** A shape's complaint as one of ours. */
function issueOf(issue: { readonly path: readonly PropertyKey[]; readonly message: string; readonly code?: string | undefined }): InputIssue {
  const bounds = { ...('maximum' in issue ? { maximum: Number(issue.maximum) } : {}), ...('minimum' in issue ? { minimum: Number(issue.minimum) } : {}) };
  return { path: ['content', ...issue.path.map(String)].join('.'), rule: /^[a-z][a-z0-9_]*$/.test(issue.message) ? issue.message : (issue.code ?? 'invalid'), ...bounds };
}

interface EnterprisesOfRow {
  readonly attendances: readonly Attendance[];
  readonly faults: readonly InputIssue[];
}

function enterprisesOf(fields: RowFields, { kind, register, base }: RowQuestion): EnterprisesOfRow {
  if (kind.enterprises === 'none') return { attendances: [], faults: [] };
  const text = pairedText(fields.get('enterprises') ?? '', fields.get('enterpriseCodes') ?? '');
  if (text === null) return { attendances: [], faults: [{ path: 'content.enterprises', rule: 'names_and_codes_differ' }] };
  const { attendances, faults } = readEnterprises(text, register);
  return {
    attendances: attendances.map((one) => asBefore(one, base?.enterprises ?? [])),
    faults: faults.map(({ rule, text: about }) => ({ path: 'content.enterprises', rule, text: about })),
  };
}

/** Names and codes of two columns as one list; null when there are not as many of these as of those. */
function pairedText(names: string, codes: string): string | null {
  const parts = (text: string): string[] => text.replace(/\r\n?/g, '\n').split(/[、;；\n]/).map((part) => part.trim()).filter((part) => part !== '');
  const listed = parts(codes);
  if (listed.length === 0) return names;
  const named = parts(names);
  if (named.length !== listed.length) return named.length === 0 ? codes : null;
  return listed.map((code, index) => `${code}\t${named[index] ?? ''}`).join('\n');
}

/** An enterprise that the entry had already keeps its spelling, and why it has no code. */
function asBefore(one: Attendance, before: readonly Attendance[]): Attendance {
  return before.find((other) => other.uscc === one.uscc && nameKeyOf(other.name) === nameKeyOf(one.name)) ?? one;
}

/** Texts that differ from the entry's own in blanks and line ends only are the entry's own. */
function keptAlike(content: EntryContent, base: EntryContent | null): EntryContent {
  if (base === null) return content;
  const alike = (own: string, before: string | null): string => (before !== null && cleanCell(before) === cleanCell(own) ? before : own);
  const values = Object.entries(content.values).map(([code, value]) => [code, typeof value === 'string' && typeof base.values[code] === 'string' ? alike(value, base.values[code]) : value]);
  return {
    ...content, title: alike(content.title, base.title), place: alike(content.place, base.place), note: content.note === null ? null : alike(content.note, base.note),
    values: Object.fromEntries(values),
  };
}
