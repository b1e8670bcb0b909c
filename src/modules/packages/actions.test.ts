// Packages over a real database: made of what was sealed, verified, handed out, recorded; and the answer of the exchange system.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { listParts, unpackPart } from '../../documents/containers.ts';
import type { Person } from '../../testing/country.ts';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { act, bringUp, edition, fillLedger, publicity, upperOf } from '../../testing/steps.ts';
import { recordActivity } from '../activities/contract.ts';
import { uploadEvidence } from '../evidence/contract.ts';
import { listNamedDigests } from '../evidence/queries.ts';
import { addExtensionRow } from '../editions/contract.ts';
import { createReport } from '../reports/contract.ts';
import { downloadPackage, getPackage, makePackage, writeExchangeReceipt } from './contract.ts';
import { bytesReader, nodeTools } from './reading.ts';
import { openContainer } from './rules/container.ts';
import { verifyPackage } from './rules/verifying.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const county = { edition, unitCode: '990101' };
const clerk = 'clerk of 990101';

async function attachPicture(country: Country, unitCode: string, name: string, shade: number): Promise<string> {
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: { r: shade, g: 90, b: 60 } } }).jpeg().toBuffer();
  const { id } = await country.as(`clerk of ${unitCode}`).call(uploadEvidence, { edition, unitCode, name }, { bytes });
  return id;
}

/** A county with a sealed and submitted return, one of its entries with two pictures. */
async function sealedCounty(country: Country): Promise<string[]> {
  await fillLedger(country, county.unitCode);
  const evidence = [await attachPicture(country, county.unitCode, '现场一.jpg', 10), await attachPicture(country, county.unitCode, '=现场二.jpg', 200)];
  await country.as(clerk).call(recordActivity, { ...county, content: publicity({ title: '走进园区宣传', occurredOn: '2023-06-16', evidence }) });
  await bringUp(country, county.unitCode);
  return evidence;
}

async function packed(country: Country, person: Person, unitCode: string, evidence: readonly string[] = []): Promise<{ bytes: Uint8Array; id: string; sha256: string }> {
  const client = country.as(person);
  const { sealed } = await client.call(getPackage, { edition, unitCode });
  const { id, sha256 } = await client.call(makePackage, { edition, unitCode, version: sealed?.version ?? 0, evidence: [...evidence] });
  return { bytes: (await client.call(downloadPackage, { id })) as Uint8Array, id, sha256 };
}

const ownRow = {
  code: 'x.own_stations', row: 11, label: '省内自设服务站', englishLabel: 'Stations', unit: 'MATTER', unitWord: '个',
  counting: { kinds: ['visit'], measure: 'entries' as const },
};

/** All text of a package, that inside of Word and Excel files too. */
async function everythingIn(bytes: Uint8Array): Promise<string> {
  const { found } = await openContainer(bytesReader(bytes), nodeTools, { keeps: () => true, isSafe: () => true }, () => undefined);
  const texts = [...(found?.files ?? [])].flatMap(([path, { content }]) => {
    if (content === null) return [];
    if (!/\.(?:docx|xlsx)$/.test(path)) return [textIn(content)];
    const parts = listParts(content);
    return typeof parts === 'string' ? [] : parts.map((part) => textIn(unpackPart(content, part) ?? new Uint8Array()));
  });
  return texts.join('\n');
}

const textIn = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

