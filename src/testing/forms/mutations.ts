// What people do to forms. Each mutation changes a draft and adds the figures that may be asked for it; where it adds none, everything
// must be read right. `in`: the formats that can carry it; all of them where not said.
import { cell, type Draft, type DraftRow, type Table, type Truth } from './drafts.ts';

export type WrittenFormat = 'docx' | 'xlsx' | 'xls' | 'csv';

/** Gives a number from 0 up to but not including the limit. */
export type Dice = (limit: number) => number;

export interface Mutation {
  readonly name: string;
  readonly in?: readonly WrittenFormat[];
  /** Says which column holds the figures in a way that other columns would change. */
  readonly alone?: true;
  change(draft: Draft, dice: Dice, truth: Truth, table: Table): void;
}

const figureOf = (truth: Truth, row: DraftRow): number => (row.code === null ? 0 : truth[row.code] ?? 0);
const ofTable = (draft: Draft): DraftRow[] => draft.rows.filter(({ code }) => code !== null);

/** Rewrites every figure. */
const everywhere = (name: string, write: (figure: number, unitWord: string) => string): Mutation => ({
  name,
  change: (draft, _, truth) => {
    for (const row of ofTable(draft)) row.value = cell(write(figureOf(truth, row), row.unitWord));
  },
});

/** Rewrites one figure so that it must be asked. */
const somewhere = (name: string, write: (figure: number, unitWord: string) => string, formats?: readonly WrittenFormat[]): Mutation => ({
  name,
  ...(formats === undefined ? {} : { in: formats }),
  change: (draft, dice, truth) => {
    const row = picked(ofTable(draft), dice);
    row.value = cell(write(figureOf(truth, row), row.unitWord));
    ask(draft, row.code);
  },
});

const relabelled = (name: string, write: (label: string, unitWord: string) => string): Mutation => ({
  name,
  change: (draft) => {
    for (const row of ofTable(draft)) row.label = cell(write(row.label.text, row.unitWord));
  },
});

function picked(rows: readonly DraftRow[], dice: Dice): DraftRow {
  const row = rows[dice(rows.length)];
  if (row === undefined) throw new Error('no rows');
  return row;
}

function ask(draft: Draft, ...codes: readonly (string | null)[]): void {
  if (draft.asked === 'all') return;
  for (const code of codes) if (code !== null) draft.asked.add(code);
}

const isSub = (table: Table, code: string | null): boolean => table.filter(({ label }) => label === table.find((one) => one.code === code)?.label).length > 1;
const repeated = (table: Table): string[] => table.filter(({ code }) => isSub(table, code)).map(({ code }) => code);
const fullWidth = (text: string): string => text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
const grouped = (figure: number): string => String(figure).replace(/\B(?=(\d{3})+$)/g, ',');
const extra = (label: string, value: string, serial = ''): DraftRow => ({ code: null, serial: cell(serial), label: cell(label), value: cell(value), unitWord: '', more: {} });
function line(draft: Draft, at: number, text: string, doubt: string): void {
  if (draft.before.length <= at) return;
  draft.before[at] = text;
  draft.formDoubts.push(doubt);
}

const indexOf = (draft: Draft, code: string): number => draft.rows.findIndex((row) => row.code === code);

function addColumn(draft: Draft, at: number, column: { key: string; heading: string; hidden?: boolean }, of: (row: DraftRow) => { text: string; number?: number }): void {
  draft.columns.splice(at, 0, column);
  for (const row of draft.rows) row.more[column.key] = of(row);
}

/** Without merged numbers, as after sorting or pasting. */
function unmergeSerials(draft: Draft): void {
  for (const row of draft.rows) row.serial = { text: row.serial.text };
}

