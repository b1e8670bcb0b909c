// fuwuyue form write: the official form of a unit as a file, the newest sealed version or else the draft, and says which.
import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { systemClock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import { raise } from '../../kernel/context.ts';
import { isDemonstration } from '../../demonstration/state.ts';
import { getEditionByCode } from '../../modules/editions/queries.ts';
import type { WantedSheet } from '../../modules/forms/contract.ts';
import { formFormat, type FormFormat } from '../../modules/forms/model.ts';
import { findSheet } from '../../modules/forms/queries.ts';
import { writeForm } from '../../modules/forms/writing/write.ts';
import { findPlacement } from '../../modules/units/queries.ts';
import { problem } from '../../shared/problem.ts';
import { CommandFault } from '../command-fault.ts';
import { withStore } from '../store.ts';
import type { Outcome, Terminal } from '../terminal.ts';

interface WriteOptions {
  readonly edition: string;
  readonly unit: string;
  readonly format: FormFormat;
  readonly out: string;
  readonly version?: string;
  readonly draft: boolean;
  readonly json: boolean;
}

/** Adds `write` to the commands about forms. */
export function addFormWrite(form: Command, terminal: Terminal, options: readonly Option[], finish: (outcome: Outcome, json: boolean) => void): void {
  const write = form.command('write').description('把统计表写成 Word、Excel 或 PDF 文件  write the form as a file of Word, Excel or PDF');
  for (const option of options) write.addOption(option);
  write
    .addOption(new Option('--format <format>', '文件格式  docx, xlsx or pdf').choices(formFormat.options).makeOptionMandatory())
    .addOption(new Option('--out <file>', '写入的文件  the file to write').makeOptionMandatory())
    .addOption(new Option('--version <number>', '第几版，不写为最新盖章版  a frozen version; else the newest sealed').conflicts('draft'))
    .addOption(new Option('--draft', '当前草稿，带水印  the draft as it stands, with a watermark').default(false))
    .addOption(new Option('--json', '只在标准输出打印一个 JSON 文档  print exactly one JSON document').default(false))
    .action(async (given: WriteOptions) => {
      const wanted = wantedOf(given);
      await withStore(terminal, async ({ store }) => finish(await writeFormFile(store.database, given, wanted), given.json));
    });
}

function wantedOf({ draft, version }: Pick<WriteOptions, 'draft' | 'version'>): WantedSheet {
  if (draft) return 'draft';
  if (version === undefined) return 'newest';
  if (/^[1-9]\d{0,4}$/.test(version)) return Number(version);
  throw new CommandFault(2, `--version 的值“${version}”不正确。`, `«${version}» is no value for --version.`);
}

export async function writeFormFile(database: Database, { edition: code, unit: unitCode, format, out }: Pick<WriteOptions, 'edition' | 'unit' | 'format' | 'out'>, wanted: WantedSheet): Promise<Outcome> {
  const sheet = await database.read(async (tx) => {
    const edition = await getEditionByCode(tx, code);
    const unit = await findPlacement(tx, code, unitCode);
    if (unit === undefined) raise(problem('not_found', { kind: 'unit', id: unitCode }));
    return findSheet(tx, { edition, unit, wanted, basis: 'own', demonstration: await isDemonstration(tx), now: systemClock.now() });
  });
  if (sheet === undefined) throw new CommandFault(1, `${unitCode} 没有第 ${wanted} 版统计表。`, `${unitCode} has no version ${wanted} of its table.`);
  const bytes = await writeForm(sheet, format);
  await writeFile(out, bytes).catch(() => {
    throw new CommandFault(2, `文件不能写入：${out}。`, `The file cannot be written: ${out}.`);
  });
  const { receipt, title, unitName } = sheet;
  const standing = receipt === null ? '草稿，带水印  a draft with a watermark' : `第 ${receipt.version} 版，回执码 ${receipt.code}  version ${receipt.version}, sealed`;
  return {
    held: true,
    document: { file: out, format, bytes: bytes.length, draft: receipt === null, version: receipt?.version ?? null, receiptCode: receipt?.code ?? null, unit: unitName, title },
    lines: [`${title}  ${unitName}`, standing, `${out}  ${bytes.length} 字节 bytes`],
  };
}
