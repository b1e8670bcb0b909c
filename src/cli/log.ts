// The commands of the proof log: log export, check and accept; and witness, for another machine.
import type { Command } from 'commander';
import { systemClock } from '../kernel/clock.ts';
import { epochOf } from '../shared/instant.ts';
import { acceptLog, checkLog, exportLog, scheduledLogCheck } from './commands/log.ts';
import { LogRefused, type WitnessRound, witnessOnce } from './commands/witness.ts';
import { faultOf } from './faults.ts';
import { type Finish, type Json, jsonOption } from './options.ts';
import { withStore } from './store.ts';
import type { Outcome, Terminal } from './terminal.ts';

export function addLog(program: Command, terminal: Terminal, finish: Finish): void {
  const log = program.command('log').description('操作日志的存证  the proof log');
  log
    .command('export <file>')
    .description('导出日志存证（只有摘要、公钥和签名），任何人可离线核对  the log with its keys and signatures, hashes only, for anyone to verify')
    .addOption(jsonOption())
    .action((file: string, { json }: Json) => withStore(terminal, async (opened) => finish(await exportLog(opened, file), json)));
  log
    .command('check')
    .description('核对全部日志：每条操作记录、每条存证、每个检查点，指出第一处错误  check every record, leaf and checkpoint, naming the first fault')
    .option('--scheduled', '把结果记入运行状况（平台每日自动做）  keep what came of it for the health page, as the server does daily', false)
    .addOption(jsonOption())
    .action(({ json, scheduled }: { readonly scheduled: boolean } & Json) => withStore(terminal, async (opened) => finish(await (scheduled ? scheduledLogCheck(opened) : checkLog(opened)), json)));
  log
    .command('accept')
    .description('日志与曾见到的不符、平台只读时：查明后声明现状，原因记入日志  declare the log as it is after it was found to be other than was seen; the reason is logged')
    .requiredOption('--reason <text>', '原因，如“恢复了某日的备份”  why')
    .option('--anew', '按现有操作记录重建全部日志；先导出留存  make all logs anew of the audit records there are; export them first', false)
    .addOption(jsonOption())
    .action(({ json, ...asked }: { readonly reason: string; readonly anew: boolean } & Json) => withStore(terminal, async (opened) => finish(await acceptLog(opened, asked), json)));
  program
    .command('witness')
    .description('在审计员自己的电脑上见证：核对日志只增不改，并签名  on the auditor’s own machine: checks that the logs only grow, and cosigns')
    .requiredOption('--of <url>', '平台地址  address of the installation')
    .requiredOption('--state <file>', '本机状态文件，内有密钥，请妥善保管  state file of this machine; it holds the key')
    .option('--name <name>', '见证人名称，首次使用时定下  name of this witness, at first use')
    .option('--once', '只做一次  once only', false)
    .option('--accept', '该平台已书面声明日志改名时使用  after the installation declared on paper that its logs go on under another name', false)
    .addOption(jsonOption())
    .action(({ json, once, ...asked }: WitnessOptions & Json) => witness(terminal, asked, once, (outcome) => finish(outcome, json)));
}

interface WitnessOptions {
  readonly of: string;
  readonly state: string;
  readonly name?: string;
  readonly once: boolean;
  readonly accept: boolean;
}

const every = 60_000;

/** Goes on until it is stopped, or a log is not what it was. Whoever cannot be reached is asked again. */
async function witness(terminal: Terminal, { accept, ...asked }: Omit<WitnessOptions, 'once'>, once: boolean, finish: (outcome: Outcome) => void): Promise<void> {
  let accepting = accept;
  for (;;) {
    const round = async (): Promise<WitnessRound> =>
      witnessOnce({ of: asked.of, state: asked.state, name: asked.name, accept: accepting, fetch, time: Math.floor(epochOf(systemClock.now()) / 1000) });
    if (once) return finish(outcomeOf(await round()));
    const done = await round().catch((error: unknown) => {
      const fault = faultOf(error);
      if (fault === null || error instanceof LogRefused) throw error;
      terminal.say(`${fault.chinese}\n${fault.english}\n`);
      return null;
    });
    if (done !== null) {
      accepting = false;
      terminal.say(`${outcomeOf(done).lines.join('\n')}\n`);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, every);
    });
  }
}

function outcomeOf({ key, installation, logs }: WitnessRound): Outcome {
  const waiting = logs.some(({ taken }) => !taken);
  return {
    held: true,
    document: { key, installation, logs },
    lines: [
      `已见证 ${installation}：${logs.length} 部日志，只增未改。Witnessed ${installation}: ${logs.length} logs, which only grew.`,
      ...logs.map(({ origin, size, root }) => `  ${origin}  ${size}  ${root}`),
      ...(waiting ? [`平台尚未登记本见证人。请安全保密管理员登记此公钥  Not registered yet; the security administrator registers this key:`, `  ${key}`] : []),
    ],
  };
}
