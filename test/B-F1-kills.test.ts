// B-F1. Pass: 0 acknowledged rows missing, 0 twice, 0 without audit record and leaf; ready again within 5 s each time.
// The server killed in the middle of writing, thirty times, and every third time its database with it. Clients send what was
// not acknowledged again, under the same request key. At the end nothing acknowledged is lost, nothing stands twice, the
// figures are what the ledger says and the chain of seals is whole.
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recount } from '../src/cli/commands/recount.ts';
import { checkSeals } from '../src/cli/commands/seals.ts';
import { type Database, openDatabase, type Tx } from '../src/kernel/database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/kernel/embedded-postgres.ts';
import { preparePlaces } from '../src/kernel/embedded-postgres-places.ts';
import { migrate } from '../src/kernel/migrate.ts';
import { recordActivity } from '../src/modules/activities/contract.ts';
import { getReturn, takeReturnAct } from '../src/modules/returns/contract.ts';
import type { ReturnCommand, ReturnView } from '../src/modules/returns/model.ts';
import type { Endpoint, SentInputOf } from '../src/shared/endpoint.ts';
import { requestKeyHeader, requestOf } from '../src/shared/request.ts';
import { type Person, placeCountry, settleCountry } from '../src/testing/country.ts';
import { openWorld, type World } from '../src/testing/harness.ts';
import { databaseUrlOf, type ServerProcess, startServerProcess } from '../src/testing/server-process.ts';
import { openSessions, signInNameOf } from '../src/testing/sessions.ts';
import { attending, edition, publicity, symposium, training, visit } from '../src/testing/steps.ts';

const rounds = 15;
const county = '980101';
const clerks: readonly Person[] = ['clerk of 990101', 'clerk of 990101', 'clerk of 990102', 'clerk of 990201', 'clerk of 990071', 'clerk of 980101'];
const tokenOf = (person: Person): string => person.replaceAll(' ', '-').padEnd(43, 'x');

