// B-S2 Inputs: every endpoint that is served, asked by all sorts of people with inputs made from its own schema, many of them broken:
// passes when it never fails on its side, answers in the shapes it declares, refuses fields it does not know, and lets nobody in unseen.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { implementations } from '../src/modules.ts';
import { recordActivity } from '../src/modules/activities/contract.ts';
import { addExtensionRow } from '../src/modules/editions/contract.ts';
import { uploadEvidence } from '../src/modules/evidence/contract.ts';
import { addAdjustment } from '../src/modules/figures/contract.ts';
import { createReport } from '../src/modules/reports/contract.ts';
import { remindUnits } from '../src/modules/tasks/contract.ts';
import { type Endpoint, isWrite, pathParameters } from '../src/shared/endpoint.ts';
import { problemStatuses } from '../src/shared/problem.ts';
import { requestKeyHeader } from '../src/shared/request.ts';
import { countryUnits, type Person } from '../src/testing/country.ts';
import { type FuzzedInput, inputsOf, type Pools, worstOf } from '../src/testing/fuzzing.ts';
import { type Country, openWorld, type World } from '../src/testing/harness.ts';
import { act, bringUp, fillLedger, publicity, syntheticUscc, training, visit } from '../src/testing/steps.ts';

const edition = '2023';
const runs = 40;
const seed = 20230707;
const people: readonly Person[] = [
  'clerk of 990101', 'reviewer of 990101', 'head of 990101', 'clerk of 990102', 'coordinator of 990100', 'coordinator of 990000', 'national_office of 000000', 'system_administrator of 000000', 'system_administrator of 990000', 'security_administrator of 990000', 'auditor of 000000', 'clerk of 980101',
];

let world: World;
let pools: Pools;
beforeAll(async () => {
  world = await openWorld();
  pools = await settle(world.committed);
});
afterAll(() => world.close());

/** One of everything, so that ids can be found. */
async function settle(country: Country): Promise<Pools> {
  const county = { edition, unitCode: '990101' };
  const clerk = country.as('clerk of 990101');
  await fillLedger(country, '990101');
  await bringUp(country, '990101');
  await act(country, 'coordinator of 990100', '990101', { act: 'accept' });
  const activity = await clerk.call(recordActivity, { ...county, content: publicity() });
  const adjustment = await clerk.call(addAdjustment, { ...county, indicator: 'training.enterprises', delta: 1, reason: '乡镇自办培训，签到表遗失' });
  const evidence = await clerk.call(uploadEvidence, { ...county, name: '签到表.pdf' }, { bytes: new TextEncoder().encode('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n') });
  await country.as('coordinator of 990000').call(addExtensionRow, {
    edition, unitCode: '990000', definition: { code: 'x.offline', row: 11, label: '线下培训', englishLabel: 'Training on site', unit: 'SESSION', unitWord: '场次', counting: { kinds: ['training'], measure: 'entries' } },
  });
  await country.as('coordinator of 990100').call(remindUnits, { edition, unitCode: '990100', unitCodes: ['990102'], text: '请于今日下班前报送' });
  const report = await clerk.call(createReport, { ...county, kind: 'summary' });
  const { reminders, accounts } = await country.database.read(async (tx) => ({
    reminders: await tx.selectFrom('reminder').select('id').execute(),
    accounts: await tx.selectFrom('account').select('id').limit(5).execute(),
  }));
  const date = fc.constantFrom('2023-06-15', '2023-05-20', '2023-06-26', '2023-07-01');
  const unit = fc.constantFrom(...countryUnits.map(({ code }) => code), '110000');
  const id = fc.constantFrom(activity.id, adjustment.id, evidence.id, report.id, ...reminders.map((one) => one.id), '99-00000000-0000-4000-8000-000000000000');
  return {
    byName: {
      edition: fc.constantFrom(edition, edition, edition, '1999'), id, accountId: fc.constantFrom(...accounts.map((one) => one.id), '00000000-0000-4000-8000-000000000000'),
      indicator: fc.constantFrom('visit.enterprises', 'training.sessions', 'x.offline', 'no.such'), content: fc.constantFrom(publicity(), training(), visit(3)), contents: fc.constantFrom([publicity()], [training(), visit(4)]),
      occurredOn: date, from: date, to: date, validFrom: date, endsOn: date, version: fc.constantFrom(0, 1, 2, 7), number: fc.constantFrom(1, 2), codes: fc.constantFrom(syntheticUscc(1), ''), evidence: fc.constantFrom('', evidence.id),
      password: fc.constantFrom('Chabei-7-Shanlu', 'x'), token: fc.constantFrom('a'.repeat(43)), signInName: fc.constantFrom('clerk.of.990101', 'new.person'), check: fc.constantFrom('visit.none', 'missing_children'),
    },
    byPattern: { '^\\d{6}$': unit },
  };
}

