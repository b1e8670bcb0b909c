// B-S1 Authorisation matrix: every endpoint × every role × {own, child, below, from below, sibling, other province} × states of the
// return, generated from the policy (access/rules/policy.ts) and the list of endpoints. Passes when nobody is let in whom the policy
// does not let in, nobody is kept out by lack of a right who has it, what is out of reach is not told apart from what is not there, and
// no endpoint is left out.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { implementations } from '../src/modules.ts';
import type { UnitPlacement, Verb } from '../src/modules/access/model.ts';
import { may, relationOf, verbsAt } from '../src/modules/access/rules.ts';
import { type Gate, gateOf } from '../src/modules/access/rules/endpoints.ts';
import { policy } from '../src/modules/access/rules/policy.ts';
import { recordActivity } from '../src/modules/activities/contract.ts';
import { uploadEvidence } from '../src/modules/evidence/contract.ts';
import { addAdjustment } from '../src/modules/figures/contract.ts';
import { readFilledForm } from '../src/modules/forms/contract.ts';
import { uploadImport } from '../src/modules/imports/contract.ts';
import { createReport } from '../src/modules/reports/contract.ts';
import { remindUnits } from '../src/modules/tasks/contract.ts';
import type { Endpoint } from '../src/shared/endpoint.ts';
import { isWrite } from '../src/shared/endpoint.ts';
import { requestKeyHeader, requestOf } from '../src/shared/request.ts';
import { actorOf, countryUnits, type Person, roles } from '../src/testing/country.ts';
import { type Country, openWorld, type World } from '../src/testing/harness.ts';
import { questions } from '../src/testing/questions.ts';
import { act, bringUp, edition, fillLedger, publicity, settlePublicity, settleVisits } from '../src/testing/steps.ts';
import { type Records, type Told, writes } from '../src/testing/writes.ts';

const target = '990101';
const seats = { own: target, child: '990100', below: '990000', nation: '000000', sibling: '990102', elsewhere: '980101' } as const;
const endpoints = implementations.map(({ endpoint }) => endpoint);

/** A right whose verb opens the door only: within, the module's own rules decide who may do what to whom. */
const finer = new Set<string>(['manage_accounts', 'approve_grants', 'recover_accounts', 'name_substitutes', 'keep_keys', 'attest_accounts', 'manage_witnesses']);
/** One's own, or nobody's: told in the modules' own journeys. Here, that nobody comes in without a session. */
const personal = new Set<Gate>(['public', 'own_account', 'anybody']);
/** Of people and keys: named by ids that only their own journeys have. */
const spoken = /^(sign_in|proofs|keys)\.|^people\.(decide|withdraw|hand_over|name_|revoke_|stand_in)/;

const people: readonly Person[] = Object.values(seats).flatMap((seat) => roles.filter((role) => {
  if (role === 'national_office') return seat === '000000';
  return role !== 'coordinator' || (seat.endsWith('00') && seat !== '000000');
}).map((role): Person => `${role} of ${seat}`));

function placed(unitCode: string): UnitPlacement {
  const unit = countryUnits.find(({ code }) => code === unitCode);
  if (unit === undefined) throw new Error(`${unitCode} is not of the country`);
  const [p1 = null, p2 = null, p3 = null] = unit.line;
  return { unitCode, parentCode: unit.parent, depth: unit.line.length, p1, p2, p3 };
}

let world: World;
let records: Records;
const evidence: string[] = [];
let asked = 0;
let let_in = 0;

beforeAll(async () => {
  world = await openWorld({ maximumConnections: 6 });
  records = await settle(world.committed);
});
afterAll(async () => {
  console.log(`B-S1: ${asked} requests, ${let_in} let in, ${endpoints.length} endpoints, ${people.length} people`);
  await world.close();
});

