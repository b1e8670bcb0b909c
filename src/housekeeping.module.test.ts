// What nobody needs goes, on the hour and not a moment sooner; what anybody could still ask for stays.
import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, keepHouse, startHousekeeping } from './housekeeping.ts';
import { type BlobStore, memoryBlobStore } from './kernel/blobs.ts';
import { fixedClock } from './kernel/clock.ts';
import type { Database, Tx } from './kernel/database.ts';
import { silentLog } from './kernel/log.ts';
import * as evidenceContract from './modules/evidence/contract.ts';
import { holdBlobs } from './modules/evidence/queries.ts';
import { epochOf, type Instant, instantOf } from './shared/instant.ts';
import { monday, openWorld, type World } from './testing/harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => world.close());

const hour = 60 * 60_000;
const day = 24 * hour;
/** So long before the test's now; one millisecond decides. */
const before = (milliseconds: number): Instant => instantOf(epochOf(monday) - milliseconds);
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
// The machine's time, far from the clock of the demonstration.
const machineNow: Instant = '2026-11-24T09:00:00.000+08:00';

function houseOf(database: Database, blobs: BlobStore = memoryBlobStore(), log: House['log'] = silentLog): House {
  return { database, blobs, clock: fixedClock(monday), machineClock: fixedClock(machineNow), log };
}

interface Piece {
  readonly uploadedAt: Instant;
  readonly unitCode?: string;
  readonly activityId?: string;
  readonly sha256?: string;
  readonly bytes?: number;
  readonly removedAt?: Instant;
}

async function piece(tx: Tx, { uploadedAt, unitCode = '990101', activityId, sha256, bytes = 10, removedAt }: Piece): Promise<string> {
  const id = `99-${randomUUID()}`;
  await tx
    .insertInto('evidence')
    .values({
      provinceCode: 99, id, editionCode: '2023', unitCode, activityId: activityId ?? null, name: `${id}.jpg`, mediaType: 'image/jpeg', bytes, sha256: sha256 ?? digestOf(id), sm3: '', perceptualHash: null,
      width: 1, height: 1, uploadedBy: 'a', uploadedAt, removedAt: removedAt ?? null,
    })
    .execute();
  return id;
}

async function entryVersion(tx: Tx, activityId: string, version: number, evidence: readonly string[]): Promise<void> {
  await tx
    .insertInto('activityVersion')
    .values({
      provinceCode: 99, editionCode: '2023', unitCode: '990101', counters: [], amounts: [], distinctCounters: [], activityId, version, ledgerNo: version, change: version === 1 ? 'recorded' : 'edited',
      content: JSON.stringify({ evidence }), accountId: 'a', accountName: 'a', at: monday, reason: null,
    })
    .execute();
}

const idsIn = async (tx: Tx): Promise<string[]> => (await tx.selectFrom('evidence').select('id').execute()).map(({ id }) => id).sort();

async function namesIn(blobs: BlobStore): Promise<string[]> {
  const names: string[] = [];
  for await (const group of blobs.list()) names.push(...group);
  return names;
}

