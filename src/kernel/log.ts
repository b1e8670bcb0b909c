// Structured log lines on stderr. Fields are ids, codes, numbers and durations; never what a person typed. A field that is not known
// here, or holds another kind of value than it should, is left out and said to be: what nobody thought of cannot slip in (0029).
import { pino } from 'pino';

export type Log = Pick<ReturnType<typeof pino>, 'info' | 'warn' | 'error'>;

/** Ids, names of endpoints, SQL states and the like; no blank, so never a sentence or a name. */
const code = /^[A-Za-z0-9_.:;+/#-]{0,120}$/;
/** A line of the embedded database at the level LOG, which quotes no values; a place in our program. */
const line = /^[\s\S]{0,500}$/;

type Kind = 'code' | 'number' | 'line';

const known: { readonly [field: string]: Kind } = {
  requestId: 'code', endpoint: 'code', status: 'number', problem: 'code', ms: 'number', account: 'code',
  name: 'code', code: 'code', stack: 'line', error: 'code', step: 'code', directive: 'code', file: 'code', why: 'code', witness: 'code', exit: 'number',
  postgres: 'line', applied: 'number', current: 'code', port: 'number', province: 'number', tries: 'number', minutes: 'number', checked: 'number',
  seq: 'number', size: 'number', index: 'number', fault: 'code', kind: 'code', origin: 'code', what: 'code',
};

const redacted = '[left out]';

function shown(field: string, value: unknown): unknown {
  if (value === null || value === undefined || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.slice(0, 20).map((one: unknown) => shown(field, one));
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shown(typeof inner === 'number' ? 'status' : name, inner)]));
  if (typeof value === 'number') return known[field] === undefined ? redacted : value;
  return typeof value === 'string' && isShown(known[field], value) ? value : redacted;
}

function isShown(kind: Kind | undefined, text: string): boolean {
  if (kind === 'line') return line.test(text);
  return kind === 'code' && code.test(text);
}

/** Where the lines go: the process's stderr, or for tests whoever collects them. */
export function openLog(level: string, destination: { write(line: string): unknown } = pino.destination({ dest: 2, sync: true })): Log {
  const formatters = { log: (fields: Record<string, unknown>) => Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, shown(field, value)])) };
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters }, destination as ReturnType<typeof pino.destination>);
}

export const silentLog: Log = pino({ level: 'silent' });

/** Class and place of a fault, without its message: messages can quote what people typed. */
export function faultOf(error: unknown): { name: string; code: string; stack: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, code: '', stack: [] };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const stack = (error.stack ?? '').split('\n').filter((line) => line.trim().startsWith('at ')).slice(0, 12);
  return { name: error.name, code, stack: stack.map((line) => line.trim()) };
}
