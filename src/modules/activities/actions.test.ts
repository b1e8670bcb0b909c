// Journeys of the ledger over a real database: what is recorded changes the figures, and what is undone leaves no trace in them.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '../../kernel/database.ts';
import type { SentInputOf } from '../../shared/endpoint.ts';
import { recordId } from '../../shared/province.ts';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { getTable } from '../figures/contract.ts';
import {
  deleteActivity, editActivity, findTwins, getActivity, getRecordingDefaults, listActivities, recordActivities, recordActivity, restoreActivity,
} from './contract.ts';

type SentContent = SentInputOf<typeof recordActivity>['content'];

const county = { edition: '2023', unitCode: '990101' };
const first = { uscc: '91990001000000019G', name: '示例甲科技有限公司' };
const second = { uscc: '91990002000000027R', name: '示例乙制造有限公司' };
const unnamed = { uscc: null, name: '示例路口小店', reason: 'sole_trader' as const };

function training(change: Partial<SentContent> = {}): SentContent {
  return {
    kind: 'training', occurredOn: '2023-06-15', title: '商业秘密保护培训会', place: '政务中心三楼', values: { mode: 'offline', attendances: 40 }, enterprises: [first, second, unnamed], ...change,
  };
}

function visit(change: Partial<SentContent> = {}): SentContent {
  return { kind: 'visit', occurredOn: '2023-06-16', title: '走访示例甲', values: { manner: 'on_site' }, enterprises: [first], ...change };
}

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await world.close();
});

async function ownValues(country: Country, unitCode = '990101'): Promise<Record<string, number>> {
  const { own } = await country.as(`clerk of ${unitCode}`).call(getTable, { edition: '2023', unitCode });
  return Object.fromEntries(Object.entries(own).filter(([, figure]) => figure.value !== 0).map(([code, figure]) => [code, figure.value]));
}

/** Enterprises that entries registered; those the small country brings with it (testing/uscc.ts) have ids of their own. */
async function listRegistered(country: Country & { readonly tx: Tx }): Promise<{ uscc: string; name: string }[]> {
  return country.tx.selectFrom('enterprise').select(['uscc', 'name']).where('name', 'not like', '样板器材厂%').execute();
}

/** All counters and presences, without the ledger number, which only ever grows. */
async function figureState(tx: Tx): Promise<unknown> {
  const rows = await sql`select to_jsonb(f) - 'ledger_no' as row from figure_row f where entries <> 0 or origin = 'adjustments' order by unit_code, origin`.execute(tx);
  const presences = await sql`select to_jsonb(p) as row from presence p order by unit_code, enterprise_id, slot`.execute(tx);
  return { rows: rows.rows, presences: presences.rows };
}

/** Puts a piece of evidence where the evidence module would. */
async function addEvidence(tx: Tx, unitCode: string, picture: { readonly sha256?: string; readonly perceptualHash?: string } = {}): Promise<string> {
  const provinceCode = Number(unitCode.slice(0, 2));
  const id = recordId(provinceCode, crypto.randomUUID());
  await tx
    .insertInto('evidence')
    .values({
      provinceCode, id, editionCode: '2023', unitCode, activityId: null, name: '现场.jpg', mediaType: 'image/jpeg', bytes: 1000, sha256: picture.sha256 ?? id, sm3: id,
      perceptualHash: picture.perceptualHash ?? null, width: 10, height: 10, uploadedBy: 'x', uploadedAt: '2023-06-20T09:00:00.000+08:00', removedAt: null,
    })
    .execute();
  return id;
}

