// A sheet of units, line by line: what each line says and what would become of it. The date says from when the line holds: for a
// new unit from when it exists, for one with another parent from when it reports there; a name holds at once.
import { isCalendarDate } from '../../../shared/instant.ts';
import { plainText } from '../../../shared/wire.ts';
import { type ImportLine, type UnitKind, unitKind } from '../model.ts';
import { type DatedUnit, decideLine, mayReportTo, type ReportingLine } from '../rules.ts';

export interface SheetLine {
  readonly line: number;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly parentCode: string;
  readonly validFrom: string;
}

export const maximumLines = 4_000;

const columns = { code: '代码', name: '名称', kind: '类别', parentCode: '上级代码', validFrom: '启用日期' } as const;
const fields = ['code', 'name', 'kind', 'parentCode', 'validFrom'] as const;
type Field = (typeof fields)[number];

export interface ReadSheet {
  readonly lines: readonly SheetLine[];
  /** A line that stands for what is wrong with the whole sheet. */
  readonly fault: ImportLine | null;
}

/** Finds the columns by their heads, in any order, and reads what is below. Blank lines are skipped. */
export function readLines(rows: readonly (readonly string[])[]): ReadSheet {
  const filled = rows.map((cells, index) => ({ line: index + 1, cells: cells.map((cell) => cell.normalize('NFC').trim()) })).filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [head, ...body] = filled;
  const at = new Map(fields.map((field) => [field, (head?.cells ?? []).indexOf(columns[field])]));
  const missing = fields.filter((field) => (at.get(field) ?? -1) < 0);
  if (missing.length > 0) return { lines: [], fault: sheetFault(head?.line ?? 1, missing.map((field) => ({ field, rule: 'column_missing' }))) };
  if (body.length === 0) return { lines: [], fault: sheetFault(head?.line ?? 1, [{ field: 'code', rule: 'sheet_without_lines' }]) };
  if (body.length > maximumLines) return { lines: [], fault: sheetFault(body[maximumLines]?.line ?? 1, [{ field: 'code', rule: 'too_many_lines' }]) };
  const cell = (cells: readonly string[], field: Field): string => cells[at.get(field) ?? -1] ?? '';
  return {
    fault: null,
    lines: body.map(({ line, cells }) => ({
      line, code: cell(cells, 'code'), name: cell(cells, 'name'), kind: cell(cells, 'kind'), parentCode: cell(cells, 'parentCode'), validFrom: dateIn(cell(cells, 'validFrom')),
    })),
  };
}

function sheetFault(line: number, issues: ImportLine['issues']): ImportLine {
  return { line, code: '', name: '', verdict: 'refused', changes: [], issues };
}

/** Dates as people and programs write them: 2024-1-5, 2024/01/05, 2024.1.5, 2024年1月5日, 20240105. Else as it came. */
export function dateIn(text: string): string {
  const parts = /^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))$/.exec(text);
  if (parts === null) return text;
  const [, year = '', ...numbers] = parts;
  const [month = '', day = ''] = numbers.filter((number) => number !== undefined);
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const kindWords = new Map<string, UnitKind>([
  ['全国', 'nation'], ['省级', 'province'], ['省', 'province'], ['兵团', 'xpcc'], ['地级', 'prefecture'], ['市级', 'prefecture'], ['师', 'prefecture'], ['县级', 'county'], ['区县', 'county'], ['功能区', 'zone'],
  ...unitKind.options.map((kind): [string, UnitKind] => [kind, kind]),
]);

export interface KnownUnit extends DatedUnit {
  readonly name: string;
  readonly shortName: string;
  readonly lines: readonly ReportingLine[];
}

export interface SheetFacts {
  readonly units: ReadonlyMap<string, KnownUnit>;
  /** The unit whose branch the sheet may change. */
  readonly root: string;
  /** An open edition in which the unit's return is on its way on a day. */
  readonly underWay: (unitCode: string, from: string) => string | null;
}

export interface PlannedUnit {
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly kind: UnitKind;
  readonly parentCode: string;
  readonly validFrom: string;
}

export interface SheetPlan {
  readonly lines: readonly ImportLine[];
  readonly added: readonly PlannedUnit[];
  readonly renamed: readonly { readonly code: string; readonly name: string; readonly shortName: string }[];
  readonly moved: readonly { readonly code: string; readonly lines: readonly ReportingLine[] }[];
}

type Issue = ImportLine['issues'][number];

