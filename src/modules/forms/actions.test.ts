// Sheets over the real API: drafts and sealed versions, as they were then, and what those above may take along.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePdf } from '../../documents/pdf.ts';
import { openWorld, type World } from '../../testing/harness.ts';
import { act, bringUp, edition, fillLedger, publicity, upperOf, visit } from '../../testing/steps.ts';
import { recordActivity } from '../activities/contract.ts';
import { getReturn } from '../returns/contract.ts';
import { getSheet, listSheetsBelow, writeSheet } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await closePdf();
  await world.close();
});

const county = '990101';
const clerk = 'clerk of 990101';
const city = 'coordinator of 990100';

describe('a sheet', () => {
  it('is the draft of what a 送审 would freeze, until it is sealed', rolledBack(async (country) => {
    await fillLedger(country, county);
    const draft = await country.as(clerk).call(getSheet, { edition, unitCode: county });
    const { live } = await country.as(clerk).call(getReturn, { edition, unitCode: county });
    expect(draft.sheet).toMatchObject({ unitName: '望月县市场监督管理局', dateLine: '年 月 日', receipt: null, marks: [] });
    expect(Object.fromEntries(draft.sheet.lines.map(({ code, figure }) => [code, figure]))).toEqual(live.total);
    expect(draft.code).toBeNull();
    await bringUp(country, county);
    const sealed = await country.as(clerk).call(getSheet, { edition, unitCode: county });
    const view = await country.as(clerk).call(getReturn, { edition, unitCode: county });
    expect(sealed.sheet).toMatchObject({ dateLine: '2023年6月26日', receipt: { code: view.seal?.receiptCode, version: 1 } });
    expect(sealed.sheet.receipt?.address).toMatch(new RegExp(`/verify/${view.seal?.receiptCode}$`));
    expect(sealed.code?.size).toBeGreaterThan(20);
  }));

  it('prints an older version with the name, the figures and the date it was sealed with', rolledBack(async (country) => {
    await fillLedger(country, county);
    await bringUp(country, county);
    await act(country, city, county, { act: 'return_by_upper', reasons: [{ indicator: null, text: '请核对走访企业数' }] });
    await country.as(clerk).call(recordActivity, { edition, unitCode: county, content: visit(9) });
    country.clock.set('2023-07-03T09:00:00.000+08:00');
    await country.tx.updateTable('unit').set({ name: '望月区市场监督管理局' }).where('code', '=', county).execute();
    await bringUp(country, county);
    const [first, second, draft] = await Promise.all((['1', '2', 'draft'] as const).map((version) => country.as(clerk).call(getSheet, { edition, unitCode: county, version })));
    const visits = (answer: typeof first): number | null | undefined => answer?.sheet.lines.find(({ code }) => code === 'visit.enterprises')?.figure;
    expect(first?.sheet).toMatchObject({ unitName: '望月县市场监督管理局', dateLine: '2023年6月26日' });
    expect(second?.sheet).toMatchObject({ unitName: '望月区市场监督管理局', dateLine: '2023年7月3日' });
    expect(draft?.sheet).toMatchObject({ unitName: '望月区市场监督管理局', receipt: null });
    expect([visits(first), visits(second), visits(draft)]).toEqual([1, 2, 2]);
  }));

  it('is a draft while a frozen version has no seal, and shows those above nothing', rolledBack(async (country) => {
    await fillLedger(country, county);
    await act(country, clerk, county, { act: 'send_for_review' });
    expect((await country.as(clerk).call(getSheet, { edition, unitCode: county, version: 1 })).sheet.receipt).toBeNull();
    for (const version of ['draft', 'newest', 1] as const) expect((await country.as(city).refusal(getSheet, { edition, unitCode: county, version })).code).toBe('not_found');
    expect((await country.as('clerk of 990102').refusal(writeSheet, { edition, unitCode: county, format: 'docx' })).code).toBe('not_permitted');
    expect((await country.as(clerk).refusal(getSheet, { edition, unitCode: county, version: 7 })).code).toBe('not_found');
  }));

  it('comes as Word, Excel and PDF under a name that says what it is', rolledBack(async (country) => {
    await country.as(clerk).call(recordActivity, { edition, unitCode: county, content: publicity() });
    const beginnings = { docx: 'PK', xlsx: 'PK', pdf: '%PDF-1.7' };
    for (const format of ['docx', 'xlsx', 'pdf'] as const) {
      const answer = await country.as(clerk).raw(`/api/editions/${edition}/units/${county}/form?format=${format}`);
      expect(answer.status).toBe(200);
      expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain(`望月县市场监督管理局_草稿.${format}`);
      expect(Buffer.from(await answer.arrayBuffer()).toString('latin1')).toMatch(new RegExp(`^${beginnings[format]}`));
    }
  }));
});

describe('sheets below', () => {
  it('are those that were submitted, of the children or of all', rolledBack(async (country) => {
    for (const unitCode of ['990101', '990201']) {
      await fillLedger(country, unitCode);
      await bringUp(country, unitCode);
    }
    await act(country, upperOf('990101'), '990101', { act: 'accept' });
    const below = async (person: Parameters<typeof country.as>[0], unitCode: string, depth: 'children' | 'all') => country.as(person).call(listSheetsBelow, { edition, unitCode, depth });
    expect(await below(city, '990100', 'children')).toEqual({ units: [{ unitCode: '990101', name: '望月县市场监督管理局', depth: 3, version: 1 }], unitsBelow: 2 });
    expect((await below('coordinator of 990000', '990000', 'all')).units.map(({ unitCode }) => unitCode)).toEqual(['990101', '990201']);
    expect((await below('coordinator of 990000', '990000', 'children')).units).toEqual([]);
    expect((await below('national_office of 000000', '000000', 'all')).units).toHaveLength(2);
    // A clerk of an upper unit reads its own return only.
    expect(await below('clerk of 990100', '990100', 'all')).toEqual({ units: [], unitsBelow: 0 });
  }));
});

function rolledBack(run: Parameters<World['rolledBack']>[0]): () => Promise<void> {
  return () => world.rolledBack(run)();
}
