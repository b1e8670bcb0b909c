// Serves endpoints over HTTP: reads the request, knows the caller, runs the action in its transaction, renders the verdict.
// The only file that knows the web framework. Sends no prose.
import { randomUUID } from 'node:crypto';
import { ServerResponse } from 'node:http';
import { Hono, type Context as HonoContext } from 'hono';
import { getCookie } from 'hono/cookie';
import { type Endpoint, isWrite, needsStepUp, type OutputOf, type SentInputOf } from '../shared/endpoint.ts';
import { type Problem, problem, problemStatuses } from '../shared/problem.ts';
import { rowsHeader, unattendedHeader } from '../shared/request.ts';
import { epochOf, type Instant } from '../shared/instant.ts';
import type { Clock } from './clock.ts';
import { type Database, patience } from './database.ts';
import { type Actor, type FileAnswer, type Implementation, raise, type StreamAnswer } from './context.ts';
import type { Front } from './front.ts';
import { parseInput, type ReadRequest, readRequest } from './input.ts';
import { faultOf, type Log } from './log.ts';
import { guardKey, guardWrite } from './origin.ts';
import { problemOf } from './problems.ts';
import { beginStream } from './streaming.ts';
import { type Call, nobody, type Outcome, type Ports, transact } from './transact.ts';
import { type EndedSession, type Identity, sessionCookie, setSessionCookie } from './session-cookie.ts';

export interface ServerPorts extends Ports {
  readonly clock: Clock;
  readonly log: Log;
  readonly front: Front;
  /** What accounts of enterprises may ask; everything else is for officials. */
  readonly opensToEnterprises: (endpoint: string) => boolean;
  /** Finds who holds a session token. */
  readonly identify: Identity;
  /** Whether cookies must be Secure (served over https). */
  readonly secure: boolean;
  /** Whether the second wall stands (walls.ts): then requests work behind it. */
  readonly walled: boolean;
  /** Folder of files that are being sent. */
  readonly spool: string;
}

/** The API as a Hono application. */
export function serveEndpoints(implementations: readonly Implementation[], ports: ServerPorts): Hono {
  const app = new Hono();
  // One for all requests: who is who is remembered by database.
  const hasty = ports.database.hasty(patience);
  const identify: Identity = async (_, ...asked) => ports.identify(hasty, ...asked);
  for (const implementation of implementations) {
    const { method, path } = implementation.endpoint;
    app.on(method, [path], (http) => answer(implementation, { ...ports, identify }, http));
  }
  app.all('/api/*', (http) => {
    const requestId = randomUUID();
    tell(ports, { requestId, endpoint: 'none', began: performance.now(), actor: null, code: 'not_found' }, 404);
    return render(http, problem('not_found', { kind: 'endpoint' }), requestId);
  });
  return app;
}

/** One request as it is told of afterwards: nothing that anybody typed. */
interface Request {
  readonly requestId: string;
  readonly endpoint: string;
  readonly began: number;
  actor: Actor | null;
  code: string;
}

async function answer(implementation: Implementation, ports: ServerPorts, http: HonoContext): Promise<Response> {
  // Arrival is when the clock is read: waiting for a lock must not make a submission late.
  const now = ports.clock.now();
  const request = requestTo(implementation.endpoint);
  const response = await respond(implementation, ports, http, request, now).catch((error: unknown) => render(http, failureOf(ports, request, error), request.requestId));
  tell(ports, request, response.status);
  return response;
}

function requestTo({ name }: Endpoint): Request {
  return { requestId: randomUUID(), endpoint: name, began: performance.now(), actor: null, code: '' };
}

function failureOf({ log }: ServerPorts, request: Request, error: unknown): Problem {
  const known = problemOf(error);
  if (known === null) log.error({ requestId: request.requestId, endpoint: request.endpoint, error: faultOf(error) }, 'request failed');
  request.code = known?.code ?? 'internal_error';
  return known ?? problem('internal_error');
}

async function respond(implementation: Implementation, ports: ServerPorts, http: HonoContext, request: Request, now: Instant): Promise<Response> {
  const { endpoint } = implementation;
  const requestKey = isWrite(endpoint) ? guardWrite(http, ports.front.origin) : null;
  const outcome = await proceed({ implementation, outer: ports, http, request, now }, { requestKey, read: () => readRequest(endpoint, http) });
  if (outcome instanceof Response) return outcome;
  http.header('cache-control', 'no-store');
  http.header('x-server-time', now);
  return endpoint.answer === 'bytes' ? file(http, outcome.answer as FileAnswer) : http.json(outcome.answer);
}

