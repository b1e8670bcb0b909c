// What a unit knows of enterprises, over a real database: the register, its list of key enterprises and how far it is served, contacts
// that nobody above sees, and two enterprises taken for one and back.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actAsMachine } from '../../kernel/transact.ts';
import { inGbk } from '../../testing/forms/writers.ts';
import type { Person } from '../../testing/country.ts';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { act, attending, edition, fillLedger, publicity, syntheticUscc, training, visit, writeNotes } from '../../testing/steps.ts';
import { editActivity, getActivity, listActivities, recordActivity } from '../activities/contract.ts';
import { keepEntryOfWork } from '../activities/from-work.ts';
import { makeExport } from '../exports/contract.ts';
import { getTable } from '../figures/contract.ts';
import { applyImport, checkImport, mapImport, uploadImport } from '../imports/contract.ts';
import { getReturnVersion } from '../returns/contract.ts';
import * as contract from './contract.ts';
import type { Consent } from './model.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const county = '990101';
const at = { edition, unitCode: county };
const clerkOf = (country: Country) => country.as('clerk of 990101');
const reason = '与营业执照核对，是同一家企业';

async function registered(country: Country, ...numbers: number[]): Promise<void> {
  for (const number of numbers) {
    await clerkOf(country).call(contract.saveEnterprise, { ...at, uscc: syntheticUscc(number), name: `测试企业${number}`, version: 0, content: {}, target: true });
  }
}

const namesOf = ({ enterprises }: { enterprises: readonly { name: string }[] }) => enterprises.map(({ name }) => name);

describe('the register of a unit', () => {
  it('is what was written down, listed or named by entries; found by name, code, tag, list and service', inWorld(async (country) => {
    const clerk = clerkOf(country);
    await clerk.call(recordActivity, { ...at, content: publicity({ enterprises: attending(1, 2) }) });
    await clerk.call(contract.saveEnterprise, { ...at, uscc: syntheticUscc(3), name: '测试企业3', version: 0, content: { tags: ['time_honoured', 'innovative', 'innovative'], industry: '茶业', address: '望月路 1 号' }, target: true });
    await clerk.call(contract.chooseTargets, { ...at, codes: [syntheticUscc(2)], chosen: true });
    const list = (filter: object) => clerk.call(contract.listRegister, { ...at, ...filter });
    expect(namesOf(await list({}))).toEqual(['测试企业1', '测试企业2', '测试企业3']);
    expect((await list({ tag: 'innovative' })).enterprises).toEqual([{ uscc: syntheticUscc(3), name: '测试企业3', tags: ['innovative', 'time_honoured'], industry: '茶业', target: true, services: 0, lastServedOn: null, contacts: 0 }]);
    expect(namesOf(await list({ target: 'yes' }))).toEqual(['测试企业2', '测试企业3']);
    expect(namesOf(await list({ target: 'yes', served: 'no' }))).toEqual(['测试企业3']);
    expect(namesOf(await list({ served: 'yes', target: 'no' }))).toEqual(['测试企业1']);
    expect(namesOf(await list({ query: '企业２' }))).toEqual(['测试企业2']);
    expect(namesOf(await list({ query: syntheticUscc(1) }))).toEqual(['测试企业1']);
    expect(await list({ limit: 1, offset: 1 })).toMatchObject({ total: 3, known: 3, enterprises: [{ name: '测试企业2', services: 1, lastServedOn: '2023-06-15' }] });
    // Nobody else's: a neighbour knows none of them, and from above the register is not read.
    expect((await country.as('clerk of 990102').call(contract.listRegister, { edition, unitCode: '990102' })).known).toBe(0);
    expect((await country.as('coordinator of 990100').refusal(contract.listRegister, at)).code).toBe('not_permitted');
  }));

  it('tells the entries that name an enterprise, of work too, and no deleted one; what is written down has versions', inWorld(async (country) => {
    const clerk = clerkOf(country);
    await registered(country, 1);
    await clerk.call(recordActivity, { ...at, content: visit(1, { occurredOn: '2023-06-10' }) });
    await clerk.call(recordActivity, { ...at, content: training({ occurredOn: '2023-06-12', enterprises: attending(1, 2) }) });
    const got = await clerk.call(contract.getEnterprise, { ...at, uscc: syntheticUscc(1) });
    expect(got).toMatchObject({ name: '测试企业1', target: true, record: { version: 1 }, contacts: [], mergedInto: null, may: ['write', 'read_contacts', 'keep_contacts'] });
    expect(got.services.map(({ kind, occurredOn, work }) => [kind, occurredOn, work])).toEqual([['training', '2023-06-12', null], ['visit', '2023-06-10', null]]);
    const save = (version: number) => ({ ...at, uscc: syntheticUscc(1), name: '另一个名字', version, content: { note: '备注' } });
    expect(await clerk.refusal(contract.saveEnterprise, save(0))).toMatchObject({ code: 'stale_version', details: { version: 1 } });
    expect(await clerk.call(contract.saveEnterprise, save(1))).toEqual({ uscc: syntheticUscc(1), name: '测试企业1', version: 2 });
    expect(await clerk.call(contract.removeEnterprise, { ...at, uscc: syntheticUscc(1), version: 2 })).toEqual({ removed: true });
    expect(await clerk.call(contract.getEnterprise, { ...at, uscc: syntheticUscc(1) })).toMatchObject({ record: null, target: false });
    expect((await country.as('reviewer of 990101').call(contract.getEnterprise, { ...at, uscc: syntheticUscc(1) })).may).toEqual(['read_contacts']);
  }));
});

