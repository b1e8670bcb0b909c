// B-F8 The audit record cannot be written: a trigger makes every insert into audit_event fail. Passes when every writing endpoint refuses
// and leaves the database exactly as it was, and the same command is done once the trail can be written again.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { implementations } from '../src/modules.ts';
import type { Tx } from '../src/kernel/database.ts';
import { tables } from '../src/kernel/walls.ts';
import { deleteActivity, recordActivity } from '../src/modules/activities/contract.ts';
import { addExtensionRow, closeEdition } from '../src/modules/editions/contract.ts';
import { addAdjustment } from '../src/modules/figures/contract.ts';
import { confirmForm, readFilledForm } from '../src/modules/forms/contract.ts';
import { applyImport, mapImport, uploadImport } from '../src/modules/imports/contract.ts';
import { getPackage, makePackage } from '../src/modules/packages/contract.ts';
import { listAccounts } from '../src/modules/people/contract.ts';
import { createReport } from '../src/modules/reports/contract.ts';
import { remindUnits } from '../src/modules/tasks/contract.ts';
import { type Endpoint, isWrite } from '../src/shared/endpoint.ts';
import { requestKeyHeader, requestOf } from '../src/shared/request.ts';
import { actorOf, type Person } from '../src/testing/country.ts';
import { type Country, monday, openWorld, type World } from '../src/testing/harness.ts';
import { bringUp, edition, fillLedger, publicity, settlePublicity, settleVisits, syntheticUscc } from '../src/testing/steps.ts';
import { type Records, type Told, writes } from '../src/testing/writes.ts';

const unitCode = '990101';
/** Who is most likely to be let in; the first whose command is done without the fault. */
const people: readonly Person[] = [
  'clerk of 990101', 'head of 990101', 'coordinator of 990100', 'coordinator of 990000', 'national_office of 000000', 'system_administrator of 990000', 'system_administrator of 000000', 'security_administrator of 000000',
];

/** Of the services of the month (issue 5), still in the making: what of theirs is not reached yet is told, and is for whoever makes them to bring here. */
const services = /^(assessments|column|enterprise_accounts|enterprises|notices|plans|progress|publicity|questionnaires|service_points|templates|trainings|typical_cases|visits)\./;

let world: World;
beforeAll(async () => {
  world = await openWorld({ maximumConnections: 2 });
});
afterAll(() => world.close());

async function settle(country: Country): Promise<Records> {
  const clerk = country.as('clerk of 990101');
  const unit = { edition, unitCode };
  await fillLedger(country, unitCode);
  const activity = await clerk.call(recordActivity, { ...unit, content: publicity({ title: '要改的一场' }) });
  const adjustment = await clerk.call(addAdjustment, { ...unit, indicator: 'training.sessions', delta: 1, reason: '乡镇自办培训，签到表遗失' });
  const lines = world.edition.indicators.map(({ row, label, unitWord }) => `${row},"${label}",（）${unitWord}`);
  const formText = `序号,具体内容,数据\n${lines.join('\n')}\n`;
  const { form } = await clerk.call(readFilledForm, { ...unit, name: '报表.csv' }, { bytes: new TextEncoder().encode(formText) });
  const sheet = await clerk.call(uploadImport, { ...unit, subject: 'ledger', kind: 'training', fileName: '台账.csv' }, { bytes: new TextEncoder().encode('活动日期,活动名称\n2023-06-15,培训一\n') });
  await clerk.call(mapImport, { id: sheet.id, headerRow: 0, columns: ['occurredOn', 'title'] });
  const report = await clerk.call(createReport, { ...unit, kind: 'summary' });
  await country.as('coordinator of 990000').call(addExtensionRow, {
    edition, unitCode: '990000', definition: { code: 'x.visits', row: 12, label: '走访场次', englishLabel: 'Visits', unit: 'SESSION', unitWord: '场次', counting: { kinds: ['visit'], measure: 'entries' } },
  });
  await country.as('coordinator of 990100').call(remindUnits, { edition, unitCode: '990100', unitCodes: [unitCode], text: '请于今日下班前报送' });
  const { id: reminder } = await country.database.read((tx) => tx.selectFrom('reminder').select('id').executeTakeFirstOrThrow());
  return { unitCode, upper: '990100', neighbour: '990102', activity: activity.id, adjustment: adjustment.id, form: form.id, import: sheet.id, report: report.id, reminder, account: actorOf('clerk of 990101').accountId, formText, visits: await settleVisits(country, unitCode), publicity: await settlePublicity(country, unitCode) };
}

