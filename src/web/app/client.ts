// Calls endpoints of the server: types come from the contracts, problems become Failure. A command carries a request key,
// so that sending it twice does nothing twice.
import type { Endpoint, OutputOf, SentInputOf } from '../../shared/endpoint.ts';
import { requestKeyHeader, requestOf, rowsHeader, unattendedHeader } from '../../shared/request.ts';
import { Failure, failureOfAnswer, waitOf } from './failure.ts';
import { hold } from './held-requests.ts';
import { tellServerTime } from './server-clock.ts';
import { isUnattended, noteSent } from './touches.ts';

/** What of an endpoint exists in the browser (vite.config.ts); the schemas are types only. */
export type Callable = Pick<Endpoint, 'name' | 'method' | 'path' | 'body' | 'answer' | 'access' | 'maximumBytes' | 'input' | 'output'>;

export interface CallOptions {
  /** Makes a repetition harmless; needed by every command, made when left out. */
  readonly requestKey?: string;
  readonly signal?: AbortSignal;
}

/** A new request key. randomUUID exists on https and localhost only; a bureau's intranet may be neither. */
export function newRequestKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Calls an endpoint with JSON. An ended or locked session, or a proof that is due, waits for the person and then goes on by itself. */
export async function call<E extends Callable>(endpoint: E, input: SentInputOf<E & Endpoint>, options: CallOptions = {}): Promise<OutputOf<E & Endpoint>> {
  return (await readAnswer(await answerOf(endpoint, input, options))) as OutputOf<E & Endpoint>;
}

/** The answer of an endpoint that is not a problem. */
async function answerOf<E extends Callable>(endpoint: E, input: SentInputOf<E & Endpoint>, options: CallOptions): Promise<Response> {
  const shape = requestOf(endpoint, input as never);
  const headers: Record<string, string> = { accept: endpoint.answer === 'json' ? 'application/json' : '*/*' };
  if (shape.body !== null) headers['content-type'] = 'application/json';
  if (endpoint.method !== 'GET') headers[requestKeyHeader] = options.requestKey ?? newRequestKey();
  const send = (): Promise<Response> => fetch(shape.path, { method: shape.method, headers: { ...headers, ...sayPresence() }, body: shape.body, credentials: 'same-origin', cache: 'no-store', ...(options.signal === undefined ? {} : { signal: options.signal }) });
  for (let waits = 0; ; ) {
    const response = await reach(send);
    const time = response.headers.get('x-server-time');
    if (time !== null) tellServerTime(time);
    if (response.ok) return response;
    const failure = failureOfAnswer(await response.json().catch(() => null), response.status);
    // Refused before anything was done: a few seconds later the same is taken, and nobody need be told.
    if (isShortWait(failure, endpoint) && waits < 3) {
      waits += 1;
      // Not all of a crowd at the same moment again.
      await pause(1000 * Math.max(1, waitOf(failure)) * (1 + Math.random()));
      continue;
    }
    if (endpoint.access === 'public' || !(await hold(failure))) throw failure;
  }
}

/** What is only read is asked again by the query that asked (queries.ts). */
function isShortWait(failure: Failure, { method }: Callable): boolean {
  return (failure.code === 'rate_limited' || (failure.code === 'overloaded' && method !== 'GET')) && waitOf(failure) <= 5;
}

/** What a page asks by itself must not keep a session open that nobody sits at. */
function sayPresence(): Record<string, string> {
  if (isUnattended()) return { [unattendedHeader]: '1' };
  noteSent();
  return {};
}

async function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** What comes over the line; a line that breaks is one kind of failure. */
async function reach<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Failure('no_connection');
  }
}

async function readAnswer(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw new Failure('unreadable_answer', { status: response.status });
  }
}

export interface Received {
  readonly name: string;
  readonly content: Blob;
  readonly rows: number;
}

/** A file from an endpoint with `answer: 'stream'`, telling how many bytes have come and how many rows there will be. Broken off half-way it is a failure, never a file. */
export async function receive<E extends Callable>(endpoint: E, input: SentInputOf<E & Endpoint>, progress: (bytes: number, rows: number) => void, options: CallOptions = {}): Promise<Received> {
  const response = await answerOf(endpoint, input, options);
  const rows = Number(response.headers.get(rowsHeader) ?? 0);
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? '';
  const reader = response.body?.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (;;) {
    const read = await reach(async () => reader?.read());
    const value = read?.value;
    if (value === undefined) return { name: decodeURIComponent(name), content: new Blob(chunks, { type: response.headers.get('content-type') ?? '' }), rows };
    chunks.push(value);
    bytes += value.length;
    progress(bytes, rows);
  }
}

/** The address of an endpoint that answers with a file, for links and pictures. */
export function addressOf<E extends Callable>(endpoint: E, input: SentInputOf<E & Endpoint>): string {
  return requestOf(endpoint, input as never).path;
}

/** Sends a file to an endpoint with `body: 'bytes'`, telling how much has gone (0 to 1). Waits as `call` does. */
export async function upload<E extends Callable>(endpoint: E, input: SentInputOf<E & Endpoint>, file: Blob, progress: (part: number) => void, options: CallOptions = {}): Promise<OutputOf<E & Endpoint>> {
  const shape = requestOf(endpoint, input as never);
  const key = options.requestKey ?? newRequestKey();
  for (;;) {
    try {
      return (await sendFile(shape, key, file, progress, options)) as OutputOf<E & Endpoint>;
    } catch (error) {
      if (!(error instanceof Failure) || !(await hold(error))) throw error;
    }
  }
}

function sendFile(shape: { readonly method: string; readonly path: string }, key: string, file: Blob, progress: (part: number) => void, options: CallOptions): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(shape.method, shape.path);
    request.setRequestHeader(requestKeyHeader, key);
    request.setRequestHeader('content-type', 'application/octet-stream');
    for (const [name, value] of Object.entries(sayPresence())) request.setRequestHeader(name, value);
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => progress(event.lengthComputable ? event.loaded / event.total : 0));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response);
      else reject(failureOfAnswer(request.response, request.status));
    });
    request.addEventListener('error', () => reject(new Failure('no_connection')));
    request.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
    options.signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