/** A line that says nothing readable about one field is told all that is wrong with it. */
function issuesOf(line: SheetLine, known: KnownUnit | undefined): Issue[] {
  const issues: Issue[] = [];
  if (!/^\d{6}$/.test(line.code)) issues.push({ field: 'code', rule: 'unit_code' });
  const name = plainText(40, 4).safeParse(line.name);
  if (!name.success) issues.push(...name.error.issues.map(({ message }) => ({ field: 'name', rule: message })));
  if (!kindWords.has(line.kind)) issues.push({ field: 'kind', rule: 'unknown_unit_kind' });
  const noParent = kindWords.get(line.kind) === 'nation' && line.parentCode === '';
  if (!noParent && !/^\d{6}$/.test(line.parentCode)) issues.push({ field: 'parentCode', rule: 'unit_code' });
  const mayBeBlank = known !== undefined && line.validFrom === '';
  if (!mayBeBlank && !isCalendarDate(line.validFrom)) issues.push({ field: 'validFrom', rule: 'calendar_date' });
  return issues;
}

/** The ending of a code shows its level. */
function codeFits(code: string, kind: UnitKind): boolean {
  if (kind === 'nation') return code === '000000';
  if (kind === 'province' || kind === 'xpcc') return code.endsWith('0000') && code !== '000000';
  if (kind === 'prefecture') return code.endsWith('00') && !code.endsWith('0000');
  return kind === 'zone' ? /(7[1-9]|[89]\d)$/.test(code) : !code.endsWith('00');
}

/** 杭州市余杭区市场监督管理局 below 杭州市 is 余杭区. */
export function shortNameOf(name: string, parentShortName: string): string {
  const bare = name.replace(/市场监督管理(总局|局|委员会|分局)$|市场监管(局|分局)$/, '');
  const own = bare.startsWith(parentShortName) && bare.length > parentShortName.length + 1 ? bare.slice(parentShortName.length) : bare;
  return own.length < 2 ? name : own;
}

const currentParent = ({ lines }: KnownUnit): string | null => lines.find(({ validTo }) => validTo === null)?.parentCode ?? null;

/** Judges every line; a plan is there to be carried out only when no line is refused. */
export function judgeSheet(sheet: readonly SheetLine[], facts: SheetFacts): SheetPlan {
  const units = new Map<string, KnownUnit>([...expected(sheet, facts), ...facts.units]);
  const times = new Map<string, number>();
  for (const { code } of sheet) times.set(code, (times.get(code) ?? 0) + 1);
  const plan = { lines: [] as ImportLine[], added: [] as PlannedUnit[], renamed: [] as SheetPlan['renamed'][number][], moved: [] as SheetPlan['moved'][number][] };
  for (const line of sheet) {
    const known = facts.units.get(line.code);
    const issues = issuesOf(line, known);
    if ((times.get(line.code) ?? 0) > 1) issues.push({ field: 'code', rule: 'code_twice' });
    const judged = issues.length > 0 ? { issues } : known === undefined ? judgeNew(line, units, facts) : judgeKnown(line, known, units, facts);
    if ('issues' in judged) plan.lines.push({ line: line.line, code: line.code, name: line.name, verdict: 'refused', changes: [], issues: judged.issues });
    else {
      plan.lines.push({ line: line.line, code: line.code, name: line.name, verdict: judged.verdict, changes: judged.changes, issues: [] });
      if (judged.added !== null) plan.added.push(judged.added);
      if (judged.renamed !== null) plan.renamed.push(judged.renamed);
      if (judged.moved !== null) plan.moved.push(judged.moved);
    }
  }
  return plan;
}

/** New units of the sheet as parents of others, as far as their lines can be read. */
function expected(sheet: readonly SheetLine[], facts: SheetFacts): [string, KnownUnit][] {
  return sheet.flatMap((line): [string, KnownUnit][] => {
    const kind = kindWords.get(line.kind);
    if (kind === undefined || issuesOf(line, undefined).length > 0 || facts.units.has(line.code)) return [];
    const lines = [{ parentCode: line.parentCode, validFrom: line.validFrom, validTo: null }];
    return [[line.code, { code: line.code, name: line.name, shortName: shortNameOf(line.name, ''), kind, provinceCode: Number(line.code.slice(0, 2)), validFrom: line.validFrom, validTo: null, lines }]];
  });
}

type Judged = { readonly issues: Issue[] } | {
  readonly verdict: 'new' | 'same' | 'changed';
  readonly changes: ImportLine['changes'];
  readonly added: PlannedUnit | null;
  readonly renamed: SheetPlan['renamed'][number] | null;
  readonly moved: SheetPlan['moved'][number] | null;
};

