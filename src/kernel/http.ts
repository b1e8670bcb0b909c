// Serves endpoints over HTTP: reads the request, knows the caller, runs the action in its transaction, renders the verdict.
// The only file that knows the web framework. Sends no prose.
import { randomUUID } from 'node:crypto';
import { ServerResponse } from 'node:http';
import { Hono, type Context as HonoContext } from 'hono';
import { getCookie } from 'hono/cookie';
import { type Endpoint, isWrite, needsStepUp } from '../shared/endpoint.ts';
import { type Problem, problem, problemStatuses } from '../shared/problem.ts';
import { requestKeyHeader, requestKeyPattern, rowsHeader } from '../shared/request.ts';
import { epochOf, type Instant } from '../shared/instant.ts';
import type { Clock } from './clock.ts';
import { type Actor, type FileAnswer, type Implementation, raise, type StreamAnswer } from './context.ts';
import { readRequest } from './input.ts';
import type { Log } from './log.ts';
import { problemOf } from './problems.ts';
import { beginStream } from './streaming.ts';
import { type Call, type Ports, transact } from './transact.ts';
import { type Identity, sessionCookie, setSessionCookie } from './session-cookie.ts';

export interface ServerPorts extends Ports {
  readonly clock: Clock;
  readonly log: Log;
  /** Finds who holds a session token. */
  readonly identify: Identity;
  /** Whether cookies must be Secure (served over https). */
  readonly secure: boolean;
  /** Folder of files that are being sent. */
  readonly spool: string;
}

/** The API as a Hono application. */
export function serveEndpoints(implementations: readonly Implementation[], ports: ServerPorts): Hono {
  const app = new Hono();
  for (const implementation of implementations) {
    app.on(implementation.endpoint.method, [implementation.endpoint.path], (http) => answer(implementation, ports, http));
  }
  app.all('/api/*', (http) => render(http, problem('not_found', { kind: 'endpoint' }), randomUUID()));
  return app;
}

async function answer(implementation: Implementation, ports: ServerPorts, http: HonoContext): Promise<Response> {
  // Arrival is when the clock is read: waiting for a lock must not make a submission late.
  const now = ports.clock.now();
  const requestId = randomUUID();
  const { endpoint } = implementation;
  try {
    const requestKey = isWrite(endpoint) ? guardWrite(http) : null;
    const actor = await callerOf(ports, http, endpoint, now);
    const { input, bytes } = await readRequest(endpoint, http);
    if (actor !== null && needsStepUp(endpoint, input)) demandProof(actor, now);
    const call = { implementation, input, actor, now, requestId, requestKey, bytes };
    if (endpoint.answer === 'stream') return await streamed(ports, call, http);
    const outcome = await transact(ports, call);
    if (outcome.sessionToken !== undefined) setSessionCookie(http, outcome.sessionToken, ports.secure);
    http.header('cache-control', 'no-store');
    http.header('x-server-time', now);
    return endpoint.answer === 'bytes' ? file(http, outcome.answer as FileAnswer) : http.json(outcome.answer);
  } catch (error) {
    const known = problemOf(error);
    if (known === null) {
      ports.log.error({ requestId, endpoint: endpoint.name, error: faultOf(error) }, 'request failed');
      return render(http, problem('internal_error'), requestId);
    }
    return render(http, known, requestId);
  }
}

async function callerOf(ports: ServerPorts, http: HonoContext, endpoint: Endpoint, now: string): Promise<Actor | null> {
  const token = getCookie(http, sessionCookie(ports.secure));
  const actor = token === undefined ? null : await ports.identify(ports.database, token, now);
  if (endpoint.access === 'public') return actor;
  if (actor === null) raise(problem('not_signed_in'));
  if (actor.standing !== 'open' && !endpoint.admits.includes(actor.standing)) raise(problem(actor.standing === 'locked' ? 'session_locked' : 'enrolment_required'));
  return actor;
}

/** How long a proved factor counts for what needs one anew. */
const proofHolds = 10 * 60_000;

function demandProof({ provedAt }: Actor, now: Instant): void {
  if (provedAt === null || epochOf(now) - epochOf(provedAt) > proofHolds) raise(problem('proof_required'));
}

/** A write needs a header no foreign page can send, and, where the browser says so, must come from our own pages. */
function guardWrite(http: HonoContext): string {
  const site = http.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') raise(problem('cross_site_refused'));
  const key = http.req.header(requestKeyHeader);
  if (key === undefined || !requestKeyPattern.test(key)) {
    raise(problem('invalid_input', { issues: [{ path: requestKeyHeader, rule: 'request_key' }] }));
  }
  return key;
}

function render(http: HonoContext, shown: Problem, requestId: string): Response {
  const status = problemStatuses[shown.code];
  if (status === 503) http.header('retry-after', '2');
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
    'content-security-policy': "default-src 'none'; sandbox",
  };
}

/** Says how many rows there will be, and begins. */
async function streamed(ports: ServerPorts, call: Call, http: HonoContext): Promise<Response> {
  const decide = async (): Promise<StreamAnswer> => (await transact(ports, call)).answer as StreamAnswer;
  const { answer, stream } = await beginStream(ports, decide, () => breakOff(http));
  return http.body(stream.body, 200, { ...fileHeaders('attachment', answer), [rowsHeader]: String(answer.rows) });
}

/** Ends the connection in the middle of an answer, so that nobody takes it for a whole one. Asked in process there is none. */
function breakOff(http: HonoContext): boolean {
  const environment: unknown = http.env;
  if (typeof environment !== 'object' || environment === null || !('outgoing' in environment) || !(environment.outgoing instanceof ServerResponse)) return false;
  environment.outgoing.destroy();
  return true;
}

/** Class and place of a fault, without its message: messages can quote what people typed. */
function faultOf(error: unknown): { name: string; code: string; stack: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, code: '', stack: [] };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const stack = (error.stack ?? '').split('\n').filter((line) => line.trim().startsWith('at ')).slice(0, 12);
  return { name: error.name, code, stack: stack.map((line) => line.trim()) };
}
