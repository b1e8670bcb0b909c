// From the telephone to the ledger and back: uploading, listing and reading evidence.
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '../../kernel/database.ts';
import { sha256Of } from '../../kernel/digest.ts';
import { type Country, monday, openWorld, type World } from '../../testing/harness.ts';
import * as contract from './contract.ts';
import type { Evidence } from './model.ts';

let world: World;
let photo: Buffer;
const pdf = Buffer.from('%PDF-1.7\ntrailer<</Root 1 0 R>>\n%%EOF\n');
beforeAll(async () => {
  world = await openWorld();
  photo = await sharp({ create: { width: 1000, height: 600, channels: 3, background: '#336699' } }).withExif({ IFD0: { Make: 'Lantern' } }).jpeg().toBuffer();
});
afterAll(async () => world.close());

const edition = '2023';
const county = { edition, unitCode: '990101' };

function upload({ as }: Pick<Country, 'as'>, name = '活动现场.jpg', bytes: Uint8Array = photo): Promise<Evidence> {
  return as('clerk of 990101').call(contract.uploadEvidence, { ...county, name }, { bytes });
}

interface Version {
  readonly ledgerNo: number;
  readonly change: 'recorded' | 'edited' | 'deleted';
  readonly evidence: readonly string[];
}

/** An entry of the county with these versions, and the evidence of the last one attached, as the ledger writes it. */
async function entry(tx: Tx, versions: readonly Version[]): Promise<string> {
  const id = `99-${randomUUID()}`;
  const counted = { counters: [], amounts: [], distinctCounters: [] };
  const key = { provinceCode: 99, editionCode: edition, unitCode: '990101' };
  for (const [at, { ledgerNo, change, evidence }] of versions.entries()) {
    await tx
      .insertInto('activityVersion')
      .values({ ...key, ...counted, activityId: id, version: at + 1, ledgerNo, change, content: JSON.stringify({ evidence }), accountId: 'a', accountName: 'a', at: monday, reason: null })
      .execute();
  }
  const last = versions.at(-1);
  await tx
    .insertInto('activity')
    .values({
      ...key, ...counted, id, kind: 'publicity', occurredOn: '2023-06-26', title: '宣讲', titleKey: '宣讲', place: '', content: JSON.stringify({ evidence: last?.evidence ?? [] }),
      version: versions.length, ledgerNo: last?.ledgerNo ?? 0, deletedAt: last?.change === 'deleted' ? monday : null, createdBy: 'a', createdByName: 'a', createdAt: monday, changedAt: monday,
    })
    .execute();
  await tx.updateTable('evidence').set({ activityId: null }).where('activityId', '=', id).execute();
  if (last !== undefined && last.evidence.length > 0) await tx.updateTable('evidence').set({ activityId: id }).where('id', 'in', [...last.evidence]).execute();
  return id;
}

/** The county's return as submitted, standing on this ledger number. */
async function submitted(tx: Tx, ledgerNo: number): Promise<void> {
  const key = { provinceCode: 99, editionCode: edition, unitCode: '990101' };
  await tx.insertInto('returnVersion').values({ ...key, number: 1, content: JSON.stringify({ ledgerNo }), extension: null, sha256: 'a', sm3: 'b', frozenAt: monday }).execute();
  await tx.insertInto('statReturn').values({ ...key, state: 'submitted', submittedVersion: 1, acceptedVersion: null, firstSubmittedAt: monday, submittedAt: monday, changedAt: monday }).execute();
}