/** One number over every row of every table: any change whatever changes it. */
async function stateOf({ tx }: Country): Promise<string> {
  const parts = Object.keys(tables).map((name) => sql`select ${name}::text as name, count(*) as rows, coalesce(sum(hashtextextended(t::text, 0)), 0)::text as sum from ${sql.table(name)} t`);
  const { rows } = await sql`${sql.join(parts, sql` union all `)}`.execute(tx ?? raised());
  return JSON.stringify(rows);
}

function raised(): never {
  throw new Error('outside of a transaction');
}

async function send(country: Country, person: Person, endpoint: Endpoint, { input, bytes }: Told): Promise<number> {
  const shape = requestOf(endpoint, input as never);
  const body = bytes ?? shape.body;
  const headers = { 'content-type': 'application/json', [requestKeyHeader]: crypto.randomUUID() };
  const response = await country.as(person).raw(shape.path, { method: shape.method, headers, ...(body === null || body === undefined ? {} : { body }) });
  await response.arrayBuffer();
  return response.status;
}

type Rolled = Country & { readonly tx: Tx };
/** What an endpoint is told here by somebody who sits at `seat`. */
type Telling = (endpoint: string, seat: string) => readonly Told[];

/** What of an endpoint a person can do here while the trail can be written; undone again. */
async function doneBy(country: Rolled, person: Person, endpoint: Endpoint, tell: Telling): Promise<Told[]> {
  const done: Told[] = [];
  for (const one of tell(endpoint.name, actorOf(person).grants[0]?.unitCode ?? '')) {
    await sql`savepoint attempt`.execute(country.tx);
    if ((await send(country, person, endpoint, one)) === 200) done.push(one);
    await sql`rollback to savepoint attempt`.execute(country.tx);
  }
  return done;
}

const setTrigger = ({ tx }: Rolled, how: 'enable' | 'disable') => sql`alter table audit_event ${sql.raw(how)} trigger audit_is_broken`.execute(tx);

/** Of the endpoints that have something to be told in this state of the world, those that were let in; each refused without a trail. */
async function provenHere(country: Rolled, tell: Telling): Promise<string[]> {
  const before = await stateOf(country);
  const proven: string[] = [];
  for (const { endpoint } of implementations.filter((one) => isWrite(one.endpoint) && tell(one.endpoint.name, unitCode).length > 0)) {
    for (const person of people) {
      const done = await doneBy(country, person, endpoint, tell);
      if (done.length === 0) continue;
      await setTrigger(country, 'enable');
      for (const one of done) {
        expect(await send(country, person, endpoint, one), endpoint.name).toBeGreaterThanOrEqual(500);
        expect(await stateOf(country), endpoint.name).toBe(before);
      }
      await setTrigger(country, 'disable');
      proven.push(endpoint.name);
      break;
    }
  }
  return proven;
}

const told = (tellings: { readonly [endpoint: string]: Told }): Telling => (endpoint) => [tellings[endpoint]].flatMap((one) => (one === undefined ? [] : [one]));
const reason = '测试需要，按规定办理';

