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

/** Log lines of ordinary commands start at warnings: whoever runs them wants the answer. */
export async function withStore<T>(terminal: Terminal, work: (opened: Opened) => Promise<T>, everyLogLine = false): Promise<T> {
  const config = readConfig(terminal.environment);
  const log = openLog(everyLogLine || config.logLevel !== 'info' ? config.logLevel : 'warn');
  const store = await openStore(config, log);
  try {
    return await work({ config, log, store });
  } finally {
    await store.close();
  }
}
