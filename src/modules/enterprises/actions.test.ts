// Looking enterprises up as one types, over a real register that grows by the entries that name them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../../testing/harness.ts';
import { edition, publicity, syntheticUscc } from '../../testing/steps.ts';
import { recordActivity } from '../activities/contract.ts';
import { findEnterprises, lookUpEnterprises } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const names = ['晴川精密仪器有限公司', '晴川新材料（集团）有限公司', '东湖晴川茶厂', 'Qingchuan Robotics Ltd.', '百分之百%食品有限公司'];

/** A register of five, named by one entry. */
function registered(run: Parameters<World['rolledBack']>[0]): () => Promise<void> {
  return () =>
    world.rolledBack(async (country) => {
      const enterprises = names.map((name, index) => ({ uscc: syntheticUscc(index + 1), name, reason: null }));
      await country.as('clerk of 990101').call(recordActivity, { edition, unitCode: '990101', content: publicity({ enterprises }) });
      await run(country);
    })();
}

describe('finding enterprises', () => {
  it.each([
    ['by the beginning of a name, the shorter first', '晴川', [0, 1, 2]],
    ['by a part inside the name', '茶厂', [2]],
    ['whatever the brackets', '新材料(集团)', [1]],
    ['in capitals or not', 'qingchuan robotics', [3]],
    ['by the beginning of a code', syntheticUscc(2).slice(0, 16), [1]],
    ['by a code with blanks and full-width characters', `９１９９ 0001 ${syntheticUscc(3).slice(8).toLowerCase()}`, [2]],
    ['not at all when there is none', '远海', []],
    ['with a percent sign taken as it stands', '百%', []],
    ['with an underscore taken as it stands', '9199____', []],
  ])('%s', (_what, query, found) => registered(async (country) => {
    const { enterprises } = await country.as('clerk of 990102').call(findEnterprises, { query });
    expect(enterprises.map(({ name }) => name)).toEqual(found.map((index) => names[index]));
  })());

  it('gives no more than asked for', registered(async (country) => {
    expect((await country.as('clerk of 990101').call(findEnterprises, { query: '9199', limit: 2 })).enterprises).toHaveLength(2);
    expect((await country.as('clerk of 990101').refusal(findEnterprises, { query: '9199', limit: 21 })).code).toBe('invalid_input');
  }));

  it('is for people signed in, with two characters at least', registered(async (country) => {
    expect((await country.anyone().refusal(findEnterprises, { query: '晴川' })).code).toBe('not_signed_in');
    expect(await country.as('clerk of 990101').refusal(findEnterprises, { query: ' 晴 ' })).toMatchObject({ code: 'invalid_input', details: { issues: [{ path: 'query', rule: 'text_too_short' }] } });
  }));
});

describe('looking codes up', () => {
  it('names those that are registered and leaves out the rest, wrong codes too', registered(async (country) => {
    const wrong = `${syntheticUscc(1).slice(0, 17)}${syntheticUscc(1).endsWith('0') ? '1' : '0'}`;
    const { enterprises } = await country.as('clerk of 990101').call(lookUpEnterprises, { codes: [syntheticUscc(2), syntheticUscc(77), wrong, syntheticUscc(1), syntheticUscc(2)].join(',') });
    expect(enterprises).toEqual([{ uscc: syntheticUscc(1), name: names[0] }, { uscc: syntheticUscc(2), name: names[1] }]);
    expect(await country.as('clerk of 990101').call(lookUpEnterprises, { codes: '' })).toEqual({ enterprises: [] });
  }));

  it('the name first registered stays, whatever later entries say', registered(async (country) => {
    const renamed = [{ uscc: syntheticUscc(1), name: '另一个名字', reason: null }];
    await country.as('clerk of 990102').call(recordActivity, { edition, unitCode: '990102', content: publicity({ enterprises: renamed }) });
    expect((await country.as('clerk of 990102').call(lookUpEnterprises, { codes: syntheticUscc(1) })).enterprises).toEqual([{ uscc: syntheticUscc(1), name: names[0] }]);
  }));
});
