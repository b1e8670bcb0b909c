// A filled form on its way into the return: read, asked, confirmed, frozen, replaced, taken back; and who may open its file.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cell, type Draft, draftOf, type Truth } from '../../testing/forms/drafts.ts';
import { docxOf, xlsxOf } from '../../testing/forms/writers.ts';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { act, bringUp, fillLedger } from '../../testing/steps.ts';
import { listAuditEvents } from '../audit/contract.ts';
import { getCell, getTable, listAdjustments, withdrawAdjustment } from '../figures/contract.ts';
import { getReturn } from '../returns/contract.ts';
import { confirmForm, listReadForms, readFilledForm, readFormContent, withdrawForm } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const county = { edition: '2023', unitCode: '990101' };
const clerk = 'clerk of 990101';

/** 1, 2, 3 … in the order of the table, starting above what the ledger of `fillLedger` has. */
const truthFrom = (first: number): Truth => Object.fromEntries(world.edition.indicators.map(({ code }, index) => [code, first + index * 2]));

function formOf(truth: Truth, change: (draft: Draft) => void = () => undefined): Uint8Array {
  const draft = draftOf(world.edition.indicators, truth);
  draft.before[2] = '填报单位（盖章）：望月县市场监督管理局';
  change(draft);
  return docxOf(draft);
}

const read = ({ as }: Pick<Country, 'as'>, bytes: Uint8Array, name = '统计表.docx') => as(clerk).call(readFilledForm, { ...county, name }, { bytes });

async function confirmed(country: Country, bytes: Uint8Array, name?: string) {
  const { form, reading } = await read(country, bytes, name);
  return country.as(clerk).call(confirmForm, { id: form.id, figures: reading.figures, below: [], chosen: {} });
}

const ownOf = async ({ as }: Pick<Country, 'as'>): Promise<Record<string, number>> =>
  Object.fromEntries(Object.entries((await as(clerk).call(getTable, county)).own).map(([code, { value }]) => [code, value]));