export const mutations: readonly Mutation[] = [
  { name: 'as printed', change: () => undefined },
  everywhere('bare numbers', String),
  everywhere('full-width digits', (figure, unit) => `（${fullWidth(String(figure))}）${unit}`),
  everywhere('thousands with commas', (figure, unit) => `(${grouped(figure)})${unit}`),
  everywhere('thousands with full-width commas', (figure, unit) => `（${grouped(figure).replaceAll(',', '，')}）${unit}`),
  everywhere('number and unit', (figure, unit) => `${figure}${unit}`),
  everywhere('number, space, unit', (figure, unit) => `${figure} ${unit}`),
  everywhere('wide brackets with spaces', (figure, unit) => `（　${figure}　）${unit}`),
  everywhere('square brackets', (figure, unit) => `【${figure}】${unit}`),
  everywhere('on a line to write on', (figure, unit) => `__${figure}__${unit}`),
  everywhere('unit in brackets', (figure, unit) => `${figure}（${unit}）`),
  everywhere('unit on a second line', (figure, unit) => `（${figure}）\n${unit}`),
  everywhere('ending with a full stop', (figure, unit) => `（${figure}）${unit}。`),
  { name: 'runs split letter by letter', in: ['docx'], change: (draft) => void (draft.splitRuns = true) },
  {
    name: 'numeric cells', in: ['xlsx', 'xls'],
    change: (draft, _, truth) => { for (const row of ofTable(draft)) row.value = { text: '', number: figureOf(truth, row) }; },
  },
  {
    name: 'numeric cells shown in brackets with the unit', in: ['xlsx', 'xls'],
    change: (draft, _, truth) => { for (const row of ofTable(draft)) row.value = { text: '', number: figureOf(truth, row), format: `"("#,##0")${row.unitWord}"` }; },
  },
  {
    name: 'unit in a column behind', change: (draft, _, truth) => {
      for (const row of ofTable(draft)) row.value = cell(String(figureOf(truth, row)));
      addColumn(draft, draft.columns.findIndex(({ key }) => key === 'value') + 1, { key: 'unit', heading: '单位' }, (row) => cell(row.unitWord));
    },
  },
  {
    name: 'unit in a column before', change: (draft, _, truth) => {
      for (const row of ofTable(draft)) row.value = cell(String(figureOf(truth, row)));
      addColumn(draft, draft.columns.findIndex(({ key }) => key === 'value'), { key: 'unit', heading: '计量单位' }, (row) => cell(row.unitWord));
    },
  },
  {
    name: 'brackets, number and unit in three cells', change: (draft, _, truth) => {
      for (const row of ofTable(draft)) row.value = cell('（');
      addColumn(draft, draft.columns.findIndex(({ key }) => key === 'value') + 1, { key: 'number', heading: '' }, (row) => cell(String(figureOf(truth, row))));
      addColumn(draft, draft.columns.findIndex(({ key }) => key === 'number') + 1, { key: 'rest', heading: '' }, (row) => cell(`）${row.unitWord}`));
    },
  },
  {
    name: 'label and figure in one cell', change: (draft) => {
      for (const row of draft.rows) {
        row.label = cell(`${row.label.text}${row.value.text}`);
        row.value = cell('');
      }
    },
  },
  { name: 'no headings', change: (draft) => void (draft.hasHeadings = false) },
  {
    name: 'no numbers of rows', change: (draft) => {
      draft.columns = draft.columns.filter(({ key }) => key !== 'serial');
    },
  },
  { name: 'every line numbered', change: (draft) => draft.rows.forEach((row, index) => void (row.serial = cell(String(index + 1)))) },
  { name: 'number of the row repeated', change: (draft, _dice, _truth, table) => draft.rows.forEach((row) => void (row.serial = cell(String(table.find(({ code }) => code === row.code)?.row ?? '')))) },
  { name: 'table further down and right', in: ['xlsx', 'xls', 'csv'], change: (draft) => void (draft.offset = { rows: 3, columns: 2 }) },
  { name: 'lines above left out', change: (draft) => void (draft.before = []) },
  { name: 'two tables of one form', in: ['docx'], change: (draft, dice) => void (unmergeSerials(draft), (draft.split = indexOf(draft, ['meeting.sessions', 'visit.enterprises', 'training.sessions', 'media.total'][dice(4)] ?? ''))) },
  {
    name: 'blank rows between', change: (draft) => {
      unmergeSerials(draft);
      draft.rows = draft.rows.flatMap((row) => [row, { ...extra('', ''), value: cell('') }]);
    },
  },
  {
    name: "a province's rows at the end", change: (draft) => {
      draft.rows.push(extra('设立商业秘密保护联络点', '（36）个', '11'), extra('培育示范企业', '（9）家', '12'));
    },
  },
  {
    name: 'a row inserted in a group', change: (draft) => {
      unmergeSerials(draft);
      draft.rows.splice(1, 0, extra('其中线上直播', '（3）场'));
    },
  },
  {
    name: 'a whole group inserted', change: (draft, _dice, _truth, table) => {
      unmergeSerials(draft);
      draft.rows.splice(indexOf(draft, 'visit.enterprises'), 0, extra('举办知识竞赛', '（7）场次', '3'), extra('参与企业', '（70）家'), extra('参与人数', '（700）人次'));
      ask(draft, ...repeated(table));
    },
  },
  {
    name: 'a group inserted without a number', change: (draft, _dice, _truth, table) => {
      unmergeSerials(draft);
      draft.rows.splice(indexOf(draft, 'meeting.sessions'), 0, extra('举办知识竞赛', '（7）场次'), extra('参与企业', '（70）家'), extra('参与人数', '（700）人次'));
      ask(draft, ...repeated(table));
    },
  },
  { name: 'note below', change: (draft) => draft.rows.push(extra('填表人：张三　联系电话：0578-1234567', '')) },
  { name: "last year's column before", change: (draft, dice) => addColumn(draft, draft.columns.findIndex(({ key }) => key === 'value'), { key: 'last', heading: '上年数据' }, () => cell(String(dice(900)))) },
  { name: "last year's column behind", change: (draft, dice) => addColumn(draft, draft.columns.length, { key: 'last', heading: '上年数据' }, () => cell(`（${dice(900)}）`)) },
  { name: 'a column of totals', change: (draft, dice) => addColumn(draft, draft.columns.length, { key: 'total', heading: '合计' }, () => cell(String(dice(900)))) },
  { name: 'a column of remarks', change: (draft) => addColumn(draft, draft.columns.length, { key: 'remark', heading: '备注' }, () => cell('含线上2场')) },
  {
    name: 'a column without heading', change: (draft, dice) => {
      addColumn(draft, draft.columns.length, { key: 'more', heading: '' }, () => cell(String(dice(900))));
      draft.asked = 'all';
    },
  },
  {
    name: 'two years under one heading', alone: true, change: (draft, dice) => {
      draft.subheadings = ['', '', '2022年', '2023年'].slice(draft.columns.length === 3 ? 0 : 1);
      addColumn(draft, draft.columns.findIndex(({ key }) => key === 'value'), { key: 'last', heading: '数据' }, () => cell(String(dice(900))));
      draft.columns = draft.columns.map((column) => (column.key === 'value' ? { ...column, heading: '' } : column));
      draft.asked = 'all';
    },
  },
  { name: 'figures before the words', change: (draft) => {
    draft.columns = [...draft.columns.filter(({ key }) => key === 'serial'), ...draft.columns.filter(({ key }) => key === 'value'), ...draft.columns.filter(({ key }) => key !== 'serial' && key !== 'value')];
  } },
  {
    name: 'a group moved', change: (draft, _, __, table) => {
      unmergeSerials(draft);
      const group = draft.rows.filter(({ code }) => table.find((one) => one.code === code)?.row === 7);
      const rest = draft.rows.filter((row) => !group.includes(row));
      rest.splice(rest.findIndex(({ code }) => code === 'meeting.sessions'), 0, ...group);
      draft.rows = rest;
    },
  },
  {
    name: 'one row moved', change: (draft, dice, _truth, table) => {
      unmergeSerials(draft);
      const [row] = draft.rows.splice(dice(draft.rows.length), 1);
      if (row !== undefined) draft.rows.splice(dice(draft.rows.length + 1), 0, row);
      ask(draft, ...repeated(table));
    },
  },
  {
    name: 'one row missing', change: (draft, dice, _truth, table) => {
      unmergeSerials(draft);
      const [row] = draft.rows.splice(dice(draft.rows.length), 1);
      ask(draft, row?.code ?? null, ...repeated(table));
    },
  },
  {
    name: 'one row twice', change: (draft, dice, _truth, table) => {
      unmergeSerials(draft);
      const row = picked(draft.rows, dice);
      draft.rows.splice(dice(draft.rows.length), 0, { ...row, value: cell('（4）') });
      ask(draft, row.code, ...repeated(table));
    },
  },
  {
    name: 'another word in a label', change: (draft, dice, _truth, table) => {
      const row = picked(ofTable(draft), dice);
      row.label = cell(row.label.text.replace('参与', '参加').replace('开展', '举办').replace('发放', '派发').replace('公布', '发布').replace('编发', '刊发').replace('报道', '稿件').replace('收集', '征集').replace('协调', '帮助').replace('调研', '实地').replace('召开', '组织').replace('报送', '上报'));
      ask(draft, row.code, ...repeated(table));
    },
  },
  relabelled('numbers before the labels', (label) => `1. ${label}`),
  relabelled('units behind the labels', (label, unit) => `${label}（${unit}）`),
  relabelled('spaces in the labels', (label) => Array.from(label).join(' ')),
  relabelled('labels on two lines', (label) => `${label.slice(0, 4)}\n${label.slice(4)}`),
  relabelled('labels with a colon', (label) => `${label}：`),
  relabelled('labels with other punctuation', (label) => label.replaceAll('、', ',').replaceAll(',', '，')),
  {
    name: 'labels in two cells', change: (draft) => {
      for (const row of draft.rows) row.more['head'] = cell(row.label.text.slice(0, 2));
      for (const row of draft.rows) row.label = cell(row.label.text.slice(2));
      draft.columns.splice(draft.columns.findIndex(({ key }) => key === 'label'), 0, { key: 'head', heading: '' });
    },
  },
  somewhere('ten thousands', (figure, unit) => `（${figure / 10_000}万）${unit}`),
  somewhere('ten thousands with a decimal', () => '1.2万'),
  somewhere('about', (figure, unit) => `约${figure}${unit}`),
  somewhere('and more', (figure, unit) => `${figure}余${unit}`),
  somewhere('more than, after the brackets', (figure, unit) => `（${figure}）多${unit}`),
  somewhere('at least', (figure) => `≥${figure}`),
  somewhere('blank', (_, unit) => `（ ）${unit}`),
  somewhere('nothing at all', () => ''),
  somewhere('a stroke', () => '/'),
  somewhere('a dash', () => '——'),
  somewhere('none', () => '无'),
  somewhere('two numbers', (figure, unit) => `${figure}${unit}（含线上12${unit}）`),
  somewhere('two lines of numbers', (figure) => `${figure}\n12`),
  somewhere('a sum', (figure) => `${figure}+12`),
  somewhere('a range', (figure) => `${figure}-${figure + 5}`),
  somewhere('a decimal', (figure) => `${figure}.5`),
  somewhere('dots for thousands', () => '1.200'),
  somewhere('spaces in a number', () => '1 200'),
  somewhere('commas in the wrong place', () => '12,34'),
  somewhere('negative', (figure) => `-${figure + 1}`),
  somewhere('numbers in words', () => '五十六'),
  somewhere('a number in a circle behind', (figure) => `${figure}①`),
  somewhere('a raised digit', (figure) => `${figure}²`),
  somewhere('a letter for a zero', (figure) => `${figure}O`),
  somewhere('a percentage', (figure) => `${figure}%`),
  somewhere('another unit', (figure) => `${figure}公里`),
  somewhere('a leading zero', (figure) => `0${figure + 1}`),
  {
    name: 'struck out and written anew', in: ['docx', 'xlsx'], change: (draft, dice, truth) => {
      const row = picked(ofTable(draft), dice);
      row.value = { text: '', runs: [{ text: '12', mark: 'struck' }, { text: String(figureOf(truth, row)) }] };
      ask(draft, row.code);
    },
  },
  {
    name: 'a raised number of a note', in: ['docx', 'xlsx'], change: (draft, dice, truth) => {
      const row = picked(ofTable(draft), dice);
      row.value = { text: '', runs: [{ text: String(figureOf(truth, row)) }, { text: '1', mark: 'raised' }] };
      ask(draft, row.code);
    },
  },
  {
    name: 'under revision', in: ['docx'], change: (draft, dice, truth) => {
      const row = picked(ofTable(draft), dice);
      row.value = { text: '', runs: [{ text: '9', mark: 'removed' }, { text: String(figureOf(truth, row)) }] };
      ask(draft, row.code);
    },
  },
  {
    name: 'hidden text beside', in: ['docx'], change: (draft, dice, truth) => {
      const row = picked(ofTable(draft), dice);
      row.value = { text: '', runs: [{ text: '9', mark: 'vanished' }, { text: `${figureOf(truth, row)}${row.unitWord}` }] };
    },
  },
  {
    name: 'a number shown as something else', in: ['xlsx', 'xls'], change: (draft, dice, truth) => {
      const row = picked(ofTable(draft), dice);
      row.value = { text: '', number: figureOf(truth, row), format: ['0"万"', '0%', 'yyyy"年"m"月"', '0.0,', ';;;', '0.00E+00'][dice(6)] ?? '0%' };
      ask(draft, row.code);
    },
  },
  {
    name: 'a number with a fraction', in: ['xlsx', 'xls'], change: (draft, dice, truth) => {
      const row = picked(ofTable(draft), dice);
      row.value = { text: '', number: figureOf(truth, row) + 0.4, format: '0' };
      ask(draft, row.code);
    },
  },
  {
    name: 'a hidden row', in: ['xlsx', 'xls'], change: (draft, dice) => {
      const row = picked(ofTable(draft), dice);
      row.hidden = true;
      ask(draft, row.code);
    },
  },
  {
    name: 'one cell for two rows', in: ['docx', 'xlsx'], change: (draft) => {
      const at = indexOf(draft, 'publicity.enterprises');
      const [first, second] = [draft.rows[at], draft.rows[at + 1]];
      if (first === undefined || second === undefined) return;
      first.value = { ...first.value, rows: 2 };
      second.value = cell('');
      ask(draft, first.code, second.code);
    },
  },
  {
    name: 'ten thousands in the column of units', change: (draft, dice, truth) => {
      for (const row of ofTable(draft)) row.value = cell(String(figureOf(truth, row)));
      const row = picked(ofTable(draft), dice);
      addColumn(draft, draft.columns.length, { key: 'unit', heading: '单位' }, (one) => cell(one === row ? `万${one.unitWord}` : one.unitWord));
      ask(draft, row.code);
    },
  },
  { name: 'everything in ten thousands', change: (draft) => { draft.before.push('单位：万'); draft.asked = 'all'; } },
  { name: "another year's form", change: (draft) => line(draft, 1, '第二届“服务月”活动开展情况统计表', 'edition_differs') },
  { name: 'dated in another year', change: (draft) => line(draft, 3, '2024年7月4日', 'edition_differs') },
  { name: "another unit's form", change: (draft) => line(draft, 2, '填报单位（盖章）：澄江市市场监督管理局', 'other_unit') },
  {
    name: 'the blank form on a second sheet', in: ['docx', 'xlsx', 'xls'], change: (draft) => {
      const beside: Draft = { ...draft, rows: draft.rows.map((row) => ({ ...row, value: cell(`（ ）${row.unitWord}`), more: { ...row.more } })), beside: null };
      draft.beside = beside;
    },
  },
  {
    name: 'another filled form on a second sheet', in: ['docx', 'xlsx', 'xls'], change: (draft, dice) => {
      draft.beside = { ...draft, rows: draft.rows.map((row) => ({ ...row, value: cell(`（${dice(900)}）${row.unitWord}`), more: { ...row.more } })), beside: null };
      draft.asked = 'all';
    },
  },
];
