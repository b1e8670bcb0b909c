// The gate for slow work.
import { expect, it } from 'vitest';
import { ProblemRaised } from '../shared/problem.ts';
import { openGate } from './gate.ts';

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
  expect(second.begun()).toBe(true);
  second.end();
  await secondDone;
});

it('hands the place on when work fails', async () => {
  const gate = openGate(1, 5);
  await expect(gate(async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await gate(async () => 'next')).toBe('next');
});
