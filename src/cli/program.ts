// The commands of fuwuyue and their options. What they do is in commands/; how faults are told in faults.ts.
import { Command, CommanderError, Option } from 'commander';
import { openApiOf } from '../kernel/openapi.ts';
import { version } from '../kernel/package-root.ts';
import { implementations } from '../modules.ts';
import { policyAsJson, policyAsMarkdown } from '../modules/access/rules/printing.ts';
import { isWrite } from '../shared/endpoint.ts';
import { editionCode, unitCode } from '../shared/wire.ts';
import { runBenchmark } from './commands/bench.ts';
import { checkConfig } from './commands/config-check.ts';
import { addFormWrite } from './commands/form.ts';
import { addFormRead } from './commands/form-read.ts';
import { writePackageFile } from './commands/package.ts';
import { recount } from './commands/recount.ts';
import { serve, type ServeOptions } from './commands/serve.ts';
import { showTable } from './commands/table.ts';
import { CommandFault, faultOf } from './faults.ts';
import { installDemonstration, loadCountry, uninstallDemonstration } from './installing.ts';
import { addLog } from './log.ts';
import { addOperations } from './operating.ts';
import { type Finish, type Json, jsonOption } from './options.ts';
import { addProofs } from './proofs.ts';
import { withStore } from './store.ts';
import { type Outcome, print, type Terminal } from './terminal.ts';

/** Runs one command line (without node and file). The exit code: 0 held, 1 did not, 2 could not be meant. */
export async function runCommandLine(terminal: Terminal, words: readonly string[]): Promise<number> {
  const done = { exit: 0 };
  const finish = (outcome: Outcome, json: boolean): void => {
    print(terminal, outcome, json);
    done.exit = outcome.held ? 0 : 1;
  };
  try {
    await programOf(terminal, finish).parseAsync([...words], { from: 'user' });
    return done.exit;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const fault = faultOf(error);
    if (fault === null) throw error;
    terminal.say(`${fault.chinese}\n${fault.english}\n`);
    return fault.exit;
  }
}

function programOf(terminal: Terminal, finish: Finish): Command {
  const program = new Command('fuwuyue')
    .description('服务月：从活动台账到盖章的统计表  From the activity ledger to the sealed table')
    .version(version)
    .exitOverride()
    // Options of a command are its own: fuwuyue --version, and form write --version 2.
    .enablePositionalOptions()
    .configureOutput({ writeOut: (text) => terminal.answer(text), writeErr: () => undefined })
    .showSuggestionAfterError(false);
  addRunning(program, terminal, finish);
  addData(program, terminal, finish);
  addOperations(program, terminal, finish);
  addPackage(program, terminal, finish);
  addProofs(program, terminal, finish, { edition: editionOption, unit: unitOption });
  addLog(program, terminal, finish);
  addReading(program, terminal, finish);
  return program;
}

function addRunning(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('serve')
    .description('运行服务器  run the server (PORT, HOST, DATA_DIR, DATABASE_URL, PUBLIC_URL)')
    .option('--demonstration', '数据库为空时载入演示数据  fill an empty database with the demonstration', false)
    .option('--accept-lost-secrets', '原密钥确已丢失，另起新密钥  the old secrets are lost for good', false)
    .addOption(jsonOption())
    .action((options: ServeOptions) => serve(terminal, options));
  program
    .command('config')
    .description('配置  the settings')
    .command('check')
    .description('检查环境变量、密钥、数据库、磁盘和时钟  look over settings, secrets, database, disk and clock')
    .addOption(jsonOption())
    .action(async ({ json }: Json) => finish(await checkConfig(terminal), json));
  program
    .command('bench <name>')
    .description('运行基准测试  run a benchmark of bench/')
    .option('--options <json>', '传给基准测试的选项  options for the benchmark')
    .addOption(jsonOption())
    .action(async (name: string, { options, json }: { readonly options?: string } & Json) => finish(await runBenchmark(name, objectOf(options)), json));
}

