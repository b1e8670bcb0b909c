// B-R1. Pass: one effect; the same answer again; 422 for another body; 409 while the first is running.
// A command said again, at once or later, and what a transaction promises: done once or not at all.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteActivity, recordActivity } from '../src/modules/activities/contract.ts';
import { monday, openWorld, type Country, type World } from '../src/testing/harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await world.close();
});

const county = { edition: '2023', unitCode: '990101' };
const content = { kind: 'visit', occurredOn: '2023-06-12', title: '走访企业', place: '园区', values: { manner: 'on_site' as const }, enterprises: [{ uscc: '91990001000000019G', name: '示例甲科技有限公司' }] };

/** How much there is of what a command leaves. */
async function left(country: Country): Promise<unknown> {
  return country.database.read(async (tx) => {
    const { rows } = await sql`
      select (select count(*) from activity) as entries, (select count(*) from activity_version) as versions, (select count(*) from audit_event) as audited,
        (select count(*) from request_key) as keys, (select coalesce(sum(ledger_no), 0)::integer from figure_row) as numbered`.execute(tx);
    return rows[0];
  });
}

describe('a command said again', () => {
  it('after it made itself impossible gives the answer of the first', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const { id } = await clerk.call(recordActivity, { ...county, content });
    const first = await clerk.call(deleteActivity, { id, version: 1 }, { requestKey: 'delete-it-once' });
    const before = await left(country);
    expect(await clerk.call(deleteActivity, { id, version: 1 }, { requestKey: 'delete-it-once' })).toEqual(first);
    expect(await left(country)).toEqual(before);
  })());

  it('leaves nothing of the second, also not a number of the ledger', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const first = await clerk.call(recordActivity, { ...county, content }, { requestKey: 'record-it-once' });
    const before = await left(country);
    expect(await clerk.call(recordActivity, { ...county, content }, { requestKey: 'record-it-once' })).toEqual(first);
    expect(await left(country)).toEqual(before);
    expect((await clerk.call(recordActivity, { ...county, content })).ledgerNo).toBe(2);
  })());

  it('with other content is refused, whether that would be allowed or not', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const options = { requestKey: 'one-key-for-two' };
    await clerk.call(recordActivity, { ...county, content }, options);
    const before = await left(country);
    expect((await clerk.refusal(recordActivity, { ...county, content: { ...content, title: '走访另一家' } }, options)).code).toBe('request_key_reused');
    expect((await clerk.refusal(recordActivity, { ...county, content: { ...content, occurredOn: '2023-06-27' } }, options)).code).toBe('request_key_reused');
    expect((await clerk.refusal(deleteActivity, { id: '99-00000000-0000-4000-8000-000000000000', version: 1 }, options)).code).toBe('request_key_reused');
    expect(await left(country)).toEqual(before);
  })());

  it('and refused, is not remembered: with the same key it may still succeed', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const options = { requestKey: 'too-early-at-first' };
    const later = { ...county, content: { ...content, occurredOn: '2023-06-27' } };
    expect((await clerk.refusal(recordActivity, later, options)).code).toBe('invalid_input');
    country.clock.set('2023-06-27T09:00:00.000+08:00');
    expect(await clerk.call(recordActivity, later, options)).toMatchObject({ ledgerNo: 1 });
  })());

  it('ten times at the same moment is done once, with one answer for all', async () => {
    const country = world.committed;
    const clerk = country.as('clerk of 990101');
    const answers = await Promise.all(Array.from({ length: 10 }, () => clerk.call(recordActivity, { ...county, content }, { requestKey: 'ten-at-once' })));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await left(country)).toEqual({ entries: 1, versions: 1, audited: 1, keys: 1, numbered: 1 });
    const deleted = await Promise.all(answers.map(({ id, version }) => clerk.call(deleteActivity, { id, version }, { requestKey: 'ten-deletions' })));
    expect(new Set(deleted.map(({ ledgerNo }) => ledgerNo))).toEqual(new Set([2]));
    expect(await left(country)).toEqual({ entries: 1, versions: 2, audited: 2, keys: 2, numbered: 2 });
  });
});

describe('a transaction', () => {
  const setting = (key: string) => sql`insert into setting (key, value) values (${key}, 'true')`;
  const known = async (key: string): Promise<boolean> => {
    const row = await world.committed.database.read((tx) => tx.selectFrom('setting').select('key').where('key', '=', key).executeTakeFirst());
    return row !== undefined;
  };

  it('whose last statement fails did nothing', async () => {
    const { database } = world.committed;
    await expect(database.write((tx) => setting('first').execute(tx), () => setting('first'))).rejects.toMatchObject({ constraint: 'setting_pkey' });
    expect(await known('first')).toBe(false);
  });

  it('in which a failed statement was passed over is not taken for done', async () => {
    const { database } = world.committed;
    const passedOver = database.write(async (tx) => {
      await setting('second').execute(tx);
      await setting('second').execute(tx).catch(() => undefined);
    });
    await expect(passedOver).rejects.toThrow('rolled back');
    expect(await known('second')).toBe(false);
  });

  it('hears nothing after its end', async () => {
    const { database } = world.committed;
    const tx = await database.read(async (running) => running);
    await expect(sql`select 1`.execute(tx)).rejects.toThrow('after the end');
  });

  it('says statements that do not wait for each other in their order', async () => {
    const { rows } = await world.committed.database.write(async (tx) => {
      await setting(monday).execute(tx);
      const steps = ['1', '2', '3'].map((step) => sql`update setting set value = value || ${`"${step}"`}::jsonb where key = ${monday}`.execute(tx));
      await Promise.all(steps);
      return sql<{ value: unknown }>`select value from setting where key = ${monday}`.execute(tx);
    });
    expect(rows).toEqual([{ value: [true, '1', '2', '3'] }]);
  });
});
