// Opens the database and hands out transactions. The pool itself never leaves this file:
// whoever wants to read or write must be inside `read` or `write`.
import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient, type RawBuilder, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { parseInstant } from '../shared/instant.ts';
import type { Schema } from './schema.ts';

declare const txBrand: unique symbol;
/** A running transaction. Only this file makes them, so a query cannot run outside one by mistake. */
export type Tx = Transaction<Schema> & { readonly [txBrand]: true };

export interface Database {
  /** One read-only transaction. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** As `read`, with everything as it is at the first statement, however long it takes. */
  snapshot<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction, committed when `work` ends well; repeated when the database says it collided with another. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
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

export function openDatabase(options: ConnectionOptions): Database {
  const { maximumConnections, ...connection } = options;
  const pool = new pg.Pool({
    ...connection,
    types,
    max: maximumConnections ?? 20,
    pipeline: true,
    connectionTimeoutMillis: 5_000,
    // A statement that hangs must not hold the pool for ever.
    options: '-c timezone=Asia/Shanghai -c statement_timeout=30000 -c idle_in_transaction_session_timeout=30000 -c lock_timeout=10000',
  });
  // Without a listener a lost idle connection would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const kysely = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: sparing(pool) }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });

  return {
    read: (work) => kysely.transaction().setAccessMode('read only').execute((tx) => work(tx as Tx)),
    snapshot: (work) => kysely.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute((tx) => work(tx as Tx)),
    write: (work) => repeated(() => kysely.transaction().execute((tx) => work(tx as Tx))),
    close: () => kysely.destroy(),
  };
}

const usesBeforePrepared = 4;
const mostPrepared = 300;
const mostCounted = 2_000;

/**
 * The pool as the query builder uses it. Statements said again and again are prepared once per connection: for the short
 * statements here, parsing and planning cost more than running. Only so many, because lists of any length make ever new texts.
 */
function sparing(pool: pg.Pool): PostgresPool {
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
  return {
    connect: async () => {
      const client = await pool.connect();
      const query: Query = async (text, values) => {
        // Without values it is commit or the like, which nothing is gained for.
        const name = values.length === 0 ? undefined : nameOf(text);
        return client.query(name === undefined ? { text, values } : { name, text, values });
      };
      return { query: withBeginning(client, query), release: () => client.release() } as unknown as PostgresPoolClient;
    },
    end: () => pool.end(),
  };
}

type Answered = Pick<pg.QueryResult, 'command' | 'rowCount' | 'rows'>;
type Query = (text: string, values: unknown[]) => Promise<Answered>;

/** What begins a transaction. Writes find their rows by key, so one plan serves all values; searching reads need a plan for each. */
const beginnings: { readonly [text: string]: string } = {
  begin: 'begin; set local plan_cache_mode = force_generic_plan',
  'start transaction read only': 'start transaction read only',
};

/** The beginning of a transaction goes out with its first statement, in one write: a round trip less each. */
function withBeginning(client: pg.PoolClient, query: Query): Query {
  let beginning: string | undefined;
  return async (text, values) => {
    if (beginnings[text] !== undefined) {
      beginning = beginnings[text];
      return { command: 'BEGIN', rowCount: null, rows: [] };
    }
    if (beginning === undefined) return query(text, values);
    const { stream } = client.connection;
    stream.cork();
    const both = Promise.all([client.query(beginning), query(text, values)]);
    stream.uncork();
    beginning = undefined;
    return (await both)[1];
  };
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
  const nested = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const run = queue.then(async () => {
      depth += 1;
      const name = sql.raw(`nested_${depth}`);
      await sql`savepoint ${name}`.execute(tx);
      try {
        const value = await work(tx);
        await sql`release savepoint ${name}`.execute(tx);
        return value;
      } catch (error) {
        await sql`rollback to savepoint ${name}`.execute(tx);
        throw error;
      } finally {
        depth -= 1;
      }
    });
    queue = run.catch(() => undefined);
    return run;
  };
  return { read: nested, snapshot: nested, write: nested, close: async () => undefined };
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
