// Opens settings and database for one command, and closes them whatever happens.
import { type Config, readConfig } from '../kernel/config.ts';
import { type Log, openLog } from '../kernel/log.ts';
import { openStore, type OpenStore } from '../main.ts';
import type { Terminal } from './terminal.ts';

export interface Opened {
  readonly config: Config;
  readonly log: Log;
  readonly store: OpenStore;
}

/**
 * Ordinary commands work beside a running server, and log from warnings on: whoever runs them wants the answer. Of two
 * that serve, the second is refused.
 */
export async function withStore<T>(terminal: Terminal, work: (opened: Opened) => Promise<T>, serving = false): Promise<T> {
  const config = readConfig(terminal.environment);
  const log = openLog(serving || config.logLevel !== 'info' ? config.logLevel : 'warn');
  const store = await openStore(config, log, !serving);
  try {
    return await work({ config, log, store });
  } finally {
    await store.close();
  }
}
