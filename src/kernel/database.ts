// Opens the database and hands out transactions. The pool itself never leaves this file:
// whoever wants to read or write must be inside `read` or `write`.
import {
  CamelCasePlugin, type DatabaseConnection, DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type RawBuilder, sql,
  Transaction,
} from 'kysely';
import pg from 'pg';
import { parseInstant } from '../shared/instant.ts';
import type { Schema } from './schema.ts';
import { appRole } from './walls.ts';

declare const txBrand: unique symbol;
/** A running transaction. Only this file makes them, so a query cannot run outside one by mistake. */
export type Tx = Transaction<Schema> & { readonly [txBrand]: true };

/** A statement not said yet. */
type Statement = RawBuilder<unknown>;

export interface Database {
  /** One read-only transaction. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** As `read`, with everything as it is at the first statement, however long it takes. */
  snapshot<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * One transaction, committed when `work` ends well; repeated when the database says it collided with another. `last` is a
   * statement that goes out together with the commit: when it fails, nothing was done.
   */
  write<T>(work: (tx: Tx) => Promise<T>, last?: (value: T) => Statement): Promise<T>;
  /** The same database behind the second wall (walls.ts): what the caller does not reach is not there, and what is append-only stays. */
  within(caller: Caller): Database;
  /** The same, of a shorter patience: a transaction that is not over after these milliseconds is given up, and its connection with it. */
  hasty(milliseconds: number): Database;
  close(): Promise<void>;
}

/** The units whose rows somebody may meet at all; `*` every unit. */
export type Reach = '*' | readonly string[];

/** Who is behind the wall. */
export interface Caller {
  readonly accountId: string;
  readonly reach: Reach;
  /** For the audit trail only. */
  readonly logReach: Reach;
  /** The enterprise whose account it is; without one no rows of enterprises but those shared with a unit reached. */
  readonly enterpriseId?: number | null;
}

export interface ConnectionOptions {
  readonly connectionString?: string;
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly database?: string;
  readonly maximumConnections?: number;
}

const types = new pg.TypeOverrides();
types.setTypeParser(1082, (text) => text);
types.setTypeParser(1184, parseInstant);
types.setTypeParser(1115, () => {
  throw new Error('timestamp without time zone is not used here');
});
types.setTypeParser(20, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('integer beyond 2^53');
  return value;
});
const bigintArray = 1016;
types.setTypeParser(bigintArray, (text) => (text === '{}' ? [] : text.slice(1, -1).split(',').map(Number)));

const collided = new Set(['40001', '40P01']);
const attempts = 4;

/** Milliseconds somebody at a screen waits for the database before being told that it is away (B-F4: five seconds in all). */
export const patience = 4_000;

export function openDatabase(options: ConnectionOptions): Database {
  const { maximumConnections, ...connection } = options;
  const pool = new pg.Pool({
    ...connection,
    types,
    max: maximumConnections ?? 20,
    pipeline: true,
    connectionTimeoutMillis: patience,
    // A statement that hangs must not hold the pool for ever.
    options: '-c timezone=Asia/Shanghai -c statement_timeout=30000 -c idle_in_transaction_session_timeout=30000 -c lock_timeout=10000',
  });
  // Without a listener a lost idle connection would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const database = onPool({ pool, say: preparing(), caller: null, milliseconds: null });
  pools.set(database, pool);
  return database;
}

const pools = new WeakMap<Database, pg.Pool>();

/** Connections that are open, of them idle, and requests that wait for one; all 0 without a pool. */
export function poolState(database: Database): { readonly open: number; readonly idle: number; readonly waiting: number } {
  const pool = pools.get(database);
  return { open: pool?.totalCount ?? 0, idle: pool?.idleCount ?? 0, waiting: pool?.waitingCount ?? 0 };
}

interface OnPool {
  readonly pool: pg.Pool;
  readonly say: Say;
  readonly caller: Caller | null;
  /** Of its patience; null for as long as it takes. */
  readonly milliseconds: number | null;
}