describe('recording', () => {
  it('changes the figures of the unit at once', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const recorded = await clerk.call(recordActivity, { ...county, content: training() });
    expect(recorded).toMatchObject({ version: 1, ledgerNo: 1, unitCode: '990101', createdByName: 'clerk of 990101', recordedLate: false, demonstration: false, may: ['edit', 'delete'] });
    expect(recorded.id).toMatch(/^99-/);
    expect(await ownValues(country)).toEqual({ 'training.sessions': 1, 'training.enterprises': 3, 'training.attendances': 40 });
    await clerk.call(recordActivity, { ...county, content: training({ enterprises: [first, unnamed], title: '第二场培训会' }) });
    expect(await ownValues(country)).toEqual({ 'training.sessions': 2, 'training.enterprises': 4, 'training.attendances': 80 });
  })());

  it('leaves an audit record and gives the same answer to the same request', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const options = { requestKey: 'the-same-request' };
    const recorded = await clerk.call(recordActivity, { ...county, content: training() }, options);
    expect(await clerk.call(recordActivity, { ...county, content: training() }, options)).toEqual(recorded);
    const audited = await country.tx.selectFrom('auditEvent').select(['action', 'subjectId']).where('subjectKind', '=', 'activity').execute();
    expect(audited).toEqual([{ action: 'activity_recorded', subjectId: recorded.id }]);
    expect(await ownValues(country)).toMatchObject({ 'training.sessions': 1 });
  })());

  it.each([
    ['=HYPERLINK("http://example.invalid","x")', 'a formula'],
    ['培训会🎉👩‍👩‍👧 𠮷林专场', 'emoji and rare characters'],
    ['<script>alert(1)</script>', 'markup'],
    ["Robert'); drop table activity;--", 'a quotation mark'],
  ])('stores %s unchanged as text', (title) => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const { id } = await clerk.call(recordActivity, { ...county, content: training({ title, note: title }) });
    const { activity } = await clerk.call(getActivity, { id });
    expect(activity.content).toMatchObject({ title, note: title });
  })());

  it.each([
    ['a wrong code', training({ enterprises: [{ uscc: '91990001000000019H', name: '示例甲科技有限公司' }] }), 'content.enterprises.0'],
    ['the year 1900', training({ occurredOn: '1900-06-15' }), 'content.occurredOn'],
    ['a day that is not in the calendar', training({ occurredOn: '2023-06-31' }), 'content.occurredOn'],
    ['tomorrow', training({ occurredOn: '2023-06-27' }), 'content.occurredOn'],
    ['a billion times a thousand people', training({ values: { mode: 'offline', attendances: 10 ** 12 } }), 'content.values.attendances'],
    ['half a person', training({ values: { mode: 'offline', attendances: 0.5 } }), 'content.values.attendances'],
    ['fewer than nobody', training({ values: { mode: 'offline', attendances: -1 } }), 'content.values.attendances'],
    ['an unknown kind', training({ kind: 'banquet' }), 'content.kind'],
    ['itself as a co-host', training({ coHosts: ['990101'] }), 'content.coHosts.0'],
    ['a co-host nobody knows', training({ coHosts: ['990102', '123456'] }), 'content.coHosts.1'],
    ['evidence nobody knows', training({ evidence: ['99-00000000-0000-4000-8000-000000000000'] }), 'content.evidence.0'],
    ['the same enterprise twice', training({ enterprises: [first, { ...first, name: '别名' }] }), 'content.enterprises.1'],
    ['a direction override in the title', training({ title: '培训\u202E会议' }), 'content.title'],
  ])('refuses %s and changes nothing', (_what, content, path) => world.rolledBack(async (country) => {
    const refused = await country.as('clerk of 990101').refusal(recordActivity, { ...county, content });
    expect(refused.code).toBe('invalid_input');
    expect(JSON.stringify(refused.details)).toContain(`"path":"${path}`);
    expect(await ownValues(country)).toEqual({});
    expect(await listRegistered(country)).toEqual([]);
  })());

  it.each(['reviewer of 990101', 'head of 990101', 'system_administrator of 990101', 'clerk of 990102', 'clerk of 990100', 'coordinator of 990000', 'national_office of 000000'] as const)('is not for the %s', (person) =>
    world.rolledBack(async (country) => {
      expect((await country.as(person).refusal(recordActivity, { ...county, content: training() })).code).toBe('not_permitted');
    })());

  it('ends when the edition is closed', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const { id } = await clerk.call(recordActivity, { ...county, content: training() });
    await country.tx.updateTable('edition').set({ closedAt: '2023-12-31T00:00:00.000+08:00' }).execute();
    for (const refusal of [
      await clerk.refusal(recordActivity, { ...county, content: training() }),
      await clerk.refusal(editActivity, { id, version: 1, content: training({ title: '改名的培训会' }) }),
      await clerk.refusal(deleteActivity, { id, version: 1 }),
    ]) expect(refusal).toMatchObject({ code: 'refused_by_rule', details: { rule: 'edition_closed' } });
    expect((await clerk.call(getActivity, { id })).activity.may).toEqual([]);
  })());

  it('after the deadline is marked as late', () => world.rolledBack(async (country) => {
    country.clock.set('2023-07-07T16:59:59.999+08:00');
    const clerk = country.as('clerk of 990101');
    expect((await clerk.call(recordActivity, { ...county, content: visit() })).recordedLate).toBe(false);
    country.clock.set('2023-07-07T17:00:00.000+08:00');
    expect((await clerk.call(recordActivity, { ...county, content: visit() })).recordedLate).toBe(true);
  })());

  it('keeps the name the register has, and the name as typed in the entry', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    await clerk.call(recordActivity, { ...county, content: visit() });
    const other = await clerk.call(recordActivity, { ...county, content: visit({ enterprises: [{ ...first, name: '示例甲（旧名）' }] }) });
    expect(other.content.enterprises[0]?.name).toBe('示例甲（旧名）');
    expect(await listRegistered(country)).toEqual([{ uscc: first.uscc, name: first.name }]);
    expect(await ownValues(country)).toEqual({ 'visit.enterprises': 1 });
  })());
});

