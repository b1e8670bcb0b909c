// B-T2. The machine's clock jumps back an hour, and on by a day. Pass: the log goes on without a gap and its time never back; an act's time
// is the server's; a session that has ended does not come back to life with the hour.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordActivity } from '../src/modules/activities/contract.ts';
import { whoAmI } from '../src/modules/sign-in/contract.ts';
import { openWorld, type World } from '../src/testing/harness.ts';
import { enrol } from '../src/testing/sign-in.ts';
import { edition, training } from '../src/testing/steps.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const jumps = ['2023-06-26T09:00:00.000+08:00', '2023-06-26T08:00:00.000+08:00', '2023-06-26T09:30:00.000+08:00', '2023-06-27T09:30:00.000+08:00', '2023-06-26T10:00:00.000+08:00', '2023-06-27T09:30:00.001+08:00'];

describe('a clock that jumps', () => {
  it('leaves the log without gaps, and its time never goes back', () => world.rolledBack(async (country) => {
    for (const [index, now] of jumps.entries()) {
      country.clock.set(now);
      await country.as('clerk of 990101').call(recordActivity, { edition, unitCode: '990101', content: training({ title: `时钟第${index}次` }) });
    }
    const { rows } = await sql<{ seq: number; at: string }>`select seq, at from log_leaf where province_code = 99 order by seq`.execute(country.tx);
    const last = rows.slice(-jumps.length);
    expect(last.map(({ seq }) => seq - (last[0]?.seq ?? 0))).toEqual(jumps.map((_, index) => index));
    expect(last.map(({ at }) => at)).toEqual(last.map(({ at }) => at).toSorted());
    const { rows: entered } = await sql<{ at: string }>`select created_at as at from activity where title like '时钟%' order by title`.execute(country.tx);
    expect(entered.map(({ at }) => at)).toEqual(jumps);
    console.log(`B-T2: ${jumps.length} jumps, leaf times ${last[0]?.at.slice(11, 16)} to ${last.at(-1)?.at.slice(0, 16)}`);
  })());

  it('revives no session that has ended', () => world.rolledBack(async (country) => {
    const { browser } = await enrol(country, '00000000-0000-4000-8000-000000990101');
    expect((await browser.send(whoAmI, {})).status).toBe(200);
    country.clock.set('2023-06-27T09:30:00.000+08:00');
    expect((await browser.send(whoAmI, {})).code).toBe('not_signed_in');
    country.clock.set('2023-06-26T09:10:00.000+08:00');
    expect((await browser.send(whoAmI, {})).code).toBe('not_signed_in');
  })());
});