function onPool(way: OnPool): Database {
  const { pool, caller } = way;
  const wall = caller === null ? '' : `; ${standBehindWall(caller)}`;
  const inTransaction = async <T>(beginning: string, work: (tx: Tx) => Promise<T>, last?: (value: T) => Statement): Promise<T> => {
    const until = performance.now() + (way.milliseconds ?? 0);
    const client = await pool.connect();
    const say: Say = way.milliseconds !== null ? (on, text, values) => way.say(on, text, values, Math.max(1, Math.ceil(until - performance.now()))) : way.say;
    const transaction = beginOn(client, say, `${beginning}${wall}`);
    if (caller !== null) behindWall.add(transaction.tx);
    try {
      const value = await work(transaction.tx);
      await transaction.commit(last?.(value));
      client.release();
      return value;
    } catch (error) {
      // A connection that cannot even be rolled back is thrown away.
      client.release(await transaction.rollBack());
      throw error;
    }
  };

  return {
    read: (work) => inTransaction('start transaction read only', work),
    snapshot: (work) => inTransaction('start transaction isolation level repeatable read read only', work),
    // Writes find their rows by key, so one plan serves all values; searching reads need a plan for each.
    write: (work, last) => repeated(() => inTransaction('begin; set local plan_cache_mode = force_generic_plan', work, last)),
    within: (other) => onPool({ ...way, caller: other }),
    hasty: (milliseconds) => onPool({ ...way, milliseconds }),
    close: () => pool.end(),
  };
}

const behindWall = new WeakSet<Tx>();

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const textOf = (reach: Reach): string => (typeof reach === 'string' ? reach : reach.join(','));

/** For the transaction only: a connection given back is the owner's again. */
function standBehindWall({ accountId, reach, logReach, enterpriseId }: Caller): string {
  return `set local role ${appRole}; set local fuwuyue.account = ${quoted(accountId)}; set local fuwuyue.reach = ${quoted(textOf(reach))}; set local fuwuyue.log_reach = ${quoted(textOf(logReach))}; set local fuwuyue.enterprise = ${quoted(String(enterpriseId ?? ''))}`;
}

/** The same, as one statement. */
function behindWallHere({ accountId, reach, logReach, enterpriseId }: Caller): RawBuilder<unknown> {
  const set = (name: string, value: string): RawBuilder<unknown> => sql`set_config(${name}, ${value}, true)`;
  const settings = [set('role', appRole), set('fuwuyue.account', accountId), set('fuwuyue.reach', textOf(reach)), set('fuwuyue.log_reach', textOf(logReach)), set('fuwuyue.enterprise', String(enterpriseId ?? ''))];
  return sql`select ${sql.join(settings)}`;
}

/** What legitimately looks beyond the caller's units, each with its reason. Whoever needs another one says so here. */
export const crossings = {
  twins: 'a likely duplicate elsewhere in the province is told by unit and day, and by its title where the asker wrote the same (domain 9)',
  receipt: 'anybody verifies a receipt: the name of the unit that sealed, from the sealed version',
  proof: 'a proof of the log shows the one record it is about: the seal or the submission of a return the caller may see',
  tree: 'whether a unit may be moved depends on what it has recorded, also for those who see none of it',
  answering: 'anybody answers a questionnaire by its link: what was published is shown, and the answer, which nobody outside reads again, is left (0036)',
  asking_for_account: 'an enterprise nobody knows yet leaves a request at a unit, and reads nothing there',
  own_services: 'an enterprise is told of the activities it took part in: day, unit, kind and title, and nothing of other participants',
  own_views: 'an enterprise is told on which day which post of which unit looked at what it keeps here, without names',
  peers: 'an enterprise is told in which quarter of a group of at least ten it stands, in rounded figures',
  assessment_counts: 'upper units are told how many assessments were finished and how many shared, and nothing of what they say',
  coverage: 'how many key enterprises below are served is counted as figures are, for the unit above and whoever works there: counts by unit, no list and no name',
  released: 'what small numbers a new public table must hide depends on every table that was ever public, of whatever unit; none of it is shown (decision 0037)',
  named_points: 'named service points are public: what an office wrote of them, and no person',
  trainings: 'anybody is shown trainings that were announced, takes a place and is checked in; of a ticket its holder sees what it says (0039)',
  plans_above: 'a unit begins its plan from what the unit right above it issued, and from nothing that is still being written (0038)',
  recount: 'credits for distinct enterprises are passed among all units, so figures are rebuilt from all of them (decision 0003)',
} as const;

