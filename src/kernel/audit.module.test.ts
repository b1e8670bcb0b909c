// A leaf for each committed write: in order, without gaps, chained, gone with what is rolled back, whoever writes at once.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leafBytes, leafText, logStart, payloadText, recordText } from '../shared/leaf.ts';
import { openWorld, type World } from '../testing/harness.ts';
import { saveAudit, type AuditSource } from './audit.ts';
import { saveAuditInBulk } from './audit-bulk.ts';
import type { AuditRecord } from './context.ts';
import type { Tx } from './database.ts';
import { sha256Of } from './digest.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ maximumConnections: 12 });
});
afterAll(() => world.close());

const at = (minute: number): string => `2023-06-26T09:${String(minute).padStart(2, '0')}:00.000+08:00`;
const source = (minute: number): AuditSource => ({ accountId: null, accountName: '测试', requestId: randomUUID(), at: at(minute) });
const act = (unitCode: string, subjectId: string): AuditRecord => ({ action: 'tried', unitCode, subjectKind: 'test', subjectId, before: { n: 1.5, 中: ['文', null] }, after: null, basis: '理由' });

async function leavesOf(tx: Tx, provinceCode: number) {
  return tx.selectFrom('logLeaf').selectAll().where('provinceCode', '=', provinceCode).orderBy('seq').execute();
}

/** Holds every leaf against its records, its text and the one before. */
async function expectWhole(tx: Tx, provinceCode: number): Promise<number> {
  const leaves = await leavesOf(tx, provinceCode);
  const records = await tx.selectFrom('auditEvent').selectAll().where('provinceCode', '=', provinceCode).execute();
  let previous = logStart;
  for (const [index, leaf] of leaves.entries()) {
    const covered = records.filter((record) => record.leaf === leaf.seq);
    expect(leaf.seq).toBe(index);
    expect(leaf.records).toBe(covered.length);
    expect(leaf.payloadHash).toBe(sha256Of(payloadText(covered.map((record) => sha256Of(recordText(record))))));
    expect(leaf.previousHash).toBe(previous);
    expect(leaf.leafHash).toBe(sha256Of(leafBytes(leafText({ at: leaf.at, payload: leaf.payloadHash, previous, records: leaf.records, seq: index }))));
    expect(new Set(covered.map(({ requestId }) => requestId))).toEqual(new Set([leaf.requestId]));
    previous = leaf.leafHash;
  }
  const head = await tx.selectFrom('logHead').selectAll().where('provinceCode', '=', provinceCode).executeTakeFirst();
  expect(head?.size ?? 0).toBe(leaves.length);
  expect(head?.leafHash ?? logStart).toBe(previous);
  return leaves.length;
}

describe('the proof log', () => {
  it('has one leaf for each write and province, whatever the database does to text and numbers', async () => {
    await world.rolledBack(async ({ tx }) => {
      await saveAudit(tx, source(1), [act('990101', 'a'), act('980101', 'b'), act('990102', 'c')]);
      await saveAudit(tx, source(2), [{ ...act('990101', 'd'), after: { large: 1e21, zero: -0, text: '“”\u2028\\"𠮷', deep: [{ b: 1, a: [] }] } }]);
      expect(await expectWhole(tx, 99)).toBe(2);
      expect(await expectWhole(tx, 98)).toBe(1);
      expect((await leavesOf(tx, 99)).map(({ records }) => records)).toEqual([2, 1]);
    })();
  });

  it('never goes back in time, whatever the clock does; the record keeps its own time', async () => {
    await world.rolledBack(async ({ tx }) => {
      for (const minute of [10, 5, 7, 12]) await saveAudit(tx, source(minute), [act('990101', String(minute))]);
      expect((await leavesOf(tx, 99)).map((leaf) => leaf.at)).toEqual([at(10), at(10), at(10), at(12)]);
      expect((await tx.selectFrom('auditEvent').select('at').orderBy('id').execute()).map((event) => event.at)).toEqual([at(10), at(5), at(7), at(12)]);
      await expectWhole(tx, 99);
    })();
  });

  it('reads alike when it is written in bulk, before and after single writes', async () => {
    await world.rolledBack(async ({ tx }) => {
      await saveAuditInBulk(tx, [1, 3, 2].map((minute) => ({ source: source(minute), records: [act('990101', 'x'), act('980101', 'y')] })));
      await saveAudit(tx, source(4), [act('990101', 'z')]);
      await saveAuditInBulk(tx, [{ source: source(2), records: [act('990201', 'late')] }]);
      expect(await expectWhole(tx, 99)).toBe(5);
      expect(await expectWhole(tx, 98)).toBe(3);
      expect((await leavesOf(tx, 99)).map((leaf) => leaf.at)).toEqual([at(1), at(3), at(3), at(4), at(4)]);
    })();
  });

  it('has no gaps and no twins when many write at once and some are rolled back', async () => {
    const { database } = world.committed;
    const outcomes = await Promise.allSettled(Array.from({ length: 120 }, async (_, number) =>
      database.write(async (tx) => {
        const units = number % 3 === 0 ? ['990101', '980101'] : number % 3 === 1 ? ['980101', '990102'] : ['990101'];
        await saveAudit(tx, source(number % 60), units.map((unitCode) => act(unitCode, String(number))));
        if (number % 5 === 0) await sql`select 1 / 0`.execute(tx);
      }),
    ));
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(24);
    await database.read(async (tx) => {
      expect(await expectWhole(tx, 99)).toBe(96);
      expect(await expectWhole(tx, 98)).toBe(64);
      const leaves = await leavesOf(tx, 99);
      expect(leaves.map((leaf) => leaf.at)).toEqual(leaves.map((leaf) => leaf.at).toSorted());
    });
  });
});
