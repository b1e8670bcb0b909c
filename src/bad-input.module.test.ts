// What people really type and drop, through the whole API: each gets one clear code at the field it is about, nothing is
// stored of it, and what is only odd, but true, is kept as it stands.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { findTwins, getActivity, recordActivity } from './modules/activities/contract.ts';
import type { EntryContent } from './modules/activities/model.ts';
import { maximumFileBytes } from './modules/evidence/model.ts';
import { uploadEvidence } from './modules/evidence/contract.ts';
import { getTable } from './modules/figures/contract.ts';
import { invite } from './modules/people/contract.ts';
import { type Country, openWorld, type World } from './testing/harness.ts';
import { attending, edition, syntheticUscc, training, visit } from './testing/steps.ts';

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
const issuesOf = async (country: Country, content: EntryContent): Promise<unknown> => {
  const { code, status, details } = await country.as('clerk of 990101').refusal(recordActivity, { ...county, content });
  expect([code, status]).toEqual(['invalid_input', 400]);
  expect((await country.as('clerk of 990101').call(getTable, county)).entries).toBe(0);
  return details['issues'];
};
const named = (uscc: string) => [{ uscc, name: '测试企业', reason: null }];
const wrongCheck = `${syntheticUscc(1).slice(0, 17)}${syntheticUscc(1).endsWith('1') ? '2' : '1'}`;

describe('an entry', () => {
  it.each([
    ['a wrong check character', named(wrongCheck), 'uscc_check'],
    ['a letter that codes do not have', named(`${syntheticUscc(1).slice(0, 8)}O${syntheticUscc(1).slice(9)}`), 'uscc_check'],
    ['a code cut short', named(syntheticUscc(1).slice(0, 17)), 'uscc_check'],
    ['what Excel makes of a code', named('9.1E+17'), 'uscc_check'],
    ['a code far too long', named('9'.repeat(60)), 'uscc_length'],
  ])('with %s is told so at the code', (_what, enterprises, rule) => rolledBack(async (country) => {
    expect(await issuesOf(country, training({ enterprises }))).toEqual([expect.objectContaining({ path: 'content.enterprises.0.uscc', rule })]);
  })());

  it('of the year 1900 is told which dates the edition takes', rolledBack(async (country) => {
    expect(await issuesOf(country, training({ occurredOn: '1900-01-01' }))).toEqual([{ path: 'content.occurredOn', rule: 'date_outside_edition', from: '2023-05-16', to: '2023-07-07' }]);
  }));

  it('on a day that does not exist is told so', rolledBack(async (country) => {
    expect(await issuesOf(country, training({ occurredOn: '2023-02-29' }))).toEqual([expect.objectContaining({ path: 'content.occurredOn', rule: 'calendar_date' })]);
  }));

  it('with 10^12 people is told how many are believed', rolledBack(async (country) => {
    const issues = await issuesOf(country, training({ values: { mode: 'offline', attendances: 10 ** 12 } }));
    expect(issues).toEqual([expect.objectContaining({ path: 'content.values.attendances', rule: 'too_many', maximum: expect.any(Number) })]);
  }));

  it('with half a person, fewer than nobody, or a number as text is told so', rolledBack(async (country) => {
    for (const [attendances, rule] of [[0.5, 'whole_number'], [-1, 'not_negative']] as const) {
      expect(await issuesOf(country, training({ values: { mode: 'offline', attendances } }))).toEqual([expect.objectContaining({ path: 'content.values.attendances', rule })]);
    }
    expect(await issuesOf(country, training({ values: { mode: 'offline', attendances: '三十' } }))).toEqual([expect.objectContaining({ path: 'content.values.attendances', rule: 'whole_number' })]);
  }));

  it.each([
    ['an emoji', '培训会🎉👩‍👩‍👧 𠮷林专场'],
    ['a formula', '=HYPERLINK("http://example.invalid","x")'],
    ['a formula with a sign before it', '+cmd|calc'],
    ['markup', '<b onclick="x()">培训</b>'],
  ])('with %s in its words keeps it as text, letter by letter', (_what, words) => rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const enterprises = [{ uscc: syntheticUscc(1), name: words, reason: null }];
    const { id } = await clerk.call(recordActivity, { ...county, content: training({ title: words, place: words, note: words, enterprises }) });
    expect((await clerk.call(getActivity, { id })).activity.content).toMatchObject({ title: words, place: words, note: words, enterprises });
  })());

  it('with characters that cannot be seen is told so', rolledBack(async (country) => {
    for (const title of ['培训\u0000会', '培训\u202e会', '培训\ud800会']) {
      expect(await issuesOf(country, training({ title }))).toEqual([expect.objectContaining({ path: 'content.title', rule: 'unprintable_characters' })]);
    }
  }));

  it('is told everything that is wrong at once', rolledBack(async (country) => {
    const issues = (await issuesOf(country, training({ title: '', occurredOn: 'yesterday', enterprises: [...attending(1), ...named(wrongCheck)] }))) as { path: string }[];
    expect([...new Set(issues.map(({ path }) => path))].sort()).toEqual(['content.enterprises.1.uscc', 'content.occurredOn', 'content.title']);
  }));
});