/** Most people ask about their own unit: otherwise nearly everything would end at the gate. */
function poolsOf(person: Person | null): Pools {
  const [, home] = person?.split(' of ') ?? [];
  const anywhere = pools.byPattern['^\\d{6}$'];
  if (home === undefined || anywhere === undefined) return pools;
  return { ...pools, byName: { ...pools.byName, unitCode: fc.oneof({ weight: 4, arbitrary: fc.constant(home) }, { weight: 1, arbitrary: anywhere }) } };
}

type Wire = 'as_meant' | 'broken_json' | 'array' | 'as_text' | 'without_key' | 'other_method' | 'bad_bytes' | 'foreign_site' | 'twice_in_query' | 'too_large';
const wires: fc.Arbitrary<Wire> = fc.oneof(
  { weight: 12, arbitrary: fc.constant('as_meant' as const) },
  { weight: 3, arbitrary: fc.constantFrom<Wire>('broken_json', 'array', 'as_text', 'without_key', 'other_method', 'bad_bytes', 'foreign_site', 'twice_in_query') },
);
const bodies = fc.constantFrom('', '\u0000\u0001', 'code,name\n990103,新县\n', '%PDF-1.4 nothing', '<svg onload="alert(1)"/>', 'PK\u0003\u0004 not a zip');

function encoded(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value) ?? '';
  return encodeURIComponent(Buffer.from(text).toString());
}

interface Asked extends FuzzedInput {
  readonly person: Person | null;
  readonly wire: Wire;
  readonly bytes: string;
}

function requestFor(endpoint: Endpoint, { input, person, wire, bytes }: Asked): { path: string; init: RequestInit } {
  const rest = { ...input };
  let path: string = endpoint.path;
  for (const name of pathParameters(endpoint.path)) {
    path = path.replace(`:${name}`, () => encoded(rest[name] ?? ''));
    delete rest[name];
  }
  const inBody = isWrite(endpoint) && endpoint.body === 'json';
  const query = inBody ? [] : Object.entries(rest).filter(([, value]) => value !== undefined).map(([name, value]) => `${encodeURIComponent(name)}=${encoded(value)}`);
  if (wire === 'twice_in_query' && query[0] !== undefined) query.push(query[0]);
  const headers = new Headers({ 'content-type': wire === 'as_text' ? 'text/plain' : 'application/json' });
  if (wire !== 'without_key') headers.set(requestKeyHeader, randomUUID());
  if (wire === 'foreign_site') headers.set('sec-fetch-site', 'cross-site');
  if (person !== null) headers.set('cookie', `fuwuyue=person.${person.replaceAll(' ', '-')}`);
  const method = wire === 'other_method' ? 'PATCH' : endpoint.method;
  const init: RequestInit = { method, headers };
  if (method !== 'GET') init.body = endpoint.body === 'bytes' ? bytes : bodyFor(wire, rest);
  return { path: query.length === 0 ? path : `${path}?${query.join('&')}`, init };
}

function bodyFor(wire: Wire, rest: object): string | Uint8Array<ArrayBuffer> {
  if (wire === 'broken_json') return `${JSON.stringify(rest).slice(0, -1)},`;
  if (wire === 'array') return JSON.stringify([rest]);
  if (wire === 'bad_bytes') return new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]);
  return JSON.stringify(rest);
}

const everywhere = ['invalid_input', 'not_found', 'not_signed_in', 'not_permitted', 'cross_site_refused', 'request_key_reused', 'too_large'];

