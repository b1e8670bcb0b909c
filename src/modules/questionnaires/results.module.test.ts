// What came back, over a real database: sums equal what was sent, small groups of anonymous ones stay closed, texts become suggestions of
// row 5, files hold what was answered as text.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishQuestionnaire, sampleDefinition } from '../../testing/answering.ts';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { edition, syntheticUscc } from '../../testing/steps.ts';
import { getActivity } from '../activities/contract.ts';
import { getTable } from '../figures/contract.ts';
import { enterAnswer, openChannel } from './contract/channels.ts';
import { exportAnswers, getCrossTable, getResults, listFreeTexts, listSuggestions, makeSuggestion, removeSuggestion, saveSuggestion } from './contract/results.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const unitCode = '990101';
type Held = Country & { tx: NonNullable<Country['tx']> };
type Values = Record<string, string | number | string[] | Record<string, string>>;

async function answered(country: Held, byChannel: Readonly<Record<string, readonly Values[]>>, anonymous = true) {
  const id = await publishQuestionnaire(country.tx, unitCode, sampleDefinition({ anonymous }));
  const clerk = country.as(`clerk of ${unitCode}`);
  const channels: Record<string, string> = {};
  let number = 0;
  for (const [name, sheets] of Object.entries(byChannel)) {
    const { id: channel } = await clerk.call(openChannel, { id, kind: 'paper', name, handedOut: 20 });
    channels[name] = channel;
    for (const values of sheets) {
      number += 1;
      await clerk.call(enterAnswer, { id: channel, answers: { values, texts: values['size'] === 'other' ? { size: '合伙企业' } : {} }, enterprise: anonymous ? null : { uscc: syntheticUscc(number), name: `示例企业${number}` } });
    }
  }
  return { id, clerk, channels };
}

const sheets = (count: number, more: Values = {}): Values[] => Array.from({ length: count }, (_, index) => ({ size: 'small', worry: (index % 5) + 1, ...more }));

describe('results', () => {
  it('count every question with its base, and cross two of them', () => world.rolledBack(async (country) => {
    const { id, clerk } = await answered(country, { 大厅: [...sheets(6, { measures: ['rules', 'contracts'] }), ...sheets(7, { size: 'large', staff: 300, measures: ['rules'], need: { training: 'yes' } })] });
    const results = await clerk.call(getResults, { id });
    expect(results).toMatchObject({ answers: 13, chosen: 13, total: { issued: 20, returned: 13 }, withheld: false, anonymous: true, may: ['texts', 'export'] });
    const of = (code: string) => results.tallies.find(({ question }) => question === code);
    expect(of('size')?.bars).toEqual([{ key: 'small', count: 6 }, { key: 'middle', count: 0 }, { key: 'large', count: 7 }, { key: 'other', count: 0 }]);
    expect(of('measures')).toMatchObject({ base: 13, bars: [{ key: 'rules', count: 13 }, { key: 'contracts', count: 6 }, { key: 'none', count: 0 }] });
    expect(of('need')?.rows[0]).toMatchObject({ row: 'training', base: 7, bars: [{ key: 'yes', count: 7 }, { key: 'no', count: 0 }] });
    expect(of('staff')).toMatchObject({ base: 7, mean: 300, median: 300, bars: [{ key: '300..300', count: 7 }] });
    const cross = await clerk.call(getCrossTable, { id, row: 'size', column: 'measures' });
    expect(cross).toMatchObject({ base: 13, cells: [[6, 6, 0], [0, 0, 0], [7, 0, 0], [0, 0, 0]] });
    expect(await clerk.refusal(getCrossTable, { id, row: 'size', column: 'advice_text' })).toMatchObject({ code: 'invalid_input' });
  })());

  it('of anonymous ones are not broken down below five, nor where what is left would be', () => world.rolledBack(async (country) => {
    const { id, clerk, channels } = await answered(country, { 大厅: sheets(9), 街道: sheets(3), 园区: sheets(8, { size: 'large', staff: 5 }) });
    const { channels: parts } = await clerk.call(getResults, { id });
    // 街道 is small; with it goes the next, or the rest would be 街道.
    expect(Object.fromEntries(parts.map(({ name, open }) => [name, open]))).toEqual({ 大厅: true, 街道: false, 园区: false });
    expect(await clerk.call(getResults, { id, channel: channels['街道'] ?? '' })).toMatchObject({ withheld: true, tallies: [] });
    expect(await clerk.call(getResults, { id, channel: channels['大厅'] ?? '' })).toMatchObject({ withheld: false, chosen: 9 });
    expect(await clerk.refusal(getResults, { id, channel: channels['大厅'] ?? '', from: '2023-06-26', to: '2023-06-26' })).toMatchObject({ details: { rule: 'one_filter_at_a_time' } });
    expect(await clerk.refusal(getResults, { id, from: '2023-06-25', to: '2023-06-26' })).toMatchObject({ details: { rule: 'period_as_told' } });
    const cross = await clerk.call(getCrossTable, { id, row: 'size', column: 'worry' });
    expect(cross.columns.map(({ total }) => total)).toEqual([5, 5, 5, null, null]);
    expect(cross.cells.map((row) => row.slice(3))).toEqual(cross.cells.map(() => [null, null]));
  })());

  it('are sums only from above, and nothing to neighbours', () => world.rolledBack(async (country) => {
    const { id } = await answered(country, { 大厅: sheets(6, { advice_text: '多办培训' }) });
    // A reviewer reads texts, and takes no answers out (security A6.2, D3).
    const reviewer = country.as(`reviewer of ${unitCode}`);
    expect(await reviewer.call(getResults, { id })).toMatchObject({ may: ['texts'] });
    expect(await reviewer.refusal(exportAnswers, { id, format: 'csv' })).toMatchObject({ code: 'not_permitted' });
    const above = country.as('coordinator of 990100');
    expect(await above.call(getResults, { id })).toMatchObject({ answers: 6, may: [] });
    expect(await above.refusal(listFreeTexts, { id, question: 'advice_text' })).toMatchObject({ code: 'not_permitted' });
    expect(await above.refusal(exportAnswers, { id, format: 'csv' })).toMatchObject({ code: 'not_permitted' });
    expect(await country.as('clerk of 990102').refusal(getResults, { id })).toMatchObject({ code: 'not_found' });
  })());
});

