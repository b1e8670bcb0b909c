// Journeys of reports over a real database: drafted from the ledger, bound to the sealed table, kept state by state, and seen from
// above only as it stood when the return was submitted.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { recordActivity } from '../activities/contract.ts';
import { listAuditEvents } from '../audit/contract.ts';
import { uploadEvidence } from '../evidence/contract.ts';
import { listParts, unpackPart } from '../../documents/containers.ts';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { act, bringUp, edition, fillLedger, publicity, training } from '../../testing/steps.ts';
import { createReport, exportReport, getReport, getReportVersion, listReportPictures, listReports, listReportVersions, redraftReport, removeReport, restoreReport, saveReport } from './contract.ts';
import type { ReportDocument } from './model.ts';
import { textOf } from './rules.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Opens the world lazily: `world` is set in beforeAll, after the tests are declared. */
function rolledBack(run: Parameters<World['rolledBack']>[0]): () => Promise<void> {
  return () => world.rolledBack(run)();
}

const county = { edition, unitCode: '990101' };
const clerkOf = (country: Country) => country.as('clerk of 990101');

async function drafted(country: Country): Promise<string> {
  await fillLedger(country, '990101');
  return (await clerkOf(country).call(createReport, { ...county, kind: 'summary' })).id;
}

function saying(document: ReportDocument, text: string): ReportDocument {
  return { ...document, blocks: [...document.blocks, { type: 'paragraph', runs: [{ text, bold: false }] }] };
}

const wordsIn = (bytes: Uint8Array): string => {
  const parts = listParts(bytes);
  if (typeof parts === 'string') throw new Error(parts);
  const part = parts.find(({ name }) => name === 'word/document.xml');
  return part === undefined ? '' : Buffer.from(unpackPart(bytes, part) ?? []).toString('utf8').replaceAll(/<[^>]+>/g, '');
};
const fileOf = async (country: Country, person: Parameters<Country['as']>[0], id: string): Promise<string> => wordsIn((await country.as(person).call(exportReport, { id, format: 'docx' })) as Uint8Array);