async function expectSound(endpoint: Endpoint, asked: Asked, response: Response): Promise<void> {
  const text = await response.text();
  if (response.ok) {
    expect(asked.damage?.how === 'add', 'an unknown field was taken').toBe(false);
    expect(asked.person !== null || endpoint.access === 'public', 'let in without a session').toBe(true);
    if (endpoint.answer === 'json') endpoint.output.parse(JSON.parse(text));
    return;
  }
  expect(response.status, text).toBeLessThan(500);
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const told = JSON.parse(text) as { code: keyof typeof problemStatuses; status: number; details: unknown; requestId: string };
  expect(problemStatuses[told.code], text).toBe(response.status);
  expect([...everywhere, ...endpoint.problems], text).toContain(told.code);
  expect(told).toMatchObject({ status: response.status, details: expect.any(Object), requestId: expect.any(String) });
}

describe('every endpoint', () => {
  it.each(implementations.map(({ endpoint }) => endpoint))('$name keeps its promises', (endpoint) =>
    world.rolledBack(async ({ app }) => {
      const asked = [null, ...people].map((person) => fc.record({ fuzzed: inputsOf(endpoint, poolsOf(person)), wire: wires, bytes: bodies }).map(({ fuzzed, ...rest }): Asked => ({ ...fuzzed, ...rest, person })));
      await fc.assert(fc.asyncProperty(fc.oneof(...asked), async (one) => {
        const { path, init } = requestFor(endpoint, one);
        await expectSound(endpoint, one, await app.request(path, init));
      }), { numRuns: runs, seed, endOnFailure: true });
      for (const home of ['clerk of 990101', 'coordinator of 990000', 'system_administrator of 990000'] as const) {
        const meant = fc.sample(inputsOf(endpoint, poolsOf(home)).filter(({ damage }) => damage === null), { numRuns: 10, seed });
        const fullest = meant.reduce((full, one) => (Object.keys(one.input).length > Object.keys(full.input).length ? one : full));
        for (const damaged of worstOf(fullest.input)) {
          const one: Asked = { ...damaged, person: home, wire: 'as_meant', bytes: '' };
          const { path, init } = requestFor(endpoint, one);
          await expectSound(endpoint, one, await app.request(path, init));
        }
      }
    })(), 60_000);

  it('that needs a session answers nobody without one, whatever is asked', rolledBack(async ({ app }) => {
    for (const { endpoint } of implementations.filter((one) => one.endpoint.access === 'signed_in')) {
      const [fuzzed] = fc.sample(inputsOf(endpoint, pools), { numRuns: 1, seed });
      if (fuzzed === undefined) throw new Error('no sample');
      const whole = Object.fromEntries(pathParameters(endpoint.path).map((name) => [name, 'x']));
      for (const cookie of ['', 'fuwuyue=', 'fuwuyue=wrong', `fuwuyue=${'a'.repeat(43)}`]) {
        const { path, init } = requestFor(endpoint, { input: { ...fuzzed.input, ...whole }, damage: null, person: null, wire: 'as_meant', bytes: '' });
        (init.headers as Headers).set('cookie', cookie);
        const response = await app.request(path, init);
        expect(response.status, endpoint.name).toBe(401);
      }
    }
  }));

  it('refuses a body beyond its limit, said or not', rolledBack(async ({ as }) => {
    const path = '/api/editions/2023/units/990101/activities';
    const body = JSON.stringify({ content: 'x'.repeat(1_100_000) });
    const headers = { [requestKeyHeader]: randomUUID(), 'content-type': 'application/json' };
    const told = await as('clerk of 990101').raw(path, { method: 'POST', headers, body });
    expect(told.status).toBe(413);
    const untold = new ReadableStream({ start: (controller) => { controller.enqueue(new TextEncoder().encode(body)); controller.close(); } });
    expect((await as('clerk of 990101').raw(path, { method: 'POST', headers, body: untold, duplex: 'half' } as RequestInit)).status).toBe(413);
  }));
});

/** Opens the world lazily: `world` is set in beforeAll, after the tests are declared. */
function rolledBack(run: Parameters<World['rolledBack']>[0]): () => Promise<void> {
  return () => world.rolledBack(run)();
}