describe('uploading', () => {
  it('keeps the picture drawn anew, its thumbnail and its digests, and tells the audit trail', () =>
    world.rolledBack(async (country) => {
      const kept = await upload(country);
      expect(kept).toMatchObject({ name: '活动现场.jpg', mediaType: 'image/jpeg', width: 1000, height: 600, uploadedAt: monday });
      expect(kept.id).toMatch(/^99-/);
      const { call, raw } = country.as('clerk of 990101');
      const bytes = (await call(contract.readEvidence, { id: kept.id, thumbnail: 'false' })) as Uint8Array;
      expect([sha256Of(bytes), bytes.length]).toEqual([kept.sha256, kept.bytes]);
      expect(Buffer.from(bytes).includes('Lantern')).toBe(false);
      const thumbnail = (await call(contract.readEvidence, { id: kept.id, thumbnail: 'true' })) as Uint8Array;
      expect((await sharp(thumbnail).metadata()).width).toBe(480);
      const { headers } = await raw(`/api/evidence/${kept.id}/content`);
      expect(headers.get('content-type')).toBe('image/jpeg');
      expect(headers.get('content-disposition')).toBe(`inline; filename*=UTF-8''${encodeURIComponent('活动现场.jpg')}`);
      expect(headers.get('content-security-policy')).toContain('sandbox');
      const stored = await country.tx.selectFrom('evidence').select(['activityId', 'perceptualHash', 'uploadedBy']).executeTakeFirstOrThrow();
      expect(stored).toEqual({ activityId: null, perceptualHash: expect.stringMatching(/^[01]{64}$/), uploadedBy: '00000000-0000-4000-8000-000000990101' });
      const event = await country.tx.selectFrom('auditEvent').select(['action', 'subjectId', 'unitCode', 'after']).executeTakeFirstOrThrow();
      expect(event).toMatchObject({ action: 'evidence.upload', subjectId: kept.id, unitCode: '990101', after: { sha256: kept.sha256 } });
    })());

  it('keeps a document as it is and hands it out as a file only', () =>
    world.rolledBack(async (country) => {
      const kept = await upload(country, '通知“正文”.pdf', pdf);
      expect(kept).toMatchObject({ mediaType: 'application/pdf', bytes: pdf.length, sha256: sha256Of(pdf), width: null });
      const { raw, refusal } = country.as('clerk of 990101');
      const { headers } = await raw(`/api/evidence/${kept.id}/content`);
      expect(headers.get('content-disposition')).toMatch(/^attachment;/);
      expect((await refusal(contract.readEvidence, { id: kept.id, thumbnail: 'true' })).code).toBe('not_found');
    })());

  it('sent twice with the same key is kept once', () =>
    world.rolledBack(async (country) => {
      const { call } = country.as('clerk of 990101');
      const options = { bytes: photo, requestKey: randomUUID() };
      const first = await call(contract.uploadEvidence, { ...county, name: 'a.jpg' }, options);
      expect(await call(contract.uploadEvidence, { ...county, name: 'a.jpg' }, options)).toEqual(first);
      expect(await country.tx.selectFrom('evidence').select('id').execute()).toHaveLength(1);
    })());

  it('is refused with its reason, and keeps nothing', () =>
    world.rolledBack(async (country) => {
      const { refusal } = country.as('clerk of 990101');
      const sent = async (name: string, bytes: Uint8Array) => {
        const { code, details } = await refusal(contract.uploadEvidence, { ...county, name }, { bytes });
        return [code, details['reason'] ?? details['maximumBytes'] ?? null];
      };
      expect(await sent('a.jpg', new Uint8Array())).toEqual(['file_refused', 'empty']);
      expect(await sent('a.png', photo)).toEqual(['file_refused', 'type_and_name_differ']);
      expect(await sent('a.svg', Buffer.from('<svg/>'))).toEqual(['file_refused', 'type_not_allowed']);
      expect(await sent('a.jpg', Buffer.concat([photo, Buffer.alloc(16 * 1024 * 1024)]))).toEqual(['too_large', 15 * 1024 * 1024]);
      expect(await sent('a.jpg', Buffer.concat([photo, Buffer.alloc(40 * 1024 * 1024)]))).toEqual(['too_large', 30 * 1024 * 1024]);
      // Without the sign that turns it round its name is agpj.exe.
      expect(await sent('a\u202egpj.exe', photo)).toEqual(['file_refused', 'type_and_name_differ']);
      expect(await country.tx.selectFrom('evidence').select('id').execute()).toEqual([]);
    })());

  it('is for those who write the ledger of the unit, while the edition is open', () =>
    world.rolledBack(async (country) => {
      const asked = { ...county, name: 'a.jpg' };
      for (const person of ['reviewer of 990101', 'clerk of 990102', 'coordinator of 990100', 'head of 990101'] as const) {
        expect((await country.as(person).refusal(contract.uploadEvidence, asked, { bytes: photo })).code).toBe('not_permitted');
      }
      expect((await country.anyone().refusal(contract.uploadEvidence, asked, { bytes: photo })).code).toBe('not_signed_in');
      await country.tx.updateTable('edition').set({ closedAt: monday }).execute();
      expect((await country.as('clerk of 990101').refusal(contract.uploadEvidence, asked, { bytes: photo })).details).toMatchObject({ rule: 'edition_closed' });
    })());

  it('ends where a unit has filled its share', () =>
    world.rolledBack(async (country) => {
      const { id } = await upload(country);
      await country.tx.updateTable('evidence').set({ bytes: 2_000_000_000 }).where('id', '=', id).execute();
      const full = country.tx.selectFrom('evidence').selectAll().where('id', '=', id);
      const row = await full.executeTakeFirstOrThrow();
      await country.tx.insertInto('evidence').values(Array.from({ length: 10 }, () => ({ ...row, id: `99-${randomUUID()}` }))).execute();
      expect((await country.as('clerk of 990101').refusal(contract.uploadEvidence, { ...county, name: 'a.jpg' }, { bytes: photo })).code).toBe('storage_full');
      expect((await country.as('clerk of 990102').call(contract.uploadEvidence, { edition, unitCode: '990102', name: 'a.jpg' }, { bytes: photo })).bytes).toBeGreaterThan(0);
    })());
});