function judgeNew(line: SheetLine, units: ReadonlyMap<string, KnownUnit>, facts: SheetFacts): Judged {
  const kind = kindWords.get(line.kind) ?? 'county';
  const parent = units.get(line.parentCode);
  const issues: Issue[] = [];
  if (!codeFits(line.code, kind)) issues.push({ field: 'code', rule: 'code_not_of_kind' });
  if (parent === undefined) issues.push({ field: 'parentCode', rule: 'unknown_unit' });
  else {
    if (!mayReportTo(kind, parent.kind)) issues.push({ field: 'parentCode', rule: 'parent_not_above' });
    else if (parent.kind !== 'nation' && parent.provinceCode !== Number(line.code.slice(0, 2))) issues.push({ field: 'parentCode', rule: 'other_province' });
    else if (!inBranch(parent.code, units, facts.root)) issues.push({ field: 'parentCode', rule: 'outside_branch' });
    if (parent.validFrom > line.validFrom || parent.validTo !== null) issues.push({ field: 'validFrom', rule: 'parent_not_valid' });
  }
  if (parent === undefined || issues.length > 0) return { issues };
  const { code, name, parentCode, validFrom } = line;
  return { verdict: 'new', changes: [], added: { code, name, shortName: shortNameOf(name, parent.shortName), kind, parentCode, validFrom }, renamed: null, moved: null };
}

function judgeKnown(line: SheetLine, known: KnownUnit, units: ReadonlyMap<string, KnownUnit>, facts: SheetFacts): Judged {
  const parent = units.get(line.parentCode);
  const fault = knownFault(line, known, parent);
  if (fault !== null) return { issues: [fault] };
  const from = currentParent(known);
  const renamed = line.name === known.name ? null : { code: line.code, name: line.name, shortName: shortNameOf(line.name, parent?.shortName ?? '') };
  const mover = parent === undefined || parent.code === from ? null : parent;
  if (renamed === null && mover === null) return { verdict: 'same', changes: [], added: null, renamed, moved: null };
  if (line.code === facts.root || !inBranch(line.code, units, facts.root)) return { issues: [{ field: 'code', rule: 'outside_branch' }] };
  const changes: ImportLine['changes'] = renamed === null ? [] : [{ field: 'name', from: known.name, to: line.name }];
  if (mover === null) return { verdict: 'changed', changes, added: null, renamed, moved: null };
  const move = judgeMove(line, known, mover, units, facts);
  if ('issues' in move) return move;
  return { verdict: 'changed', changes: [...changes, { field: 'parentCode', from, to: mover.code }], added: null, renamed, moved: { code: line.code, lines: move.lines } };
}

function knownFault(line: SheetLine, known: KnownUnit, parent: KnownUnit | undefined): Issue | null {
  if (known.validTo !== null) return { field: 'code', rule: 'code_ended' };
  if (kindWords.get(line.kind) !== known.kind) return { field: 'kind', rule: 'kind_fixed' };
  return line.parentCode !== '' && parent === undefined ? { field: 'parentCode', rule: 'unknown_unit' } : null;
}

function judgeMove(line: SheetLine, known: KnownUnit, parent: KnownUnit, units: ReadonlyMap<string, KnownUnit>, facts: SheetFacts): { readonly issues: Issue[] } | { readonly lines: ReportingLine[] } {
  if (line.validFrom === '') return { issues: [{ field: 'validFrom', rule: 'calendar_date' }] };
  if (!inBranch(parent.code, units, facts.root)) return { issues: [{ field: 'parentCode', rule: 'outside_branch' }] };
  const decision = decideLine({ unit: known, parent, lines: known.lines, from: line.validFrom, underWay: facts.underWay(line.code, line.validFrom) });
  if (decision.ok) return { lines: decision.value };
  const { rule } = decision.problem.details;
  return { issues: [{ field: 'parentCode', rule: typeof rule === 'string' ? rule : decision.problem.code }] };
}

/** Whether the root is the unit itself or above it, as the tree stands last. */
function inBranch(unitCode: string, units: ReadonlyMap<string, KnownUnit>, root: string): boolean {
  let at: string | null = unitCode;
  for (let step = 0; at !== null && step < 8; step += 1) {
    if (at === root) return true;
    const unit = units.get(at);
    at = unit === undefined ? null : currentParent(unit);
  }
  return false;
}
