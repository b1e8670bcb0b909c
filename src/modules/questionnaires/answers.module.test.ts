// A questionnaire goes out by four ways and comes back: what is counted, what lets an answer in, and what is kept of it.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshAll } from '../../refreshing.ts';
import { silentLog } from '../../kernel/log.ts';
import { comeTo, publishQuestionnaire, sampleDefinition } from '../../testing/answering.ts';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { edition, syntheticUscc } from '../../testing/steps.ts';
import { getActivity } from '../activities/contract.ts';
import { getTable } from '../figures/contract.ts';
import { openAnswerForm, sendAnswer } from './contract/answers.ts';
import { enterAnswer, inviteEnterprises, listChannels, listInvitations, openChannel, renewInvitation, saveChannel, withdrawInvitation } from './contract/channels.ts';
import type { AnswerSheet } from './model/definition.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ site: { answerWork: 1 } });
});
afterAll(() => world.close());

const unitCode = '990101';
const good: AnswerSheet = { values: { size: 'small', measures: ['rules'], worry: 4, advice_text: '多办培训' }, texts: {} };
const enterprise = (number: number) => ({ uscc: syntheticUscc(number), name: `示例企业${number}` });

async function opened(country: Country & { tx: NonNullable<Country['tx']> }, kind: 'open' | 'invited' | 'paper' | 'visit', definition = sampleDefinition()) {
  const id = await publishQuestionnaire(country.tx, unitCode, definition);
  const clerk = country.as(`clerk of ${unitCode}`);
  const { id: channel } = await clerk.call(openChannel, { id, kind, name: '渠道', handedOut: kind === 'paper' ? 10 : 0 });
  const { channels } = await clerk.call(listChannels, { id });
  const code = channels[0]?.link?.address.split('/').at(-1) ?? '';
  return { id, clerk, channel, code };
}

