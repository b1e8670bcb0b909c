import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { fixedClock } from './kernel/clock.ts';
import { silentLog } from './kernel/log.ts';
import { saveRun } from './modules/operations/queries.ts';
import { makeDatabase, type TestDatabase } from './testing/databases.ts';
import { dailyBackup, dailyLogCheck, startDaily } from './daily-commands.ts';

let place: TestDatabase;
beforeAll(async () => {
  place = await makeDatabase();
});
afterAll(() => place.drop());

it('backs up once after the hour, makes up for a night it stood still, and waits an hour after a failure', async () => {
  const { database } = place;
  const clock = fixedClock('2023-06-01T12:00:00.000+08:00');
  let exit = 1;
  let begun = 0;
  const run = () => {
    begun += 1;
    const held = exit === 0;
    return { ended: database.write((tx) => saveRun(tx, { kind: 'backup', at: clock.now(), held, details: {} })).then(() => exit), stop: () => undefined };
  };
  const keeper = startDaily(dailyBackup({ directory: '/nowhere', at: '02:30', recipient: null, identityFile: null }), { database, clock, log: silentLog, run, every: 5 });
  const nothingMore = async (count: number): Promise<void> => {
    await vi.waitFor(() => expect(begun).toBe(count));
    await pause(60);
    expect(begun).toBe(count);
  };
  try {
    await nothingMore(1);
    clock.set('2023-06-01T12:59:00.000+08:00');
    await nothingMore(1);
    exit = 0;
    clock.set('2023-06-01T13:00:00.000+08:00');
    await nothingMore(2);
    clock.set('2023-06-02T02:29:00.000+08:00');
    await nothingMore(2);
    clock.set('2023-06-02T02:30:00.000+08:00');
    await nothingMore(3);
    clock.set('2023-06-05T09:00:00.000+08:00');
    await nothingMore(4);
  } finally {
    await keeper.stop();
  }
});

it('does nothing without a folder or an hour', async () => {
  const run = vi.fn();
  const off = { recipient: null, identityFile: null };
  const parts = { database: place.database, clock: fixedClock('2023-06-01T12:00:00.000+08:00'), log: silentLog, run, every: 1 };
  const keepers = [startDaily(dailyBackup({ ...off, directory: null, at: '02:30' }), parts), startDaily(dailyBackup({ ...off, directory: '/nowhere', at: null }), parts)];
  await pause(20);
  for (const keeper of keepers) await keeper.stop();
  expect(run).not.toHaveBeenCalled();
});

it('checks the log first at its next hour, not whenever a server starts, and daily from then on', async () => {
  const { database } = place;
  const clock = fixedClock('2023-06-01T12:00:00.000+08:00');
  const commands: string[] = [];
  const run = (command: readonly string[]) => {
    commands.push(command.join(' '));
    return { ended: database.write((tx) => saveRun(tx, { kind: 'log_check', at: clock.now(), held: true, details: {} })).then(() => 0), stop: () => undefined };
  };
  const keeper = startDaily(dailyLogCheck, { database, clock, log: silentLog, run, every: 5 });
  try {
    await pause(60);
    expect(commands).toEqual([]);
    for (const [now, count] of [['2023-06-02T03:41:00.000+08:00', 1], ['2023-06-02T23:00:00.000+08:00', 1], ['2023-06-03T03:40:00.000+08:00', 2]] as const) {
      clock.set(now);
      await vi.waitFor(() => expect(commands).toHaveLength(count));
      await pause(30);
      expect(commands).toEqual(Array.from({ length: count }, () => 'log check --scheduled --json'));
    }
  } finally {
    await keeper.stop();
  }
});
