// Reads one request into the single object an endpoint's input schema describes. Limits size before reading.
import type { Context as HonoContext } from 'hono';
import type { z } from 'zod';
import { type Endpoint, isWrite, pathParameters } from '../shared/endpoint.ts';
import { type InputIssue, invalidInput, problem } from '../shared/problem.ts';
import { raise } from './context.ts';

export interface ReadRequest {
  readonly input: unknown;
  readonly bytes: Uint8Array;
}

const nothing = new Uint8Array();

export async function readRequest(endpoint: Endpoint, http: HonoContext): Promise<ReadRequest> {
  const path: Record<string, string> = {};
  for (const name of pathParameters(endpoint.path)) path[name] = http.req.param(name) ?? '';
  if (isWrite(endpoint) && endpoint.body === 'json') {
    const body = parseJson(await readBody(endpoint, http.req.raw));
    return { input: parseInput(endpoint, { ...body, ...path }), bytes: nothing };
  }
  const input = parseInput(endpoint, { ...queryOf(http.req.url), ...path });
  const bytes = isWrite(endpoint) ? await readBody(endpoint, http.req.raw) : nothing;
  return { input, bytes };
}

function queryOf(url: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URL(url).searchParams) {
    if (Object.hasOwn(query, name)) raise(invalidInput([{ path: name, rule: 'given_twice' }]));
    query[name] = value;
  }
  return query;
}

async function readBody(endpoint: Endpoint, request: Request): Promise<Uint8Array> {
  const limit = endpoint.maximumBytes;
  const declared = request.headers.get('content-length');
  if (Number(declared ?? '0') > limit) raise(problem('too_large', { maximumBytes: limit }));
  // No more than declared can come, and reading it whole costs far less than as a stream.
  if (declared !== null) return new Uint8Array(await request.arrayBuffer());
  if (request.body === null) return nothing;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > limit) raise(problem('too_large', { maximumBytes: limit }));
    chunks.push(chunk);
  }
  const [only, ...rest] = chunks;
  return only !== undefined && rest.length === 0 ? only : Buffer.concat(chunks);
}

const strictText = new TextDecoder('utf-8', { fatal: true });

function parseJson(bytes: Uint8Array): Record<string, unknown> {
  if (bytes.byteLength === 0) return {};
  try {
    const value: unknown = JSON.parse(strictText.decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Falls through to the one answer for whatever is not a JSON object.
  }
  raise(invalidInput([{ path: '', rule: 'json_object' }]));
}

export function parseInput(endpoint: Endpoint, value: unknown): unknown {
  const parsed = endpoint.input.safeParse(value);
  if (parsed.success) return parsed.data;
  raise(invalidInput(parsed.error.issues.flatMap(issuesOf)));
}

const snakeCase = /^[a-z][a-z0-9_]*$/;

/** One zod issue as issues of ours: a custom snake_case message is the rule, otherwise zod's own code. */
function issuesOf(issue: z.core.$ZodIssue): InputIssue[] {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: path === '' ? key : `${path}.${key}`, rule: 'unknown_field' }));
  }
  const meant = issue.code === 'invalid_union' ? issue.errors.find(isMeant) : undefined;
  if (meant !== undefined) return meant.flatMap((inside) => issuesOf({ ...inside, path: [...issue.path, ...inside.path] }));
  const rule = snakeCase.test(issue.message) ? issue.message : issue.code;
  const bounds: Record<string, number | string> = {};
  if ('minimum' in issue) bounds['minimum'] = Number(issue.minimum);
  if ('maximum' in issue) bounds['maximum'] = Number(issue.maximum);
  if ('origin' in issue && typeof issue.origin === 'string') bounds['of'] = issue.origin;
  return [{ path, rule, ...bounds }];
}

/** Of several shapes the one that was meant: its type fits, only what is in it does not. */
function isMeant(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.every((issue) => issue.path.length > 0 || issue.code !== 'invalid_type' || snakeCase.test(issue.message));
}
