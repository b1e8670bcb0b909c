// A training from its announcement to the ledger: places under a race, check-ins that are counted once, codes that cannot be used again.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../kernel/log.ts';
import { refreshAll } from '../../refreshing.ts';
import { keepHouse } from '../../housekeeping.ts';
import { type Client, type Country, openWorld, ProblemAnswered, type World } from '../../testing/harness.ts';
import { edition, syntheticUscc } from '../../testing/steps.ts';
import { getActivity } from '../activities/contract.ts';
import { listAuditEvents } from '../audit/contract.ts';
import { getTable } from '../figures/contract.ts';
import { ticketCodeOf } from './codes.ts';
import * as contract from './contract.ts';
import type { TrainingContent } from './model.ts';
import { sealName } from './people.ts';
import { findTraining, insertPlace, newRecord } from './queries.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const unitCode = '990101';
const content = {
  title: '商业秘密保护实务培训', startsAt: '2023-06-26T08:30:00.000+08:00', endsAt: '2023-06-27T17:00:00.000+08:00', mode: 'offline', place: '政务中心三楼会议室', capacity: 2, audience: '企业法务', signUpUntil: '2023-06-26T12:00:00.000+08:00',
  links: [{ name: '课件', address: 'https://example.org/slides' }],
} satisfies Partial<TrainingContent>;
const firm = (number: number) => ({ uscc: syntheticUscc(number + 1), name: `示例企业${number}` });

async function opened(country: Country, more: Partial<TrainingContent> = {}): Promise<{ id: string; clerk: Client; visitor: Client }> {
  const clerk = country.as(`clerk of ${unitCode}`);
  const { id } = await clerk.call(contract.createTraining, { edition, unitCode, content: { ...content, ...more } });
  await clerk.call(contract.openTraining, { id, version: 1 });
  return { id, clerk, visitor: country.anyone() };
}

const signing = (visitor: Client, id: string, number: number, name: string, key = randomUUID()) => visitor.call(contract.signUp, { id, enterprise: firm(number), name, key });
const rule = async (refusal: Promise<{ code: string; details: Record<string, unknown> }>): Promise<unknown> => refusal.then(({ code, details }) => details['rule'] ?? code);

async function venueOf(clerk: Client, id: string): Promise<string> {
  const { address } = await clerk.call(contract.getVenueScreen, { id });
  return address.split('code=')[1] ?? '';
}

