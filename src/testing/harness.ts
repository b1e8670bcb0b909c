// Opens a copy of the template database with the small country in it, and lets tests speak to the real API in process.
// Each test runs inside one transaction that is rolled back; `committed` is for tests that need real concurrency.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import pg from 'pg';
import { inject } from 'vitest';
import { type BlobStore, memoryBlobStore } from '../kernel/blobs.ts';
import type { Actor } from '../kernel/context.ts';
import { reachOf } from '../modules/access/queries.ts';
import { isOpenToEnterprises } from '../modules/access/rules/endpoints.ts';
import { fixedClock } from '../kernel/clock.ts';
import { sha256Of } from '../kernel/digest.ts';
import { type Database, nestedDatabase, openDatabase, type Tx } from '../kernel/database.ts';
import { openFront } from '../kernel/front.ts';
import { openAsking, serveEndpoints, type ServerPorts } from '../kernel/http.ts';
import { noScanner } from '../kernel/scanning.ts';
import { silentLog } from '../kernel/log.ts';
import { alwaysWriting } from '../kernel/mode.ts';
import { memorySecrets, type Secrets } from '../kernel/secrets.ts';
import { bareSite, type Site } from '../kernel/site.ts';
import { editionDefinition, type EditionDefinition } from '../modules/editions/model.ts';
import { implementations } from '../modules.ts';
import { sitePages } from '../site/pages.ts';
import { serveSite } from '../site/serve.ts';
import type { Endpoint, OutputOf, SentInputOf } from '../shared/endpoint.ts';
import type { Instant } from '../shared/instant.ts';
import type { ProblemCode } from '../shared/problem.ts';
import { type ProblemAnswer, requestKeyHeader, requestOf } from '../shared/request.ts';
import { identify } from '../modules/sign-in/identity.ts';
import { canonicalText } from '../modules/seals/rules.ts';
import { actorOf, type Person, placeCountry, settleCountry, settleEnterprises } from './country.ts';

/** Monday 26 June 2023, 09:00: inside the window, before the deadline. */
export const monday: Instant = '2023-06-26T09:00:00.000+08:00';

export interface CallOptions {
  readonly requestKey?: string;
  readonly bytes?: Uint8Array;
}

export interface Client {
  /** The answer; throws ProblemAnswered when the server refuses. */
  call<E extends Endpoint>(endpoint: E, input: SentInputOf<E>, options?: CallOptions): Promise<OutputOf<E>>;
  /** The problem the server answers with; throws when it does not refuse. */
  refusal<E extends Endpoint>(endpoint: E, input: SentInputOf<E>, options?: CallOptions): Promise<ProblemAnswer & { code: ProblemCode }>;
  raw(path: string, init?: RequestInit): Promise<Response>;
}

export class ProblemAnswered extends Error {
  readonly answer: ProblemAnswer;
  constructor(answer: ProblemAnswer) {
    super(`${answer.code} ${JSON.stringify(answer.details)}`);
    this.answer = answer;
  }
}

export interface Country {
  readonly clock: ReturnType<typeof fixedClock>;
  readonly database: Database;
  /** What the server works with; for what the machine does by itself. */
  readonly ports: ServerPorts;
  readonly blobs: BlobStore;
  /** The API and the site. */
  readonly app: Hono;
  /** Speaks as a person of the country, such as `clerk of 990101`. */
  as(person: Person): Client;
  /** Speaks without a session. */
  anyone(): Client;
  /** Inside a rolled-back test the running transaction; null in `committed`. */
  readonly tx: Tx | null;
}

export interface World {
  /** A test body inside one transaction, rolled back at its end. */
  rolledBack(run: (country: Country & { readonly tx: Tx }) => Promise<void>): () => Promise<void>;
  /** The country on the real database: what is done stays, until the world closes. */
  readonly committed: Country;
  readonly edition: EditionDefinition;
  close(): Promise<void>;
}

class RollBack extends Error {}

export interface WorldOptions extends Partial<Pick<ServerPorts, 'scanner' | 'log' | 'front'>> {
  /** Keys of its own, for tests that look into them. */
  readonly secrets?: Secrets;
  readonly maximumConnections?: number;
  readonly site?: Partial<Site>;
  /** Else each country has its own, in memory. */
  readonly blobs?: BlobStore;
}

type Parts = Pick<ServerPorts, 'site' | 'secrets' | 'scanner' | 'log' | 'front'> & { readonly blobs?: BlobStore };