/** What a request brought: its key, where it writes, and its input, which is read once it is let in. */
interface Sent {
  readonly requestKey: string | null;
  read(): Promise<ReadRequest>;
}

interface Asked {
  readonly implementation: Implementation;
  readonly outer: ServerPorts;
  readonly http: HonoContext;
  readonly request: Request;
  readonly now: Instant;
}

/** Knows the caller, lets in, reads and acts: the same for a request over HTTP and for a page of the site that asks for it. */
async function proceed({ implementation, outer, http, request, now }: Asked, { requestKey, read }: Sent): Promise<Outcome | Response> {
  const { endpoint } = implementation;
  const { limits, addressOf } = outer.front;
  const address = addressOf(http);
  const caller = endpoint.unidentified ? null : await callerOf(outer, http, now);
  const actor = caller === null || 'ended' in caller ? null : caller;
  request.actor = actor;
  const database = databaseFor(implementation, outer, request);
  const ports = { ...outer, database: outer.walled ? database.within(actor ?? nobody) : database };
  // Counted before it is refused: whoever tries tokens is slowed down too.
  await limits.count(endpoint, { address, actor });
  demandSession(endpoint, caller);
  if (actor !== null && actor.enterpriseId !== null && !outer.opensToEnterprises(endpoint.name)) raise(problem('not_permitted', { verb: 'of_officials' }));
  const leave = await limits.enter(endpoint, { address, actor });
  let made: Promise<unknown> = Promise.resolve();
  try {
    const { input, bytes } = await read();
    // Who has just come by a link and sets up the first factor has none to prove yet.
    if (actor !== null && actor.standing !== 'enrolling' && needsStepUp(endpoint, input)) demandProof(actor, now);
    const call: Call = { implementation, input, actor, now, requestId: request.requestId, requestKey, bytes, address, agent: http.req.header('user-agent') ?? '' };
    if (endpoint.answer === 'stream') {
      const begun = await streamed(ports, call, http);
      made = begun.made;
      return begun.response;
    }
    const outcome = await limits.admit(endpoint, () => transact(ports, call));
    if (outcome.sessionToken !== undefined) setSessionCookie(http, outcome.sessionToken, ports.secure);
    return outcome;
  } finally {
    void made.finally(leave);
  }
}

/** What is sent to an endpoint by a page of the site (src/site) on behalf of whoever looks at it. */
export interface Message<E extends Endpoint> {
  readonly input: SentInputOf<E>;
  /** Of the form that writes; null where it reads. */
  readonly requestKey: string | null;
  /** For an endpoint with `body: 'bytes'`. */
  readonly bytes?: Uint8Array;
}

export type Verdict<E extends Endpoint> = { readonly ok: true; readonly answer: OutputOf<E> } | { readonly ok: false; readonly problem: Problem; readonly requestId: string };

/** Asks an endpoint as the browser of this request would: same caller, same gate, same records. Never for `answer: 'stream'`. */
export type Ask = <E extends Endpoint>(http: HonoContext, endpoint: E, message: Message<E>) => Promise<Verdict<E>>;

export function openAsking(implementations: readonly Implementation[], ports: ServerPorts): Ask {
  const byName = new Map(implementations.map((one) => [one.endpoint.name, one]));
  const hasty = ports.database.hasty(patience);
  const outer: ServerPorts = { ...ports, identify: async (_, ...asked) => ports.identify(hasty, ...asked) };
  return async (http, endpoint, { input, requestKey, bytes }) => {
    const implementation = byName.get(endpoint.name);
    if (implementation === undefined || endpoint.answer === 'stream') throw new Error(`${endpoint.name} cannot be asked by a page`);
    const request = requestTo(endpoint);
    const key = isWrite(endpoint) ? requestKey ?? undefined : undefined;
    const read = async (): Promise<ReadRequest> => ({ input: parseInput(endpoint, input), bytes: bytes ?? new Uint8Array() });
    const guarded = async (): Promise<Outcome | Response> =>
      proceed({ implementation, outer, http, request, now: ports.clock.now() }, { requestKey: isWrite(endpoint) ? guardKey(http, ports.front.origin, key) : null, read });
    try {
      const { answer } = (await guarded()) as Outcome;
      tell(ports, request, 200);
      return { ok: true, answer: answer as never };
    } catch (error) {
      const failure = failureOf(ports, request, error);
      tell(ports, request, problemStatuses[failure.code]);
      return { ok: false, problem: failure, requestId: request.requestId };
    }
  };
}

