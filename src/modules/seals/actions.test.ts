// A receipt typed from paper: known to anyone, with nothing of the figures, and whether it is the newest.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../../testing/harness.ts';
import { act, bringUp, edition, fillLedger } from '../../testing/steps.ts';
import { verifyReceipt } from './contract.ts';
import { foldReceipt } from './rules.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const county = '990101';

describe('a receipt', () => {
  it('is known to anyone who holds the paper, however it is typed', async () => {
    await world.rolledBack(async (country) => {
      await fillLedger(country, county);
      const { seal, frozen } = await bringUp(country, county);
      const code = seal?.receiptCode ?? '';
      const typed = [code, code.toLowerCase(), ` ${code.replaceAll('-', ' ')} `, code.replaceAll('0', 'O'), code.replaceAll('-', '－'), `https://somewhere/verify/${code}`];
      for (const one of typed) {
        const answer = await country.anyone().call(verifyReceipt, { code: one });
        expect(answer).toEqual({
          receipt: {
            receiptCode: code, edition: { code: edition, title: '首届“服务月”活动开展情况统计表', official: true }, unit: { code: county, name: '望月县市场监督管理局' },
            version: 1, sealedAt: seal?.at, sha256: seal?.sha256, sm3: seal?.sm3, later: null,
            proof: { signature: { suite: 'SM2-SM3', key: 1, fingerprint: expect.stringMatching(/^[0-9A-F]{4}( [0-9A-F]{4}){7}$/) }, log: { origin: expect.stringMatching(/\/99$/), index: expect.any(Number), checkpoint: null } },
          },
          demonstration: false, openFrom: null,
        });
      }
      expect(frozen?.total).toBeDefined();
    })();
  });

  it('says that a later version was sealed, and shows the way to whoever may see the return', async () => {
    await world.rolledBack(async (country) => {
      await fillLedger(country, county);
      const first = (await bringUp(country, county)).seal?.receiptCode ?? '';
      await act(country, 'coordinator of 990100', county, { act: 'return_by_upper', reasons: [{ indicator: null, text: '请再核对一遍' }] });
      country.clock.set('2023-07-03T09:00:00.000+08:00');
      await bringUp(country, county);
      const asked = async (person: Parameters<typeof country.as>[0]) => country.as(person).call(verifyReceipt, { code: first });
      expect((await asked('coordinator of 990100')).receipt?.later).toEqual({ version: 2, sealedAt: '2023-07-03T09:00:00.000+08:00' });
      expect((await asked('coordinator of 990100')).openFrom).toBe('990100');
      expect((await asked('clerk of 990101')).openFrom).toBe('990101');
      expect((await asked('clerk of 990102')).openFrom).toBeNull();
    })();
  });

  it('that nobody gave out is not known', async () => {
    await world.rolledBack(async (country) => {
      for (const code of ['2023-990101-1-0000-0000', '---', 'x'.repeat(200)]) expect((await country.anyone().call(verifyReceipt, { code })).receipt).toBeNull();
    })();
  });

  it('is folded alike wherever it was read', () => {
    expect(foldReceipt(' 2O23－33O1O6 - 1 - 7f3a - 9Oc2 ')).toBe('202333010617f3a90c2');
    expect(foldReceipt('made-up-990101-1-0000-0000')).toBe('madeup990101100000000');
  });
});