/** Looks beyond the wall for one purpose. The answer must not hold more than its reason says. */
export async function beyondReach<T>(tx: Tx, _crossing: keyof typeof crossings, work: () => Promise<T>): Promise<T> {
  if (!behindWall.has(tx)) return work();
  behindWall.delete(tx);
  await sql`set local role none`.execute(tx);
  try {
    return await work();
  } finally {
    behindWall.add(tx);
    // Where the work failed in the database, the transaction is over, and the wall with it.
    await sql`set local role ${sql.raw(appRole)}`.execute(tx).catch(() => undefined);
  }
}

/** Builds statements; what runs them is the connection of a transaction. */
const builder = (() => {
  const dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  const config = { dialect, plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })] };
  return { config, dialect, driver: new DummyDriver(), kysely: new Kysely<Schema>(config) };
})();

type Answered = pg.QueryResult<Record<string, unknown>>;
/** `within`: milliseconds after which the connection is given up. */
type Say = (client: pg.PoolClient, text: string, values: readonly unknown[], within?: number) => Promise<Answered>;

interface RunningTransaction {
  readonly tx: Tx;
  commit(last: Statement | undefined): Promise<void>;
  /** Whether the connection is lost with it. */
  rollBack(): Promise<boolean>;
}

/** A transaction on a connection. Nobody waits for the beginning: it goes out with the first statement, and fails with it. */
function beginOn(client: pg.PoolClient, say: Say, beginning: string): RunningTransaction {
  let state: 'open' | 'ended' | 'over' = 'open';
  const begun = say(client, beginning, []);
  begun.catch(() => undefined);
  const connection: DatabaseConnection = {
    executeQuery: async ({ sql: text, parameters }) => {
      if (state !== 'open') throw new Error('a statement after the end of its transaction');
      const { command, rowCount, rows } = await say(client, text, parameters);
      return { rows: rows as never[], ...(writes.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) };
    },
    streamQuery: () => {
      throw new Error('rows are not streamed here');
    },
  };
  const executor = builder.kysely.getExecutor().withConnectionProvider({ provideConnection: (consumer) => consumer(connection) });
  return {
    tx: new Transaction<Schema>({ ...builder, executor }) as Tx,
    commit: async (last) => {
      const statement = last?.compile(builder.kysely);
      state = 'ended';
      const said = statement === undefined ? undefined : say(client, statement.sql, statement.parameters);
      const [, done, committed] = await Promise.allSettled([begun, said, say(client, 'commit', [])]);
      state = 'over';
      if (done.status === 'rejected') throw done.reason;
      if (committed.status === 'rejected') throw committed.reason;
      // The database's answer to the commit of a transaction in which a statement failed.
      if (committed.value.command !== 'COMMIT') throw new Error('the transaction was rolled back: a failed statement was passed over');
    },
    rollBack: async () => {
      if (state === 'over') return false;
      state = 'ended';
      return say(client, 'rollback', []).then(() => false, () => true);
    },
  };
}

const writes = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

const usesBeforePrepared = 4;
const mostPrepared = 300;
const mostCounted = 2_000;

/**
 * Says statements. Those said again and again are prepared once per connection: for the short statements here, parsing and
 * planning cost more than running. Only so many, because lists of any length make ever new texts.
 */
