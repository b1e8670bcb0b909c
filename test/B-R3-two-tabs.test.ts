// B-R3. Two tabs change the same entry. Pass: the second save changes nothing and is answered with what stands now, so that the page
// can show both (e2e/recording.test.ts does); never a silent overwrite.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editActivity, getActivity, recordActivity } from '../src/modules/activities/contract.ts';
import { openWorld, type World } from '../src/testing/harness.ts';
import { edition, training } from '../src/testing/steps.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('two tabs with the same entry', () => {
  it('save once, and the second is asked', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const { id, version } = await clerk.call(recordActivity, { edition, unitCode: '990101', content: training() });
    const [one, other] = [training({ values: { mode: 'offline', attendances: 41 } }), training({ values: { mode: 'offline', attendances: 48 } })];
    await clerk.call(editActivity, { id, version, content: one });
    expect(await clerk.refusal(editActivity, { id, version, content: other })).toMatchObject({ code: 'stale_version' });
    const { activity: stands } = await clerk.call(getActivity, { id });
    expect(stands).toMatchObject({ version: version + 1, content: { values: { attendances: 41 } } });
    expect((await clerk.call(editActivity, { id, version: stands.version, content: other })).version).toBe(version + 2);
  })());
});
