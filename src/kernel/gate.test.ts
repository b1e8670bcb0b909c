// The gate for slow work.
import { expect, it } from 'vitest';
import { problem, ProblemRaised } from '../shared/problem.ts';
import { openGate, openPlaces } from './gate.ts';

function work(): { run: () => Promise<void>; end: () => void; begun: () => boolean } {
  let begun = false;
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    run: () => {
      begun = true;
      return over;
    },
    end: () => end(),
    begun: () => begun,
  };
}

it('lets so many through, makes so many wait, and sends the rest away', async () => {
  const gate = openGate(1, 1);
  const [first, second, third] = [work(), work(), work()];
  const firstDone = gate(first.run);
  const secondDone = gate(second.run);
  await expect(gate(third.run)).rejects.toThrow(ProblemRaised);
  expect([first.begun(), second.begun(), third.begun()]).toEqual([true, false, false]);
  first.end();
  await firstDone;
  await new Promise(setImmediate);
  expect(second.begun()).toBe(true);
  second.end();
  await secondDone;
});

it('hands the place on when work fails', async () => {
  const gate = openGate(1, 5);
  await expect(gate(async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await gate(async () => 'next')).toBe('next');
});

it('leaves places to others when one person has enough, in order otherwise', async () => {
  const places = openPlaces({ each: 2, all: 3, waiting: 10 });
  const first = await places.enter('a');
  await places.enter('a');
  const entered: string[] = [];
  const third = places.enter('a').then((leave) => (entered.push('a'), leave));
  const other = await places.enter('b');
  const late = places.enter('c').then((leave) => (entered.push('c'), leave));
  expect(places.count()).toEqual({ held: 3, waiting: 2 });
  // b leaves: a still has two, so c goes in before a.
  other();
  other();
  await late;
  expect(entered).toEqual(['c']);
  first();
  await third;
  expect(entered).toEqual(['c', 'a']);
});

it('lets nobody wait for ever', async () => {
  const gate = openGate(1, 1, { full: problem('overloaded'), patienceMilliseconds: 5 });
  const [first, second] = [work(), work()];
  const done = gate(first.run);
  await expect(gate(second.run)).rejects.toMatchObject({ problem: { code: 'overloaded' } });
  expect(second.begun()).toBe(false);
  first.end();
  await done;
  expect(await gate(async () => 'next')).toBe('next');
});