describe('a batch', () => {
  it('is recorded whole, under one ledger number', () => world.rolledBack(async (country) => {
    const contents = Array.from({ length: 200 }, (_, index) => visit({ title: `走访第${index + 1}家`, enterprises: [index % 2 === 0 ? first : second] }));
    const { activities } = await country.as('clerk of 990101').call(recordActivities, { ...county, contents });
    expect(new Set(activities.map(({ ledgerNo }) => ledgerNo))).toEqual(new Set([1]));
    expect(await ownValues(country)).toEqual({ 'visit.enterprises': 2 });
    const { total } = await country.as('clerk of 990101').call(listActivities, { ...county });
    expect(total).toBe(200);
  })());

  it('is recorded not at all when one row is wrong, and the row is named', () => world.rolledBack(async (country) => {
    const contents = [visit(), visit({ enterprises: [] }), visit({ occurredOn: '1900-01-01' })];
    const refused = await country.as('clerk of 990101').refusal(recordActivities, { ...county, contents });
    expect(refused.details['issues']).toMatchObject([{ path: 'contents.1.enterprises', rule: 'one_enterprise' }, { path: 'contents.2.occurredOn' }]);
    expect(await ownValues(country)).toEqual({});
  })());

  it('gives a picture to one row only', () => world.rolledBack(async (country) => {
    const evidence = [await addEvidence(country.tx, '990101')];
    const refused = await country.as('clerk of 990101').refusal(recordActivities, { ...county, contents: [visit({ evidence }), visit({ evidence })] });
    expect(refused.details['issues']).toEqual([{ path: 'contents.1.evidence.0', rule: 'given_twice' }]);
  })());
});

describe('undo', () => {
  it('of an edit, and of a deletion, brings back every counter exactly', () => world.rolledBack(async (country) => {
    // Others in the same city, the province and another province know the same enterprises: their credits move and come back.
    for (const unitCode of ['990102', '990200', '980101']) {
      await country.as(`clerk of ${unitCode}`).call(recordActivity, { edition: '2023', unitCode, content: training() });
    }
    const clerk = country.as('clerk of 990101');
    const { id } = await clerk.call(recordActivity, { ...county, content: training() });
    const before = await figureState(country.tx);

    const edited = await clerk.call(editActivity, { id, version: 1, content: training({ kind: 'publicity', enterprises: [second], values: { mode: 'online', attendances: 900 } }), reason: '类别选错了' });
    expect(edited.version).toBe(2);
    expect(await ownValues(country)).toEqual({ 'publicity.sessions': 1, 'publicity.enterprises': 1, 'publicity.attendances': 900 });
    const undone = await clerk.call(restoreActivity, { id, version: 2, toVersion: 1 });
    expect(undone).toMatchObject({ version: 3, content: { kind: 'training', values: { attendances: 40 } } });
    expect(await figureState(country.tx)).toEqual(before);

    const deleted = await clerk.call(deleteActivity, { id, version: 3 });
    expect(deleted).toMatchObject({ version: 4, deletedAt: '2023-06-26T09:00:00.000+08:00', may: ['restore'] });
    expect(await ownValues(country)).toEqual({});
    const restored = await clerk.call(restoreActivity, { id, version: 4, toVersion: 4 });
    expect(restored).toMatchObject({ version: 5, deletedAt: null });
    expect(await figureState(country.tx)).toEqual(before);
    expect((await clerk.call(getActivity, { id })).versions.map(({ change }) => change)).toEqual(['restored', 'deleted', 'restored', 'edited', 'recorded']);
  })());

  it('works long after, from the recycle bin', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const { id } = await clerk.call(recordActivity, { ...county, content: training() });
    await clerk.call(deleteActivity, { id, version: 1 });
    country.clock.set('2023-09-01T09:00:00.000+08:00');
    const bin = await clerk.call(listActivities, { ...county, deleted: 'true' });
    expect(bin.activities.map((entry) => [entry.id, entry.may])).toEqual([[id, ['restore']]]);
    expect((await clerk.call(listActivities, county)).total).toBe(0);
    await clerk.call(restoreActivity, { id, version: 2, toVersion: 2 });
    expect((await clerk.call(listActivities, county)).total).toBe(1);
  })());

  it('numbers every change of the ledger without gaps', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const { id } = await clerk.call(recordActivity, { ...county, content: training() });
    await clerk.call(editActivity, { id, version: 1, content: training({ title: '改名的培训会' }) });
    await clerk.call(deleteActivity, { id, version: 2 });
    await clerk.call(restoreActivity, { id, version: 3, toVersion: 1 });
    const numbers = await country.tx.selectFrom('activityVersion').select('ledgerNo').orderBy('ledgerNo').execute();
    expect(numbers.map(({ ledgerNo }) => ledgerNo)).toEqual([1, 2, 3, 4]);
  })());

  it.each([
    ['an edit of a deleted entry', 'wrong_state'],
    ['a deletion of a deleted entry', 'wrong_state'],
    ['an edit of an older version', 'stale_version'],
  ] as const)('refuses %s', (what, code) => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const { id } = await clerk.call(recordActivity, { ...county, content: training() });
    await clerk.call(deleteActivity, { id, version: 1 });
    const refused = what.startsWith('a deletion')
      ? await clerk.refusal(deleteActivity, { id, version: 2 })
      : await clerk.refusal(editActivity, { id, version: code === 'stale_version' ? 1 : 2, content: training() });
    expect(refused.code).toBe(code);
  })());
});