/** Call in beforeAll; close in afterAll. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const server = inject('server');
  const parts: Parts = { site: { ...bareSite, ...options.site }, secrets: options.secrets ?? memorySecrets(), scanner: options.scanner ?? noScanner, log: options.log ?? silentLog, front: options.front ?? openFront, ...(options.blobs === undefined ? {} : { blobs: options.blobs }) };
  const name = `fuwuyue_test_${randomUUID().replaceAll('-', '')}`;
  await administer(server, `create database ${name} template ${server.template}`);
  const database = openDatabase({ ...server, database: name, maximumConnections: options.maximumConnections ?? 10 });
  const edition = editionDefinition.parse(JSON.parse(await readFile('data/editions/2023.json', 'utf8')));
  await database.write(async (tx) => {
    await settleCountry(tx);
    await settleEnterprises(tx, parts.secrets);
    await tx.insertInto('edition').values({ code: edition.code, definition: JSON.stringify(edition), digest: sha256Of(canonicalText(edition)), treeDate: edition.window.to, closedAt: null, loadedAt: monday }).execute();
    await placeCountry(tx, edition.code);
  });
  return {
    edition,
    committed: countryOn(database, null, parts),
    rolledBack: (run) => async () => {
      await database
        .write(async (tx) => {
          await run({ ...countryOn(nestedDatabase(tx), tx, parts), tx });
          throw new RollBack();
        })
        .catch((error: unknown) => {
          if (!(error instanceof RollBack)) throw error;
        });
    },
    close: async () => {
      await database.close();
      await administer(server, `drop database if exists ${name} with (force)`);
    },
  };
}

function countryOn(database: Database, tx: Tx | null, parts: Parts): Country {
  const clock = fixedClock(monday);
  const blobs = parts.blobs ?? memoryBlobStore();
  const ports: ServerPorts = {
    database,
    ...parts,
    blobs,
    clock,
    demonstration: false,
    mode: alwaysWriting,
    secure: false,
    walled: true,
    opensToEnterprises: isOpenToEnterprises,
    spool: join(tmpdir(), 'fuwuyue-test-spool'),
    identify: async (on, token, now, present) => (token.startsWith('person.') ? { ...(await reaching(on, actorOf(personOf(token)))), provedAt: now } : identify(on, token, now, present)),
  };
  const app = serveEndpoints(implementations, ports);
  app.route('/', serveSite(sitePages, { ask: openAsking(implementations, ports), clock, demonstration: false, publicUrl: null, secure: false, assets: join('dist', 'site'), askEvery: 0 }));
  return { clock, database, ports, blobs, app, tx, as: (person) => clientOf(app, tokenOf(person)), anyone: () => clientOf(app, null) };
}

async function reaching(database: Database, actor: Actor): Promise<Actor> {
  return { ...actor, ...(await database.read((tx) => reachOf(tx, actor.grants))) };
}

// Cookie values cannot hold blanks.
const tokenOf = (person: Person): string => `person.${person.replaceAll(' ', '-')}`;
const personOf = (token: string): Person => token.slice('person.'.length).replaceAll('-', ' ') as Person;

function clientOf(app: Hono, token: string | null): Client {
  const raw = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (token !== null) headers.set('cookie', `fuwuyue=${token}`);
    return app.request(path, { ...init, headers });
  };
  const send = async (endpoint: Endpoint, input: unknown, options: CallOptions = {}): Promise<Response> => {
    const shape = requestOf(endpoint, input);
    const headers = { [requestKeyHeader]: options.requestKey ?? randomUUID(), 'content-type': 'application/json' };
    const body = options.bytes === undefined ? shape.body : new Uint8Array(options.bytes);
    return raw(shape.path, { method: shape.method, headers, ...(body === null ? {} : { body }) });
  };
  return {
    raw,
    call: async (endpoint, input, options) => {
      const response = await send(endpoint, input, options);
      if (response.ok) return (endpoint.answer !== 'json' ? new Uint8Array(await response.arrayBuffer()) : await response.json()) as OutputOf<typeof endpoint>;
      throw new ProblemAnswered((await response.json()) as ProblemAnswer);
    },
    refusal: async (endpoint, input, options) => {
      const response = await send(endpoint, input, options);
      if (response.ok) throw new Error(`${endpoint.name} was not refused`);
      return (await response.json()) as ProblemAnswer & { code: ProblemCode };
    },
  };
}

async function administer(server: { host: string; port: number; user: string; password: string }, statement: string): Promise<void> {
  const client = new pg.Client({ ...server, database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