describe('evidence', () => {
  it('goes after 48 hours behind no entry, with one record for the unit', () =>
    world.rolledBack(async ({ tx, database }) => {
      const old = [await piece(tx, { uploadedAt: before(48 * hour + 1) }), await piece(tx, { uploadedAt: before(9 * day) })];
      const elsewhere = await piece(tx, { uploadedAt: before(3 * day), unitCode: '990102' });
      const kept = [await piece(tx, { uploadedAt: before(48 * hour) }), await piece(tx, { uploadedAt: before(9 * day), activityId: '99-a' })];
      expect(await keepHouse(houseOf(database))).toMatchObject({ evidence: 3 });
      expect(await idsIn(tx)).toEqual(kept.sort());
      const records = await tx.selectFrom('auditEvent').select(['action', 'accountId', 'unitCode', 'before', 'at']).where('action', '=', 'evidence.clear').orderBy('unitCode').execute();
      expect(records.map(({ unitCode, accountId, at }) => [unitCode, accountId, at])).toEqual([['990101', null, monday], ['990102', null, monday]]);
      expect(records[0]?.before).toMatchObject({ edition: '2023', bytes: 20 });
      expect((records[0]?.before as { evidence: unknown[] } | undefined)?.evidence).toHaveLength(2);
      expect(records[0]?.before).toMatchObject({ evidence: expect.arrayContaining(old.map((id) => expect.objectContaining({ id, name: `${id}.jpg` }) as unknown)) as unknown });
      expect(records[1]?.before).toMatchObject({ evidence: [{ id: elsewhere, name: `${elsewhere}.jpg` }] });
      expect(await keepHouse(houseOf(database))).toMatchObject({ evidence: 0 });
      expect(await tx.selectFrom('auditEvent').select('id').where('action', '=', 'evidence.clear').execute()).toHaveLength(2);
    })());

  it('stays for ever once a version of an entry named it, also when it was taken off again', () =>
    world.rolledBack(async ({ tx, database }) => {
      const named = await piece(tx, { uploadedAt: before(30 * day) });
      await entryVersion(tx, '99-entry', 1, [named]);
      await entryVersion(tx, '99-entry', 2, []);
      expect(await keepHouse(houseOf(database))).toMatchObject({ evidence: 0 });
      expect(await idsIn(tx)).toEqual([named]);
    })());

  it('that was given up takes no room of the unit', () =>
    world.rolledBack(async (country) => {
      for (let count = 0; count < 11; count += 1) await piece(country.tx, { uploadedAt: before(3 * day), bytes: 2_000_000_000 });
      const { call, refusal } = country.as('clerk of 990101');
      const file = [evidenceContract.uploadEvidence, { edition: '2023', unitCode: '990101', name: '简报.pdf' }, { bytes: Buffer.from('%PDF-1.7\ntrailer<</Root 1 0 R>>\n%%EOF\n') }] as const;
      expect(await refusal(...file)).toMatchObject({ code: 'storage_full' });
      await keepHouse(houseOf(country.database));
      expect(await call(...file)).toMatchObject({ name: '简报.pdf' });
    })());

  it('that an entry takes at this very moment stays', async () => {
    const { database } = world.committed;
    const id = await database.write((tx) => piece(tx, { uploadedAt: before(3 * day) }));
    const blobs = memoryBlobStore();
    await database.write(async (recording) => {
      await recording.selectFrom('evidence').select('id').where('id', '=', id).forUpdate().execute();
      expect(await keepHouse(houseOf(database, blobs))).toMatchObject({ evidence: 0 });
    });
    expect(await database.read(idsIn)).toEqual([id]);
    expect(await keepHouse(houseOf(database, blobs))).toMatchObject({ evidence: 1 });
  });
});