describe('evidence', () => {
  it('goes with its entry, and only with one', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const [kept, dropped, foreign] = [await addEvidence(country.tx, '990101'), await addEvidence(country.tx, '990101'), await addEvidence(country.tx, '990102')];
    const { id } = await clerk.call(recordActivity, { ...county, content: training({ evidence: [kept, dropped] }) });
    const attached = async () => (await country.tx.selectFrom('evidence').select(['id', 'activityId']).where('activityId', 'is not', null).execute()).map((row) => row.id).sort();
    expect(await attached()).toEqual([kept, dropped].sort());
    expect((await clerk.refusal(recordActivity, { ...county, content: visit({ evidence: [kept] }) })).details['issues']).toEqual([{ path: 'content.evidence.0', rule: 'attached_elsewhere' }]);
    expect((await clerk.refusal(recordActivity, { ...county, content: visit({ evidence: [foreign] }) })).details['issues']).toEqual([{ path: 'content.evidence.0', rule: 'unknown_evidence' }]);

    await clerk.call(editActivity, { id, version: 1, content: training({ evidence: [kept] }) });
    expect(await attached()).toEqual([kept]);
    await clerk.call(recordActivity, { ...county, content: visit({ evidence: [dropped] }) });
    expect((await clerk.refusal(restoreActivity, { id, version: 2, toVersion: 1 })).details['issues']).toEqual([{ path: 'content.evidence.1', rule: 'attached_elsewhere' }]);
  })());

  it('of a deleted entry may serve another, and then does not come back', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const piece = await addEvidence(country.tx, '990101');
    const { id } = await clerk.call(recordActivity, { ...county, content: training({ evidence: [piece] }) });
    await clerk.call(deleteActivity, { id, version: 1 });
    const heir = await clerk.call(recordActivity, { ...county, content: visit({ evidence: [piece] }) });
    expect((await clerk.refusal(restoreActivity, { id, version: 2, toVersion: 1 })).code).toBe('invalid_input');
    await clerk.call(editActivity, { id: heir.id, version: 1, content: visit() });
    expect((await clerk.call(restoreActivity, { id, version: 2, toVersion: 1 })).content.evidence).toEqual([piece]);
  })());
});