describe('a report', () => {
  it('is drafted from the ledger, bound to the live table while nothing is sealed, and follows it', rolledBack(async (country) => {
    const id = await drafted(country);
    const first = await clerkOf(country).call(getReport, { id });
    expect(first.figures.basis).toBe('live');
    expect(textOf(first.document, first.figures)).toContain('开展各类能力提升培训活动1场次，参与企业2家，40人次参加');
    expect(first.document.addressee).toBe('东湖市市场监督管理局');
    await clerkOf(country).call(recordActivity, { ...county, content: training({ title: '又一次培训', values: { mode: 'offline', attendances: 1197 } }) });
    const later = await clerkOf(country).call(getReport, { id });
    expect(later.version).toBe(1);
    expect(textOf(later.document, later.figures)).toContain('开展各类能力提升培训活动2场次，参与企业2家，1200余人次参加');
    expect(later.changes.map(({ key, from, to }) => [key, from, to])).toContainEqual(['jurisdiction:training.attendances:value', 40, 1237]);
    await clerkOf(country).call(saveReport, { id, version: 1, document: saying(later.document, '补一句。') });
    expect((await clerkOf(country).call(getReport, { id })).changes.length).toBe(later.changes.length);
    await clerkOf(country).call(saveReport, { id, version: 2, document: later.document, noted: true });
    expect((await clerkOf(country).call(getReport, { id })).changes).toEqual([]);
  }));

  it('stands on the sealed table once there is one, whatever the ledger does afterwards', rolledBack(async (country) => {
    const id = await drafted(country);
    await bringUp(country, '990101');
    await clerkOf(country).call(recordActivity, { ...county, content: training({ title: '盖章后的培训', values: { mode: 'offline', attendances: 60 } }) });
    const view = await clerkOf(country).call(getReport, { id });
    expect(view.figures).toMatchObject({ basis: 'sealed', version: 1 });
    expect(view.figures.jurisdiction['training.sessions']?.value).toBe(1);
    await clerkOf(country).call(redraftReport, { id, version: 1 });
    const again = await clerkOf(country).call(getReport, { id });
    expect(textOf(again.document, again.figures)).not.toContain('盖章后的培训');
  }));

  it('is one summary to a unit, and as many of the others as are written', rolledBack(async (country) => {
    const id = await drafted(country);
    expect(await clerkOf(country).refusal(createReport, { ...county, kind: 'summary' })).toMatchObject({ code: 'duplicate', details: { id } });
    await clerkOf(country).call(createReport, { ...county, kind: 'information' });
    await clerkOf(country).call(createReport, { ...county, kind: 'information' });
    await clerkOf(country).call(createReport, { ...county, kind: 'research' });
    const { reports, mayWrite } = await clerkOf(country).call(listReports, county);
    expect([reports.length, reports[0]?.kind, mayWrite]).toEqual([4, 'summary', true]);
    expect((await country.as('reviewer of 990101').call(listReports, county)).mayWrite).toBe(false);
  }));

  it('is saved by who has seen the newest state only; a sitting is one state, and any state can be brought back', rolledBack(async (country) => {
    const id = await drafted(country);
    const { document } = await clerkOf(country).call(getReport, { id });
    for (const [version, text] of [[1, '甲'], [2, '乙'], [3, '丙']] as const) await clerkOf(country).call(saveReport, { id, version, document: saying(document, text) });
    expect(await clerkOf(country).refusal(saveReport, { id, version: 2, document })).toMatchObject({ code: 'stale_version', details: { version: 4, by: 'clerk of 990101' } });
    country.clock.set('2023-06-26T09:30:00.000+08:00');
    await clerkOf(country).call(saveReport, { id, version: 4, document: saying(document, '丁') });
    const { versions } = await clerkOf(country).call(listReportVersions, { id });
    expect(versions.map(({ version, change }) => [version, change])).toEqual([[5, 'saved'], [4, 'saved'], [1, 'drafted']]);
    await clerkOf(country).call(restoreReport, { id, version: 5, toVersion: 4 });
    const restored = await clerkOf(country).call(getReport, { id });
    expect(restored.document).toEqual((await clerkOf(country).call(getReportVersion, { id, number: 4 })).document);
    expect(restored.document.blocks.at(-1)).toEqual({ type: 'paragraph', runs: [{ text: '丙', bold: false }] });
  }));

  it('taken away is gone from the list and can be brought back', rolledBack(async (country) => {
    const id = await drafted(country);
    await clerkOf(country).call(removeReport, { id, version: 1 });
    expect((await clerkOf(country).call(listReports, county)).reports).toEqual([]);
    expect((await clerkOf(country).refusal(getReport, { id })).code).toBe('not_found');
    await clerkOf(country).call(restoreReport, { id, version: 2, toVersion: 1 });
    expect((await clerkOf(country).call(listReports, county)).reports).toHaveLength(1);
  }));

  it('is written by who fills the table, and by nobody once the edition is closed', rolledBack(async (country) => {
    const id = await drafted(country);
    const { document } = await clerkOf(country).call(getReport, { id });
    for (const person of ['reviewer of 990101', 'coordinator of 990100'] as const) {
      expect((await country.as(person).refusal(saveReport, { id, version: 1, document })).code, person).toBe('not_permitted');
    }
    for (const person of ['clerk of 990102', 'system_administrator of 990101'] as const) {
      expect((await country.as(person).refusal(saveReport, { id, version: 1, document })).code, person).toBe('not_found');
    }
    await country.tx.updateTable('edition').set({ closedAt: '2023-07-20T09:00:00.000+08:00' }).where('code', '=', edition).execute();
    expect(await clerkOf(country).refusal(saveReport, { id, version: 1, document })).toMatchObject({ code: 'refused_by_rule', details: { rule: 'edition_closed' } });
    expect((await clerkOf(country).call(getReport, { id })).may).toEqual([]);
  }));

  it('shows pictures of the unit\'s own ledger, small enough for a letter, and no others', rolledBack(async (country) => {
    const photo = await sharp({ create: { width: 1600, height: 1000, channels: 3, background: '#336699' } }).jpeg().toBuffer();
    const other = await country.as('clerk of 990102').call(uploadEvidence, { edition, unitCode: '990102', name: '外县.jpg' }, { bytes: photo });
    const own = await clerkOf(country).call(uploadEvidence, { ...county, name: '现场.jpg' }, { bytes: photo });
    await clerkOf(country).call(recordActivity, { ...county, content: publicity({ title: '进园区', evidence: [own.id], values: { mode: 'offline', attendances: 300, materials: 5 } }) });
    const id = await drafted(country);
    const { document, pictures, version } = await clerkOf(country).call(getReport, { id });
    expect(document.blocks).toContainEqual({ type: 'picture', evidence: own.id, caption: '6月15日，进园区' });
    expect(pictures).toEqual([expect.objectContaining({ id: own.id, width: 1600, activityTitle: '进园区' })]);
    expect((await clerkOf(country).call(listReportPictures, county)).pictures.map((one) => one.id)).toEqual([own.id]);
    const foreign = { ...document, blocks: [{ type: 'picture' as const, evidence: other.id, caption: '' }] };
    expect((await clerkOf(country).refusal(saveReport, { id, version, document: foreign })).code).toBe('not_found');
    const bytes = (await clerkOf(country).call(exportReport, { id, format: 'docx' })) as Uint8Array;
    const { events } = await clerkOf(country).call(listAuditEvents, { unitCode: '990101', reads: 'true' });
    expect(events).toMatchObject([{ action: 'report_taken', subjectId: id, after: { format: 'docx' } }]);
    const parts = listParts(bytes);
    expect(typeof parts === 'string' ? [] : parts.filter(({ name }) => name.startsWith('word/media/'))).toHaveLength(1);
    expect(wordsIn(bytes)).toContain('图1　6月15日，进园区');
  }));

  it('comes out as PDF too', rolledBack(async (country) => {
    const id = await drafted(country);
    const response = await clerkOf(country).raw(`/api/reports/${id}/file?format=pdf`);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(decodeURIComponent(response.headers.get('content-disposition') ?? '')).toContain('望月县市场监督管理局关于首届');
    expect(Buffer.from(await response.arrayBuffer()).subarray(0, 5).toString()).toBe('%PDF-');
  }));
});

