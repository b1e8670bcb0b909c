// How records of the audit trail read: names in one language, and what of a record changed, field by field. Apart from the model,
// of which the browser gets no functions.
import type { RecordNames } from './model.ts';

export function wordsOfRecords(names: RecordNames, language: 'zh' | 'en'): { readonly [code: string]: string } {
  return Object.fromEntries(Object.entries(names).map(([code, name]) => [code, name[language]]));
}

type Told = { readonly [key: string]: unknown };
const isTold = (value: unknown): value is Told => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The versions a record of an entry names. */
export function versionsOf({ before, after }: { readonly before: unknown; readonly after: unknown }): { readonly before: number | null; readonly after: number | null } {
  const version = (told: unknown): number | null => (isTold(told) && typeof told['version'] === 'number' ? told['version'] : null);
  return { before: version(before), after: version(after) };
}

/** One field of a record. Of a list on both sides, what came and what went. */
export type Change =
  | { readonly kind: 'value'; readonly path: readonly string[]; readonly before: unknown; readonly after: unknown }
  | { readonly kind: 'list'; readonly path: readonly string[]; readonly added: readonly unknown[]; readonly removed: readonly unknown[] };

const deepest = 4;

/**
 * What a record says changed. Groups are opened down to their fields; lists are compared item by item, whatever their order. With one side
 * only (something came, or went) every field of it is told. What was not told on one side is not there (undefined); null was told as null.
 */
export function changesOf(before: unknown, after: unknown, path: readonly string[] = []): Change[] {
  if (sameAs(before, after)) return [];
  if (path.length < deepest && isGroup(before, after)) {
    const [old, now] = [before ?? {}, after ?? {}] as [Told, Told];
    return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((key) => changesOf(old[key], now[key], [...path, key]));
  }
  if (Array.isArray(before) && Array.isArray(after)) return [{ kind: 'list', path, added: without(after, before), removed: without(before, after) }];
  return path.length === 0 && isNothing(before) && isNothing(after) ? [] : [{ kind: 'value', path, before, after }];
}

/** Fields on one side at least, and nothing else on the other. */
function isGroup(before: unknown, after: unknown): boolean {
  return (isTold(before) && (isTold(after) || isNothing(after))) || (isTold(after) && isNothing(before));
}

const isNothing = (value: unknown): boolean => value === undefined || value === null;

/** The items of a list that another does not hold; one held twice counts twice. */
function without(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  const left = other.map(keyOf);
  return list.filter((item) => {
    const at = left.indexOf(keyOf(item));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function sameAs(one: unknown, other: unknown): boolean {
  return one === other || (one !== undefined && other !== undefined && keyOf(one) === keyOf(other));
}

/** The same text for the same content, in whatever order its keys came. */
function keyOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`;
  if (!isTold(value)) return JSON.stringify(value) ?? '';
  return `{${Object.keys(value).toSorted().map((key) => `${JSON.stringify(key)}:${keyOf(value[key])}`).join()}}`;
}