describe('a training', () => {
  it('is announced, fills up, takes nobody twice, and gives a place back', () => world.rolledBack(async (country) => {
    const { id, clerk, visitor } = await opened(country);
    expect(await visitor.call(contract.findTrainings, { unitCode: '990100' })).toMatchObject({ total: 1, trainings: [{ id, left: 2, closed: null, unitName: '望月县市场监督管理局' }] });
    const key = randomUUID();
    const { code } = await signing(visitor, id, 1, '钱某某', key);
    expect(await signing(visitor, id, 1, '钱某某', key)).toEqual({ code });
    expect(await rule(visitor.refusal(contract.signUp, { id, enterprise: firm(1), name: '钱 某某', key: randomUUID() }))).toBe('duplicate');
    await signing(visitor, id, 1, '孙某某');
    expect(await rule(visitor.refusal(contract.signUp, { id, enterprise: firm(2), name: '李某某', key: randomUUID() }))).toBe('training_full');
    const ticket = await visitor.call(contract.getTicket, { code: ` ${code.toUpperCase()}` });
    expect(ticket).toMatchObject({ name: '钱某某', enterprise: '示例企业1', withdrawn: false, days: [], links: content.links, asksFeedback: false });
    const rows = await country.tx.selectFrom('trainingPlace').selectAll().execute();
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`钱某某|孙某某|${code}`));
    await visitor.call(contract.withdrawTicket, { code });
    expect(await visitor.call(contract.getPublicTraining, { id })).toMatchObject({ left: 1, closed: null });
    expect(await visitor.call(contract.getTicket, { code })).toMatchObject({ withdrawn: true, links: [] });
    expect(await rule(clerk.refusal(contract.checkIn, { id, who: { ticket: code } }))).toBe('training_withdrawn');
    country.clock.set('2023-06-26T12:00:01.000+08:00');
    expect(await rule(visitor.refusal(contract.signUp, { id, enterprise: firm(2), name: '李某某', key: randomUUID() }))).toBe('training_late');
  })());

  it('counts whoever is there once a day by every way, and the ledger follows', () => world.rolledBack(async (country) => {
    const { id, clerk, visitor } = await opened(country, { capacity: 1 });
    const before = (await clerk.call(getTable, { edition, unitCode })).own;
    const { code } = await signing(visitor, id, 1, '钱某某');
    expect(await clerk.call(contract.checkIn, { id, who: { ticket: code } })).toMatchObject({ outcome: 'counted', name: '钱某某', enterprise: '示例企业1', day: '2023-06-26' });
    expect(await clerk.call(contract.checkIn, { id, who: { ticket: code } })).toMatchObject({ outcome: 'before' });
    const venue = await venueOf(clerk, id);
    const { pass } = await visitor.call(contract.openVenue, { id, code: venue });
    expect(await visitor.call(contract.checkInAtVenue, { id, pass, who: { ticket: code } })).toMatchObject({ outcome: 'before' });
    expect(await rule(visitor.refusal(contract.checkInAtVenue, { id, pass, who: { enterprise: firm(2), name: '赵某某' } }))).toBe('duplicate');
    const coming = async (number: number, name: string) => visitor.call(contract.checkInAtVenue, { id, pass: (await visitor.call(contract.openVenue, { id, code: venue })).pass, who: { enterprise: firm(number), name } });
    expect(await coming(2, '赵某某')).toMatchObject({ outcome: 'counted' });
    expect(await coming(2, '赵 某某')).toMatchObject({ outcome: 'before' });
    expect(await coming(1, '钱某某')).toMatchObject({ outcome: 'before' });
    await clerk.call(contract.addPerson, { id, enterprise: { uscc: null, name: '个体户', reason: 'sole_trader' }, name: '周某某', present: true });
    expect(await refreshAll(country.ports, country.clock.now(), silentLog)).toBe(1);
    expect(await refreshAll(country.ports, country.clock.now(), silentLog)).toBe(0);
    country.clock.set('2023-06-27T09:00:00.000+08:00');
    expect(await clerk.call(contract.checkIn, { id, who: { ticket: code } })).toMatchObject({ outcome: 'counted' });
    const ended = await clerk.call(contract.actOnTraining, { id, version: 2, act: 'end' });
    expect(ended).toMatchObject({ state: 'held', counts: { places: 3, checkIns: 4, enterprises: 3, attendances: 4 }, may: ['resume', 'correct'] });
    const corrected = await clerk.call(contract.correctTraining, { id, version: 3, corrected: 6, reason: '另有六人未扫码，现场清点' });
    expect(corrected.counts.attendances).toBe(10);
    const { entryId, beyond } = await clerk.call(contract.getTraining, { id });
    expect(beyond).toBe(0);
    expect((await clerk.call(getActivity, { id: entryId ?? '' })).activity.content).toMatchObject({ kind: 'training', occurredOn: '2023-06-26', values: { mode: 'offline', attendances: 10, days: 2 } });
    const after = (await clerk.call(getTable, { edition, unitCode })).own;
    const grown = (indicator: string): number => (after[indicator]?.value ?? 0) - (before[indicator]?.value ?? 0);
    expect([grown('training.sessions'), grown('training.enterprises'), grown('training.attendances')]).toEqual([1, 3, 10]);
  })());

  it('lets nobody in by an old code, a changed one, one of another training, or an old pass', () => world.rolledBack(async (country) => {
    const { id, clerk, visitor } = await opened(country);
    const { id: other } = await opened(country, { title: '另一场培训' });
    const code = await venueOf(clerk, id);
    expect(await rule(visitor.refusal(contract.openVenue, { id: other, code }))).toBe('venue_code_old');
    expect(await rule(visitor.refusal(contract.openVenue, { id, code: `${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}` }))).toBe('venue_code_old');
    country.clock.set('2023-06-26T09:00:59.000+08:00');
    const { pass } = await visitor.call(contract.openVenue, { id, code });
    country.clock.set('2023-06-26T09:01:00.000+08:00');
    expect(await rule(visitor.refusal(contract.openVenue, { id, code }))).toBe('venue_code_old');
    const who = { enterprise: firm(1), name: '钱某某' };
    expect(await rule(visitor.refusal(contract.checkInAtVenue, { id: other, pass, who }))).toBe('venue_code_old');
    country.clock.set('2023-06-26T09:11:00.000+08:00');
    expect(await rule(visitor.refusal(contract.checkInAtVenue, { id, pass, who }))).toBe('venue_code_old');
    country.clock.set('2023-06-28T09:00:00.000+08:00');
    expect(await rule(clerk.refusal(contract.getVenueScreen, { id }))).toBe('training_not_today');
  })());

  it('asks whoever was there what it was like, and shows it from three on', () => world.rolledBack(async (country) => {
    const { id, clerk, visitor } = await opened(country, { capacity: null });
    const codes: string[] = [];
    for (const number of [1, 2, 3]) codes.push((await signing(visitor, id, number, '某某')).code);
    expect(await rule(visitor.refusal(contract.giveFeedback, { code: codes[0] ?? '', stars: 5 }))).toBe('wrong_state');
    for (const [index, code] of codes.entries()) {
      await clerk.call(contract.checkIn, { id, who: { ticket: code } });
      await visitor.call(contract.giveFeedback, { code, stars: index + 3, text: index === 0 ? '请多讲案例' : '' });
      expect((await clerk.call(contract.getTraining, { id })).feedback).toEqual(index < 2 ? { count: index + 1, stars: [], texts: [] } : { count: 3, stars: [0, 0, 1, 1, 1], texts: ['请多讲案例'] });
    }
    expect(await rule(visitor.refusal(contract.giveFeedback, { code: codes[0] ?? '', stars: 5 }))).toBe('duplicate');
  })());

  it('is called off with a reason everybody reads, comes back, and is the unit\'s own', () => world.rolledBack(async (country) => {
    const { id, clerk, visitor } = await opened(country);
    const { code } = await signing(visitor, id, 1, '钱某某');
    await clerk.call(contract.checkIn, { id, who: { ticket: code } });
    expect(await rule(clerk.refusal(contract.actOnTraining, { id, version: 2, act: 'cancel' }))).toBe('training_reason_missing');
    await clerk.call(contract.actOnTraining, { id, version: 2, act: 'cancel', reason: '讲师临时有事' });
    expect(await visitor.call(contract.getPublicTraining, { id })).toMatchObject({ closed: 'cancelled', reason: '讲师临时有事' });
    expect(await clerk.call(contract.actOnTraining, { id, version: 3, act: 'restore' })).toMatchObject({ state: 'open' });
    expect(await country.as('clerk of 990102').refusal(contract.getTraining, { id })).toMatchObject({ code: 'not_found' });
    expect(await country.as('reviewer of 990101').refusal(contract.readPeople, { id })).toMatchObject({ code: 'not_permitted' });
    const { people } = await clerk.call(contract.readPeople, { id });
    expect(people).toMatchObject([{ name: '钱某某', origin: 'site', days: ['2023-06-26'] }]);
    const { events } = await clerk.call(listAuditEvents, { unitCode, subjectKind: 'training', subjectId: id });
    expect(events.map(({ action }) => action)).toEqual(['read_people', 'restore', 'cancel', 'check_in', 'sign_up', 'open', 'create'].map((act) => `trainings.${act}`));
    expect(JSON.stringify(events)).not.toContain('钱某某');
    await country.tx.updateTable('edition').set({ closedAt: country.clock.now() }).execute();
    const house = { database: country.database, blobs: country.blobs, clock: country.clock, machineClock: country.clock, log: silentLog };
    expect(await keepHouse(house)).toMatchObject({ trainingPeople: 1, trainingPasses: 0 });
    expect(await visitor.call(contract.getTicket, { code })).toMatchObject({ name: null, enterprise: '示例企业1' });
  })());
});

