// The second wall: with the role of requests, a query that forgot its scope finds nothing of a neighbour, and what is append-only stays,
// whoever asks. Every table is classified; where the role may not be had, that is said.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { addAdjustment } from './modules/figures/contract.ts';
import { createReport } from './modules/reports/contract.ts';
import { remindUnits } from './modules/tasks/contract.ts';
import { monday, openWorld, type World } from './testing/harness.ts';
import { bringUp, edition, fillLedger } from './testing/steps.ts';
import { saveAudit } from './kernel/audit.ts';
import { beyondReach, type Caller, type Database, databaseErrorCode, type Tx } from './kernel/database.ts';
import { migrate } from './kernel/migrate.ts';
import { appRole, closedTables, tables } from './kernel/walls.ts';

const refused = '42501';
let world: World;
let database: Database;

beforeAll(async () => {
  world = await openWorld();
  ({ database } = world.committed);
  for (const unitCode of ['990101', '990102', '980101']) {
    const clerk = world.committed.as(`clerk of ${unitCode}`);
    await fillLedger(world.committed, unitCode);
    await clerk.call(addAdjustment, { edition, unitCode, indicator: 'training.sessions', delta: 1, reason: '乡镇自办培训，签到表遗失' });
    await clerk.call(createReport, { edition, unitCode, kind: 'summary' });
    await bringUp(world.committed, unitCode);
  }
  await world.committed.as('coordinator of 990100').call(remindUnits, { edition, unitCode: '990100', unitCodes: ['990102'], text: '请于今日下班前报送' });
});
afterAll(() => world.close());

const caller = (reach: Caller['reach'], logReach: Caller['reach'] = reach): Caller => ({ accountId: 'nobody', reach, logReach });
const ofUnit = Object.entries(tables).flatMap(([table, { rows }]) => (rows === 'of_unit' ? [table] : []));
const appendOnly = Object.entries(tables).flatMap(([table, { rights }]) => (rights === 'append' || typeof rights === 'object' ? [table] : []));

async function unitsIn(tx: Tx, table: string): Promise<string[]> {
  const { rows } = await sql<{ unitCode: string }>`select distinct unit_code from ${sql.table(table)} order by 1`.execute(tx);
  return rows.map(({ unitCode }) => unitCode);
}

async function codeOf(work: Promise<unknown>): Promise<string | null> {
  return work.then(() => null, databaseErrorCode);
}

