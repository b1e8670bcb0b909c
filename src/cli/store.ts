// Opens settings and database for one command, and closes them whatever happens.
import { type Config, readConfig } from '../kernel/config.ts';
import { type Log, openLog } from '../kernel/log.ts';
import { openStore, type OpenStore } from '../main.ts';
import { refuseMoved } from './commands/move.ts';
import { beforeServing, refuseUnupgraded } from './commands/upgrade.ts';
import type { Terminal } from './terminal.ts';

export interface Opened {
  readonly config: Config;
  readonly log: Log;
  readonly store: OpenStore;
}

/**
 * `beside`: an ordinary command, which works beside a running server and logs from warnings on, for whoever runs it wants the
 * answer. `serving`: of two that serve, the second is refused. `alone`: nothing may run beside. `as_it_is`: beside, on whatever
 * schema there is, also of a database that was moved away. `changing_schema`: alone, and does the migrating itself.
 */
export type Way = 'beside' | 'serving' | 'alone' | 'as_it_is' | 'changing_schema';

export async function withStore<T>(terminal: Terminal, work: (opened: Opened) => Promise<T>, way: Way = 'beside'): Promise<T> {
  const config = readConfig(terminal.environment);
  const log = openLog(way === 'serving' || config.logLevel !== 'info' ? config.logLevel : 'warn');
  const store = await openStore(config, log, {
    beside: way === 'beside' || way === 'as_it_is',
    asItIs: way === 'as_it_is' || way === 'changing_schema',
    beforeMigrating: async (found, state) => {
      await found.database.read(refuseMoved);
      if (way !== 'serving') refuseUnupgraded(state.due);
      await beforeServing(terminal, { config, log, store: found }, state);
    },
  });
  try {
    if (way !== 'as_it_is') await store.database.read(refuseMoved);
    return await work({ config, log, store });
  } finally {
    await store.close();
  }
}