/** What can be taken back, confirmed or restored only when something was done before. */
async function goOn(country: Rolled, records: Records): Promise<Telling> {
  const { tx } = country;
  const clerk = country.as('clerk of 990101');
  const unit = { edition, unitCode };
  await clerk.call(deleteActivity, { id: records.activity, version: 1 });
  const lines = world.edition.indicators.map(({ row, label, unitWord, code }) => `${row},"${label}",（${code === 'visit.enterprises' ? 7 : ''}）${unitWord}`);
  const readForm = async (name: string) => clerk.call(readFilledForm, { ...unit, name }, { bytes: new TextEncoder().encode(`序号,具体内容,数据\n${lines.join('\n')}\n${name}`) });
  const confirmed = await readForm('已确认.csv');
  await clerk.call(confirmForm, { id: confirmed.form.id, figures: confirmed.reading.figures, below: [], chosen: {} });
  const open = await readForm('待确认.csv');
  const columns = ['occurredOn', 'title', 'place', 'values.mode', 'values.attendances', 'enterprises', 'enterpriseCodes'];
  const bytes = new TextEncoder().encode(`培训时间,培训名称,培训地点,形式,参与人数,参会企业,统一社会信用代码\n2023-06-15,导入的一场,会议室,线下,20,测试企业5,${syntheticUscc(5)}\n`);
  const sheet = await clerk.call(uploadImport, { ...unit, subject: 'ledger', kind: 'training', fileName: '培训.csv' }, { bytes });
  await clerk.call(mapImport, { id: sheet.id, headerRow: 0, columns });
  expect(await clerk.call(applyImport, { id: sheet.id, part: 0, changes: false })).toMatchObject({ counts: { new: 1 } });
  // The head goes through the list of accounts; the clerk has what a recovery would end.
  await tx.deleteFrom('attestation').where('unitCode', '=', unitCode).execute();
  await tx.updateTable('account').set({ passwordHash: 'x' }).where('id', '=', records.account).execute();
  await tx.insertInto('totp').values({ id: 'f8', accountId: records.account, name: '手机', secret: 'x', lastStep: 0, createdAt: monday, confirmedAt: monday }).execute();
  const { accounts } = await country.as('head of 990101').call(listAccounts, { unitCode });
  const listed = accounts.filter(({ grants }) => grants.some(({ role }) => !/administrator|auditor/.test(role)));
  return told({
    'activities.restore': { input: { id: records.activity, version: 2, toVersion: 2 } },
    'forms.confirm': { input: { id: open.form.id, figures: open.reading.figures, below: [], chosen: {} } },
    'forms.withdraw': { input: { id: confirmed.form.id, reason, restore: false } },
    'imports.undo': { input: { id: sheet.id } },
    'people.attest': { input: { unitCode, accounts: listed.map(({ id }) => ({ accountId: id, verdict: 'keep' })) } },
    'people.request_recovery': { input: { accountId: records.account, reason } },
    'units.import': { input: { unitCode: '990000', fileName: '单位.csv', dryRun: 'false' }, bytes: '代码,名称,类别,上级代码,启用日期\n990103,龙门县市场监督管理局,县级,990100,2023-01-01\n' },
  });
}

/** The county's return is sealed and packed, and so is the nation's table. */
async function seal(country: Rolled): Promise<Telling> {
  await bringUp(country, unitCode);
  const { sealed } = await country.as('clerk of 990101').call(getPackage, { edition, unitCode });
  const version = sealed?.version ?? 0;
  await fillLedger(country, '000000');
  await bringUp(country, '000000');
  const { id } = await country.as('clerk of 990101').call(makePackage, { edition, unitCode, version, evidence: [] });
  return told({
    'packages.make': { input: { edition, unitCode, version, evidence: [] } },
    'packages.write_receipt': { input: { edition, unitCode, seen: 0, returnVersion: version, receiptNumber: '2023-0001', receivedAt: monday, reason: null } },
    'packages.download': { input: { id } },
    'editions.close': { input: { edition, unitCode: '000000', reason } },
  });
}

async function close(country: Rolled): Promise<Telling> {
  await country.as('national_office of 000000').call(closeEdition, { edition, unitCode: '000000', reason });
  return told({ 'editions.open_again': { input: { edition, unitCode: '000000', reason } } });
}

it('every writing endpoint refuses, and changes nothing', () =>
  world.rolledBack(async (country) => {
    const records = await settle(country);
    await sql`create function audit_is_broken() returns trigger language plpgsql as $$ begin raise exception 'disk full' using errcode = '53100'; end $$`.execute(country.tx);
    await sql`create trigger audit_is_broken before insert on audit_event for each row execute function audit_is_broken()`.execute(country.tx);
    await setTrigger(country, 'disable');
    const proven = await provenHere(country, (endpoint, seat) => writes[endpoint]?.(records, seat) ?? []);
    // The others need another state of the world: what is undone must be done, what is packed sealed.
    for (const reach of [() => goOn(country, records), () => seal(country), () => close(country)]) proven.push(...(await provenHere(country, await reach())));
    const left = Object.keys(writes).filter((name) => !proven.includes(name)).toSorted();
    console.log(`B-F8: ${Object.keys(writes).length - left.length} of ${Object.keys(writes).length} writing endpoints were let in, and all of them refused without a trail; not reached: ${left.join(', ')}`);
    expect(left.filter((name) => !services.test(name))).toEqual([]);
  })(), 240_000);