describe('reading', () => {
  it('filters a ledger by kind, date and words, newest first, with the total', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    await clerk.call(recordActivities, { ...county, contents: [
      visit({ occurredOn: '2023-06-02', title: '走访甲' }), visit({ occurredOn: '2023-06-20', title: '走访乙', enterprises: [second] }), training({ occurredOn: '2023-06-10', place: '100%礼堂' }),
    ] });
    const titles = async (filter: object) => (await clerk.call(listActivities, { ...county, ...filter })).activities.map(({ content }) => content.title);
    expect(await titles({})).toEqual(['走访乙', '商业秘密保护培训会', '走访甲']);
    expect(await titles({ kind: 'visit' })).toEqual(['走访乙', '走访甲']);
    expect(await titles({ from: '2023-06-05', to: '2023-06-10' })).toEqual(['商业秘密保护培训会']);
    expect(await titles({ query: '示例乙' })).toEqual(['走访乙', '商业秘密保护培训会']);
    expect(await titles({ query: '100%' })).toEqual(['商业秘密保护培训会']);
    expect(await titles({ query: '100_礼' })).toEqual([]);
    expect((await clerk.call(listActivities, { ...county, limit: 1, offset: 1 }))).toMatchObject({ total: 3, activities: [{ content: { title: '商业秘密保护培训会' } }] });
  })());

  it('is not for other units; upper ones see an entry once it is submitted, as it was then', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const { id } = await clerk.call(recordActivity, { ...county, content: training() });
    const later = await clerk.call(recordActivity, { ...county, content: visit() });
    for (const person of ['clerk of 990102', 'clerk of 980101', 'system_administrator of 990101'] as const) {
      // Whether a neighbour has such an entry is not told.
      expect((await country.as(person).refusal(getActivity, { id })).code).toBe('not_found');
      expect((await country.as(person).refusal(listActivities, county)).code).toBe('not_permitted');
    }
    const above = country.as('coordinator of 990000');
    expect((await above.refusal(listActivities, county)).code).toBe('not_permitted');
    expect((await above.refusal(getActivity, { id })).code).toBe('not_found');

    await submitAt(country.tx, 1);
    await clerk.call(editActivity, { id, version: 1, content: training({ title: '提交之后改的标题' }) });
    const seen = await above.call(getActivity, { id });
    expect(seen.activity).toMatchObject({ version: 1, ledgerNo: 1, may: [], content: { title: '商业秘密保护培训会' } });
    expect(seen.versions).toHaveLength(1);
    expect((await above.refusal(getActivity, { id: later.id })).code).toBe('not_found');
    expect((await country.as('reviewer of 990101').call(getActivity, { id })).activity).toMatchObject({ version: 2, may: [] });
  })());

  it('gives the last content of each kind, without what belongs to one activity only', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const evidence = [await addEvidence(country.tx, '990101')];
    await clerk.call(recordActivity, { ...county, content: training({ evidence, occurredOn: '2023-05-20', windowReason: '启动仪式提前举办，已报备' }) });
    country.clock.set('2023-06-26T10:00:00.000+08:00');
    await clerk.call(recordActivity, { ...county, content: visit() });
    const { lastByKind, lastPlace } = await clerk.call(getRecordingDefaults, county);
    expect(Object.keys(lastByKind).sort()).toEqual(['training', 'visit']);
    expect(lastByKind['training']).toMatchObject({ evidence: [], windowReason: null, place: '政务中心三楼' });
    expect(lastPlace).toBe('政务中心三楼');
  })());
});

/** As if the unit had submitted a version frozen from its ledger at this number. */
async function submitAt(tx: Tx, ledgerNo: number): Promise<void> {
  const key = { provinceCode: 99, editionCode: '2023', unitCode: '990101' };
  const at = '2023-06-26T09:00:00.000+08:00';
  await tx.insertInto('returnVersion').values({ ...key, number: 1, content: JSON.stringify({ ledgerNo }), extension: null, sha256: 'x', sm3: 'x', frozenAt: at }).execute();
  await tx.insertInto('statReturn').values({ ...key, state: 'submitted', submittedVersion: 1, acceptedVersion: null, firstSubmittedAt: at, submittedAt: at, changedAt: at }).execute();
}

