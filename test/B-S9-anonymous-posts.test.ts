// B-S9 Abuse of what anybody may send: 500 anonymous posts without proof of work, and replayed tickets, challenges and one-time links.
// Passes when no more are taken than the quota of an hour, and of each replay one.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAnswerForm, sendAnswer } from '../src/modules/questionnaires/contract/answers.ts';
import { inviteEnterprises, listChannels, openChannel } from '../src/modules/questionnaires/contract/channels.ts';
import { slowAnswersAnHour } from '../src/modules/questionnaires/actions/tickets.ts';
import { comeTo, publishQuestionnaire } from '../src/testing/answering.ts';
import { openWorld, type World } from '../src/testing/harness.ts';
import { syntheticUscc } from '../src/testing/steps.ts';

const posts = 500;
const unitCode = '990101';
const answers = { values: { size: 'small', worry: 3 }, texts: {} };
let world: World;
let id: string;
let code: string;

beforeAll(async () => {
  world = await openWorld({ site: { answerWork: 1 } });
  const clerk = world.committed.as(`clerk of ${unitCode}`);
  id = await world.committed.database.write((tx) => publishQuestionnaire(tx, unitCode));
  await clerk.call(openChannel, { id, kind: 'open', name: '公开链接' });
  code = (await clerk.call(listChannels, { id })).channels[0]?.link?.address.split('/').at(-1) ?? '';
});
afterAll(() => world.close());

async function kept(): Promise<number> {
  const { rows } = await world.committed.database.read((tx) => sql<{ total: number }>`select count(*) as total from questionnaire_answer`.execute(tx));
  return rows[0]?.total ?? 0;
}

const atOnce = 10;

/** So many at once, as fast as they are answered. */
async function inTurns<T, R>(list: readonly T[], work: (one: T) => Promise<R>): Promise<PromiseSettledResult<R>[]> {
  const done: PromiseSettledResult<R>[] = [];
  for (let at = 0; at < list.length; at += atOnce) done.push(...(await Promise.allSettled(list.slice(at, at + atOnce).map(work))));
  return done;
}

/** How many of these went through. */
async function taken<T>(list: readonly T[], send: (one: T) => Promise<unknown>): Promise<number> {
  return (await inTurns(list, send)).filter(({ status }) => status === 'fulfilled').length;
}

async function ticketsFor(link: string, count: number): Promise<string[]> {
  const visitor = world.committed.anyone();
  const opened = await inTurns(Array.from({ length: count }), async () => (await visitor.call(openAnswerForm, { code: link })).ticket);
  return opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

describe('B-S9', () => {
  it(`takes of ${posts} anonymous posts without proof of work none before the waiting is over, and then as many as an hour has`, async () => {
    const visitor = world.committed.anyone();
    const tickets = await ticketsFor(code, posts);
    expect(tickets).toHaveLength(posts);
    expect(await taken(tickets, (ticket) => visitor.call(sendAnswer, { code, ticket, answers }))).toBe(0);
    world.committed.clock.set('2023-06-26T09:00:30.000+08:00');
    expect(await taken(tickets, (ticket) => visitor.call(sendAnswer, { code, ticket, answers }))).toBe(slowAnswersAnHour);
    expect(await kept()).toBe(slowAnswersAnHour);
  });

  it('takes a ticket with its proof once, however often and at once it is sent, and no other ticket with that proof', async () => {
    const visitor = world.committed.anyone();
    const before = await kept();
    const came = await comeTo(visitor, code);
    expect(await taken(Array.from({ length: 50 }), () => visitor.call(sendAnswer, { ...came, answers }))).toBe(1);
    const tickets = await ticketsFor(code, 20);
    expect(await taken(tickets, (ticket) => visitor.call(sendAnswer, { ...came, ticket, answers }))).toBe(0);
    expect(await kept()).toBe(before + 1);
  });

  it('takes a one-time link once', async () => {
    const clerk = world.committed.as(`clerk of ${unitCode}`);
    const { id: channel } = await clerk.call(openChannel, { id, kind: 'invited', name: '专用链接' });
    const { invitations } = await clerk.call(inviteEnterprises, { id: channel, enterprises: [{ uscc: syntheticUscc(7), name: '示例企业七' }] });
    const token = invitations[0]?.address.split('/').at(-1) ?? '';
    const visitor = world.committed.anyone();
    const tickets = await ticketsFor(token, 20);
    const before = await kept();
    expect(await taken(tickets, (ticket) => visitor.call(sendAnswer, { code: token, ticket, answers }))).toBe(1);
    expect(await kept()).toBe(before + 1);
  });
});
