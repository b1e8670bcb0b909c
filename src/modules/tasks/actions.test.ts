// What each person is told to do, step by step through a month, and reminders between units.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../testing/country.ts';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { act, bringUp, edition, fillLedger, publicity, writeNotes } from '../../testing/steps.ts';
import { recordActivity } from '../activities/contract.ts';
import { listAuditEvents } from '../audit/contract.ts';
import { setInternalDeadline } from '../editions/contract.ts';
import { getMatrix } from '../figures/contract.ts';
import { listTasks, readReminder, remindUnits } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Opens the world lazily: `world` is set in beforeAll, after the tests are declared. */
function rolledBack(run: Parameters<World['rolledBack']>[0]): () => Promise<void> {
  return () => world.rolledBack(run)();
}

const county = '990101';

/** What is to be done now, and how often. */
async function toDo(country: Country, person: Person): Promise<Record<string, number>> {
  const { tasks } = await country.as(person).call(listTasks, { edition, unitCode: person.split(' of ')[1] ?? '' });
  return Object.fromEntries(tasks.filter(({ status }) => status === 'to_do').map(({ code, count }) => [code, count]));
}

async function closing(country: Country, person: Person): Promise<string | undefined> {
  const { tasks } = await country.as(person).call(listTasks, { edition, unitCode: person.split(' of ')[1] ?? '' });
  return tasks.find(({ code }) => code === 'all_done' || code === 'wait_for_others')?.code;
}

describe('the task list', () => {
  it('leads a return from hand to hand', rolledBack(async (country) => {
    const [clerk, reviewer, head, above] = [`clerk of ${county}`, `reviewer of ${county}`, `head of ${county}`, 'coordinator of 990100'] as const;
    expect(await toDo(country, clerk)).toMatchObject({ fill_ledger: 0, check_table: 4 });
    expect(await closing(country, reviewer)).toBe('all_done');
    await fillLedger(country, county);
    expect(await toDo(country, clerk)).toEqual({ fill_ledger: 4, send_for_review: 0 });
    await act(country, clerk, county, { act: 'send_for_review' });
    expect(await toDo(country, clerk)).toEqual({});
    expect(await closing(country, clerk)).toBe('wait_for_others');
    expect(await toDo(country, reviewer)).toEqual({ review_return: 1 });
    expect(await toDo(country, head)).toEqual({});
    await act(country, reviewer, county, { act: 'approve' });
    expect(await toDo(country, head)).toEqual({ sign_return: 1 });
    await act(country, head, county, { act: 'sign' });
    expect(await toDo(country, head)).toEqual({ seal_return: 1 });
    await act(country, head, county, { act: 'seal' });
    expect(await toDo(country, head)).toEqual({ submit_return: 1 });
    expect(await toDo(country, clerk)).toEqual({ submit_return: 0 });
    await act(country, head, county, { act: 'submit' });
    expect(await toDo(country, above)).toMatchObject({ accept_children: 1, remind_children: 1 });
    await act(country, above, county, { act: 'accept' });
    expect((await toDo(country, above))['accept_children']).toBeUndefined();
    const { stepsLeft } = await country.as(clerk).call(listTasks, { edition, unitCode: county });
    expect(stepsLeft).toBe(0);
  }));

  it('brings a returned table back to the clerk, and a request to correct to the unit above', rolledBack(async (country) => {
    await fillLedger(country, county);
    await bringUp(country, county);
    await act(country, 'coordinator of 990100', county, { act: 'return_by_upper', reasons: [{ indicator: null, text: '请再核对' }] });
    expect(await toDo(country, `clerk of ${county}`)).toMatchObject({ correct_returned: 6, send_for_review: 0 });
    await bringUp(country, county);
    await act(country, 'coordinator of 990100', county, { act: 'accept' });
    await act(country, `clerk of ${county}`, county, { act: 'request_correction', reason: '漏报一场培训活动' });
    expect(await toDo(country, 'coordinator of 990100')).toMatchObject({ decide_corrections: 1 });
  }));

  it('asks for notes on what is unusual, and will not let a table with a hard finding be sent', rolledBack(async (country) => {
    await country.as(`clerk of ${county}`).call(recordActivity, { edition, unitCode: county, content: publicity({ values: { mode: 'offline', attendances: 0, materials: 0 } }) });
    const { tasks } = await country.as(`clerk of ${county}`).call(listTasks, { edition, unitCode: county });
    expect(tasks.find(({ code }) => code === 'send_for_review')?.status).toBe('cannot_start');
    await writeNotes(country, county);
    expect((await toDo(country, `clerk of ${county}`))['check_table']).toBe(1);
  }));

  it('asks for a deadline for those below until there is one or it is too late', rolledBack(async (country) => {
    const city = 'coordinator of 990100';
    expect(await toDo(country, city)).toMatchObject({ set_internal_deadline: 0 });
    await country.as(city).call(setInternalDeadline, { edition, unitCode: '990100', dueAt: '2023-07-04T17:00:00+08:00', reason: '留出汇总时间' });
    expect((await toDo(country, city))['set_internal_deadline']).toBeUndefined();
    country.clock.set('2023-07-07T17:00:00.000+08:00');
    expect((await toDo(country, 'coordinator of 990200'))['set_internal_deadline']).toBeUndefined();
  }));

  it('is a person\'s own: not for people of other units', rolledBack(async (country) => {
    expect((await country.as('coordinator of 990100').refusal(listTasks, { edition, unitCode: county })).code).toBe('not_permitted');
  }));
});

