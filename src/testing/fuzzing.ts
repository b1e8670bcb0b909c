// Inputs for endpoints made from their own schemas: mostly meant well, some broken on purpose in one place.
import fc from 'fast-check';
import { z } from 'zod';
import type { Endpoint } from '../shared/endpoint.ts';

/** What a schema alone cannot know: values that exist, by the name of a field or by its pattern. */
export interface Pools {
  readonly byName: { readonly [field: string]: fc.Arbitrary<unknown> };
  readonly byPattern: { readonly [pattern: string]: fc.Arbitrary<unknown> };
}

type JsonSchema = { readonly [key: string]: unknown };

const nested = Array.from({ length: 200 }).reduce<unknown>((inside) => [inside], []);

/** What nobody should send and somebody will. */
export const nasty: readonly unknown[] = [
  null, true, -1, 0, 0.5, 1e12, 1e308, 2 ** 53, -(2 ** 63), '', ' ', '　', 'null', 'undefined', 'NaN', '-1', '1e999', '99999999999999999999', '０２３', [], {}, [[]], [null], { a: 1 }, nested,
  '1900-01-01', '0000-01-01', '9999-12-31', '2023-02-30', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2023-06-15T24:00:00+08:00', '-000001-01-01T00:00:00Z',
  '\u0000', 'a\u0000b', '\ud800', 'a\udfff', '\ufeff', '\u202e', '😀', '👩‍👩‍👧‍👦', '𠮷'.repeat(50), '字'.repeat(5000), 'x'.repeat(100_000), '\n\r\t',
  "' or 1=1 --", '"; drop table activity; --', '%', '_%_', '\\', '$1', '<script>alert(1)</script>', '=HYPERLINK("http://example.invalid")', '../../etc/passwd', '{{7*7}}', '__proto__', 'constructor',
];

/** Of these the ones that reach furthest; every field is tried with each. */
const worst: readonly unknown[] = ['\u0000', '\ud800', '0000-01-01', '9999-12-31T23:59:59Z', '99999999999999999999', '1e999', 1e308, 'x'.repeat(100_000), nested];

/** An input as meant, with each of its fields in turn replaced by each of the worst. */
export function worstOf(input: Record<string, unknown>): FuzzedInput[] {
  return placesIn(input).flatMap((_place, at) => worst.map((value) => {
    const damage = { how: 'replace' as const, at, value };
    return { input: damaged(input, damage), damage };
  }));
}

function arbitraryOf(schema: JsonSchema, name: string, pools: Pools): fc.Arbitrary<unknown> {
  return Object.hasOwn(pools.byName, name) ? (pools.byName[name] ?? fc.anything()) : ofSchema(schema, pools);
}

function ofSchema(schema: JsonSchema, pools: Pools): fc.Arbitrary<unknown> {
  const choices = (schema['anyOf'] ?? schema['oneOf']) as JsonSchema[] | undefined;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => arbitraryOf(choice, '', pools)));
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  switch (schema['type']) {
    case 'string':
      return stringOf(schema, pools);
    case 'integer':
    case 'number':
      return fc.integer({ min: Math.max(-1000, Number(schema['minimum'] ?? -1000)), max: Math.min(1_000_000, Number(schema['maximum'] ?? 1_000_000)) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(arbitraryOf(schema['items'] as JsonSchema, '', pools), { minLength: Number(schema['minItems'] ?? 0), maxLength: 4 });
    case 'object':
      return objectOf(schema, pools);
    default:
      return fc.constantFrom('1', 5, null);
  }
}

function stringOf(schema: JsonSchema, pools: Pools): fc.Arbitrary<unknown> {
  const pattern = schema['pattern'];
  if (typeof pattern === 'string' && Object.hasOwn(pools.byPattern, pattern)) return pools.byPattern[pattern] ?? fc.string();
  if (schema['format'] === 'date-time') return fc.constantFrom('2023-07-01T09:00:00+08:00', '2023-07-07T17:00:00.000+08:00', '2023-06-30T23:59:59Z');
  if (schema['format'] === 'uuid') return fc.uuid();
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern));
  return fc.oneof(fc.constantFrom('情况属实，已与经办人核对', '商业秘密保护培训会'), fc.string({ unit: 'grapheme', minLength: Number(schema['minLength'] ?? 0), maxLength: 40 }));
}

function objectOf(schema: JsonSchema, pools: Pools): fc.Arbitrary<Record<string, unknown>> {
  const properties = Object.entries((schema['properties'] ?? {}) as { [name: string]: JsonSchema });
  const required = new Set((schema['required'] ?? []) as string[]);
  const fields = Object.fromEntries(properties.map(([name, of]) => [name, arbitraryOf(of, name, pools)]));
  return fc.record(fields, { requiredKeys: properties.flatMap(([name]) => (required.has(name) ? [name] : [])) });
}

export type Damage = { readonly how: 'replace' | 'remove' | 'add'; readonly at: number; readonly value: unknown } | null;

export interface FuzzedInput {
  readonly input: Record<string, unknown>;
  readonly damage: Damage;
}

/** Inputs of an endpoint; the damage is done already. */
export function inputsOf(endpoint: Endpoint, pools: Pools): fc.Arbitrary<FuzzedInput> {
  const schema = z.toJSONSchema(endpoint.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const damage: fc.Arbitrary<Damage> = fc.oneof(
    { weight: 2, arbitrary: fc.constant(null) },
    { weight: 5, arbitrary: fc.record({ how: fc.constant('replace' as const), at: fc.nat(1000), value: fc.constantFrom(...nasty) }) },
    { weight: 1, arbitrary: fc.record({ how: fc.constant('remove' as const), at: fc.nat(1000), value: fc.constant(null) }) },
    { weight: 1, arbitrary: fc.record({ how: fc.constant('add' as const), at: fc.nat(1000), value: fc.constantFrom(...nasty) }) },
  );
  return fc.record({ input: objectOf(schema, pools), damage }).map(({ input, damage: done }) => ({ input: damaged(input, done), damage: done }));
}

function damaged(input: Record<string, unknown>, damage: Damage): Record<string, unknown> {
  if (damage === null) return input;
  if (damage.how === 'add') return { ...input, unheardOf: damage.value };
  const copy = structuredClone(input);
  const places = placesIn(copy);
  const place = places[damage.at % Math.max(1, places.length)];
  if (place === undefined) return copy;
  if (damage.how === 'remove') Reflect.deleteProperty(place.of, place.key);
  else Reflect.set(place.of, place.key, damage.value);
  return copy;
}

function placesIn(value: unknown): { of: object; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => [{ of: value, key }, ...placesIn(inside)]);
}