it('takes as many as there are places, whoever is first; and 500 check-ins at once, replays among them, are 500', async () => {
  const country = world.committed;
  const { id, clerk, visitor } = await opened(country, { capacity: 20, title: '抢报名的培训' });
  const outcomes = await Promise.all(Array.from({ length: 40 }, (_, index) => signing(visitor, id, index % 7, `第${index}人`).then(() => 'taken', (error: unknown) => (error instanceof ProblemAnswered ? JSON.stringify(error.answer.details['rule']) : 'fault'))));
  expect([outcomes.filter((one) => one === 'taken').length, outcomes.filter((one) => one === '"training_full"').length]).toEqual([20, 20]);

  const { id: large } = await opened(country, { capacity: null, title: '五百人的培训' });
  const before = (await clerk.call(getTable, { edition, unitCode })).own;
  const codes = await placed(country, large, 450);
  const venue = await venueOf(clerk, large);
  const atVenue = async (who: Parameters<typeof visitor.call<typeof contract.checkInAtVenue>>[1]['who']) => visitor.call(contract.checkInAtVenue, { id: large, pass: (await visitor.call(contract.openVenue, { id: large, code: venue })).pass, who });
  const acts = [
    ...codes.map((code, index) => async () => (index % 9 > 0 ? clerk.call(contract.checkIn, { id: large, who: { ticket: code } }) : atVenue({ ticket: code }))),
    ...Array.from({ length: 50 }, (_, index) => async () => atVenue({ enterprise: firm(100 + index), name: `当场第${index}人` })),
    // The same once more, by the other way.
    ...codes.slice(0, 60).map((code, index) => async () => (index % 2 === 0 ? clerk.call(contract.checkIn, { id: large, who: { ticket: code } }) : atVenue({ ticket: code }))),
    ...Array.from({ length: 20 }, (_, index) => async () => atVenue({ enterprise: firm(100 + index), name: `当场第${index}人` })),
  ];
  const counted = (await inTens(acts.toSorted((one, other) => acts.indexOf(one) % 97 - acts.indexOf(other) % 97))).filter(({ outcome }) => outcome === 'counted').length;
  expect(counted).toBe(500);
  const ended = await clerk.call(contract.actOnTraining, { id: large, version: 2, act: 'end' });
  expect(ended.counts).toEqual({ places: 500, checkIns: 500, enterprises: 150, attendances: 500 });
  const after = (await clerk.call(getTable, { edition, unitCode })).own;
  const grown = (indicator: string): number => (after[indicator]?.value ?? 0) - (before[indicator]?.value ?? 0);
  expect([grown('training.sessions'), grown('training.enterprises'), grown('training.attendances')]).toEqual([1, 150, 500]);
}, 90_000);

/** Places as they would have been taken one by one. */
async function placed(country: Country, trainingId: string, count: number): Promise<string[]> {
  const { secrets } = country.ports;
  return country.database.write(async (tx) => {
    const training = await findTraining(tx, trainingId);
    if (training === undefined) throw new Error('no training');
    const codes: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const [id, code] = [newRecord(training, randomUUID()), await ticketCodeOf(secrets, 99, `${trainingId} ${index}`)];
      const { uscc, name } = firm(index % 120);
      await insertPlace(tx, training, { id, code, enterprise: { uscc, name, reason: null }, sealed: await sealName(secrets, id, `第${index}人`), personKey: `${index}`, origin: 'site' }, { accountId: null, now: country.clock.now() });
      codes.push(code);
    }
    return codes;
  });
}

/** Ten at a time, as many as come through a door. */
async function inTens<T>(works: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: 10 }, async () => {
    while (next < works.length) {
      const at = next;
      next += 1;
      const work = works[at];
      if (work !== undefined) results[at] = await work();
    }
  }));
  return results;
}