describe('a package of a county', () => {
  it('holds, with the table in three formats and the chosen pictures in an index', async () => {
    await world.rolledBack(async (country) => {
      const [first = '', second = ''] = await sealedCounty(country);
      const before = await country.as(clerk).call(getPackage, county);
      expect(before).toMatchObject({ standing: 'sealed', sealed: { version: 1, children: 0 }, mayMake: true, packages: [], receipts: [] });
      expect(before.packables.map(({ id, title, rows, picture }) => ({ id, title, rows, picture }))).toEqual([first, second].map((id) => ({ id, title: '走进园区宣传', rows: [1], picture: true })));
      expect(before.attachments.map(({ document, ready }) => [document, ready])).toEqual([['report', false], ['table', true]]);
      const { bytes } = await packed(country, clerk, county.unitCode, [second]);
      const verdict = await verifyPackage(bytesReader(bytes), nodeTools);
      expect(verdict).toMatchObject({ holds: true, firstFault: null, description: { unit: { code: '990101' }, evidence: 1, units: 1, demonstration: false } });
      for (const name of ['data/统计表.docx', 'data/统计表.xlsx', 'data/统计表.pdf', 'data/evidence/0001.jpg', 'verifier.html', 'manifest-sm3.txt']) expect(textIn(bytes)).toContain(`fuwuyue-2023-990101-1/${name}`);
      expect(textIn(bytes)).toContain('"\'=现场二.jpg"');
      const after = await country.as(clerk).call(getPackage, county);
      expect(after.packages).toMatchObject([{ bytes: bytes.length, kept: true, evidence: 1, returnVersion: 1 }]);
      const records = await country.tx.selectFrom('auditEvent').select(['action', 'accountName']).where('subjectKind', '=', 'package').orderBy('id').execute();
      expect(records).toEqual([{ action: 'package_made', accountName: clerk }, { action: 'package_downloaded', accountName: clerk }]);
    })();
  });

  it('has the same bytes when it is made again by somebody else', async () => {
    await world.rolledBack(async (country) => {
      await sealedCounty(country);
      const one = await packed(country, clerk, county.unitCode);
      const other = await packed(country, `head of ${county.unitCode}`, county.unitCode);
      expect(other.sha256).toBe(one.sha256);
    })();
  });

  it('takes the summary report along when there is one', async () => {
    await world.rolledBack(async (country) => {
      await sealedCounty(country);
      await country.as(clerk).call(createReport, { ...county, kind: 'summary' });
      expect((await country.as(clerk).call(getPackage, county)).attachments[0]).toMatchObject({ document: 'report', ready: true });
      const { bytes } = await packed(country, clerk, county.unitCode);
      expect((await verifyPackage(bytesReader(bytes), nodeTools)).firstFault).toBeNull();
      for (const name of ['data/总结报告.docx', 'data/总结报告.pdf']) expect(textIn(bytes)).toContain(`fuwuyue-2023-990101-1/${name}`);
    })();
  });

  it('keeps the bytes of the last three, and the record of all', async () => {
    await world.rolledBack(async (country) => {
      const [first = ''] = await sealedCounty(country);
      // All at the same moment of the clock: the one just made can be had each time.
      for (const evidence of [[], [first], [], [first], [], [first]]) await packed(country, clerk, county.unitCode, evidence);
      const { packages } = await country.as(clerk).call(getPackage, county);
      expect(packages.filter(({ kept }) => kept)).toHaveLength(3);
      const gone = packages.find(({ kept }) => !kept)?.id ?? '';
      expect(await country.as(clerk).refusal(downloadPackage, { id: gone })).toMatchObject({ code: 'not_found' });
      // Housekeeping takes bytes that no row names.
      const digests = packages.map(({ sha256 }) => sha256);
      // Which of those made at the same moment stay is chance; that what stays is named is not.
      expect(await listNamedDigests(country.tx, digests)).toEqual(new Set(packages.flatMap(({ kept, sha256 }) => (kept ? [sha256] : []))));
      await country.tx.updateTable('package').set({ kept: false }).execute();
      expect(await listNamedDigests(country.tx, digests)).toEqual(new Set());
    })();
  });

  it('is for the clerk, the coordinator and the head of the unit', async () => {
    await world.rolledBack(async (country) => {
      await sealedCounty(country);
      const { id } = await packed(country, clerk, county.unitCode);
      expect(await country.as(`reviewer of ${county.unitCode}`).call(getPackage, county)).toMatchObject({ mayMake: false });
      for (const person of [`reviewer of ${county.unitCode}`, 'coordinator of 990100', 'clerk of 990102', 'national_office of 000000'] as const) {
        expect(await country.as(person).refusal(makePackage, { ...county, version: 1, evidence: [] })).toMatchObject({ code: 'not_permitted' });
        // Who sees nothing of the unit does not even learn that the package is there.
        expect(await country.as(person).refusal(downloadPackage, { id })).toMatchObject({ code: person === 'clerk of 990102' ? 'not_found' : 'not_permitted' });
      }
      expect(await country.as('coordinator of 990100').refusal(getPackage, county)).toMatchObject({ code: 'not_permitted' });
    })();
  });

  it('is refused before the seal, after a return, of another version, and with evidence that is not in the version', async () => {
    await world.rolledBack(async (country) => {
      expect(await country.as(clerk).call(getPackage, county)).toMatchObject({ standing: 'not_sealed', sealed: null, packables: [] });
      expect(await country.as(clerk).refusal(makePackage, { ...county, version: 1, evidence: [] })).toMatchObject({ details: { rule: 'nothing_sealed_stands' } });
      await sealedCounty(country);
      const late = await attachPicture(country, county.unitCode, '后补.jpg', 99);
      expect(await country.as(clerk).refusal(makePackage, { ...county, version: 1, evidence: [late] })).toMatchObject({ details: { rule: 'evidence_not_in_version' } });
      expect(await country.as(clerk).refusal(makePackage, { ...county, version: 2, evidence: [] })).toMatchObject({ details: { rule: 'other_version_sealed' } });
      await act(country, upperOf(county.unitCode), county.unitCode, { act: 'return_by_upper', reasons: [{ indicator: null, text: '请核对参与人数' }] });
      expect(await country.as(clerk).call(getPackage, county)).toMatchObject({ standing: 'being_changed' });
    })();
  });
});

