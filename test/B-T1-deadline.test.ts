// B-T1. Pass: the cut is exact to the millisecond and the same in every time zone.
// The deadline, 「17时前」, crossed live: real server processes in three time zones, their clocks running through 17:00:00.000,
// while units submit one after another. Whatever the machine thinks the hour is, Beijing time decides, to the millisecond.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { markDemonstration } from '../src/demonstration/state.ts';
import { getReturn, getReturnAsOf, takeReturnAct } from '../src/modules/returns/contract.ts';
import type { ReturnView } from '../src/modules/returns/model.ts';
import type { Endpoint, SentInputOf } from '../src/shared/endpoint.ts';
import { epochOf, instantOf } from '../src/shared/instant.ts';
import { requestKeyHeader, requestOf } from '../src/shared/request.ts';
import { openWorld, type World } from '../src/testing/harness.ts';
import { databaseUrlOf, startServerProcess } from '../src/testing/server-process.ts';
import { openSessions } from '../src/testing/sessions.ts';
import { act, edition, fillLedger, writeNotes } from '../src/testing/steps.ts';

const zones = ['Asia/Shanghai', 'UTC', 'America/New_York'] as const;
const deadline = '2023-07-07T17:00:00.000+08:00';
const unitsPerZone = 8;
const token = 't'.repeat(43);

let world: World;
/** Of all three: servers of one database have one set of secrets. */
let folder: string;
beforeAll(async () => {
  world = await openWorld();
  folder = await mkdtemp(join(tmpdir(), 'fuwuyue-deadline-'));
}, 60_000);
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

/** The counties a zone's server receives, under codes nobody else has. */
function unitsOf(zone: (typeof zones)[number]): string[] {
  const first = 10 + zones.indexOf(zone) * unitsPerZone;
  return Array.from({ length: unitsPerZone }, (_, index) => `9901${first + index}`);
}

/** Counties with a sealed return each, ready to be submitted, and one person who may submit for all of them. */
async function prepare(): Promise<void> {
  const country = world.committed;
  const units = zones.flatMap(unitsOf);
  await country.database.write(async (tx) => {
    await sql`insert into unit (code, name, short_name, kind, province_code, pinyin, initials, place_codes, valid_from)
      select code, code, code, 'county', 99, '', '', array[code], '2000-01-01' from unnest(${units}::text[]) as t(code)`.execute(tx);
    await sql`insert into placement (edition_code, unit_code, province_code, parent_code, depth, p1, p2, p3, sort)
      select ${edition}, code, 99, '990100', 3, '990000', '990100', code, code from unnest(${units}::text[]) as t(code)`.execute(tx);
    await sql`insert into account (id, sign_in_name, display_name, created_at) values ('courier', 'courier', '报送人', now())`.execute(tx);
    await sql`insert into role_grant (account_id, role, unit_code) select 'courier', 'head', code from unnest(${units}::text[]) as t(code)`.execute(tx);
    await openSessions(tx, [{ token, signInName: 'courier' }], '2023-07-08T00:00:00.000+08:00');
    // Only with demonstration data may a server's clock be set.
    await markDemonstration(tx, deadline);
  });
  for (const unitCode of units) {
    await fillLedger(country, unitCode);
    await writeNotes(country, unitCode);
    await act(country, `clerk of ${unitCode}`, unitCode, { act: 'send_for_review' });
    await act(country, `reviewer of ${unitCode}`, unitCode, { act: 'approve' });
    await act(country, `head of ${unitCode}`, unitCode, { act: 'sign' });
    await act(country, `head of ${unitCode}`, unitCode, { act: 'seal' });
  }
}

async function ask<E extends Endpoint>(address: string, endpoint: E, input: SentInputOf<E>): Promise<Response> {
  const shape = requestOf(endpoint, input);
  const headers = { cookie: `fuwuyue=${token}`, 'content-type': 'application/json', [requestKeyHeader]: randomUUID() };
  return fetch(`${address}${shape.path}`, { method: shape.method, headers, ...(shape.body === null ? {} : { body: shape.body }) });
}

interface Submission {
  readonly unitCode: string;
  readonly at: string;
  readonly late: boolean;
}