describe('a file', () => {
  const name = '现场.jpg';

  it('of 40 MB is refused before it is read', rolledBack(async (country) => {
    const bytes = new Uint8Array(40 * 1024 * 1024);
    const refused = await country.as('clerk of 990101').refusal(uploadEvidence, { ...county, name }, { bytes });
    expect(refused).toMatchObject({ code: 'too_large', status: 413, details: { maximumBytes: maximumFileBytes } });
    const said = await country.as('clerk of 990101').raw('/api/editions/2023/units/990101/evidence?name=a.jpg', { method: 'POST', headers: { 'x-request-key': 'forty-megabytes', 'content-length': String(bytes.length) }, body: 'x' });
    expect(said.status).toBe(413);
  }));

  it('that is no picture, whatever it is called, is refused with the reason', rolledBack(async (country) => {
    for (const [bytes, reason] of [['=1+1', 'type_not_allowed'], ['<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', 'type_not_allowed'], ['', 'empty']] as const) {
      expect(await country.as('clerk of 990101').refusal(uploadEvidence, { ...county, name }, { bytes: new TextEncoder().encode(bytes) })).toMatchObject({ code: 'file_refused', details: { reason } });
    }
  }));

  it('sent in by two units is seen to be the same picture, although each was drawn anew', rolledBack(async (country) => {
    const photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#336699' } }).jpeg().toBuffer();
    const kept = await country.as('clerk of 990102').call(uploadEvidence, { edition, unitCode: '990102', name }, { bytes: photo });
    await country.as('clerk of 990102').call(recordActivity, { edition, unitCode: '990102', content: visit(1, { evidence: [kept.id], occurredOn: '2023-06-01' }) });
    const again = await country.as('clerk of 990101').call(uploadEvidence, { ...county, name: 'IMG_0001.jpg' }, { bytes: photo });
    expect(again.sha256).toBe(kept.sha256);
    const { twins } = await country.as('clerk of 990101').call(findTwins, { ...county, occurredOn: '2023-06-15', title: '走访另一家', place: '', evidence: again.id });
    expect(twins).toEqual([expect.objectContaining({ id: null, unitCode: '990102', signs: ['same_picture'] })]);
  }));
});

describe('an account', () => {
  it('with a formula as its name is a person with an odd name, and a sign-in name of other letters is refused', rolledBack(async (country) => {
    const administrator = country.as('system_administrator of 990101');
    const roles = [{ role: 'clerk' as const, unitCode: '990101' }];
    expect((await administrator.call(invite, { unitCode: '990101', signInName: 'li.si', displayName: '=1+1', roles })).accountName).toBe('=1+1');
    expect((await administrator.refusal(invite, { unitCode: '990101', signInName: '=1+1', displayName: '李四', roles })).code).toBe('invalid_input');
  }));
});
