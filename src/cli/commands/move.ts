// fuwuyue move --to URL: from this database into an empty one on a server, proven on the other side. This one stays as it is and is
// marked, so that nobody goes on writing here by mistake.
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { moveAll } from '../../backup/moving.ts';
import { systemClock } from '../../kernel/clock.ts';
import { type Database, openDatabase, type Tx } from '../../kernel/database.ts';
import { migrate } from '../../kernel/migrate.ts';
import { migrationsDirectory } from '../../kernel/package-root.ts';
import { CommandFault } from '../faults.ts';
import type { Opened } from '../store.ts';
import type { Outcome, Terminal } from '../terminal.ts';
import { remembered } from './backup.ts';
import { prove } from './proving.ts';

export const movedKey = 'operations.moved';

export async function move(terminal: Terminal, { store, config }: Opened, to: string): Promise<Outcome> {
  const place = placeOf(to);
  await refuseWhileServed(store.database);
  await migrate({ connectionString: to }, migrationsDirectory);
  const target = openDatabase({ connectionString: to, maximumConnections: 4 });
  try {
    const at = systemClock.now();
    const outcome = await moveAll(store.database, target, (table, rows) => (rows > 0 ? terminal.say(`  ${rows} ${table}\n`) : undefined));
    if (outcome.outcome === 'not_empty') throw new CommandFault(1, '目标数据库里已有数据，请换一个空的。', 'There is data in the target database: name an empty one.');
    if (outcome.outcome === 'other_schema') throw new CommandFault(1, '目标数据库的结构不同。请换一个空的数据库。', 'The target has another schema. Name an empty database.');
    if (outcome.outcome === 'differs') throw new CommandFault(1, `搬过去的 ${outcome.table} 与这边不同，没有搬成。请换一个空的数据库再试。`, `${outcome.table} differs on the other side: not moved. Try again with an empty database.`);
    const proven = await prove(target);
    if (!proven.held) return { held: false, document: { ...outcome, ...proven.document }, lines: ['搬过去以后核对有误，这边未作标记。At fault on the other side; nothing was marked here.', ...proven.lines] };
    await remembered(target, { kind: 'move', at, held: true, details: { rows: outcome.rows, to: place } });
    await store.database.write((tx) => tx.insertInto('setting').values({ key: movedKey, value: JSON.stringify({ at, to: place }) }).execute());
    return {
      held: true,
      document: { ...outcome, to: place, ...proven.document },
      lines: [
        `已搬到 ${place}：${outcome.tables} 张表，${outcome.rows} 行，两边逐行一致。Moved: ${outcome.tables} tables, ${outcome.rows} rows, the same on both sides row by row.`,
        ...proven.lines,
        `下一步：把 DATABASE_URL 设为该数据库，DATA_DIR 不变（${config.dataDirectory}，佐证文件和密钥仍在其中），再启动。`,
        'Next: set DATABASE_URL to that database, leave DATA_DIR as it is (evidence and keys stay there), and start.',
        '原数据库未动，已标记为已搬走，不会再被启动。The old database is untouched and marked: it will not be started again.',
      ],
    };
  } finally {
    await target.close();
  }
}

function placeOf(to: string): string {
  if (!/^postgres(ql)?:\/\//.test(to) || !URL.canParse(to)) throw new CommandFault(2, '--to 应为 postgres://用户:口令@主机/库名。', '--to must be postgres://user:password@host/database.');
  const url = new URL(to);
  return `${url.searchParams.get('host') ?? url.host}${url.pathname}`;
}

/** What is written while it moves would stay behind. Connections that are just ending are waited for. */
async function refuseWhileServed(database: Database): Promise<void> {
  for (let tries = 0; tries < 15; tries += 1) {
    const others = await database.read(async (tx) => {
      const { rows } = await sql<{ others: number }>`
        select count(*)::int as others from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`.execute(tx);
      return rows[0]?.others ?? 0;
    });
    if (others === 0) return;
    await pause(200);
  }
  throw new CommandFault(1, '还有程序连着这个数据库。请先停止服务，再搬。', 'Something is still connected to this database. Stop the server first.');
}

/** Refuses a database that was moved away. */
export async function refuseMoved(tx: Tx): Promise<void> {
  const { rows: tables } = await sql<{ there: boolean }>`select to_regclass('setting') is not null as there`.execute(tx);
  if (!(tables[0]?.there ?? false)) return;
  const { rows } = await sql<{ value: { at: string; to: string } }>`select value from setting where key = ${movedKey}`.execute(tx);
  const moved = rows[0]?.value;
  if (moved === undefined) return;
  throw new CommandFault(1, `这个数据库已于 ${moved.at} 搬到 ${moved.to}。请把 DATABASE_URL 设为新的数据库。`, `This database was moved to ${moved.to} at ${moved.at}. Set DATABASE_URL to the new one.`);
}
