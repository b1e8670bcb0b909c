// B-T4. Days that are rare, out of reach or none: 29 February, the end of the year, leap seconds, 1900 and 9999. Pass: taken when right, else
// refused with a rule; never an internal error, and nothing stored of what was refused.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordActivity } from '../src/modules/activities/contract.ts';
import { setInternalDeadline } from '../src/modules/editions/contract.ts';
import { getReturnAsOf } from '../src/modules/returns/contract.ts';
import { requestKeyHeader, requestOf } from '../src/shared/request.ts';
import { openWorld, type World } from '../src/testing/harness.ts';
import { edition, training } from '../src/testing/steps.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const days = ['2023-02-29', '2024-02-29', '1900-02-29', '2000-02-29', '2023-06-31', '2023-12-31', '1900-01-01', '0001-01-01', '9999-12-31', '10000-01-01', '2023-6-1', '2023-06-00', '２０２３-06-01', '2023-06-15T00:00', '', '昨天'];
const instants = [
  '2023-12-31T23:59:60.000+08:00', '2023-06-30T24:00:00.000+08:00', '2023-06-30T17:00:00.000+08:00', '2023-06-30T17:00:00Z', '9999-12-31T23:59:59.999+08:00', '1900-01-01T00:00:00.000+08:00',
  '2023-02-29T10:00:00.000+08:00', '2023-06-30 17:00', '',
];

describe('days that are none', () => {
  it('are refused with a rule and leave nothing', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const verdicts: string[] = [];
    for (const occurredOn of days) {
      const shape = requestOf(recordActivity, { edition, unitCode: '990101', content: training({ occurredOn, title: `日期${occurredOn}` }) });
      const answer = await clerk.raw(shape.path, { method: shape.method, body: shape.body, headers: { 'content-type': 'application/json', [requestKeyHeader]: crypto.randomUUID() } });
      const told = (await answer.json()) as { code?: string };
      expect([400, 422], `${occurredOn}: ${answer.status} ${told.code}`).toContain(answer.status);
      verdicts.push(`${answer.status}`);
    }
    const stored = await country.tx.selectFrom('activity').select('id').execute();
    expect(stored).toEqual([]);
    console.log(`B-T4: ${days.length} days and ${instants.length} instants, none an internal error`);
  })());

  it('are refused as instants too', () => world.rolledBack(async (country) => {
    for (const dueAt of instants) {
      const shape = requestOf(setInternalDeadline, { edition, unitCode: '990100', dueAt, reason: '统一时间' });
      const answer = await country.as('coordinator of 990100').raw(shape.path, { method: shape.method, body: shape.body, headers: { 'content-type': 'application/json', [requestKeyHeader]: crypto.randomUUID() } });
      expect(answer.status, dueAt).toBeLessThan(500);
      const asked = requestOf(getReturnAsOf, { edition, unitCode: '990101', at: dueAt });
      expect((await country.as('clerk of 990101').raw(asked.path)).status, dueAt).toBeLessThan(500);
    }
  })());
});