describe('reminders', () => {
  const text = '请于今日下班前报送';

  it('go to those who have not submitted, are read once, and leave a trace', rolledBack(async (country) => {
    await fillLedger(country, '990102');
    await bringUp(country, '990102');
    const answer = await country.as('coordinator of 990100').call(remindUnits, { edition, unitCode: '990100', unitCodes: [county, '990102'], text });
    expect(answer).toEqual({ reminded: [county], leftOut: ['990102'], tooSoon: [] });
    expect(await toDo(country, `clerk of ${county}`)).toMatchObject({ read_reminders: 1 });
    const matrix = await country.as('coordinator of 990100').call(getMatrix, { edition, unitCode: '990100' });
    expect(matrix.rows.map(({ lastReminderAt }) => lastReminderAt)).toEqual([country.clock.now(), null]);
    const { reminders } = await country.as(`clerk of ${county}`).call(listTasks, { edition, unitCode: county });
    expect(reminders).toMatchObject([{ fromUnitCode: '990100', fromUnitName: '东湖市市场监督管理局', text, read: false }]);
    const id = reminders[0]?.id ?? '';
    expect((await country.as('clerk of 990102').refusal(readReminder, { id })).code).toBe('not_found');
    await country.as(`clerk of ${county}`).call(readReminder, { id });
    expect((await toDo(country, `clerk of ${county}`))['read_reminders']).toBeUndefined();
    const { events } = await country.as('coordinator of 990100').call(listAuditEvents, { unitCode: '990100' });
    expect(events.find(({ action }) => action === 'units_reminded')).toMatchObject({ after: { reminded: [county], leftOut: ['990102'] } });
  }));

  it('go to the same unit once an hour from the same unit; whoever was reminded just before is left out and named', rolledBack(async (country) => {
    const city = country.as('coordinator of 990100');
    const both = { edition, unitCode: '990100', unitCodes: [county, '990102'], text };
    expect(await city.call(remindUnits, { ...both, unitCodes: [county] })).toEqual({ reminded: [county], leftOut: [], tooSoon: [] });
    expect(await city.call(remindUnits, both)).toEqual({ reminded: ['990102'], leftOut: [], tooSoon: [county] });
    expect(await city.call(remindUnits, both)).toEqual({ reminded: [], leftOut: [], tooSoon: [county, '990102'] });
    // The province has not reminded anybody yet.
    expect((await country.as('coordinator of 990000').call(remindUnits, { ...both, unitCode: '990000' })).reminded).toEqual([county, '990102']);
    expect((await country.as(`clerk of ${county}`).call(listTasks, { edition, unitCode: county })).reminders).toHaveLength(2);
    country.clock.set('2023-06-26T09:59:59.999+08:00');
    expect((await city.call(remindUnits, both)).reminded).toEqual([]);
    country.clock.set('2023-06-26T10:00:00.000+08:00');
    expect((await city.call(remindUnits, both)).reminded).toEqual([county, '990102']);
    const { events } = await city.call(listAuditEvents, { unitCode: '990100' });
    expect(events.filter(({ action }) => action === 'units_reminded').map(({ after }) => (after as { tooSoon: string[] }).tooSoon)).toEqual([[], [county, '990102'], [county, '990102'], [county], []]);
  }));

  it('sent by two people of one office at once reach a unit once', async () => {
    const city = world.committed.as('coordinator of 980100');
    const wanted = { edition, unitCode: '980100', unitCodes: ['980101'], text };
    const answers = await Promise.all([1, 2, 3, 4].map(() => city.call(remindUnits, wanted)));
    expect(answers.flatMap(({ reminded }) => reminded)).toEqual(['980101']);
    expect(answers.flatMap(({ tooSoon }) => tooSoon)).toHaveLength(3);
  });

  it('go out in the name of the unit one sits at, by those whose office it is', rolledBack(async (country) => {
    const wanted = { edition, unitCodes: [county], text };
    for (const [person, unitCode] of [
      ['coordinator of 990000', '990100'], ['national_office of 000000', '990100'], ['reviewer of 990100', '990100'], ['head of 990100', '990100'], ['system_administrator of 990100', '990100'],
      ['clerk of 990102', '990102'], ['coordinator of 990200', '990100'],
    ] as const) {
      expect((await country.as(person).refusal(remindUnits, { ...wanted, unitCode })).code, `${person} for ${unitCode}`).toMatch(/^not_(permitted|found)$/);
    }
    expect((await country.as(`clerk of ${county}`).call(listTasks, { edition, unitCode: county })).reminders).toEqual([]);
    expect((await country.as('national_office of 000000').call(remindUnits, { ...wanted, unitCode: '000000' })).reminded).toEqual([county]);
  }));

  it('reach further down, but never sideways, upwards or to oneself', rolledBack(async (country) => {
    expect((await country.as('coordinator of 990000').call(remindUnits, { edition, unitCode: '990000', unitCodes: [county, '990071'], text })).reminded.sort()).toEqual(['990071', county]);
    for (const unitCode of ['980101', '990000', '990100', '123456']) {
      expect((await country.as('coordinator of 990100').refusal(remindUnits, { edition, unitCode: '990100', unitCodes: [unitCode], text })).code, unitCode).toBe('not_found');
    }
    expect((await country.as('clerk of 990100').refusal(remindUnits, { edition, unitCode: '990100', unitCodes: [county], text })).code).toBe('not_permitted');
  }));
});