describe('bytes', () => {
  const writtenAt = fixedClock(machineNow);

  /** A store with these written two hours ago, thumbnails beside them. */
  async function storeOf(texts: readonly string[], at: Instant = instantOf(epochOf(machineNow) - 2 * hour)): Promise<BlobStore> {
    const blobs = memoryBlobStore(writtenAt.now);
    writtenAt.set(at);
    for (const text of texts) for (const name of [digestOf(text), `${digestOf(text)}-thumbnail`]) await blobs.put(name, Buffer.from(text));
    return blobs;
  }
  const bothOf = (text: string): string[] => [digestOf(text), `${digestOf(text)}-thumbnail`];

  it('go with their thumbnail when no row names them and they are an hour old', () =>
    world.rolledBack(async ({ tx, database }) => {
      const blobs = await storeOf(['named', 'named elsewhere', 'given up', 'only removed rows']);
      await piece(tx, { uploadedAt: monday, sha256: digestOf('named') });
      await piece(tx, { uploadedAt: monday, sha256: digestOf('named elsewhere'), removedAt: monday });
      await piece(tx, { uploadedAt: monday, sha256: digestOf('named elsewhere'), unitCode: '990102' });
      await piece(tx, { uploadedAt: monday, sha256: digestOf('only removed rows'), removedAt: monday });
      expect(await keepHouse(houseOf(database, blobs))).toMatchObject({ blobs: 4 });
      expect(await namesIn(blobs)).toEqual([...bothOf('named'), ...bothOf('named elsewhere')].sort());
    })());

  it('younger than an hour stay, by the machine\'s time', () =>
    world.rolledBack(async ({ database }) => {
      const blobs = await storeOf(['just written'], instantOf(epochOf(machineNow) - hour));
      expect(await keepHouse(houseOf(database, blobs))).toMatchObject({ blobs: 0 });
      expect(await namesIn(blobs)).toEqual(bothOf('just written'));
    })());

  it('of a row deleted now are there for another hour', () =>
    world.rolledBack(async ({ tx, database }) => {
      const blobs = await storeOf(['given up']);
      await piece(tx, { uploadedAt: before(3 * day), sha256: digestOf('given up') });
      expect(await keepHouse(houseOf(database, blobs))).toMatchObject({ blobs: 0, evidence: 1 });
      expect(await keepHouse(houseOf(database, blobs))).toMatchObject({ blobs: 2, evidence: 0 });
    })());

  it('stay, all of them, in what is hardly the store of this database', () =>
    world.rolledBack(async ({ tx, database }) => {
      const texts = Array.from({ length: 11 }, (_none, at) => `other ${at}`);
      const blobs = await storeOf([...texts, 'named']);
      await piece(tx, { uploadedAt: monday, sha256: digestOf('named') });
      const lines: string[] = [];
      const log = pino({ level: 'info', base: null }, { write: (line) => void lines.push(line) });
      expect(await keepHouse(houseOf(database, blobs, log))).toMatchObject({ blobs: 0 });
      expect(await namesIn(blobs)).toHaveLength(24);
      expect(lines.map((line) => (JSON.parse(line) as { level: number }).level)).toEqual([40, 30]);
    })());

  it('stay while a backup copies them', async () => {
    const { database } = world.committed;
    const blobs = await storeOf(['given up']);
    await database.read(async (copying) => {
      await holdBlobs(copying);
      expect(await keepHouse(houseOf(database, blobs))).toMatchObject({ blobs: 0 });
    });
    expect(await keepHouse(houseOf(database, blobs))).toMatchObject({ blobs: 2 });
  });
});

