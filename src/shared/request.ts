// How an endpoint and its input become an HTTP request; the same for the browser, the tests and the benchmarks.
import { type Endpoint, isWrite, pathParameters, type SentInputOf } from './endpoint.ts';

export interface RequestShape {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  /** JSON text, or null when there is none. */
  readonly body: string | null;
}

export function requestOf<E extends Pick<Endpoint, 'method' | 'path' | 'body' | 'input'>>(endpoint: E, input: SentInputOf<Endpoint<E['input']>>): RequestShape {
  const rest: Record<string, unknown> = { ...(input as Record<string, unknown>) };
  let path: string = endpoint.path;
  for (const name of pathParameters(endpoint.path)) {
    path = path.replace(`:${name}`, encodeURIComponent(String(rest[name])));
    delete rest[name];
  }
  if (isWrite(endpoint) && endpoint.body === 'json') return { method: endpoint.method, path, body: JSON.stringify(rest) };
  const query = Object.entries(rest)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');
  return { method: endpoint.method, path: query === '' ? path : `${path}?${query}`, body: null };
}

/** Sent with what a page asks by itself while nobody touches it: such a request keeps no session from locking. */
export const unattendedHeader = 'x-unattended';

/** A problem as it travels (application/problem+json). */
export interface ProblemAnswer {
  readonly code: string;
  readonly status: number;
  readonly details: { readonly [key: string]: unknown };
  readonly requestId: string;
}

export const requestKeyHeader = 'x-request-key';
/** How many rows the file will have that an endpoint streams. */
export const rowsHeader = 'x-rows';
export const requestKeyPattern = /^[A-Za-z0-9_-]{8,80}$/;