/** What may take long waits as long as it takes; others have what is left of one patience, or all of it again after slow work. */
function databaseFor({ endpoint, outside }: Implementation, { database }: ServerPorts, { began }: Request): Database {
  if (endpoint.long || endpoint.answer === 'stream') return database;
  return database.hasty(outside === null ? Math.max(500, patience - (performance.now() - began)) : patience);
}

function tell({ log, front }: ServerPorts, { requestId, endpoint, began, actor, code }: Request, status: number): void {
  const milliseconds = performance.now() - began;
  front.meter.answered(endpoint, status, code, milliseconds / 1000);
  log.info({ requestId, endpoint, status, ...(code === '' ? {} : { problem: code }), ms: Math.round(milliseconds), account: actor?.accountId ?? null }, 'request');
}

async function callerOf(ports: ServerPorts, http: HonoContext, now: string): Promise<Actor | EndedSession | null> {
  const token = getCookie(http, sessionCookie(ports.secure));
  return token === undefined ? null : ports.identify(ports.database, token, now, http.req.header(unattendedHeader) === undefined);
}

function demandSession(endpoint: Endpoint, caller: Actor | EndedSession | null): void {
  if (endpoint.access === 'public') return;
  if (caller === null) raise(problem('not_signed_in'));
  if ('ended' in caller) raise(problem('not_signed_in', { reason: caller.ended }));
  if (caller.standing !== 'open' && !endpoint.admits.includes(caller.standing)) raise(problem(caller.standing === 'locked' ? 'session_locked' : 'enrolment_required'));
}

/** How long a proved factor counts for what needs one anew. */
const proofHolds = 10 * 60_000;

function demandProof({ provedAt }: Actor, now: Instant): void {
  if (provedAt === null || epochOf(now) - epochOf(provedAt) > proofHolds) raise(problem('proof_required'));
}

function render(http: HonoContext, shown: Problem, requestId: string): Response {
  const status = problemStatuses[shown.code];
  const { retryAfterSeconds } = shown.details;
  if (typeof retryAfterSeconds === 'number') http.header('retry-after', String(retryAfterSeconds));
  else if (status === 503) http.header('retry-after', '2');
  http.header('cache-control', 'no-store');
  const body = JSON.stringify({ type: `urn:fuwuyue:problem:${shown.code}`, code: shown.code, status, details: shown.details, requestId });
  return http.body(body, status, { 'content-type': 'application/problem+json; charset=utf-8' });
}

function file(http: HonoContext, answered: FileAnswer): Response {
  return http.body(new Uint8Array(answered.bytes), 200, fileHeaders(answered.inline ? 'inline' : 'attachment', answered));
}

function fileHeaders(disposition: 'inline' | 'attachment', { mediaType, fileName }: Pick<FileAnswer, 'mediaType' | 'fileName'>) {
  return {
    'content-type': mediaType,
    'content-disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    'cache-control': 'private, no-store',
    'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
  };
}

/** Says how many rows there will be, and begins. */
async function streamed(ports: ServerPorts, call: Call, http: HonoContext): Promise<{ response: Response; made: Promise<unknown> }> {
  const decide = async (): Promise<StreamAnswer> => (await transact(ports, call)).answer as StreamAnswer;
  const { answer, stream } = await beginStream(ports, decide, () => breakOff(http));
  return { response: http.body(stream.body, 200, { ...fileHeaders('attachment', answer), [rowsHeader]: String(answer.rows) }), made: stream.made };
}

/** Ends the connection in the middle of an answer, so that nobody takes it for a whole one. Asked in process there is none. */
function breakOff(http: HonoContext): boolean {
  const environment: unknown = http.env;
  if (typeof environment !== 'object' || environment === null || !('outgoing' in environment) || !(environment.outgoing instanceof ServerResponse)) return false;
  environment.outgoing.destroy();
  return true;
}
