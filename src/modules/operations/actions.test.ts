import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../../testing/harness.ts';
import { getHealth } from './contract.ts';
import { saveRun } from './queries.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('health', () => {
  it('is told to the three administrators of a unit, and to nobody else', () => world.rolledBack(async ({ as }) => {
    for (const person of ['system_administrator of 000000', 'security_administrator of 000000', 'auditor of 000000'] as const) {
      const { lines } = await as(person).call(getHealth, { unitCode: '000000' });
      expect(lines.find(({ subject }) => subject === 'database')).toMatchObject({ state: 'good', details: { mebibytes: expect.any(Number) as unknown } });
      expect(lines.find(({ subject }) => subject === 'walls')).toMatchObject({ state: 'good' });
      expect(lines.map(({ subject }) => subject)).toEqual(expect.arrayContaining(['disk', 'backup', 'drill', 'log', 'virus_scan', 'clock', 'version', 'people', 'deadline']));
    }
    expect((await as('national_office of 000000').refusal(getHealth, { unitCode: '000000' })).code).toBe('not_permitted');
    expect((await as('auditor of 990000').refusal(getHealth, { unitCode: '000000' })).code).toBe('not_permitted');
  })());

  it('knows the newest run of a kind and the newest that held', () => world.rolledBack(async ({ as, tx }) => {
    await saveRun(tx, { kind: 'backup', at: '2023-06-25T02:30:00.000+08:00', held: true, details: {} });
    await saveRun(tx, { kind: 'backup', at: '2023-06-26T02:30:00.000+08:00', held: false, details: {} });
    const { lines } = await as('system_administrator of 000000').call(getHealth, { unitCode: '000000' });
    expect(lines[0]?.state).toBe('act');
    expect(lines.find(({ subject }) => subject === 'backup')).toMatchObject({ code: 'failed', details: { at: '2023-06-26T02:30:00.000+08:00', held: '2023-06-25T02:30:00.000+08:00' } });
  })());
});
