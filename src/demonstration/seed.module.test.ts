import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { memoryBlobStore } from '../kernel/blobs.ts';
import type { Tx } from '../kernel/database.ts';
import { sha256Of } from '../kernel/digest.ts';
import { memorySecrets } from '../kernel/secrets.ts';
import { entryContent } from '../modules/activities/model.ts';
import { getUnitEdition } from '../modules/editions/queries.ts';
import { contentIssues } from '../modules/editions/rules.ts';
import { isUscc } from '../modules/enterprises/rules.ts';
import { readOwnCounters } from '../modules/figures/queries.ts';
import { allCounters, figuresOf, ownFigures } from '../modules/figures/rules.ts';
import { listSeals } from '../modules/seals/queries.ts';
import { firstChainFault } from '../modules/seals/rules.ts';
import { findPlacement } from '../modules/units/queries.ts';
import { recordActivity } from '../modules/activities/contract.ts';
import { getTable } from '../modules/figures/contract.ts';
import { openWorld, type World } from '../testing/harness.ts';
import { edition, publicity } from '../testing/steps.ts';
import { drawPictures } from './pictures.ts';
import { createDemonstrationLinks } from './people.ts';
import { removeDemonstration } from './removal.ts';
import { readScenes, type Stage } from './scenes.ts';
import { seedDemonstration } from './seed.ts';
import { demonstrationStart } from './times.ts';

const stage: Stage = { provinces: [{ unitCode: '980000', standing: 'complete' }, { unitCode: '990000', standing: 'under_way' }], tourCounty: '990101' };
let world: World;
let pictures: Awaited<ReturnType<typeof drawPictures>>;

beforeAll(async () => {
  world = await openWorld();
  pictures = await drawPictures(memoryBlobStore());
});
afterAll(() => world.close());

const seed = (tx: Tx) => seedDemonstration(tx, { stage, scale: 0.3, pictures, secrets: memorySecrets() });

async function ledgerDigest(tx: Tx): Promise<string> {
  const { rows } = await sql<{ text: string }>`
    select activity_id || version || ledger_no || change || content::text || at::text || account_id as text from activity_version order by province_code, activity_id, version`.execute(tx);
  const acts = await sql<{ text: string }>`select unit_code || number || act || at::text as text from return_act order by unit_code, number`.execute(tx);
  // A signature is never the same twice, nor is what covers it.
  const seals = (await listSeals(tx)).map(({ number, at, edition: of, unit, version, sha256, sm3 }) => ({ number, at, of, unit, version, sha256, sm3 }));
  return sha256Of(JSON.stringify([rows, acts.rows, seals]));
}