describe('an open link', () => {
  it('takes an answer with the work done, once; the entry of row 4 follows by the machine', () => world.rolledBack(async (country) => {
    const { id, clerk, code } = await opened(country, 'open');
    const visitor = country.anyone();
    const form = await visitor.call(openAnswerForm, { code });
    expect(form).toMatchObject({ title: '商业秘密保护现状问卷', end: null, invited: false, waitSeconds: 20 });
    const came = await comeTo(visitor, code);
    expect(await visitor.call(sendAnswer, { ...came, answers: good })).toEqual({ received: true, thanks: { zh: '谢谢您的答复。', en: 'Thank you.' } });
    expect(await visitor.refusal(sendAnswer, { ...came, answers: good })).toMatchObject({ code: 'duplicate' });
    expect((await clerk.call(listChannels, { id })).total).toEqual({ issued: 1, returned: 1 });
    const before = (await clerk.call(getTable, { edition, unitCode })).own['questionnaire.issued']?.value ?? 0;
    expect(await refreshAll(country.ports, country.clock.now(), silentLog)).toBe(1);
    expect((await clerk.call(getTable, { edition, unitCode })).own['questionnaire.issued']?.value).toBe(before + 1);
    const { entryId } = await clerk.call(listChannels, { id });
    expect((await clerk.call(getActivity, { id: entryId ?? '' })).activity).toMatchObject({ createdByName: '系统', may: [], content: { values: { channel: 'online', issued: 1, returned: 1 } } });
    expect(await refreshAll(country.ports, country.clock.now(), silentLog)).toBe(0);
  })());

  it('keeps of an anonymous answer nothing that tells who gave it, even when somebody signed in sends it', () => world.rolledBack(async (country) => {
    const { id, clerk, code } = await opened(country, 'open');
    await clerk.call(sendAnswer, { ...(await comeTo(clerk, code)), answers: good, enterprise: enterprise(1) });
    const answers = await sql<Record<string, unknown>>`select * from questionnaire_answer`.execute(country.tx);
    expect(answers.rows).toHaveLength(1);
    const [kept] = answers.rows;
    expect(kept).toMatchObject({ questionnaireId: id, answeredOn: '2023-06-26', lane: 'work', enterpriseId: null, enteredByName: null, answers: { values: good.values, texts: {} } });
    expect(Object.keys(kept ?? {}).toSorted()).toEqual([
      'answeredOn', 'answers', 'channelId', 'demonstration', 'editionCode', 'enteredByName', 'enterpriseId', 'id', 'lane', 'language', 'provinceCode', 'questionnaireId', 'settled', 'unitCode', 'version',
    ]);
    const record = await sql<Record<string, unknown>>`select account_id, account_name, subject_kind, subject_id, before, after, basis from audit_event where action = 'questionnaires.answered'`.execute(country.tx);
    expect(record.rows).toEqual([{ accountId: null, accountName: 'anonymous', subjectKind: 'questionnaire', subjectId: id, before: null, after: null, basis: null }]);
    const keys = await sql`select from request_key where endpoint = 'questionnaires.answer'`.execute(country.tx);
    expect(keys.rows).toEqual([]);
  })());

  it('is taken without proof after waiting, so many an hour; not with another\'s proof, a changed ticket, or late', () => world.rolledBack(async (country) => {
    const { code } = await opened(country, 'open');
    const visitor = country.anyone();
    const { ticket } = await visitor.call(openAnswerForm, { code });
    const plain = { code, ticket, answers: good };
    expect(await visitor.refusal(sendAnswer, plain)).toMatchObject({ code: 'rate_limited', details: { kind: 'answer_wait', retryAfterSeconds: 20 } });
    const other = await comeTo(visitor, code);
    expect(await visitor.refusal(sendAnswer, { ...plain, proof: other.proof })).toMatchObject({ code: 'refused_by_rule', details: { rule: 'answer_proof' } });
    expect(await visitor.refusal(sendAnswer, { ...plain, proof: '{"challenge":{}}' })).toMatchObject({ details: { rule: 'answer_proof' } });
    expect(await visitor.refusal(sendAnswer, { ...plain, ticket: ticket.replace(/^1\./, '2.') })).toMatchObject({ details: { rule: 'answer_ticket' } });
    country.clock.set('2023-06-26T09:00:20.000+08:00');
    expect(await visitor.call(sendAnswer, plain)).toMatchObject({ received: true });
    expect(await visitor.refusal(sendAnswer, plain)).toMatchObject({ code: 'duplicate' });
    await sql`update questionnaire_slow_hour set accepted = 60`.execute(country.tx);
    const { ticket: second } = await visitor.call(openAnswerForm, { code });
    country.clock.set('2023-06-26T09:30:00.000+08:00');
    expect(await visitor.refusal(sendAnswer, { ...plain, ticket: second })).toMatchObject({ code: 'rate_limited', details: { kind: 'answer_cap', retryAfterSeconds: 1800 } });
    country.clock.set('2023-06-26T21:00:21.000+08:00');
    expect(await visitor.refusal(sendAnswer, { ...plain, ticket: second })).toMatchObject({ details: { rule: 'answer_ticket' } });
  })());

  it('says what is wrong with an answer by question, and takes none when closed', () => world.rolledBack(async (country) => {
    const { id, clerk, channel, code } = await opened(country, 'open');
    const visitor = country.anyone();
    const came = await comeTo(visitor, code);
    const bad = { values: { size: 'huge', measures: ['rules', 'none'], worry: 9 }, texts: {} };
    expect(await visitor.refusal(sendAnswer, { ...came, answers: bad })).toMatchObject({
      code: 'invalid_input', details: { issues: [{ path: 'answers.values.size', rule: 'answer_unknown_option' }, { path: 'answers.values.measures', rule: 'answer_exclusive_option' }, { path: 'answers.values.worry', rule: 'answer_above_maximum' }] },
    });
    const { channels } = await clerk.call(listChannels, { id });
    await clerk.call(saveChannel, { id: channel, version: channels[0]?.version ?? 0, name: '渠道', handedOut: 0, closed: true });
    expect(await visitor.refusal(sendAnswer, { ...came, answers: good })).toMatchObject({ code: 'wrong_state', details: { state: 'closed' } });
    expect(await visitor.call(openAnswerForm, { code })).toMatchObject({ end: 'closed', definition: null, ticket: '' });
    expect(await visitor.refusal(openAnswerForm, { code: '99aaaaaaaa' })).toMatchObject({ code: 'not_found' });
  })());

  it('asks who answers a named questionnaire', () => world.rolledBack(async (country) => {
    const { code } = await opened(country, 'open', sampleDefinition({ anonymous: false }));
    const visitor = country.anyone();
    const came = await comeTo(visitor, code);
    expect(await visitor.refusal(sendAnswer, { ...came, answers: good })).toMatchObject({ code: 'invalid_input', details: { issues: [{ path: 'enterprise', rule: 'required' }] } });
    await visitor.call(sendAnswer, { ...came, answers: good, enterprise: enterprise(2) });
    const { rows } = await sql<{ said: unknown; registered: number }>`select answers->'enterprise' as said, (select count(*) from enterprise where uscc = ${enterprise(2).uscc}) as registered from questionnaire_answer`.execute(country.tx);
    expect(rows).toEqual([{ said: enterprise(2), registered: 0 }]);
  })());
});

