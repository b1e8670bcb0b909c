// Media items and materials over a real database: originals are entries of the ledger, reposts are not, stock stands beside the ledger.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorld, type World } from '../../testing/harness.ts';
import { edition, publicity } from '../../testing/steps.ts';
import { getActivity, recordActivity } from '../activities/contract.ts';
import * as contract from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const unitCode = '990101';
const ofUnit = { edition, unitCode };
const content = { title: '服务月在望月县启动', outlet: '望月县融媒体中心', level: 'county', link: 'https://news.example.com/a/1', publishedOn: '2023-06-15' } as const;

it('an original is an entry, its reposts are not, and doubles are asked about', () => world.rolledBack(async (country) => {
  const clerk = country.as(`clerk of ${unitCode}`);
  const item = await clerk.call(contract.addMediaItem, { ...ofUnit, content });
  const entry = async () => (await clerk.call(getActivity, { id: item.entryId ?? '' })).activity;
  expect(await entry()).toMatchObject({ content: { kind: 'media_item', title: content.title, values: { level: 'county', origin: 'original', link: content.link } }, source: { kind: 'publicity', id: item.id } });
  const again = { ...content, title: '另一个标题', link: 'https://www.news.example.com/a/1?from=timeline' };
  expect(await clerk.refusal(contract.addMediaItem, { ...ofUnit, content: again })).toMatchObject({ code: 'refused_by_rule', details: { rule: 'media_double', name: content.title } });
  expect((await clerk.call(contract.findMediaDoubles, { ...ofUnit, title: '服务月 在望月县启动', link: again.link })).doubles).toMatchObject([{ id: item.id, signs: ['same_link', 'same_title'] }]);
  const repost = await clerk.call(contract.addMediaItem, { ...ofUnit, content: { ...again, outlet: '人民日报客户端', level: 'central', origin: 'repost', originalId: item.id } });
  expect(repost.entryId).toBeNull();
  expect(await clerk.refusal(contract.addMediaItem, { ...ofUnit, content: { ...content, title: '另一篇', link: '', level: 'central' } })).toMatchObject({ details: { issues: [{ path: 'content.outlet', rule: 'outlet_not_listed' }] } });
  expect(await clerk.refusal(contract.addMediaItem, { ...ofUnit, content: { ...content, title: '另一篇', link: '', origin: 'repost', originalId: repost.id } })).toMatchObject({ details: { issues: [{ rule: 'original_unknown' }] } });
  expect(await clerk.refusal(contract.binMediaItem, { edition, id: item.id, version: 1, binned: true })).toMatchObject({ details: { rule: 'media_has_reposts' } });
  await clerk.call(contract.binMediaItem, { edition, id: repost.id, version: 1, binned: true });
  await clerk.call(contract.editMediaItem, { edition, id: item.id, version: 1, content: { ...content, title: '服务月启动' } });
  expect(await entry()).toMatchObject({ version: 2, content: { title: '服务月启动' } });
  await clerk.call(contract.binMediaItem, { edition, id: item.id, version: 2, binned: true });
  expect((await entry()).deletedAt).not.toBeNull();
  expect(await clerk.refusal(contract.binMediaItem, { edition, id: repost.id, version: 2, binned: false })).toMatchObject({ details: { issues: [{ rule: 'original_unknown' }] } });
  expect(await clerk.call(contract.binMediaItem, { edition, id: item.id, version: 3, binned: false })).toMatchObject({ binned: false, entryId: item.entryId });
  expect((await entry()).deletedAt).toBeNull();
  expect(await clerk.call(contract.listMediaItems, { ...ofUnit, query: '启动' })).toMatchObject({ total: 1, mayWrite: true, items: [{ reposts: 0 }] });
  expect(await country.as('clerk of 990102').refusal(contract.getMediaItem, { edition, id: item.id })).toMatchObject({ code: 'not_found' });
  expect(await country.as(`reviewer of ${unitCode}`).refusal(contract.editMediaItem, { edition, id: item.id, version: 4, content })).toMatchObject({ code: 'not_permitted' });
}));

it('materials come in and are handed out, beside what the ledger counts', () => world.rolledBack(async (country) => {
  const clerk = country.as(`clerk of ${unitCode}`);
  const { id: activityId } = await clerk.call(recordActivity, { ...ofUnit, content: publicity({ title: '集市宣传', values: { ...publicity().values, materials: 300 } }) });
  const { id } = await clerk.call(contract.addMaterial, { ...ofUnit, content: { name: '商业秘密保护折页', form: 'leaflet' } });
  const move = { onDay: '2023-06-20' };
  await clerk.call(contract.moveMaterial, { edition, id, move: { ...move, kind: 'received', amount: 500, occasion: '印刷厂' } });
  expect(await clerk.refusal(contract.moveMaterial, { edition, id, move: { ...move, kind: 'handed_out', amount: 501, occasion: '集市' } })).toMatchObject({ details: { rule: 'stock_below_zero', count: 500 } });
  await clerk.call(contract.moveMaterial, { edition, id, move: { ...move, kind: 'handed_out', amount: 250, activityId } });
  const read = await clerk.call(contract.listMaterials, ofUnit);
  expect(read).toMatchObject({ materials: [{ figures: { received: 500, handedOut: 250, stock: 250 } }], comparison: { counted: 300, handedOut: 250, differing: [{ activityId, counted: 300, handedOut: 250 }] } });
  await clerk.call(contract.moveMaterial, { edition, id, move: { ...move, kind: 'handed_out', amount: 50, activityId } });
  expect((await clerk.call(contract.listMaterials, ofUnit)).comparison.differing).toEqual([]);
  expect((await clerk.call(getActivity, { id: activityId })).activity).toMatchObject({ version: 1, content: { values: { materials: 300 } } });
  expect(await clerk.refusal(contract.editMaterial, { edition, id, version: 4, content: { name: '折页', form: 'leaflet' }, binned: true })).toMatchObject({ details: { rule: 'material_in_stock' } });
  await clerk.call(contract.moveMaterial, { edition, id, move: { ...move, kind: 'received', amount: -200, reason: '受潮报废' } });
  expect(await clerk.call(contract.editMaterial, { edition, id, version: 5, content: { name: '折页', form: 'leaflet' }, binned: true })).toMatchObject({ binned: true });
  expect((await clerk.call(contract.listMoves, { ...ofUnit, material: id })).moves.map(({ number, amount, activityTitle }) => [number, amount, activityTitle])).toEqual([[4, -200, null], [3, 50, '集市宣传'], [2, 250, '集市宣传'], [1, 500, null]]);
  expect(await clerk.refusal(contract.moveMaterial, { edition, id, move: { ...move, kind: 'handed_out', amount: 1, activityId: `${id.slice(0, 2)}-00000000-0000-4000-8000-000000000000` } })).toMatchObject({ details: { rule: 'material_in_bin' } });
}));