it('makes of texts a suggestion that counts in row 5 by them, is changed with them and goes with it', () => world.rolledBack(async (country) => {
  const { id, clerk } = await answered(country, { 大厅: [...sheets(3, { advice_text: '多办培训' }), ...sheets(1, { advice_text: '发些模板', size: 'other' })] });
  const figure = async (): Promise<number> => (await clerk.call(getTable, { edition, unitCode })).own['suggestion.count']?.value ?? 0;
  const before = await figure();
  const { texts, total } = await clerk.call(listFreeTexts, { id, question: 'advice_text' });
  expect(total).toBe(4);
  expect((await clerk.call(listFreeTexts, { id, question: 'size' })).texts.map(({ text }) => text)).toEqual(['合伙企业']);
  const chosen = texts.filter(({ text }) => text === '多办培训').map(({ answerId, question }) => ({ answerId, question }));
  const { id: suggestion } = await clerk.call(makeSuggestion, { id, content: { title: '希望多办培训', topic: 'training', texts: chosen } });
  expect(await figure()).toBe(before + 3);
  expect(await clerk.refusal(makeSuggestion, { id, content: { title: '又一条', topic: null, texts: chosen } })).toMatchObject({ code: 'duplicate' });
  const [listed] = (await clerk.call(listSuggestions, { id })).suggestions;
  expect(listed).toMatchObject({ id: suggestion, texts: 3, version: 1 });
  const { activity } = await clerk.call(getActivity, { id: listed?.entryId ?? '' });
  expect(activity).toMatchObject({ may: [], content: { kind: 'suggestion', values: { items: 3, source: 'questionnaire', topic: 'training' } } });
  expect(JSON.stringify(activity)).not.toContain('多办培训"]');
  await clerk.call(saveSuggestion, { id: suggestion, version: 1, content: { title: '多办培训、发模板', topic: null, texts: texts.map(({ answerId, question }) => ({ answerId, question })) } });
  expect(await figure()).toBe(before + 4);
  expect(await clerk.refusal(removeSuggestion, { id: suggestion, version: 1 })).toMatchObject({ code: 'stale_version' });
  await clerk.call(removeSuggestion, { id: suggestion, version: 2 });
  expect(await figure()).toBe(before);
  expect((await clerk.call(listFreeTexts, { id, question: 'advice_text' })).texts.every(({ suggestionId }) => suggestionId === null)).toBe(true);
})());

describe('files', () => {
  const textOf = (bytes: unknown): string => new TextDecoder().decode(bytes as Uint8Array);

  it('hold a row an answer, by code and by label, with injected cells as text', () => world.rolledBack(async (country) => {
    const { id, clerk } = await answered(country, { 大厅: [...sheets(5), { size: 'small', worry: 1, measures: ['rules'], advice_text: '=HYPERLINK("http://example.invalid")' }] });
    const codes = textOf(await clerk.call(exportAnswers, { id, format: 'csv', values: 'codes' }));
    expect(codes.split('\r\n')[0]).toBe('\ufeff"answer_number","answer_version","answer_channel","answer_language","size","size_text","measures_rules","measures_contracts","measures_none","need_training","need_advice","worry","staff","advice_text"'.replace('\ufeff', ''));
    expect(codes).toContain(`"'=HYPERLINK(""http://example.invalid"")"`);
    expect(codes).toMatch(/"small",,1,0,0,,,1,,/);
    const labels = textOf(await clerk.call(exportAnswers, { id, format: 'csv', values: 'labels' }));
    expect(labels).toContain('"小微"');
    expect(labels.split('\r\n').filter((line) => line !== '')).toHaveLength(7);
    const syntax = textOf(await clerk.call(exportAnswers, { id, format: 'sps' }));
    expect(syntax).toContain("  size '企业规模'");
    expect(syntax).toContain("    'small' '小微'");
    expect(syntax).toContain("  /measures_rules\n    0 '未选'");
    expect((await clerk.call(exportAnswers, { id, format: 'xlsx' })) as Uint8Array).toHaveProperty('length');
    const { rows } = await sql`select from audit_event where action = 'questionnaires.answers_taken'`.execute(country.tx);
    expect(rows).toHaveLength(4);
  })());

  it('name the enterprise and the day of named ones only', () => world.rolledBack(async (country) => {
    const { id, clerk } = await answered(country, { 大厅: sheets(2) }, false);
    const named = textOf(await clerk.call(exportAnswers, { id, format: 'csv' }));
    expect(named).toContain('2023-06-26');
    expect(named).toContain('示例企业1');
  })());
});