function preparing(): Say {
  const names = new Map<string, string>();
  const uses = new Map<string, number>();
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined || names.size >= mostPrepared) return known;
    const used = (uses.get(text) ?? 0) + 1;
    if (used < usesBeforePrepared) {
      if (uses.size >= mostCounted) uses.clear();
      uses.set(text, used);
      return undefined;
    }
    uses.delete(text);
    const name = `s${names.size + 1}`;
    names.set(text, name);
    return name;
  };
  return async (client, text, parameters, within) => {
    sendTogether(client);
    const values = [...parameters];
    // Without values it is commit or the like, which nothing is gained for.
    const name = values.length === 0 ? undefined : nameOf(text);
    return client.query({ text, values, ...(name === undefined ? {} : { name }), ...(within === undefined ? {} : { query_timeout: within }) });
  };
}

/** What is said to a connection before anything else can happen goes out in one write: a round trip for all. */
function sendTogether(client: pg.PoolClient): void {
  const { stream } = client.connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** Two statements that do not wait for each other's answers, in this order, with one round trip. */
export async function askTogether<A, B>(tx: Tx, first: RawBuilder<A>, second: RawBuilder<B>): Promise<[A[], B[]]> {
  const [one, other] = await Promise.all([first.execute(tx), second.execute(tx)]);
  return [one.rows, other.rows];
}

async function repeated<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= attempts || !collided.has(databaseErrorCode(error) ?? '')) throw error;
    }
  }
}

let cursors = 0;

/**
 * The rows of a statement, so many at a time: the database finds them once, and here no more than these are held. Given up or
 * not, its place in the statement goes with the transaction.
 */
export async function* readInBatches<R>(tx: Tx, statement: RawBuilder<R>, rowsAtOnce: number): AsyncGenerator<readonly R[]> {
  cursors += 1;
  const cursor = sql.raw(`reading_${cursors}`);
  await sql`declare ${cursor} no scroll cursor for ${statement}`.execute(tx);
  for (;;) {
    const { rows } = await sql<R>`fetch forward ${sql.raw(String(rowsAtOnce))} from ${cursor}`.execute(tx);
    if (rows.length > 0) yield rows;
    if (rows.length < rowsAtOnce) break;
  }
  await sql`close ${cursor}`.execute(tx);
}

/** A database inside one outer transaction, by savepoints, one piece of work at a time. For tests that roll everything back. */
export function nestedDatabase(tx: Tx): Database {
  let queue: Promise<unknown> = Promise.resolve();
  let depth = 0;
  const nested = <T>(caller: Caller | null, work: (tx: Tx) => Promise<T>): Promise<T> => {
    const run = queue.then(async () => {
      depth += 1;
      const name = sql.raw(`nested_${depth}`);
      await sql`savepoint ${name}`.execute(tx);
      try {
        if (caller !== null) {
          await behindWallHere(caller).execute(tx);
          behindWall.add(tx);
        }
        const value = await work(tx);
        if (caller !== null) await sql`set local role none`.execute(tx);
        await sql`release savepoint ${name}`.execute(tx);
        return value;
      } catch (error) {
        await sql`rollback to savepoint ${name}`.execute(tx);
        throw error;
      } finally {
        behindWall.delete(tx);
        depth -= 1;
      }
    });
    queue = run.catch(() => undefined);
    return run;
  };
  const of = (caller: Caller | null): Database => ({
    read: (work) => nested(caller, work),
    snapshot: (work) => nested(caller, work),
    write: (work, last) =>
      nested(caller, async (inside) => {
        const value = await work(inside);
        if (last !== undefined) await last(value).execute(inside);
        return value;
      }),
    within: (other) => of(other),
    hasty: () => of(caller),
    close: async () => undefined,
  });
  return of(null);
}

/** SQLSTATE of a database error, read by shape, because drivers differ in class. */
export function databaseErrorCode(error: unknown): string | null {
  return stringProperty(error, 'code');
}

export function databaseErrorConstraint(error: unknown): string | null {
  return stringProperty(error, 'constraint');
}

function stringProperty(error: unknown, key: string): string | null {
  if (typeof error !== 'object' || error === null || !(key in error)) return null;
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' ? value : null;
}