function addData(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('seed')
    .description('载入演示数据，或只载入单位和届次  load the demonstration, or units and editions only')
    .addOption(new Option('--demo', '演示数据  the demonstration').conflicts('unitsOnly'))
    .option('--units-only', '只载入单位和届次  units and editions only')
    .addOption(jsonOption())
    .action(async ({ demo, unitsOnly, json }: { readonly demo?: true; readonly unitsOnly?: true } & Json) => {
      if (demo !== true && unitsOnly !== true) throw new CommandFault(2, '请选择 --demo 或 --units-only。', 'Choose --demo or --units-only.');
      await withStore(terminal, async ({ store, config }) => {
        const document = demo === true ? await installDemonstration(store.database, config, terminal) : await store.database.write(loadCountry);
        finish({ held: true, document, lines: ['已载入。Loaded.', JSON.stringify(document)] }, json);
      });
    });
  program
    .command('demonstration')
    .description('演示数据  the demonstration')
    .command('remove')
    .description('删除全部演示数据和演示账号，正式记录保留  remove the demonstration; what is real stays')
    .addOption(jsonOption())
    .action(({ json }: Json) =>
      withStore(terminal, async ({ store, config }) => {
        const { outcome, removed } = await uninstallDemonstration(store.database, config.dataDirectory);
        if (outcome === 'no_demonstration') throw new CommandFault(1, '这里没有演示数据。', 'There is no demonstration here.');
        if (outcome === 'real_seals') {
          throw new CommandFault(1, '已有正式人员盖章的统计表，签章链条不能截断。正式使用请另设 DATA_DIR。', 'A real person has sealed a table here and the chain of seals cannot be cut. For real use set another DATA_DIR.');
        }
        finish({ held: true, document: { removed }, lines: ['演示数据已删除，正式记录保留。The demonstration is gone; what is real stayed.'] }, json);
      }),
    );
  program
    .command('recount')
    .description('按台账重新计数并报告差异  count all figures anew and report differences')
    .addOption(editionOption())
    .addOption(jsonOption())
    .action(({ edition, json }: { readonly edition: string } & Json) => withStore(terminal, async ({ store }) => finish(await store.database.write((tx) => recount(tx, edition)), json)));
}

function addPackage(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('package')
    .description('把盖章的统计表做成报送包，并核对  the package of a sealed return, verified')
    .addOption(editionOption())
    .addOption(unitOption())
    .requiredOption('--out <file>', '写到这个文件  the file to write')
    .addOption(jsonOption())
    .action(({ json, ...asked }: { readonly edition: string; readonly unit: string; readonly out: string } & Json) => withStore(terminal, async (opened) => finish(await writePackageFile(opened, asked), json)));
}

function addReading(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('table')
    .description('一个单位的实时数据  live figures of a unit')
    .addOption(editionOption())
    .addOption(unitOption())
    .addOption(jsonOption())
    .action(({ edition, unit, json }: { readonly edition: string; readonly unit: string } & Json) =>
      withStore(terminal, async ({ store }) => finish(await store.database.read((tx) => showTable(tx, edition, unit)), json)),
    );
  const form = program.command('form').description('官方报表  the official form');
  addFormWrite(form, terminal, [editionOption(), unitOption()], finish);
  addFormRead(form, finish);
  program
    .command('policy')
    .description('打印权限表（Markdown 或 JSON）  print who may do what, as Markdown or JSON')
    .addOption(jsonOption())
    .action(({ json }: Json) => {
      const endpoints = implementations.map(({ endpoint }) => ({ name: endpoint.name, writes: isWrite(endpoint) }));
      terminal.answer(json ? `${JSON.stringify(policyAsJson(endpoints), null, 2)}\n` : policyAsMarkdown(endpoints));
    });
  program
    .command('openapi')
    .description('打印接口说明（OpenAPI 3.1）  print the description of the API')
    .addOption(jsonOption())
    .action(() => terminal.answer(`${JSON.stringify(openApiOf(implementations.map(({ endpoint }) => endpoint), version), null, 2)}\n`));
}

const editionOption = (): Option => checkedOption('--edition <code>', '届次  the edition, such as 2023', (text) => editionCode.safeParse(text).success);

const unitOption = (): Option => checkedOption('--unit <code>', '单位代码  code of the unit, such as 330110', (text) => unitCode.safeParse(text).success);

function checkedOption(flags: string, description: string, isRight: (text: string) => boolean): Option {
  return new Option(flags, description).makeOptionMandatory().argParser((text: string) => {
    if (!isRight(text)) throw new CommandFault(2, `${flags} 的值“${text}”不正确。`, `«${text}» is no value for ${flags}.`);
    return text;
  });
}

function objectOf(text: string | undefined): object {
  if (text === undefined) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch {
    // Told below.
  }
  throw new CommandFault(2, '--options 的值应为 JSON 对象。', 'The value of --options must be a JSON object.');
}