async function settle(country: Country): Promise<Records> {
  const clerk = country.as(`clerk of ${target}`);
  const unit = { edition, unitCode: target };
  await fillLedger(country, target);
  const picture = await clerk.call(uploadEvidence, { ...unit, name: '签到表.pdf' }, { bytes: new TextEncoder().encode('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n') });
  evidence.push(picture.id);
  const activity = await clerk.call(recordActivity, { ...unit, content: publicity({ title: '矩阵里的一场', evidence: [picture.id] }) });
  const adjustment = await clerk.call(addAdjustment, { ...unit, indicator: 'training.sessions', delta: 1, reason: '乡镇自办培训，签到表遗失' });
  const lines = world.edition.indicators.map(({ row, label, unitWord }) => `${row},"${label}",（）${unitWord}`);
  const formText = `序号,具体内容,数据\n${lines.join('\n')}\n`;
  const { form } = await clerk.call(readFilledForm, { ...unit, name: '报表.csv' }, { bytes: new TextEncoder().encode(formText) });
  const sheet = await clerk.call(uploadImport, { ...unit, subject: 'ledger', kind: 'training', fileName: '台账.csv' }, { bytes: new TextEncoder().encode('活动日期,活动名称\n2023-06-15,培训一\n') });
  const report = await clerk.call(createReport, { ...unit, kind: 'summary' });
  await country.as('coordinator of 990100').call(remindUnits, { edition, unitCode: '990100', unitCodes: [target], text: '请于今日下班前报送' });
  const { id: reminder } = await country.database.read((tx) => tx.selectFrom('reminder').select('id').executeTakeFirstOrThrow());
  return {
    unitCode: target, upper: '990100', neighbour: '990102', activity: activity.id, adjustment: adjustment.id, form: form.id, import: sheet.id, report: report.id, reminder,
    account: actorOf(`clerk of ${target}`).accountId, formText, visits: await settleVisits(country, target), publicity: await settlePublicity(country, target),
  };
}

interface Question extends Told {
  readonly endpoint: Endpoint;
  readonly at: readonly string[];
}

/** What an endpoint is asked about the unit of these records by somebody who sits at `seat`. */
function questionsFor(endpoint: Endpoint, seat: string, about: Records): Question[] {
  const { unitCode, activity, form, report } = about;
  const ground = { unitCode, activities: [activity], evidence, forms: [form], reports: [report], versions: 1 };
  const reading = (questions[endpoint.name]?.(ground) ?? []).map((input): Told => ({ input }));
  const telling = writes[endpoint.name]?.(about, seat) ?? [];
  const all = [...reading, ...telling];
  return (endpoint.name === 'exports.make' || endpoint.name === 'returns.act' ? all : all.slice(0, isWrite(endpoint) ? 2 : 1)).map((told) => ({ at: [unitCode], ...told, endpoint }));
}

const byId = ({ input }: Told): boolean => Object.keys(input)[0] === 'id' || 'accountId' in input;

async function ask(country: Country, person: Person | null, { endpoint, input, bytes }: Question): Promise<{ status: number; code: string; body: string }> {
  asked += 1;
  const shape = requestOf(endpoint, input as never);
  const headers = { 'content-type': 'application/json', [requestKeyHeader]: crypto.randomUUID() };
  const body = bytes ?? shape.body;
  const response = await (person === null ? country.anyone() : country.as(person)).raw(shape.path, { method: shape.method, headers, ...(body === null || body === undefined ? {} : { body }) });
  const answer = await response.text();
  if (response.ok) let_in += 1;
  const code = response.ok ? 'ok' : (JSON.parse(answer) as { code: string }).code;
  return { status: response.status, code, body: answer };
}

/** Whether the policy lets a person in; null where the module's own rules say more. */
function expected(person: Person, { endpoint, input, at }: Question): boolean | null {
  const gate = gateOf(endpoint.name, input);
  const actor = actorOf(person);
  if (gate === undefined || personal.has(gate)) return null;
  if (gate === 'own_enterprise') return false;
  const units = at.map(placed);
  if (gate === 'related') return units.every((unit) => verbsAt(actor, unit).length > 0);
  if (gate === 'member') return units.every((unit) => actor.grants.some((grant) => grant.unitCode === unit.unitCode));
  const given = units.every((unit) => may(actor, gate as Verb, unit));
  return given && finer.has(gate) ? null : given;
}

const sees = (person: Person): boolean => {
  const { grants } = actorOf(person);
  const business = !grants.some(({ role }) => /administrator|auditor/.test(role));
  const [grant] = grants;
  const relation = grant === undefined ? 'elsewhere' : relationOf(grant.unitCode, placed(target));
  return business && (relation === 'own' || (relation !== 'elsewhere' && !grants.some(({ role }) => role === 'clerk')));
};

/** Records from above are there only once submitted: until then the answer is the same as for none. */
const whatIsSubmitted = new Set<Verb>(['read_submitted_records']);

async function judge(country: Country, person: Person, question: Question, faults: string[]): Promise<void> {
  const { endpoint, input } = question;
  const wanted = expected(person, question);
  const { status, code, body } = await ask(country, person, question);
  const said = `${person}: ${endpoint.name} ${JSON.stringify(input).slice(0, 120)} → ${status} ${code}`;
  if (status >= 500 || code === 'invalid_input') faults.push(`${said} ${body.slice(0, 200)}`);
  const refused = code === 'not_permitted' || code === 'not_found';
  if (wanted === false && !refused) faults.push(`${said}, but the policy gives it to nobody like that`);
  const gate = gateOf(endpoint.name, input) as Verb;
  if (wanted === true && code === 'not_permitted' && !whatIsSubmitted.has(gate)) faults.push(`${said}, but the policy gives it`);
  // By an id alone, what is out of reach is not told apart from what is not there.
  // An official is refused at an enterprise's own endpoint before any record is looked for.
  if (Object.keys(input)[0] === 'id' && gateOf(endpoint.name, input) !== 'own_enterprise' && policy[gate]?.of !== 'D6' && !sees(person) && code !== 'not_found') faults.push(`${said}: tells that there is such a record`);
}