describe('coverage', () => {
  it('counts each listed enterprise once: of the own list by own entries, of all below by any unit there, never by one elsewhere', inWorld(async (country) => {
    await registered(country, 1, 2, 3);
    const other = country.as('clerk of 990102');
    await other.call(contract.saveEnterprise, { edition, unitCode: '990102', uscc: syntheticUscc(3), name: '测试企业3', version: 0, content: { tags: ['innovative'] }, target: true });
    await other.call(contract.saveEnterprise, { edition, unitCode: '990102', uscc: syntheticUscc(4), name: '测试企业4', version: 0, content: {}, target: true });
    await clerkOf(country).call(contract.saveEnterprise, { ...at, uscc: syntheticUscc(1), name: '测试企业1', version: 1, content: { tags: ['innovative', 'time_honoured'] } });
    await clerkOf(country).call(recordActivity, { ...at, content: visit(1) });
    await clerkOf(country).call(recordActivity, { ...at, content: publicity({ enterprises: attending(1, 9) }) });
    // 3 is listed at both and met by one of them; 2 is met in another city, which counts for nobody here.
    await other.call(recordActivity, { edition, unitCode: '990102', content: visit(3) });
    await country.as('clerk of 990201').call(recordActivity, { edition, unitCode: '990201', content: visit(2) });
    const own = (await clerkOf(country).call(contract.getCoverage, at)).own;
    expect(own).toEqual({
      targets: 3, served: 1,
      tags: [{ tag: 'knowledge_intensive', targets: 0, served: 0 }, { tag: 'technology_intensive', targets: 0, served: 0 }, { tag: 'innovative', targets: 1, served: 1 }, { tag: 'time_honoured', targets: 1, served: 1 }],
      kinds: [{ kind: 'publicity', served: 1 }, { kind: 'visit', served: 1 }],
    });
    const city = await country.as('coordinator of 990100').call(contract.getCoverage, { edition, unitCode: '990100' });
    expect(city).toMatchObject({ own: { targets: 0, served: 0 }, total: { targets: 4, served: 2 }, units: [{ unitCode: '990101', targets: 3, served: 1 }, { unitCode: '990102', targets: 2, served: 1 }] });
    expect(city.total.tags[2]).toEqual({ tag: 'innovative', targets: 2, served: 2 });
    const byKind = await country.as('coordinator of 990100').call(contract.getCoverage, { edition, unitCode: '990100', byKind: 'true' });
    expect([city.total.kinds, byKind.total.kinds]).toEqual([[], [{ kind: 'visit', served: 2 }, { kind: 'publicity', served: 1 }]]);
    const province = await country.as('coordinator of 990000').call(contract.getCoverage, { edition, unitCode: '990000' });
    // In the province the visit of the other city counts.
    expect(province).toMatchObject({ total: { targets: 4, served: 3 }, units: [{ unitCode: '990071', targets: 0, served: 0 }, { unitCode: '990100', targets: 4, served: 2 }, { unitCode: '990200', targets: 0, served: 0 }] });
    expect((await country.as('national_office of 000000').call(contract.getCoverage, { edition, unitCode: '000000' })).total).toMatchObject({ targets: 4, served: 3 });
    expect((await country.as('coordinator of 980000').refusal(contract.getCoverage, { edition, unitCode: '990000' })).code).toBe('not_permitted');
  }));

  it('refuses a code nobody registered, and says whose place changed', inWorld(async (country) => {
    await registered(country, 1, 2);
    const clerk = clerkOf(country);
    expect(await clerk.refusal(contract.chooseTargets, { ...at, codes: [syntheticUscc(1), syntheticUscc(77)], chosen: true })).toMatchObject({ code: 'not_found', details: { id: syntheticUscc(77) } });
    expect(await clerk.call(contract.chooseTargets, { ...at, codes: [syntheticUscc(1)], chosen: true })).toEqual({ codes: [], targets: 2 });
    expect(await clerk.call(contract.chooseTargets, { ...at, codes: [syntheticUscc(1), syntheticUscc(1)], chosen: false })).toEqual({ codes: [syntheticUscc(1)], targets: 1 });
  }));
});

