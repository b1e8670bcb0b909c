// A visit planned and made: what it counts as follows it through its whole life, and a record told twice is one visit.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishQuestionnaire } from '../../testing/answering.ts';
import { actorOf } from '../../testing/country.ts';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { attending, edition, visitContentOf } from '../../testing/steps.ts';
import { getActivity, listActivities } from '../activities/contract.ts';
import { uploadEvidence } from '../evidence/contract.ts';
import { getTable } from '../figures/contract.ts';
import { listChannels } from '../questionnaires/contract/channels.ts';
import * as contract from './contract.ts';
import { sumHandedOut } from './queries.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const unitCode = '990101';
const unit = { edition, unitCode };
const by = actorOf('clerk of 990101').accountId;
const day = '2023-06-15';
const record = (content: object = {}) => ({ ...unit, key: randomUUID(), by, content: { ...visitContentOf(3, day), grievance: false, ...content } });
const tour = (country: Country) => country.as('clerk of 990101').call(contract.getVisitDay, { ...unit, day }).then(({ visits }) => visits.map(({ enterprise }) => enterprise.name));

async function figures(country: Country): Promise<readonly number[]> {
  const { own } = await country.as('clerk of 990101').call(getTable, unit);
  return ['visit.enterprises', 'questionnaire.issued', 'suggestion.count'].map((code) => own[code]?.value ?? 0);
}

describe('a plan', () => {
  it('is a list for a day with officers, put in order, moved, called off and brought back', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const { officers } = await clerk.call(contract.listVisitOfficers, unit);
    expect(officers.map(({ id }) => id)).toContain(by);
    const { visits } = await clerk.call(contract.planVisits, { ...unit, day, officers: [by], enterprises: attending(1, 2, 3), purpose: '了解涉密人员管理' });
    expect(visits.map(({ may, officers: sent, position }) => [may, sent[0]?.id, position])).toEqual([1, 2, 3].map((position) => [['record', 'replan', 'cancel'], by, position]));
    const [first, second, third] = visits.map(({ id }) => id);
    await clerk.call(contract.orderVisits, { ...unit, day, ids: [third ?? '', first ?? '', second ?? ''] });
    expect(await tour(country)).toEqual(['测试企业3', '测试企业1', '测试企业2']);
    expect(await clerk.refusal(contract.orderVisits, { ...unit, day, ids: [third ?? ''] })).toMatchObject({ code: 'stale_version' });
    await clerk.call(contract.replanVisit, { id: first ?? '', version: 1, day: '2023-06-16', officers: [] });
    await clerk.call(contract.cancelVisit, { id: second ?? '', version: 1, reason: '企业停业' });
    expect(await tour(country)).toEqual(['测试企业3']);
    expect((await clerk.call(contract.listVisits, { ...unit, cancelled: 'true' })).visits).toMatchObject([{ id: second, cancelReason: '企业停业', may: ['restore'] }]);
    await clerk.call(contract.restoreVisit, { id: second ?? '', version: 2 });
    expect(await tour(country)).toEqual(['测试企业3', '测试企业2']);
    expect(await figures(country)).toEqual([0, 0, 0]);
    expect(await clerk.refusal(contract.replanVisit, { id: first ?? '', version: 1, day, officers: [] })).toMatchObject({ code: 'stale_version' });
    expect(await clerk.refusal(contract.planVisits, { ...unit, day: '2024-06-15', officers: [], enterprises: attending(1) })).toMatchObject({ code: 'invalid_input', details: { issues: [{ path: 'day', rule: 'date_outside_edition' }] } });
    expect(await clerk.refusal(contract.planVisits, { ...unit, day, officers: [actorOf('clerk of 990102').accountId], enterprises: attending(1) })).toMatchObject({ details: { issues: [{ path: 'officers.0', rule: 'unknown_officer' }] } });
  })());
});

