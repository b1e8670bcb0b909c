// How often and how many at once. Windows are long here, so that no slow machine begins a new one.
import { expect, it } from 'vitest';
import { ProblemRaised } from '../shared/problem.ts';
import type { Actor } from './context.ts';
import { openLimits, plainRates } from './limits.ts';

const actor = (name: string): Actor => ({ accountId: name, name, sessionHash: `session of ${name}`, standing: 'open', provedAt: null, grants: [], enterpriseId: null, enterpriseUnit: null, reach: [], logReach: [] });
const plain = { limit: 'plain' } as const;
const upload = { limit: 'upload' } as const;
const file = { limit: 'file' } as const;

async function refusal(work: Promise<unknown>): Promise<unknown> {
  return work.then(() => 'taken', (error: unknown) => (error instanceof ProblemRaised ? error.problem : error));
}

it('counts strangers by address, sixty a minute, and says how long to wait', async () => {
  const limits = openLimits();
  const stranger = { address: '198.51.100.1', actor: null };
  for (let count = 0; count < plainRates.anonymous.points; count += 1) await limits.count(plain, stranger);
  expect(await refusal(limits.count(plain, stranger))).toEqual({ code: 'rate_limited', details: { kind: 'anonymous', retryAfterSeconds: expect.toSatisfy((seconds: number) => seconds >= 1 && seconds <= 60) } });
  // Another address, signing in from the same one, and whoever has a session are not theirs.
  expect(await refusal(limits.count(plain, { address: '198.51.100.2', actor: null }))).toBe('taken');
  expect(await refusal(limits.count({ limit: 'sign_in' }, stranger))).toBe('taken');
  expect(await refusal(limits.count(plain, { ...stranger, actor: actor('a') }))).toBe('taken');
});

it('counts sessions apart, and uploads of a person over all sessions', async () => {
  const limits = openLimits({ session: 5, upload: 3 });
  const one = { address: 'x', actor: actor('a') };
  const other = { address: 'x', actor: { ...actor('a'), sessionHash: 'another' } };
  for (let count = 0; count < 2; count += 1) await limits.count(upload, one);
  await limits.count(upload, other);
  expect(await refusal(limits.count(upload, other))).toMatchObject({ code: 'rate_limited', details: { kind: 'upload' } });
  for (let count = 0; count < 3; count += 1) await limits.count(plain, one);
  expect(await refusal(limits.count(plain, one))).toMatchObject({ details: { kind: 'session', retryAfterSeconds: expect.toSatisfy((seconds: number) => seconds <= 3) } });
  expect(await refusal(limits.count(plain, other))).toBe('taken');
});

it('gives each two files at once and all four; the rest waits in line', async () => {
  const limits = openLimits();
  const a = { address: 'x', actor: actor('a') };
  const leaving = [await limits.enter(file, a), await limits.enter(file, a)];
  const third = limits.enter(file, a);
  const others = [await limits.enter(file, { address: 'x', actor: actor('b') }), await limits.enter(file, { address: 'x', actor: actor('c') })];
  expect(limits.queues()['file']).toEqual({ held: 4, waiting: 1 });
  leaving[0]?.();
  (await third)();
  for (const leave of [...leaving, ...others]) leave();
  expect(limits.queues()['file']).toEqual({ held: 0, waiting: 0 });
  expect(await limits.enter(plain, a)).toBeTypeOf('function');
});

it('answers at once when the house is full, and takes the next when one leaves', async () => {
  const limits = openLimits();
  const ends: (() => void)[] = [];
  const work = (): Promise<string> => new Promise((resolve) => ends.push(() => resolve('done')));
  const inside = Array.from({ length: 500 }, () => limits.admit(plain, work));
  await new Promise(setImmediate);
  expect(limits.queues()['plain']).toEqual({ held: 100, waiting: 400 });
  const began = performance.now();
  expect(await refusal(limits.admit(plain, work))).toEqual({ code: 'overloaded', details: { retryAfterSeconds: 2 } });
  expect(performance.now() - began).toBeLessThan(50);
  // What has a queue of its own is not turned away by the crowd.
  expect(await limits.admit(file, async () => 'made')).toBe('made');
  for (let round = 0; round < 5; round += 1) {
    for (const end of ends.splice(0)) end();
    await new Promise(setImmediate);
    await new Promise(setImmediate);
  }
  expect(new Set(await Promise.all(inside))).toEqual(new Set(['done']));
});