/** With DATABASE_URL the database is somebody else's and only the server is killed; else it is embedded in a folder of its own. */
interface Place {
  readonly settings: { readonly [name: string]: string };
  killDatabase(): void;
  /** Looks at what is there, with no server running. */
  look<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const settle = (tx: Tx): Promise<void> => openSessions(tx, signedIn.map((person) => ({ token: tokenOf(person), signInName: signInNameOf(person) })));
const signedIn: readonly Person[] = [...new Set<Person>([...clerks, `reviewer of ${county}`, `head of ${county}`, 'coordinator of 980100'])];

async function serverPlace(world: World): Promise<Place> {
  await world.committed.database.write(settle);
  const directory = await mkdtemp(join(tmpdir(), 'fuwuyue-kill-'));
  return {
    settings: { DATA_DIR: directory, DATABASE_URL: await databaseUrlOf(world.committed.database) },
    killDatabase: () => undefined,
    look: world.committed.database.write,
    close: async () => {
      await world.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function embeddedPlace(): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'fuwuyue-kill-'));
  // Run as root, the database's own user must get in; else its cluster lies elsewhere and would be left behind.
  await chmod(directory, 0o711);
  const postgres = join(directory, 'postgres');
  const withDatabase = async <T>(work: (database: Database, running: EmbeddedPostgres) => Promise<T>): Promise<T> => {
    const running = await startEmbeddedPostgres({ dataDirectory: postgres });
    const database = openDatabase(running.connection);
    try {
      return await work(database, running);
    } finally {
      await database.close();
      await running.stop();
    }
  };
  const definition = await readFile('data/editions/2023.json', 'utf8');
  await withDatabase(async (database, running) => {
    await migrate(running.connection, 'migrations');
    await database.write(async (tx) => {
      await settleCountry(tx);
      await tx.insertInto('edition').values({ code: edition, definition, digest: 'test', treeDate: '2023-06-30', closedAt: null, loadedAt: '2023-06-01T09:00:00.000+08:00' }).execute();
      await placeCountry(tx, edition);
      await settle(tx);
    });
  });
  const { cluster, movedTo } = preparePlaces(postgres);
  return {
    settings: { DATA_DIR: directory },
    killDatabase: () => void process.kill(Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL'),
    look: (work) => withDatabase((database) => database.write(work)),
    close: async () => {
      await rm(directory, { recursive: true, force: true });
      if (movedTo !== null) await rm(movedTo, { recursive: true, force: true });
    },
  };
}

let place: Place;
let server: ServerProcess | null = null;
beforeAll(async () => {
  place = process.env['DATABASE_URL'] === undefined ? await embeddedPlace() : await serverPlace(await openWorld());
}, 60_000);
afterAll(async () => {
  await server?.kill();
  await place.close();
});

/** Where the server is now; clients wait for it while it is away. */
interface Service {
  readonly address: Promise<string>;
  readonly over: boolean;
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Sends a command until it is acknowledged, always under the same key. */
async function insist<E extends Endpoint>(service: () => Service, person: Person, key: string, endpoint: E, input: SentInputOf<E>): Promise<Response> {
  const shape = requestOf(endpoint, input);
  const headers = { cookie: `fuwuyue=${tokenOf(person)}`, 'content-type': 'application/json', [requestKeyHeader]: key };
  for (;;) {
    const address = await service().address;
    try {
      const answer = await fetch(`${address}${shape.path}`, { method: shape.method, headers, signal: AbortSignal.timeout(10_000), ...(shape.body === null ? {} : { body: shape.body }) });
      // The whole answer must have come: half of one acknowledges nothing.
      const text = await answer.text();
      if (answer.status < 500) return new Response(text, { status: answer.status });
    } catch {
      // Cut off; whether it was done is not known here.
    }
    await pause(20);
  }
}

/** Records one entry after another; every title is used once. */
async function keepRecording(service: () => Service, client: number, acknowledged: Map<string, string>): Promise<void> {
  const person = clerks[client] ?? 'clerk of 990101';
  for (let turn = 0; !service().over; turn += 1) {
    const title = `客户端${client}第${turn}条`;
    const content = training({ title, enterprises: attending(1 + (turn % 7), 100 * (client + 1) + turn) });
    const answer = await insist(service, person, `client-${client}-${turn}`, recordActivity, { edition, unitCode: person.slice(-6), content });
    const told = (await answer.json()) as { id?: string; code?: string };
    expect(answer.status, told.code).toBe(200);
    acknowledged.set(title, told.id ?? '');
  }
}

const cycle: readonly (readonly [Person, ReturnCommand])[] = [
  [`clerk of ${county}`, { act: 'send_for_review' }], [`reviewer of ${county}`, { act: 'approve' }], [`head of ${county}`, { act: 'sign' }], [`head of ${county}`, { act: 'seal' }],
  [`head of ${county}`, { act: 'submit' }], ['coordinator of 980100', { act: 'return_by_upper', reasons: [{ indicator: null, text: '请再核对' }] }],
];

/** Brings a county's return up, has it returned, and begins again: a seal each time. Returns the acts acknowledged. */
async function keepSealing(service: () => Service): Promise<number> {
  for (const [index, content] of [publicity(), training(), visit(1), symposium()].entries()) {
    await insist(service, `clerk of ${county}`, `first-entry-${index}`, recordActivity, { edition, unitCode: county, content });
  }
  let done = 0;
  for (; !service().over; done += 1) {
    const [person, command] = cycle[done % cycle.length] ?? ['clerk of 980101', { act: 'send_for_review' }];
    const answer = await insist(service, person, `act-number-${done}`, takeReturnAct, { edition, unitCode: county, version: done, command });
    const told = (await answer.json()) as Partial<ReturnView> & { code?: string };
    expect(answer.status, `${command.act}: ${told.code}`).toBe(200);
    expect(told.acts).toHaveLength(done + 1);
  }
  return done;
}

describe('the server', () => {
  it(`killed ${rounds} times in the middle of writing loses nothing it acknowledged and does nothing twice`, async () => {
    const acknowledged = new Map<string, string>();
    // So many more acknowledged before the blow, so that every round writes however slow the machine is; and a moment more.
    const blows = fc.sample(fc.record({ more: fc.integer({ min: 1, max: 40 }), moment: fc.nat(25) }), { numRuns: rounds, seed: 9 });
    server = await startServerProcess(place.settings);
    let current: Service = { address: Promise.resolve(server.address), over: false };
    const service = (): Service => current;
    const clients = clerks.map((_, client) => keepRecording(service, client, acknowledged));
    const sealing = keepSealing(service);
    for (const [round, { more, moment }] of blows.entries()) {
      const enough = acknowledged.size + more;
      while (acknowledged.size < enough) await pause(2);
      await pause(moment);
      let arrive = (_address: string): void => undefined;
      const away = new Promise<string>((resolve) => {
        arrive = resolve;
      });
      current = { address: away, over: false };
      if (round % 3 === 2) place.killDatabase();
      await server.kill();
      server = await startServerProcess(place.settings);
      arrive(server.address);
      current = { address: Promise.resolve(server.address), over: round === rounds - 1 };
    }
    await Promise.all(clients);
    const acts = await sealing;
    const view = await insist(service, `clerk of ${county}`, 'the-last-look', getReturn, { edition, unitCode: county });
    expect(((await view.json()) as ReturnView).version).toBe(acts);
    await server.stop();

    await place.look(async (tx) => {
      const stored = await tx.selectFrom('activity').select(['id', 'title']).where('title', 'like', '客户端%').execute();
      expect(new Map(stored.map(({ title, id }) => [title, id]))).toEqual(acknowledged);
      expect(stored).toHaveLength(acknowledged.size);
      const { rows } = await sql<{ what: string; wrong: number }>`
        select 'ledger numbers with gaps or twice' as what, count(*)::integer as wrong from (
          select 1 from activity_version group by province_code, edition_code, unit_code having count(*) <> max(ledger_no) or count(distinct ledger_no) <> count(*)) gaps
        union all select 'entries without their one audit record', count(*)::integer from activity a
          where (select count(*) from audit_event e where e.subject_kind = 'activity' and e.subject_id = a.id) <> 1
        union all select 'acts with gaps', count(*)::integer from (select 1 from return_act group by unit_code having count(*) <> max(number)) acts`.execute(tx);
      expect(rows.filter(({ wrong }) => wrong > 0)).toEqual([]);
      expect(await recount(tx, edition)).toMatchObject({ held: true, document: { differences: [] } });
      expect(await checkSeals(tx)).toMatchObject({ held: true, document: { seals: Math.floor((acts + 2) / cycle.length) } });
    });
  }, 600_000);
});