describe('a filled form', () => {
  it('fills what the ledger has not, and nothing before it is confirmed', () => world.rolledBack(async (country) => {
    await fillLedger(country, '990101');
    const before = await ownOf(country);
    const truth = truthFrom(200);
    const { form, reading, ledger } = await read(country, formOf(truth));
    expect(reading.figures).toEqual(truth);
    expect(reading.doubts).toEqual([]);
    expect(ledger).toEqual(before);
    expect(await ownOf(country)).toEqual(before);
    const record = await country.as(clerk).call(confirmForm, { id: form.id, figures: reading.figures, below: [], chosen: {} });
    expect(record.figures).toEqual(truth);
    expect(await ownOf(country)).toEqual(truth);
    const { adjustments } = await country.as(clerk).call(listAdjustments, county);
    expect(adjustments.every(({ formId, reason }) => formId === form.id && reason === '报表《统计表.docx》')).toBe(true);
    const { records } = await country.as(clerk).call(getCell, { ...county, indicator: 'publicity.materials' });
    expect(records.map(({ adjustment, formId, adds }) => [adjustment, formId, adds])).toEqual([[false, null, 100], [true, form.id, 106]]);
  })());

  it('is not confirmed while a question is open, nor below the ledger without a word', () => world.rolledBack(async (country) => {
    await fillLedger(country, '990101');
    const truth: Truth = { ...truthFrom(200), 'publicity.attendances': 28 };
    const { form, reading } = await read(country, formOf(truth, (draft) => draft.rows.splice(3, 1, ...draftOf(world.edition.indicators, truth).rows.slice(3, 4).map((row) => ({ ...row, value: cell('约386份') })))));
    expect(reading.doubts.map(({ code, kind, candidates }) => [code, kind, candidates.map(({ value }) => value)])).toEqual([['publicity.materials', 'unclear', [386]], ['publicity.attendances', 'below_ledger', [28, 30]]]);
    const { 'publicity.materials': _, ...open } = reading.figures;
    const confirm = (figures: Record<string, number | null>, below: string[] = []) => country.as(clerk).refusal(confirmForm, { id: form.id, figures, below, chosen: {} });
    expect((await confirm(open)).details).toMatchObject({ rule: 'form_question_open', indicator: 'publicity.materials' });
    expect((await confirm({ ...reading.figures, 'publicity.attendances': 28 })).details).toMatchObject({ rule: 'form_below_ledger', value: 28, ledger: 30 });
    await country.as(clerk).call(confirmForm, { id: form.id, figures: { ...reading.figures, 'publicity.materials': 386, 'publicity.attendances': 28 }, below: ['publicity.attendances'], chosen: {} });
    expect(await ownOf(country)).toMatchObject({ 'publicity.materials': 386, 'publicity.attendances': 28, 'media.total': truth['media.total'] });
    expect((await confirm(reading.figures)).code).toBe('wrong_state');
  })());

  it('replaces the one before it, and gives way to it again when it is taken back', () => world.rolledBack(async (country) => {
    await fillLedger(country, '990101');
    const ledger = await ownOf(country);
    const [first, second] = [truthFrom(200), truthFrom(300)];
    const one = await confirmed(country, formOf(first), '一.docx');
    const { form, reading, replaces } = await read(country, formOf(second), '二.docx');
    expect(replaces?.id).toBe(one.id);
    await country.as(clerk).call(confirmForm, { id: form.id, figures: reading.figures, below: [], chosen: {} });
    expect(await ownOf(country)).toEqual(second);
    expect((await country.as(clerk).call(listReadForms, county)).forms.map(({ fileName, withdrawn }) => [fileName, withdrawn])).toEqual([['二.docx', false], ['一.docx', true]]);
    await country.as(clerk).call(withdrawForm, { id: form.id, reason: '读错了一份，先撤回', restore: true });
    expect(await ownOf(country)).toEqual(first);
    await country.as(clerk).call(withdrawForm, { id: one.id, reason: '改为逐条记台账了', restore: true });
    expect(await ownOf(country)).toEqual(ledger);
    const { adjustments } = await country.as(clerk).call(listAdjustments, county);
    expect(adjustments.every(({ withdrawn }) => withdrawn)).toBe(true);
  })());

  it('is withdrawn whole, never one figure of it', () => world.rolledBack(async (country) => {
    await confirmed(country, formOf(truthFrom(200)));
    const { adjustments: [one] } = await country.as(clerk).call(listAdjustments, county);
    expect((await country.as(clerk).refusal(withdrawAdjustment, { id: one?.id ?? '', reason: '只撤回这一个指标的数' })).details).toMatchObject({ rule: 'adjustment_of_form' });
  })());

  it('is told of in what is frozen, and its file opens upward once that was submitted', () => world.rolledBack(async (country) => {
    const truth = { ...truthFrom(200), 'media.central': 1, 'typical_case.published': 3 };
    const bytes = formOf(truth);
    const form = await confirmed(country, bytes);
    const file = readFormContent.path.replace(':id', form.id);
    expect((await country.as('coordinator of 990100').raw(file)).status).toBe(403);
    expect((await country.as('reviewer of 990101').raw(file)).status).toBe(200);
    const { events } = await country.as('reviewer of 990101').call(listAuditEvents, { unitCode: '990101', reads: 'true' });
    expect(events).toMatchObject([{ action: 'form.take', subjectId: form.id, accountName: 'reviewer of 990101' }]);
    await bringUp(country, '990101');
    const { frozen } = await country.as('coordinator of 990100').call(getReturn, county);
    expect(frozen?.forms).toEqual([{ id: form.id, sha256: form.sha256, name: '统计表.docx', figures: truth }]);
    const sent = await country.as('coordinator of 990100').raw(file);
    expect(Buffer.from(await sent.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
    expect((await country.as('clerk of 990102').raw(file)).status).toBe(404);
    // What was submitted stays to be seen, also when the unit takes the form back later.
    await act(country, 'coordinator of 990100', '990101', { act: 'accept' });
    await act(country, 'clerk of 990101', '990101', { act: 'request_correction', reason: '改为逐条记台账了' });
    await country.as(clerk).call(withdrawForm, { id: form.id, reason: '改为逐条记台账了', restore: false });
    expect((await country.as('coordinator of 990100').raw(file)).status).toBe(200);
    const later = await confirmed(country, formOf(truthFrom(400)), '后来.docx');
    expect((await country.as('coordinator of 990100').raw(readFormContent.path.replace(':id', later.id))).status).toBe(404);
  })());

  it('of the same making is understood the second time', () => world.rolledBack(async (country) => {
    const own = (draft: Draft): void => {
      for (const row of draft.rows) if (row.code === 'visit.enterprises') row.label = cell('实地走访企业');
    };
    const { form, reading, remembered } = await read(country, formOf(truthFrom(200), own));
    const [doubt] = reading.doubts;
    const [candidate] = doubt?.candidates ?? [];
    expect([remembered, doubt?.code, doubt?.kind, candidate?.value]).toEqual([false, 'visit.enterprises', 'label_differs', 212]);
    const chosen = { 'visit.enterprises': { rowKey: candidate?.source?.rowKey ?? '', column: candidate?.source?.column ?? 1 } };
    await country.as(clerk).call(confirmForm, { id: form.id, figures: { ...reading.figures, 'visit.enterprises': 212 }, below: [], chosen });
    const again = await read(country, formOf(truthFrom(400), own));
    expect([again.remembered, again.reading.doubts, again.reading.figures]).toEqual([true, [], truthFrom(400)]);
    const other = await read(country, formOf(truthFrom(400)));
    expect([other.remembered, other.reading.doubts]).toEqual([false, []]);
  })());

  it('says when the ledger has grown since', () => world.rolledBack(async (country) => {
    await confirmed(country, formOf(truthFrom(200)));
    country.clock.set('2023-06-27T09:00:00.000+08:00');
    await fillLedger(country, '990101');
    const { forms: [form] } = await country.as(clerk).call(listReadForms, county);
    expect(form?.entriesSince).toBe(4);
  })());

  it.each([
    ['a file that is no form', () => xlsxOf({ ...draftOf([], {}), before: ['会议签到表'] }), 'no_form'],
    ['something else altogether', () => Buffer.from('%PDF-1.7'), 'type_not_allowed'],
    ['half a file', () => formOf(truthFrom(1)).subarray(0, 900), 'file_unreadable'],
  ])('%s is refused', (_title, bytes, reason) => world.rolledBack(async (country) => {
    expect((await country.as(clerk).refusal(readFilledForm, { ...county, name: '统计表.docx' }, { bytes: bytes() })).details).toEqual({ reason });
    expect((await country.as('reviewer of 990101').refusal(readFilledForm, { ...county, name: '统计表.docx' }, { bytes: bytes() })).code).toBe('not_permitted');
  })());
});