/** Starts a server whose clock stands shortly before the deadline and submits until it has passed. */
async function crossDeadline(zone: (typeof zones)[number]): Promise<Submission[]> {
  const server = await startServerProcess({ TZ: zone, DATA_DIR: folder, DATABASE_URL: await databaseUrlOf(world.committed.database), DEMONSTRATION_CLOCK: instantOf(epochOf(deadline) - 6000), DATABASE_CONNECTIONS: '4' });
  try {
    const submissions: Submission[] = [];
    for (const [index, unitCode] of unitsOf(zone).entries()) {
      const view = (await (await ask(server.address, getReturn, { edition, unitCode })).json()) as ReturnView;
      // Half of them before, half of them after, the middle ones close to the stroke.
      const wanted = epochOf(deadline) + (index - unitsPerZone / 2) * 120 + 5;
      await untilServerTime(server.address, wanted);
      const answer = await ask(server.address, takeReturnAct, { edition, unitCode, version: view.version, command: { act: 'submit' } });
      expect(answer.status).toBe(200);
      const submitted = (await answer.json()) as ReturnView;
      const last = submitted.acts.at(-1);
      expect(last?.at).toBe(answer.headers.get('x-server-time'));
      submissions.push({ unitCode, at: last?.at ?? '', late: submitted.late });
    }
    return submissions;
  } finally {
    await server.stop();
  }
}

async function untilServerTime(address: string, wanted: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`${address}/api/installation`);
    const left = wanted - epochOf(answer.headers.get('x-server-time') ?? '');
    await answer.arrayBuffer();
    if (left <= 0) return;
    await new Promise((resolve) => setTimeout(resolve, Math.min(left, 50)));
  }
}

describe('the deadline', () => {
  it('falls at 17:00:00.000 Beijing time on a server in any time zone', async () => {
    await prepare();
    for (const zone of zones) {
      const submissions = await crossDeadline(zone);
      for (const { unitCode, at, late } of submissions) expect(late, `${unitCode} at ${at} in ${zone}`).toBe(at >= deadline);
      expect(new Set(submissions.map(({ late }) => late)), zone).toEqual(new Set([false, true]));
      const stored = await world.committed.database.read((tx) =>
        tx.selectFrom('statReturn').select(['unitCode', 'submittedAt', 'late']).where('unitCode', 'in', unitsOf(zone)).orderBy('unitCode').execute());
      expect(stored).toEqual(submissions.map(({ unitCode, at, late }) => ({ unitCode, submittedAt: at, late })));
    }
    const lastMoment = instantOf(epochOf(deadline) - 1);
    const asOf = await world.committed.as('coordinator of 990100').call(getReturnAsOf, { edition, unitCode: '990100', at: lastMoment });
    const inTime = asOf.children.filter(({ version }) => version !== null);
    const all = await world.committed.database.read((tx) => tx.selectFrom('statReturn').select(['unitCode']).where('late', '=', false).where('submittedVersion', 'is not', null).execute());
    expect(inTime.map(({ unitCode }) => unitCode).sort()).toEqual(all.map(({ unitCode }) => unitCode).sort());
  }, 300_000);
});

describe.each(zones)('with this process in %s', (zone) => {
  const before = process.env['TZ'];
  beforeAll(() => {
    process.env['TZ'] = zone;
  });
  afterAll(() => {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });

  it('the last millisecond before is in time, and the stroke itself is late', async () => {
    expect(new Date('2023-07-07T09:00:00Z').getHours()).toBe({ 'Asia/Shanghai': 17, UTC: 9, 'America/New_York': 5 }[zone]);
    await world.rolledBack(async (country) => {
      for (const [unitCode, at, late] of [['990101', '2023-07-07T16:59:59.999+08:00', false], ['990102', '2023-07-07T17:00:00.000+08:00', true]] as const) {
        country.clock.set('2023-07-01T09:00:00.000+08:00');
        await fillLedger(country, unitCode);
        await act(country, `clerk of ${unitCode}`, unitCode, { act: 'send_for_review' });
        await act(country, `reviewer of ${unitCode}`, unitCode, { act: 'approve' });
        await act(country, `head of ${unitCode}`, unitCode, { act: 'sign' });
        await act(country, `head of ${unitCode}`, unitCode, { act: 'seal' });
        country.clock.set(at);
        const submitted = await act(country, `head of ${unitCode}`, unitCode, { act: 'submit' });
        expect(submitted).toMatchObject({ late, due: deadline });
        expect(submitted.acts.at(-1)).toMatchObject({ act: 'submit', at, late });
      }
    })();
  });
});