/** All of it by one person, in a transaction that is rolled back; what a write did is undone before the next. */
function walk(person: Person, about: Records): Promise<string[]> {
  const faults: string[] = [];
  return world.rolledBack(async (country) => {
    for (const endpoint of endpoints) {
      const all = questionsFor(endpoint, actorOf(person).grants[0]?.unitCode ?? '', about);
      // The records are the county's: about another unit only what names the unit is asked.
      for (const question of about.unitCode === target ? all : all.filter((one) => !byId(one))) {
        const changes = isWrite(endpoint);
        if (changes) await sql`savepoint before`.execute(country.tx);
        await judge(country, person, question, faults);
        if (changes) await sql`rollback to savepoint before`.execute(country.tx);
      }
    }
  })().then(() => faults);
}

describe('every endpoint', () => {
  it('is asked here, or told of in its own journeys', () => {
    const left = endpoints.filter(({ name, method, answer }) => (method === 'GET' || answer === 'stream' ? questions[name] === undefined && writes[name] === undefined : writes[name] === undefined));
    expect(left.map(({ name }) => name).filter((name) => !spoken.test(name))).toEqual([]);
  });

  it('that needs a session lets nobody in without one', async () => {
    for (const endpoint of endpoints.filter(({ access }) => access === 'signed_in')) {
      const [question = { endpoint, at: [], input: Object.fromEntries([...endpoint.path.matchAll(/:([A-Za-z]+)/g)].map(([, name = '']) => [name, 'x'])) }] = questionsFor(endpoint, target, records);
      const { code } = await ask(world.committed, null, question);
      expect(code, endpoint.name).toBe('not_signed_in');
    }
  });
});

it('answers from below as the policy says: nothing of the unit above', async () => {
  const about = { ...records, unitCode: '990100', upper: '990000', neighbour: '990200' };
  const faults: string[] = [];
  for (const person of people.filter((one) => one.endsWith(target))) faults.push(...(await walk(person, about)));
  expect(faults).toEqual([]);
}, 600_000);

/** What accounts of enterprises are for: what is public, their own account, and their own enterprise. */
it('refuses an enterprise everywhere but at its own, whichever unit keeps it', async () => {
  for (const person of ['enterprise of 990101', 'enterprise of 980101'] as const) {
    const faults: string[] = [];
    await world.rolledBack(async (country) => {
      for (const endpoint of endpoints) {
        const gate = gateOf(endpoint.name, {});
        const own = gate === 'public' || gate === 'own_account' || gate === 'own_enterprise';
        const [question = { endpoint, at: [], input: Object.fromEntries([...endpoint.path.matchAll(/:([A-Za-z]+)/g)].map(([, name = '']) => [name, 'x'])) }] = questionsFor(endpoint, target, records);
        if (own && spoken.test(endpoint.name)) continue;
        await sql`savepoint before`.execute(country.tx);
        const { code, status, body } = await ask(country, person, question);
        await sql`rollback to savepoint before`.execute(country.tx);
        if (own ? code === 'not_permitted' || status >= 500 : code !== 'not_permitted') faults.push(`${person}: ${endpoint.name} → ${status} ${code} ${body.slice(0, 200)}`);
      }
    })();
    expect(faults).toEqual([]);
  }
}, 60_000);

const states: readonly (readonly [state: string, reach: () => Promise<void>])[] = [
  ['draft', async () => undefined],
  ['accepted', async () => {
    await bringUp(world.committed, target);
    await act(world.committed, 'coordinator of 990100', target, { act: 'accept' });
  }],
];

describe.each(states)('while the return is %s', (state, reach) => {
  beforeAll(reach);

  it('answers everybody as the policy says', async () => {
    const faults: string[] = [];
    // Whoever the state of the return makes a difference to: its own people and those above who look at it or decide.
    const walkers = state === 'draft' ? people : people.filter((person) => /^(clerk|reviewer|head) of 990101|^(coordinator|head) of 990(1|0)00|^national_office/.test(person));
    for (const person of walkers) faults.push(...(await walk(person, records)));
    expect(faults).toEqual([]);
  }, 600_000);
});
