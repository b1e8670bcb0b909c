// What benchmarks stand on: a throw-away database (embedded, or one made on DATABASE_URL's server) with a synthetic tree of
// some 3,200 units and the 2023 edition. Deterministic; nothing in it is real.
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { type ConnectionOptions, type Database, openDatabase, type Tx } from '../src/kernel/database.ts';
import { sha256Of } from '../src/kernel/digest.ts';
import { startEmbeddedPostgres } from '../src/kernel/embedded-postgres.ts';
import { migrate } from '../src/kernel/migrate.ts';
import { packageRoot } from '../src/kernel/package-root.ts';
import { canonicalText } from '../src/modules/seals/rules.ts';
import { type EditionDefinition, editionDefinition } from '../src/modules/editions/model.ts';

export interface BenchUnit {
  readonly code: string;
  readonly depth: number;
  readonly parent: string | null;
  readonly p1: string | null;
  readonly p2: string | null;
  readonly p3: string | null;
}

export interface BenchWorld {
  readonly database: Database;
  readonly connection: ConnectionOptions;
  readonly engine: string;
  readonly directory: string;
  readonly definition: EditionDefinition;
  readonly units: readonly BenchUnit[];
  /** Environment for a server process on the same database. */
  readonly environment: NodeJS.ProcessEnv;
  /** A statement outside any transaction, such as vacuum. */
  maintain(statement: string): Promise<void>;
  close(): Promise<void>;
}

export const edition = '2023';
export const nationCode = '000000';
export const monday = '2023-06-26T09:00:00.000+08:00';

/** Nation, 32 provinces, 333 prefectures, 2,834 counties: 3,200 units. */
export function syntheticUnits(): BenchUnit[] {
  const units: BenchUnit[] = [{ code: nationCode, depth: 0, parent: null, p1: null, p2: null, p3: null }];
  let prefectures = 0;
  for (let province = 0; province < 32; province += 1) {
    const p1 = `${11 + province}0000`;
    units.push({ code: p1, depth: 1, parent: nationCode, p1, p2: null, p3: null });
    for (let city = 1; city <= (province < 13 ? 11 : 10) && prefectures < 333; city += 1) {
      prefectures += 1;
      const p2 = `${11 + province}${String(city).padStart(2, '0')}00`;
      units.push({ code: p2, depth: 2, parent: p1, p1, p2, p3: null });
      // Nine counties in every other prefecture, eight in the rest, and nine in the first six, which makes 2,834.
      const most = prefectures % 2 === 0 && prefectures > 6 ? 8 : 9;
      for (let county = 1; county <= most; county += 1) {
        const p3 = `${p2.slice(0, 4)}${String(county).padStart(2, '0')}`;
        units.push({ code: p3, depth: 3, parent: p2, p1, p2, p3 });
      }
    }
  }
  return units;
}

export async function openBenchWorld(): Promise<BenchWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'fuwuyue-bench-'));
  // Run as root, the database's own user must get in; else its cluster lies elsewhere and would be left behind.
  await chmod(directory, 0o711);
  const url = process.env['DATABASE_URL'];
  const place = url === undefined ? await embeddedPlace(directory) : await serverPlace(url);
  await migrate(place.connection, join(packageRoot, 'migrations'));
  const database = openDatabase({ ...place.connection, maximumConnections: 20 });
  const definition = editionDefinition.parse(JSON.parse(await readFile(join(packageRoot, 'data/editions/2023.json'), 'utf8')));
  const units = syntheticUnits();
  await database.write((tx) => settle(tx, definition, units));
  return {
    database, connection: place.connection, engine: place.engine, directory, definition, units,
    environment: { ...process.env, DATA_DIR: join(directory, 'data'), DATABASE_URL: place.url },
    maintain: async (statement) => {
      const client = new pg.Client(place.connection);
      await client.connect();
      try {
        await client.query(statement);
      } finally {
        await client.end();
      }
    },
    close: async () => {
      await database.close();
      await place.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

interface Place {
  readonly connection: ConnectionOptions;
  readonly url: string;
  readonly engine: string;
  close(): Promise<void>;
}

async function embeddedPlace(directory: string): Promise<Place> {
  const embedded = await startEmbeddedPostgres({ dataDirectory: join(directory, 'postgres') });
  const { host, port, user, database } = embedded.connection;
  return {
    connection: embedded.connection,
    url: `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`,
    engine: 'embedded PostgreSQL 18 (fsync on)',
    close: () => embedded.stop(),
  };
}

async function serverPlace(url: string): Promise<Place> {
  const name = `fuwuyue_bench_${process.pid}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ version: string; fsync: string }>("select split_part(version(), ' on ', 1) as version, current_setting('fsync') as fsync");
  await client.query(`drop database if exists ${name} with (force)`);
  await client.query(`create database ${name}`);
  await client.end();
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    connection: { connectionString: own.href },
    url: own.href,
    engine: `server ${rows[0]?.version ?? ''} (fsync ${rows[0]?.fsync ?? ''})`,
    close: async () => {
      const last = new pg.Client({ connectionString: url });
      await last.connect();
      await last.query(`drop database if exists ${name} with (force)`);
      await last.end();
    },
  };
}

async function settle(tx: Tx, definition: EditionDefinition, units: readonly BenchUnit[]): Promise<void> {
  const column = <K extends keyof BenchUnit>(key: K): BenchUnit[K][] => units.map((unit) => unit[key]);
  await sql`insert into unit (code, name, short_name, kind, province_code, pinyin, initials, place_codes, demonstration, valid_from)
    select code, '测试单位' || code, code, (array['nation', 'province', 'prefecture', 'county'])[depth + 1], left(code, 2)::smallint, '', '', array[code], true, '2000-01-01'
    from unnest(${column('code')}::text[], ${column('depth')}::integer[]) as t(code, depth)`.execute(tx);
  await tx
    .insertInto('edition')
    .values({ code: definition.code, definition: JSON.stringify(definition), digest: sha256Of(canonicalText(definition)), treeDate: definition.window.to, closedAt: null, loadedAt: monday })
    .execute();
  await sql`insert into placement (edition_code, unit_code, province_code, parent_code, depth, p1, p2, p3, sort)
    select ${definition.code}, code, left(code, 2)::smallint, parent, depth, p1, p2, p3, code
    from unnest(${column('code')}::text[], ${column('parent')}::text[], ${column('depth')}::integer[], ${column('p1')}::text[], ${column('p2')}::text[], ${column('p3')}::text[]) as t(code, parent, depth, p1, p2, p3)`.execute(tx);
}

/** p50, p95, p99 and maximum of durations in milliseconds, rounded to hundredths. */
export function summary(durations: readonly number[]): { p50: number; p95: number; p99: number; max: number; count: number } {
  const sorted = [...durations].sort((a, b) => a - b);
  const at = (share: number): number => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: round(sorted.at(-1) ?? 0), count: sorted.length };
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

export async function timed<T>(work: () => Promise<T>): Promise<{ value: T; milliseconds: number }> {
  const start = performance.now();
  const value = await work();
  return { value, milliseconds: performance.now() - start };
}

export function machine(): { cores: number; memoryGiB: number; node: string } {
  return { cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30), node: process.version };
}

export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