describe('a package from the top', () => {
  it('holds every included return down to the leaves, and never a province\'s own rows', async () => {
    await world.rolledBack(async (country) => {
      await country.as('coordinator of 990000').call(addExtensionRow, { edition, unitCode: '990000', definition: ownRow });
      for (const unitCode of ['990101', '990100', '990000', '000000']) {
        if (unitCode === '990101') await fillLedger(country, unitCode);
        await bringUp(country, unitCode);
        if (unitCode !== '000000') await act(country, upperOf(unitCode), unitCode, { act: 'accept' });
      }
      const nation = await packed(country, 'national_office of 000000', '000000');
      const verdict = await verifyPackage(bytesReader(nation.bytes), nodeTools);
      expect(verdict.firstFault).toBeNull();
      expect(verdict.units.map(({ code, depth }) => `${depth} ${code}`)).toEqual(['0 000000', '1 990000', '2 990100', '3 990101']);
      expect(verdict.total).toMatchObject({ 'publicity.sessions': 1, 'visit.enterprises': 1 });
      await country.as('coordinator of 990000').call(createReport, { edition, unitCode: '990000', kind: 'summary' });
      const province = await packed(country, 'coordinator of 990000', '990000');
      for (const { bytes } of [nation, province]) expect(await everythingIn(bytes)).not.toContain('省内自设');
      expect(await everythingIn(province.bytes)).toContain('开展线上线下专题宣传活动');
    })();
  });
});

describe('the answer of the exchange system', () => {
  it('is typed back once, corrected with a reason, and both stay', async () => {
    await world.rolledBack(async (country) => {
      await sealedCounty(country);
      const person = country.as(clerk);
      const first = { ...county, seen: 0, returnVersion: 1, receiptNumber: '浙市监交换〔2023〕118', receivedAt: '2023-06-26T09:00:00.000+08:00', reason: null };
      expect(await person.call(writeExchangeReceipt, first)).toMatchObject({ number: 1, receiptNumber: '浙市监交换〔2023〕118' });
      expect(await person.refusal(writeExchangeReceipt, first)).toMatchObject({ code: 'stale_version' });
      const again = { ...first, seen: 1, receiptNumber: '浙市监交换〔2023〕181' };
      expect(await person.refusal(writeExchangeReceipt, again)).toMatchObject({ details: { rule: 'correction_needs_reason' } });
      await person.call(writeExchangeReceipt, { ...again, reason: '回执号录入时两位数字颠倒' });
      const { receipts } = await person.call(getPackage, county);
      expect(receipts.map(({ receiptNumber, reason }) => [receiptNumber, reason])).toEqual([['浙市监交换〔2023〕118', null], ['浙市监交换〔2023〕181', '回执号录入时两位数字颠倒']]);
    })();
  });

  it('is refused for what was never sealed, for a time to come, and to whoever may not send', async () => {
    await world.rolledBack(async (country) => {
      const answer = { ...county, seen: 0, returnVersion: 1, receiptNumber: '118', receivedAt: '2023-06-26T09:00:00.000+08:00', reason: null };
      const numbered = { ...answer, receiptNumber: '交换118' };
      expect(await country.as(clerk).refusal(writeExchangeReceipt, numbered)).toMatchObject({ details: { rule: 'nothing_sealed_stands' } });
      await sealedCounty(country);
      expect(await country.as(clerk).refusal(writeExchangeReceipt, { ...numbered, receivedAt: '2023-06-27T08:30:00.000+08:00' })).toMatchObject({ details: { rule: 'received_in_future' } });
      expect(await country.as(clerk).refusal(writeExchangeReceipt, { ...numbered, receivedAt: '2023-06-26T08:59:00.000+08:00' })).toMatchObject({ details: { rule: 'received_before_seal' } });
      expect(await country.as('reviewer of 990101').refusal(writeExchangeReceipt, numbered)).toMatchObject({ code: 'not_permitted' });
    })();
  });
});
