// fuwuyue serve: prepares an empty installation, listens, says where and for whom, and stops within ten seconds when told to.
import { type Config, readConfig } from '../../kernel/config.ts';
import { faultOf, type Log } from '../../kernel/log.ts';
import { isDemonstration } from '../../demonstration/state.ts';
import { openSecrets } from '../../kernel/secrets.ts';
import { startServer } from '../../main.ts';
import { administratorLinks, freshDemonstrationLinks, installDemonstration, isEmpty, loadCountry } from '../installing.ts';
import { demandSameSecrets } from '../same-secrets.ts';
import { type Opened, withStore } from '../store.ts';
import type { Terminal } from '../terminal.ts';
import { refuseFaultySecrets } from './config-check.ts';

export interface ServeOptions {
  readonly demonstration: boolean;
  readonly json: boolean;
  /** The old secrets are lost for good, and it is known. */
  readonly acceptLostSecrets?: boolean;
}

export async function serve(terminal: Terminal, options: ServeOptions): Promise<void> {
  await refuseFaultySecrets(readConfig(terminal.environment));
  await withStore(terminal, async (opened) => {
    const { config, store, log } = opened;
    tellOfLastFaults(log);
    await demandSameSecrets(store.database, openSecrets(config.secretsDirectory, config.suite), config.secretsDirectory, options.acceptLostSecrets ?? false);
    await prepare(terminal, opened, options);
    const server = await startServer(config, store, log);
    // Listened for before the address is told: whoever reads it may stop us at once.
    const told = toldToStop();
    await announce(terminal, opened, { ...options, port: server.port, demonstration: server.demonstration });
    await told;
    terminal.say('正在停止……  Stopping …\n');
    await server.close();
  }, 'serving');
}

async function prepare(terminal: Terminal, { config, store }: Opened, options: ServeOptions): Promise<void> {
  const { database } = store;
  const found = await database.read(async (tx) => ({ empty: await isEmpty(tx), demonstration: await isDemonstration(tx) }));
  if (found.empty && options.demonstration) await installDemonstration(database, config, terminal);
  else if (found.empty) {
    terminal.say('正在载入单位和届次……  Loading units and editions …\n');
    await database.write(loadCountry);
  } else if (options.demonstration && !found.demonstration) {
    terminal.say('这里没有演示数据，按正式使用启动。  No demonstration here: starting for real use.\n');
  }
}

interface Announced extends ServeOptions {
  readonly port: number;
}

async function announce(terminal: Terminal, { config, store }: Opened, { port, demonstration, json }: Announced): Promise<void> {
  const address = addressOf(config, port);
  const links = demonstration ? await freshDemonstrationLinks(store.database, config.demonstrationClock) : [];
  const administrators = demonstration ? [] : await administratorLinks(store.database);
  if (json) {
    const shown = links.map(({ name, role, unitCode, signInPath }) => ({ name, role, unitCode, url: `${address}${signInPath}` }));
    terminal.answer(`${JSON.stringify({ address, demonstration, links: shown, administrators: administrators.map(({ role, signInPath }) => ({ role, url: `${address}${signInPath}` })) })}\n`);
    return;
  }
  terminal.answer(`\n服务月 Fuwuyue  ${address}\n`);
  if (administrators.length > 0) {
    terminal.answer('\n三员首次登录，应交给三个不同的人（各一次有效，72小时内）  The three administrators, to be given to three people; each once, within 72 hours:\n');
    for (const { displayName, role, signInPath } of administrators) terminal.answer(`  ${displayName}  ${role}\n    ${address}${signInPath}\n`);
  }
  if (demonstration) {
    terminal.answer('\n【演示】以下均为虚构数据，时钟从2023年7月5日9时走起。  Demonstration: nothing here is real; its clock starts on 5 July 2023.\n');
    terminal.answer('【演示】登录链接，每个只能用一次，重新启动会给出新的。  Sign-in links, each once; a restart gives new ones.\n');
    for (const link of links) terminal.answer(`  ${link.name}  ${link.role} ${link.unitCode}\n    ${address}${link.signInPath}\n`);
  }
  terminal.answer('\n');
}

function addressOf(config: Config, port: number): string {
  if (config.publicUrl !== null) return config.publicUrl.replace(/\/$/, '');
  const everywhere = config.host === '0.0.0.0' || config.host === '::';
  const host = everywhere ? 'localhost' : config.host.includes(':') ? `[${config.host}]` : config.host;
  return `http://${host}:${port}`;
}

/** What nobody caught is told as any other fault, without its message, which can quote what people typed. Then the process ends; the service starts it again. */
function tellOfLastFaults(log: Log): void {
  process.on('uncaughtException', (error) => {
    log.error({ error: faultOf(error) }, 'ended by a fault');
    process.exit(1);
  });
}

const patience = 9_000;

/**
 * Resolves at the first signal. Further ones change nothing: a Ctrl+C comes from the terminal and again from npm. Whoever
 * is still talking nine seconds later is cut off; the database's watcher stops it then.
 */
async function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      setTimeout(() => process.exit(1), patience).unref();
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
