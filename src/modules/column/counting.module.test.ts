// A typical case counts once the public may read it, by the machine, once; a case of somebody else is shown and not counted.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLog } from '../../kernel/log.ts';
import { refreshAll } from '../../refreshing.ts';
import { type Country, monday, openWorld, type World } from '../../testing/harness.ts';
import { edition } from '../../testing/steps.ts';
import { listActivities } from '../activities/contract.ts';
import { getTable } from '../figures/contract.ts';
import { actOnArticle, createArticle, decideArticle, saveArticle } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const unitCode = '990101';
const unit = { edition, unitCode };

async function publish(country: Country, title: string, origin: string): Promise<{ id: string; version: number }> {
  const editor = country.as(`column_editor of ${unitCode}`);
  const document = { title, summary: '', origin, notBefore: null, blocks: [{ type: 'paragraph' as const, runs: [{ text: '以案释法', bold: false, link: null }] }] };
  const { id, version } = await editor.call(createArticle, { ...unit, kind: 'typical_case', document });
  const offered = await editor.call(actOnArticle, { id, version, act: 'offer' });
  const { version: published } = await country.as(`column_publisher of ${unitCode}`).call(decideArticle, { id, version: offered.version, act: 'publish' });
  return { id, version: published };
}

it('counts in row 8 by itself, follows its title, and is no version more where nothing changed', () => world.rolledBack(async (country) => {
  const clerk = country.as(`clerk of ${unitCode}`);
  const cases = async (): Promise<number> => (await clerk.call(getTable, unit)).own['typical_case.published']?.value ?? 0;
  const entries = async () => (await clerk.call(listActivities, { ...unit, kind: 'typical_case' })).activities.map(({ content, version, source, createdByName }) => [content.title, content.values['publication'], version, source?.kind, createdByName]);
  const own = await publish(country, '某配方被带走案', '望月县市场监督管理局');
  await publish(country, '总局公布的案例', '市场监管总局');
  expect(await refreshAll(country.ports, monday, silentLog)).toBe(2);
  expect(await refreshAll(country.ports, monday, silentLog)).toBe(0);
  expect(await entries()).toEqual(expect.arrayContaining([['某配方被带走案', 'first', 1, 'column', '系统'], ['总局公布的案例', 'repost', 1, 'column', '系统']]));
  expect(await cases()).toBe(1);
  const editor = country.as(`column_editor of ${unitCode}`);
  const saved = await editor.call(saveArticle, { id: own.id, version: own.version, document: { title: '配方被带走，责令改正', summary: '', origin: '', notBefore: null, blocks: [{ type: 'paragraph', runs: [{ text: '以案释法', bold: false, link: null }] }] } });
  const offered = await editor.call(actOnArticle, { id: own.id, version: saved.version, act: 'offer' });
  await country.as(`column_publisher of ${unitCode}`).call(decideArticle, { id: own.id, version: offered.version, act: 'publish' });
  expect(await refreshAll(country.ports, monday, silentLog)).toBe(1);
  expect((await entries()).map(([title, , version]) => [title, version])).toContainEqual(['配方被带走，责令改正', 2]);
  expect(await cases()).toBe(1);
})());