describe('the classification', () => {
  it('names every table, and none that is not there', async () => {
    const present = await database.read(async (tx) => (await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = current_schema()`.execute(tx)).rows.map(({ name }) => name));
    expect(Object.keys(tables).toSorted()).toEqual(present.filter((name) => !closedTables.has(name)).toSorted());
  });

  it('walls every table whose rows are a unit\'s, or says why not', async () => {
    const { rows } = await database.read((tx) => sql<{ name: string }>`select table_name as name from information_schema.columns where table_schema = current_schema() and column_name = 'unit_code'`.execute(tx));
    const open = rows.flatMap(({ name }) => {
      const of = tables[name]?.rows;
      return typeof of === 'object' && 'open' in of ? [`${name}: ${of.open}`] : [];
    });
    for (const one of open) expect(one.length).toBeGreaterThan(40);
    expect(rows.filter(({ name }) => tables[name] === undefined)).toEqual([]);
  });

  it('stands in the database as it is written: rights and row security of every table', async () => {
    const { rows } = await database.read((tx) => sql<{ name: string; walled: boolean; privileges: string[] }>`
      select c.relname as name, c.relrowsecurity as walled,
        array(select p.privilege_type::text from information_schema.role_table_grants p where p.grantee = ${appRole} and p.table_schema = current_schema() and p.table_name = c.relname order by 1) as privileges
      from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'`.execute(tx));
    for (const { name, walled, privileges } of rows.filter((one) => !closedTables.has(one.name))) {
      const { rights, rows: of } = tables[name] ?? { rights: 'none', rows: 'of_unit' };
      expect(walled, name).toBe(!(typeof of === 'object' && 'open' in of));
      const whole = { read: ['SELECT'], append: ['INSERT', 'SELECT'], keep: ['INSERT', 'SELECT', 'UPDATE'], change: ['DELETE', 'INSERT', 'SELECT', 'UPDATE'], none: [] };
      expect(privileges, name).toEqual(typeof rights === 'object' ? whole.append : whole[rights]);
    }
    expect(rows.find(({ name }) => name === 'schema_migration')?.privileges).toEqual([]);
  });
});

describe('a query that forgot its scope', () => {
  it.each(ofUnit)('finds in %s only what the caller reaches', async (table) => {
    const all = await database.read((tx) => unitsIn(tx, table));
    for (const reach of [['990101'], ['990100', '990101'], ['980101'], []]) {
      const seen = await database.within(caller(reach)).read((tx) => unitsIn(tx, table));
      expect(seen).toEqual(all.filter((unit) => reach.includes(unit)));
    }
    expect(await database.within(caller('*')).read((tx) => unitsIn(tx, table))).toEqual(all);
  });

  it('finds the entries, versions, acts and adjustments that are there', async () => {
    const seen = await database.within(caller(['990102'])).read(async (tx) => Promise.all(['activity', 'activity_version', 'participation', 'adjustment', 'return_act', 'return_version', 'stat_return', 'report', 'reminder'].map((table) => unitsIn(tx, table))));
    for (const units of seen.slice(0, -1)) expect(units).toEqual(['990102']);
  });

  it('finds records of the log by the log\'s own reach, and those of the own account', async () => {
    expect(await database.within(caller(['990101'], [])).read((tx) => unitsIn(tx, 'audit_event'))).toEqual([]);
    expect(await database.within(caller([], ['990101'])).read((tx) => unitsIn(tx, 'audit_event'))).toEqual(['990101']);
    const { accountId } = await database.read((tx) => tx.selectFrom('auditEvent').select('accountId').where('unitCode', '=', '980101').executeTakeFirstOrThrow());
    const own = await database.within({ accountId: accountId ?? '', reach: [], logReach: [] }).read(async (tx) => tx.selectFrom('auditEvent').select('accountId').distinct().execute());
    expect(own).toEqual([{ accountId }]);
    expect(await database.within(caller('*')).read((tx) => tx.selectFrom('requestKey').select('key').execute())).toEqual([]);
  });

  it('finds for a security administrator only what auditors did', async () => {
    const { security, auditor } = await database.read(async (tx) => {
      const idOf = async (duty: string): Promise<string> => (await tx.selectFrom('account').select('id').where('duty', '=', duty).orderBy('id').executeTakeFirstOrThrow()).id;
      return { security: await idOf('security'), auditor: await idOf('audit') };
    });
    await database.write((tx) => saveAudit(tx, { accountId: auditor, accountName: 'auditor', requestId: 'r', at: monday }, [{ action: 'exports.make', unitCode: '990101', subjectKind: 'export', subjectId: 'audit' }]));
    const seen = async (accountId: string, logReach: Caller['logReach']) => database.within({ accountId, reach: [], logReach }).read((tx) => tx.selectFrom('auditEvent').select('accountId').distinct().execute());
    expect(await seen(security, '*')).toEqual([{ accountId: auditor }]);
    expect(await seen(security, ['990102'])).toEqual([]);
    expect((await seen(auditor, '*')).length).toBeGreaterThan(1);
  });

  it('changes nothing of a neighbour, and writes nothing under another\'s name', async () => {
    const within = database.within(caller(['990101']));
    const { numUpdatedRows } = await within.write((tx) => tx.updateTable('activity').set({ title: '改了' }).executeTakeFirstOrThrow());
    expect(numUpdatedRows).toBe(4n);
    expect(await database.read((tx) => tx.selectFrom('activity').select('unitCode').distinct().where('title', '=', '改了').execute())).toEqual([{ unitCode: '990101' }]);
    expect(await codeOf(within.write((tx) => tx.updateTable('activity').set({ unitCode: '990102' }).execute()))).toBe(refused);
    const note = { provinceCode: 99, editionCode: edition, unitCode: '990102', checkCode: 'x', note: '替别人写', accountId: 'nobody', accountName: '无', at: '2023-06-26T09:00:00.000+08:00' };
    expect(await codeOf(within.write((tx) => tx.insertInto('findingNote').values(note).execute()))).toBe(refused);
  });
});

describe('what is append-only', () => {
  it.each(appendOnly)('%s is neither changed nor deleted nor emptied, whoever asks', async (table) => {
    const within = database.within(caller('*'));
    const column = { log_checkpoint: 'root', log_node: 'hash', log_leaf: 'leaf_hash', log_cosignature: 'line', installation_key: 'public_key', request_key: 'endpoint', seal_log: 'hash', audit_event: 'action', attested_account: 'account_name', questionnaire_ticket_spent: 'hash', training_pass_spent: 'hash' }[table] ?? 'unit_code';
    expect(await codeOf(within.write((tx) => sql`update ${sql.table(table)} set ${sql.ref(column)} = 'x'`.execute(tx)))).toBe(refused);
    expect(await codeOf(within.write((tx) => sql`delete from ${sql.table(table)}`.execute(tx)))).toBe(refused);
    expect(await codeOf(within.write((tx) => sql`truncate ${sql.table(table)}`.execute(tx)))).toBe(refused);
  });

  it('cannot be unlocked from behind the wall', async () => {
    const within = database.within(caller('*'));
    for (const statement of ['alter table audit_event disable row level security', 'drop table audit_event', 'create table mine (x integer)', 'drop policy within_reach on activity']) {
      expect(await codeOf(within.write((tx) => sql.raw(statement).execute(tx))), statement).toBe(refused);
    }
    // Granting what one has not is only warned of by the database; nothing comes of it.
    await within.write((tx) => sql.raw(`grant delete on audit_event to ${appRole}`).execute(tx));
    expect(await codeOf(within.write((tx) => sql`delete from audit_event`.execute(tx)))).toBe(refused);
  });
});

describe('a connection', () => {
  const whoAmI = async (tx: Tx): Promise<string> => (await sql<{ name: string }>`select current_user::text as name`.execute(tx)).rows[0]?.name ?? '';

  it('given back is the owner\'s again, however the transaction ended', async () => {
    const within = database.within(caller(['990101']));
    const owner = await database.read(whoAmI);
    for (let round = 0; round < 20; round += 1) {
      expect(await within.read(whoAmI)).toBe(appRole);
      await within.write(async () => Promise.reject(new Error('given up'))).catch(() => undefined);
      await within.write((tx) => sql`select 1/0`.execute(tx)).catch(() => undefined);
      expect(await database.read(whoAmI)).toBe(owner);
      expect(await database.read((tx) => unitsIn(tx, 'activity'))).toEqual(['980101', '990101', '990102']);
    }
  });

  it('looks beyond for one purpose and stands behind the wall again', async () => {
    const within = database.within(caller(['990101']));
    await within.read(async (tx) => {
      expect(await beyondReach(tx, 'twins', () => unitsIn(tx, 'activity'))).toEqual(['980101', '990101', '990102']);
      expect(await unitsIn(tx, 'activity')).toEqual(['990101']);
      await beyondReach(tx, 'tree', async () => Promise.reject(new Error('given up'))).catch(() => undefined);
      expect(await unitsIn(tx, 'activity')).toEqual(['990101']);
    });
  });

  it('behaves alike inside a test\'s own transaction', () =>
    world.rolledBack(async (country) => {
      const within = country.database.within(caller(['990102']));
      expect(await within.read((tx) => unitsIn(tx, 'activity'))).toEqual(['990102']);
      await within.write((tx) => sql`delete from audit_event`.execute(tx)).catch(() => undefined);
      expect(await unitsIn(country.tx, 'activity')).toEqual(['980101', '990101', '990102']);
    })());
});

it('is not raised silently where the database user may not have the role', async () => {
  const server = inject('server');
  const name = `walls_${randomUUID().replaceAll('-', '')}`;
  const owner = new pg.Client({ ...server, database: 'postgres' });
  await owner.connect();
  try {
    await owner.query(`create role ${name} login password 'narrow'`);
    await owner.query(`create database ${name} owner ${name}`);
    const { walls } = await migrate({ connectionString: `postgresql://${name}:narrow@/${name}?host=${encodeURIComponent(server.host)}&port=${server.port}` }, 'migrations');
    expect(walls).toEqual({ stands: false, why: 'may_not_use_role' });
  } finally {
    await owner.query(`drop database if exists ${name} with (force)`);
    await owner.query(`drop role if exists ${name}`);
    await owner.end();
  }
});