describe('a visit', () => {
  it('counts in its rows by entries of its own, which follow it', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const { id: picture } = await clerk.call(uploadEvidence, { ...unit, name: '现场.pdf' }, { bytes: Buffer.from('%PDF-1.7\ntrailer<</Root 1 0 R>>\n%%EOF\n') });
    const questionnaire = await publishQuestionnaire(country.tx, unitCode);
    const content = {
      ...visitContentOf(3, day), met: ['法务负责人', '研发主管'], topics: ['staff' as const], found: '已签保密协议，未分级。', tags: ['回访'], evidence: [picture], assessment: true,
      suggestions: [{ number: 1, title: '希望举办竞业限制专题培训', topic: 'training' }, { number: 2, title: '希望提供制度模板' }],
      questionnaires: [{ questionnaire: null, copies: 3 }, { questionnaire, copies: 2 }],
    };
    const made = await clerk.call(contract.recordVisit, record(content));
    expect(made).toMatchObject({ state: 'made', day, officers: [{ id: by }], may: ['edit', 'cancel', 'settle'], followUps: { grievance: { done: false }, assessment: { done: false } } });
    expect(await figures(country)).toEqual([1, 5, 2]);
    const channels = await clerk.call(listChannels, { id: questionnaire });
    expect(channels.channels).toMatchObject([{ kind: 'visit', issued: 2, handedOut: 2 }]);
    expect(await sumHandedOut(country.tx, { provinceCode: 99, editionCode: edition, unitCode }, questionnaire)).toBe(2);
    const { entries } = await clerk.call(contract.getVisit, { id: made.id });
    expect(entries.map(({ part, kind }) => [part, kind])).toEqual([['visit', 'visit'], ['questionnaires', 'questionnaire_issue'], ['suggestion-1', 'suggestion'], ['suggestion-2', 'suggestion']]);
    const entry = await clerk.call(getActivity, { id: entries[0]?.id ?? '' });
    expect(entry.activity).toMatchObject({ source: { kind: 'visits', id: made.id, part: 'visit' }, content: { title: '走访测试企业3', evidence: [picture], note: '已签保密协议，未分级。' }, may: [] });
    expect(JSON.stringify(entry)).not.toContain('法务负责人');

    const edited = await clerk.call(contract.editVisit, { id: made.id, version: 1, content: { ...content, suggestions: [{ number: 2, title: '希望提供制度模板和范例' }], questionnaires: [], grievance: false } });
    expect(edited.followUps).toEqual({ assessment: { done: false, byName: null, at: null } });
    expect(await figures(country)).toEqual([1, 0, 1]);
    await clerk.call(contract.cancelVisit, { id: made.id, version: 2, reason: null });
    expect(await figures(country)).toEqual([0, 0, 0]);
    const restored = await clerk.call(contract.restoreVisit, { id: made.id, version: 3 });
    expect(await figures(country)).toEqual([1, 0, 1]);
    const undone = await clerk.call(contract.editVisit, { id: made.id, version: restored.version, content });
    expect(await figures(country)).toEqual([1, 5, 2]);
    const settled = await clerk.call(contract.settleFollowUp, { id: made.id, version: undone.version, followUp: 'grievance', done: true });
    expect(settled.followUps.grievance).toMatchObject({ done: true, byName: expect.any(String) });
    expect((await clerk.call(contract.listVisits, { ...unit, open: 'true' })).total).toBe(1);
    const last = await clerk.call(contract.settleFollowUp, { id: made.id, version: settled.version, followUp: 'assessment', done: true });
    expect((await clerk.call(contract.listVisits, { ...unit, open: 'true' })).total).toBe(0);
    expect((await clerk.call(contract.editVisit, { id: made.id, version: last.version, content })).followUps.grievance?.done).toBe(true);
  })());

  it('made of a planned one takes its place in the plan, and is asked about when somebody was faster', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const { visits: [planned] } = await clerk.call(contract.planVisits, { ...unit, day, officers: [], enterprises: attending(4) });
    const plan = planned?.id ?? '';
    const made = await clerk.call(contract.recordVisit, { ...record(visitContentOf(4, '2023-06-16')), plan });
    expect(made).toMatchObject({ id: plan, state: 'made', day: '2023-06-16', version: 2 });
    expect(await clerk.refusal(contract.recordVisit, { ...record(visitContentOf(4, day)), plan })).toMatchObject({ code: 'refused_by_rule', details: { rule: 'visit_made' } });
    await clerk.call(contract.cancelVisit, { id: plan, version: 2 });
    expect(await clerk.refusal(contract.recordVisit, { ...record(), plan })).toMatchObject({ details: { rule: 'visit_called_off' } });
    expect(await figures(country)).toEqual([0, 0, 0]);
  })());

  it('is refused where it demands more', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const rules = async (content: object) => ((await clerk.refusal(contract.recordVisit, record(content))).details['issues'] as readonly { path: string; rule: string }[]).map(({ path, rule }) => `${path} ${rule}`);
    expect(await rules({ met: ['张某 139 0000 0000'] })).toEqual(['content.met.0 telephone_number']);
    expect(await rules({ suggestions: [{ number: 1, title: '一条' }, { number: 1, title: '又一条', topic: 'none' }] })).toEqual(['content.suggestions.1.topic unknown_choice', 'content.suggestions.1 given_twice']);
    expect(await rules({ values: {} })).toEqual(['content.values.manner value_missing']);
    expect(await rules({ occurredOn: '2023-06-27' })).toEqual(['content.occurredOn date_in_future']);
    expect(await rules({ evidence: [`99-${randomUUID()}`] })).toEqual([expect.stringMatching(/^content\.evidence/)]);
    expect((await country.as('reviewer of 990101').refusal(contract.recordVisit, record())).code).toBe('not_permitted');
    await country.tx.updateTable('edition').set({ closedAt: `${day}T09:00:00.000+08:00` }).execute();
    expect((await clerk.refusal(contract.recordVisit, record())).details).toMatchObject({ rule: 'edition_closed' });
  })());
});

describe('a record', () => {
  it('told again is one visit, whatever request key it comes with, also long after', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const told = record();
    const first = await clerk.call(contract.recordVisit, told);
    expect((await clerk.call(contract.recordVisit, told)).id).toBe(first.id);
    await clerk.call(contract.cancelVisit, { id: first.id, version: 1 });
    expect((await clerk.call(contract.recordVisit, told)).cancelledAt).not.toBeNull();
    expect((await clerk.call(listActivities, unit)).total).toBe(0);
  })());

  it('of another account is refused', () => world.rolledBack(async (country) => {
    expect(await country.as('clerk of 990101').refusal(contract.recordVisit, { ...record(), by: actorOf('head of 990101').accountId })).toMatchObject({ details: { rule: 'record_of_other_account' } });
  })());

  it('ten times at the same moment, each with a key of its own, is one visit', async () => {
    const clerk = world.committed.as('clerk of 990101');
    const told = record();
    const answers = await Promise.all(Array.from({ length: 10 }, () => clerk.call(contract.recordVisit, told)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect((await clerk.call(contract.listVisits, unit)).total).toBe(1);
    expect(await figures(world.committed)).toEqual([1, 0, 0]);
  });
});