describe('twins', () => {
  const asked = { ...county, occurredOn: '2023-06-15', title: '首届服务月 “商业秘密保护”培训会', place: '政务中心 三楼' };

  it('in the own unit are shown whole, in others of the province by name, date and title only', () => world.rolledBack(async (country) => {
    const own = await country.as('clerk of 990101').call(recordActivity, { ...county, content: training() });
    await country.as('clerk of 990200').call(recordActivity, { edition: '2023', unitCode: '990200', content: training({ place: '别处' }) });
    await country.as('clerk of 980101').call(recordActivity, { edition: '2023', unitCode: '980101', content: training() });
    const { twins } = await country.as('clerk of 990101').call(findTwins, asked);
    expect(twins).toEqual([
      { id: own.id, unitCode: '990101', unitName: '望月县市场监督管理局', occurredOn: '2023-06-15', title: '商业秘密保护培训会', signs: ['same_date_and_title', 'same_date_and_place'] },
      { id: null, unitCode: '990200', unitName: '西岭市市场监督管理局', occurredOn: '2023-06-15', title: '商业秘密保护培训会', signs: ['same_date_and_title'] },
    ]);
    expect((await country.as('clerk of 990101').call(findTwins, { ...asked, except: own.id })).twins).toHaveLength(1);
    expect((await country.as('clerk of 990101').call(findTwins, { ...asked, occurredOn: '2023-06-14' })).twins).toEqual([]);
  })());

  it('are found by the same picture in the province and by a similar one in the unit', () => world.rolledBack(async (country) => {
    const near = `${'0'.repeat(58)}${'1'.repeat(6)}`;
    const clerk = country.as('clerk of 990101');
    const old = await addEvidence(country.tx, '990101', { sha256: 'a'.repeat(64), perceptualHash: near });
    const foreign = await addEvidence(country.tx, '990200', { sha256: 'b'.repeat(64) });
    const mine = [await addEvidence(country.tx, '990101', { sha256: 'b'.repeat(64), perceptualHash: '0'.repeat(64) })];
    const own = await clerk.call(recordActivity, { ...county, content: visit({ evidence: [old], occurredOn: '2023-06-01' }) });
    await country.as('clerk of 990200').call(recordActivity, { edition: '2023', unitCode: '990200', content: visit({ evidence: [foreign], occurredOn: '2023-06-02' }) });
    const { twins } = await clerk.call(findTwins, { ...asked, evidence: mine.join(',') });
    expect(twins.map(({ id, signs }) => [id, signs])).toEqual([[own.id, ['similar_picture']], [null, ['same_picture']]]);
    await clerk.call(deleteActivity, { id: own.id, version: 1 });
    expect((await clerk.call(findTwins, { ...asked, evidence: mine.join(',') })).twins).toHaveLength(1);
  })());
});

describe('at the same time', () => {
  const other = { edition: '2023', unitCode: '990201' };

  it('of two edits of one version one wins, and the other is told who was faster', async () => {
    const country = world.committed;
    const clerk = country.as('clerk of 990201');
    const { id } = await clerk.call(recordActivity, { ...other, content: training() });
    const edits = ['甲的改法', '乙的改法', '丙的改法', '丁的改法'].map((title) => clerk.call(editActivity, { id, version: 1, content: training({ title, enterprises: [second] }) }));
    const outcomes = await Promise.allSettled(edits);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        expect((outcome.reason as { answer: unknown }).answer).toMatchObject({ code: 'stale_version', details: { version: 2, changedByName: 'clerk of 990201', changedAt: '2023-06-26T09:00:00.000+08:00' } });
      }
    }
    expect(await ownValues(country, '990201')).toEqual({ 'training.sessions': 1, 'training.enterprises': 1, 'training.attendances': 40 });
  });

  it('records with the same new enterprises from many units neither wait in a circle nor count wrong', async () => {
    const country = world.committed;
    const third = { uscc: '919900030000000353', name: '示例丙有限公司' };
    const units = ['990000', '990071', '990100', '990102', '990200', '980000', '980100', '980101'] as const;
    await Promise.all(units.flatMap((unitCode, index) => [0, 1, 2].map((turn) => country.as(`clerk of ${unitCode}`).call(recordActivity, {
      edition: '2023', unitCode, content: training({ title: `同时的培训${turn}`, enterprises: (index + turn) % 2 === 0 ? [first, second, third] : [third, second, first] }),
    }))));
    const { distinct } = await country.as('national_office of 000000').call(getTable, { edition: '2023', unitCode: '000000' });
    expect(distinct['training.enterprises']).toBe(3);
    for (const unitCode of units) expect(await ownValues(country, unitCode)).toMatchObject({ 'training.sessions': 3, 'training.enterprises': 3 });
  });

  it('one picture goes to one of two entries', async () => {
    const country = world.committed;
    const piece = await country.database.write((tx) => addEvidence(tx, '990201'));
    const clerk = country.as('clerk of 990201');
    const outcomes = await Promise.allSettled(['甲', '乙'].map((title) => clerk.call(recordActivity, { ...other, content: visit({ title: `走访${title}`, evidence: [piece] }) })));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