describe('one-time links', () => {
  it('are told once, open once, count as issued, and lead from no answer', () => world.rolledBack(async (country) => {
    const { id, clerk, channel } = await opened(country, 'invited');
    const { invitations, known } = await clerk.call(inviteEnterprises, { id: channel, enterprises: [enterprise(1), enterprise(2), enterprise(3)] });
    expect([invitations.length, known]).toEqual([3, 0]);
    expect((await clerk.call(inviteEnterprises, { id: channel, enterprises: [enterprise(1)] })).known).toBe(1);
    const [code = '', second = ''] = invitations.map(({ address }) => address.split('/').at(-1) ?? '');
    const stored = await sql<{ kept: string }>`select string_agg(i::text, ' ') as kept from questionnaire_invitation i`.execute(country.tx);
    expect(stored.rows[0]?.kept).not.toContain(code);
    const visitor = country.anyone();
    const came = await comeTo(visitor, code);
    expect(came.proof).toBeNull();
    await visitor.call(sendAnswer, { ...came, answers: good });
    expect(await visitor.refusal(sendAnswer, { ...came, answers: good })).toMatchObject({ code: 'duplicate' });
    expect(await visitor.call(openAnswerForm, { code })).toMatchObject({ end: 'used' });
    const listed = (await clerk.call(listInvitations, { id: channel })).invitations;
    expect(listed.map(({ state }) => state)).toEqual(['used', 'waiting', 'waiting']);
    const used = listed.find(({ state }) => state === 'used')?.id ?? '';
    expect(await clerk.refusal(renewInvitation, { id: used })).toMatchObject({ code: 'wrong_state' });
    const renewed = await clerk.call(renewInvitation, { id: listed[1]?.id ?? '' });
    expect(await visitor.refusal(openAnswerForm, { code: second })).toMatchObject({ code: 'not_found' });
    expect(await visitor.call(openAnswerForm, { code: renewed.address.split('/').at(-1) ?? '' })).toMatchObject({ end: null, waitSeconds: 0 });
    await clerk.call(withdrawInvitation, { id: listed[2]?.id ?? '', withdrawn: true });
    expect((await clerk.call(listChannels, { id })).total).toEqual({ issued: 2, returned: 1 });
    const { entryId } = await clerk.call(listChannels, { id });
    expect((await clerk.call(getActivity, { id: entryId ?? '' })).activity.content.values).toEqual({ channel: 'online', issued: 2, returned: 1 });
    const answer = await sql<{ whole: string }>`select a::text as whole from questionnaire_answer a`.execute(country.tx);
    for (const one of listed) expect(answer.rows[0]?.whole).not.toContain(one.id);
  })());

  it('name the enterprise of a named questionnaire', () => world.rolledBack(async (country) => {
    const { clerk, channel } = await opened(country, 'invited', sampleDefinition({ anonymous: false }));
    const { invitations } = await clerk.call(inviteEnterprises, { id: channel, enterprises: [enterprise(4)] });
    const code = invitations[0]?.address.split('/').at(-1) ?? '';
    expect(await country.anyone().call(openAnswerForm, { code })).toMatchObject({ enterprise: '示例企业4' });
    await country.anyone().call(sendAnswer, { ...(await comeTo(country.anyone(), code)), answers: good });
    const { rows } = await sql<{ uscc: string }>`select e.uscc from questionnaire_answer a join enterprise e on e.id = a.enterprise_id`.execute(country.tx);
    expect(rows).toEqual([{ uscc: enterprise(4).uscc }]);
  })());
});

it('counts copies on paper as handed out, and takes what an officer enters', () => world.rolledBack(async (country) => {
  const { id, clerk, channel } = await opened(country, 'paper');
  expect((await clerk.call(listChannels, { id })).total).toEqual({ issued: 10, returned: 0 });
  expect(await clerk.call(enterAnswer, { id: channel, answers: good })).toMatchObject({ entered: 1 });
  expect(await clerk.refusal(enterAnswer, { id: channel, answers: { values: {}, texts: {} } })).toMatchObject({ code: 'invalid_input' });
  expect(await country.as('clerk of 990102').refusal(enterAnswer, { id: channel, answers: good })).toMatchObject({ code: 'not_found' });
  await refreshAll(country.ports, country.clock.now(), silentLog);
  const { entryId, total } = await clerk.call(listChannels, { id });
  expect(total).toEqual({ issued: 10, returned: 1 });
  expect((await clerk.call(getActivity, { id: entryId ?? '' })).activity.content.values).toEqual({ channel: 'paper', issued: 10, returned: 1 });
})());