describe('reading', () => {
  it('shows the people of the unit the evidence of an entry as it stands', () =>
    world.rolledBack(async (country) => {
      const [first, second, third] = [await upload(country), await upload(country, '通知.pdf', pdf), await upload(country, 'other.jpg')];
      const id = await entry(country.tx, [{ ledgerNo: 1, change: 'recorded', evidence: [first.id, third.id] }, { ledgerNo: 2, change: 'edited', evidence: [first.id, second.id] }]);
      for (const person of ['clerk of 990101', 'reviewer of 990101', 'head of 990101'] as const) {
        const { evidence } = await country.as(person).call(contract.listEvidence, { id });
        expect(evidence.map((one) => one.id).toSorted()).toEqual([first.id, second.id].toSorted());
      }
      expect((await country.as('clerk of 990101').refusal(contract.listEvidence, { id: `99-${randomUUID()}` })).code).toBe('not_found');
    })());

  it('shows those above nothing before the return is submitted, and nobody beside ever', () =>
    world.rolledBack(async (country) => {
      const { id: piece } = await upload(country);
      const id = await entry(country.tx, [{ ledgerNo: 1, change: 'recorded', evidence: [piece] }]);
      for (const person of ['reviewer of 990100', 'coordinator of 990000', 'national_office of 000000'] as const) {
        expect((await country.as(person).refusal(contract.listEvidence, { id })).code).toBe('not_permitted');
        expect((await country.as(person).refusal(contract.readEvidence, { id: piece, thumbnail: 'false' })).code).toBe('not_permitted');
      }
      await submitted(country.tx, 1);
      for (const person of ['reviewer of 990100', 'coordinator of 990000', 'national_office of 000000'] as const) {
        expect((await country.as(person).call(contract.listEvidence, { id })).evidence.map((one) => one.id)).toEqual([piece]);
        expect(await country.as(person).call(contract.readEvidence, { id: piece, thumbnail: 'true' })).toBeInstanceOf(Uint8Array);
      }
      for (const person of ['clerk of 990102', 'head of 990200', 'system_administrator of 990101', 'coordinator of 980000'] as const) {
        expect((await country.as(person).refusal(contract.readEvidence, { id: piece, thumbnail: 'false' })).code).toBe('not_found');
      }
    })());

  it('shows those above what stood behind the submitted return, not what was changed since', () =>
    world.rolledBack(async (country) => {
      const [before, after] = [await upload(country), await upload(country, '通知.pdf', pdf)];
      const edited = await entry(country.tx, [{ ledgerNo: 1, change: 'recorded', evidence: [before.id] }, { ledgerNo: 3, change: 'edited', evidence: [after.id] }]);
      const since = await entry(country.tx, [{ ledgerNo: 4, change: 'recorded', evidence: [] }]);
      const gone = await entry(country.tx, [{ ledgerNo: 1, change: 'recorded', evidence: [] }, { ledgerNo: 2, change: 'deleted', evidence: [] }]);
      await submitted(country.tx, 2);
      const { call, refusal } = country.as('reviewer of 990100');
      expect((await call(contract.listEvidence, { id: edited })).evidence.map((one) => one.id)).toEqual([before.id]);
      expect(await call(contract.readEvidence, { id: before.id, thumbnail: 'false' })).toBeInstanceOf(Uint8Array);
      expect((await refusal(contract.readEvidence, { id: after.id, thumbnail: 'false' })).code).toBe('not_found');
      expect((await refusal(contract.listEvidence, { id: since })).code).toBe('not_found');
      expect((await refusal(contract.listEvidence, { id: gone })).code).toBe('not_found');
      expect(await country.as('clerk of 990101').call(contract.readEvidence, { id: after.id, thumbnail: 'false' })).toBeInstanceOf(Uint8Array);
    })());

  it('whose bytes are lost says so, and does not fail', () =>
    world.rolledBack(async (country) => {
      const { id } = await upload(country);
      await country.tx.updateTable('evidence').set({ sha256: '0'.repeat(64) }).where('id', '=', id).execute();
      expect((await country.as('clerk of 990101').refusal(contract.readEvidence, { id, thumbnail: 'false' })).details).toMatchObject({ kind: 'evidence_content' });
    })());
});