describe('from above', () => {
  it('nothing is seen before the return is submitted, then what stood at that moment, with the submitted numbers', rolledBack(async (country) => {
    const upper = country.as('coordinator of 990100');
    const id = await drafted(country);
    const { document } = await clerkOf(country).call(getReport, { id });
    await clerkOf(country).call(createReport, { ...county, kind: 'information' });
    await clerkOf(country).call(saveReport, { id, version: 1, document: saying(document, '随表报送的一句。') });
    expect((await upper.call(listReports, county)).reports).toEqual([]);
    expect((await upper.refusal(getReport, { id })).code).toBe('not_found');
    expect((await upper.refusal(exportReport, { id, format: 'docx' })).code).toBe('not_found');
    await bringUp(country, '990101');
    await clerkOf(country).call(saveReport, { id, version: 2, document: saying(document, '报送以后的一句。') });
    await clerkOf(country).call(recordActivity, { ...county, content: training({ title: '报送后的培训', values: { mode: 'offline', attendances: 60 } }) });
    const { reports } = await upper.call(listReports, county);
    expect(reports.map(({ kind, version }) => [kind, version])).toEqual([['summary', 2]]);
    const seen = await upper.call(getReport, { id });
    expect([seen.from, seen.may, seen.figures.basis]).toEqual(['submitted', [], 'sealed']);
    expect(textOf(seen.document, seen.figures)).toContain('随表报送的一句。');
    expect(JSON.stringify(seen)).not.toContain('报送以后的一句。');
    expect(await fileOf(country, 'coordinator of 990100', id)).toContain('随表报送的一句。');
    expect(await fileOf(country, 'clerk of 990101', id)).toContain('报送以后的一句。');
    expect((await upper.refusal(listReportVersions, { id })).code).toBe('not_permitted');
    expect((await upper.refusal(getReportVersion, { id, number: 2 })).code).toBe('not_permitted');
    expect((await upper.refusal(listReportPictures, county)).code).toBe('not_permitted');
    expect((await country.as('coordinator of 980100').refusal(getReport, { id })).code).toBe('not_found');
    await act(country, 'coordinator of 990100', '990101', { act: 'accept' });
    expect((await country.as('national_office of 000000').call(getReport, { id })).version).toBe(2);
  }));
});