describe('the rest', () => {
  it('goes when its time is over: request keys, sessions, links, wrong passwords', () =>
    world.rolledBack(async ({ tx, database }) => {
      const { id: accountId } = await tx.selectFrom('account').select('id').limit(1).executeTakeFirstOrThrow();
      const key = { provinceCode: 99, accountId, endpoint: 'e', inputDigest: '', answer: null };
      await tx.insertInto('requestKey').values([{ ...key, key: 'old', at: before(7 * day + 1) }, { ...key, key: 'young', at: before(7 * day) }]).execute();
      await tx.insertInto('session').values([{ tokenHash: 'old', accountId, createdAt: before(day), expiresAt: monday }, { tokenHash: 'young', accountId, createdAt: monday, expiresAt: before(-1) }]).execute();
      await tx.insertInto('signInLink').values([{ tokenHash: 'old', accountId, expiresAt: monday, usedAt: null }, { tokenHash: 'young', accountId, expiresAt: before(-1), usedAt: monday }]).execute();
      const form = { provinceCode: 99, editionCode: '2023', unitCode: '990101', fileName: '统计表.docx', mediaType: 'a', bytes: 1, sha256: 'a', sm3: 'b', reading: '{}', uploadedBy: accountId, figures: null, ledgerNo: null, replacesId: null, confirmedBy: null, confirmedByName: null, confirmedAt: null, removedLedgerNo: null };
      const confirmed = { ...form, confirmedAt: monday };
      await tx.insertInto('formReading').values([{ ...form, id: 'old', uploadedAt: before(2 * day + 1) }, { ...form, id: 'young', uploadedAt: before(2 * day) }, { ...confirmed, id: 'confirmed', uploadedAt: before(9 * day) }]).execute();
      await tx.insertInto('signInAttempt').values([{ signInName: 'old', at: before(day + 1) }, { signInName: 'young', at: before(day) }]).execute();
      const challenge = { purpose: 'passkey', accountId: null, content: '{}' };
      await tx.insertInto('signInChallenge').values([{ ...challenge, handleHash: 'old', expiresAt: monday }, { ...challenge, handleHash: 'young', expiresAt: before(-1) }]).execute();
      for (const table of ['questionnaireTicketSpent', 'trainingPassSpent'] as const) {
        await tx.insertInto(table).values([{ provinceCode: 99, hash: 'old', expiresAt: before(1) }, { provinceCode: 99, hash: 'young', expiresAt: monday }]).execute();
      }
      expect(await keepHouse(houseOf(database))).toEqual({ blobs: 0, evidence: 0, forms: 1, importedRows: 0, requestKeys: 1, sessions: 1, signInLinks: 1, signInTickets: 0, signInChallenges: 1, signInAttempts: 1, accountNotices: 0, leavers: 0, answerTickets: 1, trainingPeople: 0, trainingPasses: 1 });
      expect(await tx.selectFrom('requestKey').select('key').execute()).toEqual([{ key: 'young' }]);
      expect(await tx.selectFrom('formReading').select('id').orderBy('id').execute()).toEqual([{ id: 'confirmed' }, { id: 'young' }]);
      expect(await tx.selectFrom('session').select('tokenHash').execute()).toEqual([{ tokenHash: 'young' }]);
      expect(await tx.selectFrom('signInLink').select('tokenHash').execute()).toEqual([{ tokenHash: 'young' }]);
      expect(await tx.selectFrom('signInAttempt').select('signInName').execute()).toEqual([{ signInName: 'young' }]);
      expect(await tx.selectFrom('auditEvent').select('id').where('action', '<>', 'evidence.clear').execute()).toEqual([]);
    })());

  it('goes a thousand at a time, and stops between two when told to', () =>
    world.rolledBack(async ({ tx, database }) => {
      await sql`insert into sign_in_attempt (sign_in_name, at) select 'x' || n, ${before(3 * day)}::timestamptz from generate_series(1, 2500) n`.execute(tx);
      let asked = 0;
      const once = (): boolean => (asked += 1) <= 8;
      expect(await keepHouse(houseOf(database), once)).toMatchObject({ signInAttempts: 1_000 });
      expect(await keepHouse(houseOf(database))).toMatchObject({ signInAttempts: 1_500 });
    })());

  it('goes although one step fails, and the failure is told', () =>
    world.rolledBack(async ({ tx, database }) => {
      await tx.insertInto('signInAttempt').values({ signInName: 'old', at: before(2 * day) }).execute();
      const lines: string[] = [];
      const log = pino({ level: 'info', base: null }, { write: (line) => void lines.push(line) });
      const broken: BlobStore = { ...memoryBlobStore(), list: () => { throw Object.assign(new Error('no'), { code: 'EIO' }); } };
      expect(await keepHouse(houseOf(database, broken, log))).toMatchObject({ blobs: 0, signInAttempts: 1 });
      expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ level: 40, step: 'blobs', code: 'EIO' }, { level: 30, removed: { signInAttempts: 1 }, msg: 'housekeeping' }]);
    })());

  it('is begun at the start, and has ended when it was told to stop', async () => {
    const { database } = world.committed;
    await database.write(async (tx) => void (await tx.insertInto('signInAttempt').values({ signInName: 'old', at: before(2 * day) }).execute()));
    const lines: string[] = [];
    const log = pino({ level: 'info', base: null }, { write: (line) => void lines.push(line) });
    await startHousekeeping(houseOf(database, memoryBlobStore(), log)).stop();
    expect(lines).toHaveLength(1);
  });
});