describe('the demonstration', () => {
  it('is the same in every run', async () => {
    const digests: string[] = [];
    const once = world.rolledBack(async ({ tx }) => {
      await seed(tx);
      digests.push(await ledgerDigest(tx));
    });
    await once();
    await once();
    expect(digests[0]).toBe(digests[1]);
  });

  it('records only what the edition accepts, by enterprises that cannot exist', seeded((tx) => checkContents(tx)));

  it('has figures that are what its entries add up to', seeded((tx) => checkFigures(tx)));

  it('walks returns to many states, with seals that follow from each other', seeded(async (tx) => {
    const states = await tx.selectFrom('statReturn').select(['unitCode', 'state']).execute();
    expect(states.find(({ unitCode }) => unitCode === '980000')?.state).toBe('submitted');
    expect(new Set(states.map(({ state }) => state)).size).toBeGreaterThan(1);
    const seals = await listSeals(tx);
    expect(seals.length).toBeGreaterThan(2);
    expect(firstChainFault(seals, sha256Of)).toBeNull();
    expect(seals.map(({ at }) => at)).toEqual(seals.map(({ at }) => at).toSorted());
  }));

  it('leaves an audit record for every entry and every act', seeded(async (tx) => {
    const { rows } = await sql<{ missing: number }>`
      select (select count(*) from activity_version v where not exists (select from audit_event e where e.subject_id = v.activity_id and e.at = v.at))
        + (select count(*) from return_act x where not exists (select from audit_event e where e.subject_kind = 'return' and e.unit_code = x.unit_code and e.at = x.at)) as missing`.execute(tx);
    expect(rows[0]?.missing).toBe(0);
  }));

  it('gives its people one-time links and no passwords', seeded(async (tx) => {
    const { rows } = await sql<{ passwords: number }>`select count(password_hash) as passwords from account where demonstration`.execute(tx);
    expect(rows[0]?.passwords).toBe(0);
    const links = await createDemonstrationLinks(tx, ['990101', '990100', '990000', '000000'], demonstrationStart);
    expect(links.map(({ role, unitCode }) => `${role} ${unitCode}`)).toEqual([
      'clerk 990101', 'reviewer 990101', 'head 990101', 'coordinator 990100', 'reviewer 990100', 'head 990100', 'coordinator 990000', 'reviewer 990000', 'head 990000', 'column_editor 990000', 'column_publisher 990000',
      'national_office 000000', 'reviewer 000000', 'head 000000', 'column_editor 000000', 'column_publisher 000000', 'system_administrator 000000', 'security_administrator 000000', 'auditor 000000',
      'enterprise 990101', 'enterprise 990101',
    ]);
  }));

  it('can be removed: nothing marked stays, what real people recorded does', () => world.rolledBack(async (country) => {
    const { tx } = country;
    await country.as('clerk of 990102').call(recordActivity, { edition, unitCode: '990102', content: publicity() });
    const before = await country.as('clerk of 990102').call(getTable, { edition, unitCode: '990102' });
    await seed(tx);
    const report = await removeDemonstration(tx, demonstrationStart);
    expect(report.outcome).toBe('removed');
    expect(report.orphans.length).toBeGreaterThan(0);
    const { rows } = await sql<{ marked: number; entries: number; returns: number; seals: number }>`
      select (select count(*) from activity where demonstration) + (select count(*) from account where demonstration) + (select count(*) from enterprise where demonstration)
          + (select count(*) from unit where demonstration) as marked,
        (select count(*) from activity) as entries, (select count(*) from return_act) as returns, (select count(*) from seal_log) as seals`.execute(tx);
    expect(rows[0]).toEqual({ marked: 0, entries: 1, returns: 0, seals: 0 });
    const after = await country.as('clerk of 990102').call(getTable, { edition, unitCode: '990102' });
    expect(after.own).toEqual(before.own);
    expect(await removeDemonstration(tx, demonstrationStart)).toMatchObject({ outcome: 'no_demonstration' });
  })());
});

/** A test body in a rolled-back transaction that holds the demonstration. */
function seeded(body: (tx: Tx) => Promise<void>): () => Promise<void> {
  return () => world.rolledBack(async ({ tx }) => {
    await seed(tx);
    await body(tx);
  })();
}

async function checkContents(tx: Tx): Promise<void> {
  const definition = (await getUnitEdition(tx, edition, null)).definition;
  const rows = await tx.selectFrom('activityVersion').select(['activityId', 'content', 'at']).execute();
  expect(rows.length).toBeGreaterThan(150);
  for (const { content, at } of rows) {
    const parsed = entryContent.parse(content);
    expect(parsed).toEqual(content);
    expect(contentIssues(definition, parsed, at)).toEqual([]);
  }
  const enterprises = await tx.selectFrom('enterprise').select('uscc').where('demonstration', '=', true).execute();
  expect(enterprises.filter(({ uscc }) => !isUscc(uscc) || uscc.slice(2, 4) !== '99')).toEqual([]);
}

async function checkFigures(tx: Tx): Promise<void> {
  const { scenes } = await readScenes(tx, edition, stage);
  for (const { unitCode, p1 } of scenes) {
    const unitEdition = await getUnitEdition(tx, edition, p1);
    const placement = await findPlacement(tx, edition, unitCode);
    if (placement === undefined) throw new Error('no placement');
    const stored = await tx.selectFrom('activity').select('content').where('unitCode', '=', unitCode).where('deletedAt', 'is', null).execute();
    const adjustments = await tx.selectFrom('adjustment').select(['indicator', 'delta']).where('unitCode', '=', unitCode).execute();
    const expected = ownFigures(unitEdition.indicators, unitEdition.layout, stored.map(({ content }) => entryContent.parse(content)), adjustments);
    const row = await readOwnCounters(tx, edition, placement, allCounters(unitEdition.layout));
    expect(figuresOf(unitEdition.indicators, unitEdition.layout, row)).toEqual(expected);
    const { rows } = await sql<{ gaps: number }>`select max(no) - count(distinct no) as gaps from (
      select ledger_no as no from activity_version where unit_code = ${unitCode} union all select ledger_no from adjustment where unit_code = ${unitCode}) numbers`.execute(tx);
    expect(rows[0]?.gaps ?? 0).toBe(0);
  }
}