describe('a sheet of key enterprises', () => {
  it('goes onto the list, with what is known; full-width codes, GBK and rows without a code as people send them; twice changes nothing', inWorld(async (country) => {
    const clerk = clerkOf(country);
    await registered(country, 3);
    await clerk.call(contract.chooseTargets, { ...at, codes: [syntheticUscc(3)], chosen: false });
    await clerk.call(contract.saveEnterprise, { ...at, uscc: syntheticUscc(3), name: '测试企业3', version: 1, content: { industry: '茶业' } });
    const wide = syntheticUscc(5).replace(/[0-9A-Z]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
    const text = [
      '重点企业名单,,,,,,', '序号,单位名称,信用代码,企业类型,所属行业,联系人,联系电话', `1,测试企业5,${wide},知识密集型、创新型,软件,钱示例,00000000`, '2,测试企业3,,老字号企业,食品,,', '3,没有登记的企业,,,,,', `4,测试企业6,${syntheticUscc(6).slice(0, 17)}I,,,,`, '合计,4,,,,,',
    ].join('\r\n');
    const once = async () => {
      const job = await clerk.call(uploadImport, { ...at, subject: 'targets', fileName: '名单.csv' }, { bytes: inGbk(text) });
      expect(job.columns).toEqual([null, 'name', 'uscc', 'tags', 'industry', null, null]);
      await clerk.call(mapImport, { id: job.id, headerRow: job.headerRow, columns: job.columns });
      const { rows } = await clerk.call(checkImport, { id: job.id, part: 0 });
      await clerk.call(applyImport, { id: job.id, part: 0, changes: false });
      return rows.map(({ verdict, issues }) => [verdict, issues[0]?.issue.rule ?? null]);
    };
    expect(await once()).toEqual([['new', null], ['new', 'code_by_name'], ['wrong', 'code_missing_unknown'], ['wrong', 'uscc_check']]);
    const { enterprises } = await clerk.call(contract.listRegister, { ...at, target: 'yes' });
    // What was written down by hand is not overwritten.
    expect(enterprises.map(({ name, tags, industry }) => [name, tags, industry])).toEqual([['测试企业3', ['time_honoured'], '茶业'], ['测试企业5', ['knowledge_intensive', 'innovative'], '软件']]);
    expect(await once()).toEqual([['same', null], ['same', 'code_by_name'], ['wrong', 'code_missing_unknown'], ['wrong', 'uscc_check']]);
    expect((await sql<{ rows: number }>`select count(*)::int as rows from enterprise_contact`.execute(country.tx)).rows[0]?.rows).toBe(0);
  }));
});

const person = { name: '钱示例', post: '法务', telephone: '0000-00000000', email: 'example@example.invalid' };
const consent: Consent = { purposes: ['trainings', 'visits'], notice: '用于服务月期间的走访和培训通知，可随时要求删除', toldOn: '2023-06-20', toldBy: '李四', toldHow: 'telephone' };
const ofContact = { ...at, uscc: syntheticUscc(1) };

describe('contacts', () => {
  it('lie wrapped, are read with a record by the unit itself, and are gone when consent is withdrawn', inWorld(async (country) => {
    await registered(country, 1);
    const clerk = clerkOf(country);
    const kept = await clerk.call(contract.saveContact, { ...ofContact, id: null, version: 0, person, consent });
    expect(kept).toMatchObject({ purposes: ['visits', 'trainings'], toldBy: '李四', version: 1, erasedAt: null });
    const stored = await sql<{ row: string }>`select row_to_json(c)::text as row from enterprise_contact c`.execute(country.tx);
    expect(stored.rows[0]?.row).not.toMatch(/钱示例|0{12}|example\.invalid/);
    expect((await clerk.call(contract.readContacts, ofContact)).contacts).toEqual([{ id: kept.id, ...person, telephone: '000000000000' }]);
    for (const reader of ['reviewer of 990101', 'head of 990101'] as const) expect((await country.as(reader).call(contract.readContacts, ofContact)).contacts).toHaveLength(1);
    for (const outsider of ['coordinator of 990100', 'head of 990100', 'coordinator of 990000', 'national_office of 000000', 'clerk of 990102', 'auditor of 000000', 'system_administrator of 990000'] as const) {
      expect((await country.as(outsider).refusal(contract.readContacts, ofContact)).code, outsider).toBe('not_permitted');
    }
    const trail = await sql<{ action: string; text: string }>`select action, coalesce(after::text, '') as text from audit_event where subject_kind = 'enterprise' and action like 'contacts.%' order by id`.execute(country.tx);
    expect(trail.rows.map(({ action }) => action)).toEqual(['contacts.write_down', 'contacts.read', 'contacts.read', 'contacts.read']);
    expect(trail.rows.some(({ text }) => /钱示例|example\.invalid/.test(text))).toBe(false);
    // Nor do they lie where answers are kept for a repetition.
    expect((await sql<{ answer: string }>`select answer::text as answer from request_key`.execute(country.tx)).rows.some(({ answer }) => answer?.includes('钱示例'))).toBe(false);

    expect((await clerk.refusal(contract.removeEnterprise, { ...ofContact, version: 1 })).details).toMatchObject({ rule: 'contacts_kept' });
    const erased = await clerk.call(contract.eraseContact, { ...ofContact, id: kept.id, version: 1, reason: 'withdrawn' });
    expect(erased).toMatchObject({ erasedBy: 'clerk of 990101', erasedFor: 'withdrawn', notice: consent.notice });
    expect((await sql<{ sealed: string | null }>`select sealed from enterprise_contact`.execute(country.tx)).rows).toEqual([{ sealed: null }]);
    expect((await clerk.call(contract.readContacts, ofContact)).contacts).toEqual([]);
    expect((await clerk.refusal(contract.saveContact, { ...ofContact, id: kept.id, version: 2, person, consent })).code).toBe('wrong_state');
  }));

  it('are taken out only by who may read them, with a reason that the record keeps; the register goes out without them', inWorld(async (country) => {
    await registered(country, 1);
    const clerk = clerkOf(country);
    await clerk.call(contract.saveContact, { ...ofContact, id: null, version: 0, person, consent });
    const take = (subject: object) => ({ ...at, format: 'csv' as const, subject: subject as { kind: 'coverage' } });
    const text = async (who: Person, subject: object) => new TextDecoder().decode((await country.as(who).call(makeExport, take(subject))) as Uint8Array);
    expect(await text('reviewer of 990101', { kind: 'contacts', reason: '核对联系人是否有变化' })).toMatch(/测试企业1.*钱示例.*走访联系；培训、会议通知/);
    expect(await text('clerk of 990101', { kind: 'register', filter: { target: 'yes' } })).toMatch(/测试企业1/);
    expect(await text('clerk of 990101', { kind: 'register', filter: {} })).not.toMatch(/钱示例/);
    expect(await text('coordinator of 990100', { kind: 'coverage' })).toMatch(/望月县.*,1,0,0/);
    expect((await clerk.refusal(makeExport, take({ kind: 'contacts', reason: '核对' }))).code).toBe('invalid_input');
    for (const who of ['coordinator of 990100', 'national_office of 000000', 'clerk of 990102'] as const) expect((await country.as(who).refusal(makeExport, take({ kind: 'contacts', reason: '核对联系人是否有变化' }))).code).toBe('not_permitted');
    const { rows } = await sql<{ basis: string }>`select basis from audit_event where action = 'exports.make' and subject_id = 'contacts'`.execute(country.tx);
    expect(rows).toEqual([{ basis: '核对联系人是否有变化' }]);
  }));

  it('are not written down without a way to reach somebody, nor without having told them', inWorld(async (country) => {
    await registered(country, 1);
    const refuse = async (change: object) => (await clerkOf(country).refusal(contract.saveContact, { ...ofContact, id: null, version: 0, person, consent, ...change })).details;
    expect(await refuse({ person: { ...person, telephone: '', email: '' } })).toMatchObject({ issues: [{ path: 'person.telephone', rule: 'telephone_or_email' }] });
    expect(await refuse({ person: { ...person, telephone: '打总机' } })).toMatchObject({ issues: [{ path: 'person.telephone', rule: 'telephone_wrong' }] });
    expect(await refuse({ consent: { ...consent, purposes: [] } })).toMatchObject({ issues: [{ path: 'consent.purposes', rule: 'purpose_missing' }] });
    expect(await refuse({ consent: { ...consent, toldOn: '2023-06-27' } })).toMatchObject({ issues: [{ path: 'consent.toldOn', rule: 'date_in_future' }] });
    expect((await country.as('reviewer of 990101').refusal(contract.saveContact, { ...ofContact, id: null, version: 0, person, consent })).code).toBe('not_permitted');
  }));
});

const distinct = async (country: Country) => (await clerkOf(country).call(getTable, at)).own['publicity.enterprises']?.value;
const uncoded = { uscc: null, name: '晴川精密仪器', reason: 'unknown_on_site' } as const;

describe('two taken for one', () => {
  it('are found by their names', inWorld(async (country) => {
    const clerk = clerkOf(country);
    await clerk.call(recordActivity, { ...at, content: publicity({ enterprises: [{ uscc: syntheticUscc(1), name: '晴川精密仪器有限公司', reason: null }, { uscc: syntheticUscc(2), name: '晴川精密仪器股份有限公司', reason: null }] }) });
    await clerk.call(recordActivity, { ...at, content: training({ enterprises: [uncoded, { uscc: null, name: '别的企业', reason: 'foreign' }] }) });
    const { likely } = await clerk.call(contract.listLikenesses, at);
    expect(likely.map(({ from, into, sign }) => [from.name, from.entries, into.name, sign])).toEqual([
      ['晴川精密仪器', 1, '晴川精密仪器有限公司', 'same_stem'], ['晴川精密仪器', 1, '晴川精密仪器股份有限公司', 'same_stem'], ['晴川精密仪器股份有限公司', 1, '晴川精密仪器有限公司', 'same_stem'],
    ]);
  }));

  it('a name without a code becomes the code in the unit\'s open entries by new versions; entries of work stay; and back', inWorld(async (country) => {
    const clerk = clerkOf(country);
    await registered(country, 1);
    const typed = await clerk.call(recordActivity, { ...at, content: publicity({ enterprises: [uncoded, ...attending(2)] }) });
    const both = await clerk.call(recordActivity, { ...at, content: publicity({ title: '又一次宣传', enterprises: [...attending(1), uncoded] }) });
    await recordWork(country);
    const before = await distinct(country);
    const merged = await clerk.call(contract.mergeEnterprises, { ...at, from: { name: uncoded.name }, into: syntheticUscc(1), reason });
    expect(merged).toMatchObject({ changed: 2, left: 1, from: { uscc: null, name: uncoded.name }, into: { uscc: syntheticUscc(1) } });
    const got = await clerk.call(getActivity, { id: typed.id });
    expect(got.activity).toMatchObject({ version: 2, content: { enterprises: [...attending(1), ...attending(2)] } });
    expect(got.versions[0]).toMatchObject({ change: 'edited', reason });
    expect((await clerk.call(getActivity, { id: both.id })).activity.content.enterprises).toEqual(attending(1));
    // Without a code each naming counted as one more.
    expect([before, await distinct(country)]).toEqual([4, 2]);
    // Changed by hand since: left alone by the undoing, and told.
    await clerk.call(editActivity, { id: both.id, version: 2, content: publicity({ title: '后来改过', enterprises: attending(1) }) });
    expect(await clerk.call(contract.undoMerge, { id: merged.id, reason: '核对后发现不是同一家' })).toMatchObject({ restored: 1, left: 1, merge: { undoneByName: 'clerk of 990101' } });
    expect((await clerk.call(getActivity, { id: typed.id })).activity).toMatchObject({ version: 3, content: { enterprises: [uncoded, ...attending(2)] } });
    expect((await clerk.refusal(contract.undoMerge, { id: merged.id, reason })).code).toBe('wrong_state');
  }));

  it('two codes: what was written down, contacts and the list move, the distinct count falls; and back as it was', inWorld(async (country) => {
    const clerk = clerkOf(country);
    await registered(country, 1, 2);
    await clerk.call(contract.saveEnterprise, { ...at, uscc: syntheticUscc(2), name: '测试企业2', version: 1, content: { tags: ['innovative'], address: '望月路 2 号' } });
    await clerk.call(contract.saveContact, { ...ofContact, uscc: syntheticUscc(2), id: null, version: 0, person, consent });
    await clerk.call(recordActivity, { ...at, content: publicity({ enterprises: attending(1, 2) }) });
    const look = async () => ({
      one: await clerk.call(contract.getEnterprise, { ...at, uscc: syntheticUscc(1) }), two: await clerk.call(contract.getEnterprise, { ...at, uscc: syntheticUscc(2) }), count: await distinct(country),
    });
    const before = await look();
    const merged = await clerk.call(contract.mergeEnterprises, { ...at, from: { uscc: syntheticUscc(2) }, into: syntheticUscc(1), reason });
    const after = await look();
    expect(after.one).toMatchObject({ record: { tags: ['innovative'], address: '望月路 2 号', version: 2 }, target: true, contacts: [{ erasedAt: null }] });
    expect(after.two).toMatchObject({ record: null, target: false, services: [], contacts: [], mergedInto: { uscc: syntheticUscc(1) } });
    expect([before.count, after.count]).toEqual([2, 1]);
    expect((await clerk.refusal(contract.mergeEnterprises, { ...at, from: { uscc: syntheticUscc(1) }, into: syntheticUscc(2), reason })).details).toMatchObject({ rule: 'merged_before' });
    await clerk.call(contract.undoMerge, { id: merged.id, reason });
    const back = await look();
    expect(back.count).toBe(2);
    expect(back.two).toEqual(before.two);
    expect(back.one).toEqual({ ...before.one, record: { ...before.one.record, version: 3 } });
    expect((await clerk.refusal(contract.mergeEnterprises, { ...at, from: { uscc: syntheticUscc(1) }, into: syntheticUscc(1), reason })).details).toMatchObject({ rule: 'merge_same' });
  }));

  it('changes nothing that was frozen, no other unit\'s entry, and nothing once the edition is closed', inWorld(async (country) => {
    const clerk = clerkOf(country);
    await fillLedger(country, county);
    await country.as('clerk of 990102').call(recordActivity, { edition, unitCode: '990102', content: visit(3) });
    await writeNotes(country, county);
    await act(country, 'clerk of 990101', county, { act: 'send_for_review' });
    const frozen = await clerk.call(getReturnVersion, { ...at, number: 1 });
    await clerk.call(contract.mergeEnterprises, { ...at, from: { uscc: syntheticUscc(3) }, into: syntheticUscc(1), reason });
    expect(await clerk.call(getReturnVersion, { ...at, number: 1 })).toEqual(frozen);
    const beside = await country.as('clerk of 990102').call(listActivities, { edition, unitCode: '990102' });
    expect(beside.activities[0]).toMatchObject({ version: 1, content: { enterprises: attending(3) } });
    await country.tx.updateTable('edition').set({ closedAt: country.clock.now() }).execute();
    expect((await clerk.refusal(contract.mergeEnterprises, { ...at, from: { uscc: syntheticUscc(2) }, into: syntheticUscc(1), reason })).details).toMatchObject({ rule: 'edition_closed' });
  }));
});

type Body = Parameters<World['rolledBack']>[0];

/** The world is opened before the first case, after the cases are listed. */
function inWorld(body: Body): () => Promise<void> {
  return () => world.rolledBack(body)();
}

/** An entry that a visit keeps. */
async function recordWork(country: Country): Promise<void> {
  const content = visit(1, { enterprises: [uncoded] });
  await actAsMachine(country.ports, country.clock.now(), { name: '系统', grants: [{ role: 'clerk', unitCode: county }] }, (context) =>
    keepEntryOfWork(context, { edition, unitCode: county, source: { kind: 'visits', id: '99-1', part: 'visit' }, content }));
}
