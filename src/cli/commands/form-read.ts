// fuwuyue form read: the figures of one filled form and what must be asked about it. Needs no database: the edition is a file. Loads
// nothing else of the server, so that a refusal comes at once.
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { type FormRefusal, formReader, maximumFormBytes } from '../../documents/form-reading.ts';
import { packageRoot } from '../../kernel/package-root.ts';
import { expectedForm } from '../../modules/forms/rules/expecting.ts';
import { readForm } from '../../modules/forms/rules/reading.ts';
import type { DoubtKind, FormReading } from '../../modules/forms/model.ts';
import { CommandFault } from '../command-fault.ts';
import type { Outcome } from '../terminal.ts';

/** Adds `read` to the commands about forms. */
export function addFormRead(form: Command, finish: (outcome: Outcome, json: boolean) => void): void {
  form
    .command('read <file>')
    .description('读入已填报表，列出数据和疑问  read a filled form: its figures, and what must be asked')
    .addOption(new Option('--edition <code>', '届次  the edition, such as 2023').makeOptionMandatory())
    .addOption(new Option('--json', '只在标准输出打印一个 JSON 文档  print exactly one JSON document').default(false))
    .action(async (file: string, { edition, json }: { readonly edition: string; readonly json: boolean }) => finish(await readFormFile(file, edition), json));
}

export async function readFormFile(file: string, edition: string): Promise<Outcome> {
  const [bytes, definition] = await Promise.all([bytesOf(file), definitionOf(edition)]);
  if (bytes === null) return refused('too_large');
  const reader = formReader();
  try {
    const read = await reader.read(bytes);
    if (!read.ok) return refused(read.refusal);
    const reading = readForm(read.grids, expectedForm(definition, []));
    return reading === null ? refused('no_form') : found(reading);
  } finally {
    await reader.close();
  }
}

/** Null when the file is larger than any form; then not a byte of it is read. */
async function bytesOf(file: string): Promise<Uint8Array | null> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      return size > maximumFormBytes ? null : await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch {
    throw new CommandFault(2, `文件打不开：${file}。`, `The file cannot be opened: ${file}.`);
  }
}

type Definition = Parameters<typeof expectedForm>[0];

async function definitionOf(edition: string): Promise<Definition> {
  try {
    if (!/^[0-9a-z-]{4,20}$/.test(edition)) throw new Error('no code of an edition');
    return JSON.parse(await readFile(join(packageRoot, 'data', 'editions', `${edition}.json`), 'utf8')) as Definition;
  } catch {
    throw new CommandFault(2, `没有“${edition}”这一届的统计表。`, `There is no table of an edition «${edition}».`);
  }
}

function found({ figures, doubts, sources }: FormReading): Outcome {
  const lines = Object.entries(figures).map(([code, figure]) => `${code}\t${figure ?? '?'}`);
  const asked = doubts.map(({ code, kind, text, candidates }) => `${code ?? '-'}\t${doubtWords[kind]}\t${text}\t${candidates.map(({ value }) => value).join(' ')}`);
  return { held: true, document: { figures, doubts, sources }, lines: [...lines, ...asked] };
}

const refusalWords: { readonly [R in FormRefusal | 'no_form']: readonly [string, string] } = {
  empty: ['文件是空的', 'The file is empty'],
  too_large: ['文件超过30 MB', 'The file is larger than 30 MB'],
  type_not_allowed: ['不是 DOCX、XLSX、DOC、XLS 或 CSV 文件', 'This is no DOCX, XLSX, DOC, XLS or CSV'],
  encrypted: ['文件设有密码，请取消密码后另存', 'The file has a password: save it without one'],
  macros: ['文件含有宏，未予打开', 'The file holds macros and was not opened'],
  unpacks_too_large: ['文件展开后过大，未予打开', 'The file would unpack to far more than it should; it was not opened'],
  unreadable: ['文件打不开', 'The file cannot be opened'],
  took_too_long: ['文件读了太久，已停止', 'Reading the file took too long and was stopped'],
  no_form: ['文件里没有本届的统计表', 'There is no table of this edition in the file'],
};

function refused(reason: FormRefusal | 'no_form'): Outcome {
  const [chinese, english] = refusalWords[reason];
  return { held: false, document: { refused: reason }, lines: [`未读入：${chinese}。Not read: ${english}.`] };
}

const doubtWords: { readonly [K in DoubtKind]: string } = {
  blank: '没有填写 blank', dash: '填的是横线 a stroke', none_word: '填的是“无” written as none', several_numbers: '不止一个数 several numbers', scaled: '带“万”等单位 counted in ten thousands or the like', not_whole: '不是整数 not a whole number',
  negative: '负数 negative', unclear: '写法不明确 unclear', too_large: '数太大 too large', unit_differs: '计量单位不同 another unit', struck: '有删除线 struck out', raised: '有上下标 raised', hidden: '在隐藏的行或列 hidden', revised: '修订未接受 under revision',
  shown_otherwise: '显示与存放的数不同 shown otherwise', merged_rows: '跨行合并 one cell for several rows', several_rows: '有几行相同 several rows', several_columns: '有几列数据 several columns', other_column: '不在同一列 in another column', several_forms: '几张表不一致 several forms',
  label_missing: '没有找到这一行 no such row', label_differs: '行名不同 another label', row_belonging: '不能确定属于哪一项 belongs to which row', edition_differs: '不是本届的表 another edition', other_unit: '是别的单位的表 another unit', below_ledger: '少于台账 below the ledger',
};
