// What may be asked of the server: one value per endpoint, read by the server, the typed client and OpenAPI alike.
// Never holds behaviour: actions implement endpoints, the kernel serves them.
import type { z } from 'zod';
import type { ProblemCode } from './problem.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** How often and how many at once an endpoint may be asked: `kernel/limits.ts` says how many of each kind. */
export type LimitKind = 'plain' | 'visitor' | 'sign_in' | 'upload' | 'file';

/** What a session may do: everything; nothing before its holder has proved to be there (idle); nothing before factors are set up (new account). */
export type Standing = 'open' | 'locked' | 'enrolling';

export interface Endpoint<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  /** `module.verb`, unique; the OpenAPI operationId. */
  readonly name: string;
  readonly method: Method;
  /** Path with `:name` segments; each is a field of the input. */
  readonly path: `/api/${string}`;
  readonly summary: string;
  /** `public` needs no session. */
  readonly access: 'public' | 'signed_in';
  /** A strict object: path segments, query (GET, or body `bytes`) and JSON body together. Unknown fields are refused. */
  readonly input: Input;
  readonly output: Output;
  /** Problems it may answer beside those every endpoint may (invalid_input, not_signed_in, not_permitted, not_found, internal_error). */
  readonly problems: readonly ProblemCode[];
  /** `bytes`: the body is a file, limited to maximumBytes, and the input is path and query only. */
  readonly body: 'json' | 'bytes';
  readonly maximumBytes: number;
  /** `bytes`: the answer is a file. `stream`: a file of any length, made while it is sent; always of a write, so that it is recorded. */
  readonly answer: 'json' | 'bytes' | 'stream';
  /** Needs a factor proved anew within some minutes, always or for some inputs: sealing, publishing, exporting, granting (security A7). */
  readonly stepUp: boolean | ((input: z.output<Input>) => boolean);
  /** Its transaction may take longer than somebody at a screen waits for a database that does not answer. */
  readonly long: boolean;
  /** Sessions that are not open and may ask all the same. */
  readonly admits: readonly Exclude<Standing, 'open'>[];
  /** `visitor`: for the public, of whom many come from one address; `file`: makes a file that costs time; `upload`: takes one. */
  readonly limit: LimitKind;
  /** Input or answer hold a password or a token: nothing of them is kept with the request key, so a repetition is refused, not replayed. */
  readonly secret: boolean;
  /** Whoever asks is not looked up, whatever session the browser has: nobody's account is beside what is kept, nor in the log (0036). */
  readonly unidentified: boolean;
}

export type InputOf<E extends Endpoint> = z.output<E['input']>;
/** What a client sends: before defaults and normalisation. */
export type SentInputOf<E extends Endpoint> = z.input<E['input']>;
export type OutputOf<E extends Endpoint> = z.output<E['output']>;

type Declared<I extends z.ZodType, O extends z.ZodType> = Pick<Endpoint<I, O>, 'name' | 'method' | 'path' | 'summary' | 'input' | 'output'> &
  Partial<Pick<Endpoint<I, O>, 'access' | 'problems' | 'body' | 'maximumBytes' | 'answer' | 'secret' | 'stepUp' | 'long' | 'admits' | 'limit' | 'unidentified'>>;

/** Declares an endpoint. JSON bodies are limited to 1 MiB unless said otherwise. */
export function endpoint<I extends z.ZodType, O extends z.ZodType>(declared: Declared<I, O>): Endpoint<I, O> {
  return { access: 'signed_in', problems: [], body: 'json', answer: 'json', secret: false, stepUp: false, long: false, admits: [], limit: 'plain', unidentified: false, maximumBytes: 1_048_576, ...declared };
}

/** A write changes something: it runs in one transaction and must leave an audit record. */
export function isWrite(declared: Pick<Endpoint, 'method'>): boolean {
  return declared.method !== 'GET';
}

export function needsStepUp(declared: Pick<Endpoint, 'stepUp'>, input: unknown): boolean {
  return typeof declared.stepUp === 'function' ? declared.stepUp(input) : declared.stepUp;
}

/** Whether the same command again gets the answer of the first; a password is not kept, nor is a file of any length. */
export function isReplayed({ secret, answer }: Pick<Endpoint, 'secret' | 'answer'>): boolean {
  return !secret && answer !== 'stream';
}

/** Names of the `:name` segments of a path. */
export function pathParameters(path: string): string[] {
  return path.split('/').flatMap((segment) => (segment.startsWith(':') ? [segment.slice(1)] : []));
}
