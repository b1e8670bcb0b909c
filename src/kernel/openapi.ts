// The OpenAPI 3.1 description of the endpoints that are served, made from the same values that serve them.
import { z } from 'zod';
import { type Endpoint, isWrite, pathParameters } from '../shared/endpoint.ts';
import { type Json, type ProblemCode, problemStatuses } from '../shared/problem.ts';
import { requestKeyHeader, requestKeyPattern } from '../shared/request.ts';

type JsonObject = { readonly [key: string]: Json };

const always: readonly ProblemCode[] = ['invalid_input', 'not_found', 'internal_error', 'database_unavailable', 'overloaded', 'rate_limited'];
const signedIn: readonly ProblemCode[] = ['not_signed_in', 'not_permitted'];
const writes: readonly ProblemCode[] = ['cross_site_refused', 'request_key_reused', 'request_in_progress', 'too_large'];

export function openApiOf(endpoints: readonly Endpoint[], version: string): JsonObject {
  const paths: Record<string, Record<string, Json>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/:([A-Za-z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Fuwuyue', version, description: 'The trade-secret protection service month: ledger, figures, returns.' },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'fuwuyue' } },
      schemas: { Problem: problemSchema },
    },
  };
}

const problemSchema: JsonObject = {
  type: 'object',
  required: ['type', 'code', 'status', 'details', 'requestId'],
  properties: {
    type: { type: 'string' },
    code: { type: 'string', enum: Object.keys(problemStatuses) },
    status: { type: 'integer' },
    details: { type: 'object' },
    requestId: { type: 'string' },
  },
};

function operationOf(endpoint: Endpoint): JsonObject {
  const input = z.toJSONSchema(endpoint.input, { io: 'input', unrepresentable: 'any' }) as { properties?: Record<string, Json>; required?: string[]; $defs?: Json };
  const inPath = pathParameters(endpoint.path);
  const required = new Set(input.required ?? []);
  const rest = Object.entries(input.properties ?? {}).filter(([name]) => !inPath.includes(name));
  const jsonBody = isWrite(endpoint) && endpoint.body === 'json';
  const parameters: Json[] = [
    ...inPath.map((name) => ({ name, in: 'path', required: true, schema: input.properties?.[name] ?? {} })),
    ...(jsonBody ? [] : rest.map(([name, schema]) => ({ name, in: 'query', required: required.has(name), schema }))),
    ...(isWrite(endpoint) ? [{ name: requestKeyHeader, in: 'header', required: true, schema: { type: 'string', pattern: requestKeyPattern.source } }] : []),
  ];
  return {
    operationId: endpoint.name,
    summary: endpoint.summary,
    tags: [endpoint.name.split('.')[0] ?? ''],
    security: endpoint.access === 'public' ? [] : [{ session: [] }],
    parameters,
    ...(isWrite(endpoint) ? { requestBody: bodyOf(endpoint, rest, required, input.$defs) } : {}),
    responses: responsesOf(endpoint),
  };
}

function bodyOf(endpoint: Endpoint, rest: readonly (readonly [string, Json])[], required: ReadonlySet<string>, definitions: Json | undefined): JsonObject {
  if (endpoint.body === 'bytes') return { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } };
  const schema: Record<string, Json> = {
    type: 'object',
    properties: Object.fromEntries(rest),
    required: rest.map(([name]) => name).filter((name) => required.has(name)),
    additionalProperties: false,
  };
  if (definitions !== undefined) schema['$defs'] = definitions;
  return { required: true, content: { 'application/json': { schema } } };
}

function responsesOf(endpoint: Endpoint): JsonObject {
  const codes = [...always, ...(endpoint.access === 'public' ? [] : signedIn), ...(isWrite(endpoint) ? writes : []), ...endpoint.problems];
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set(codes)) byStatus.set(problemStatuses[code], [...(byStatus.get(problemStatuses[code]) ?? []), code]);
  const output = endpoint.answer !== 'json'
    ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
    : { 'application/json': { schema: z.toJSONSchema(endpoint.output, { io: 'output', unrepresentable: 'any' }) as Json } };
  const problems = [...byStatus].map(([status, of]) => [
    String(status),
    { description: of.join(', '), content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
  ]);
  return { '200': { description: 'Done.', content: output }, ...Object.fromEntries(problems) };
}
