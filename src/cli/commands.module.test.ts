import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProblemRaised } from '../shared/problem.ts';
import { recordActivity } from '../modules/activities/contract.ts';
import { seedDemonstration } from '../demonstration/seed.ts';
import { memorySecrets } from '../kernel/secrets.ts';
import { openWorld, type World } from '../testing/harness.ts';
import { attending, bringUp, edition, fillLedger, publicity } from '../testing/steps.ts';
import { writeFormFile } from './commands/form.ts';
import { recount } from './commands/recount.ts';
import { checkSeals } from './commands/seals.ts';
import { showTable } from './commands/table.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const stage = { provinces: [{ unitCode: '980000', standing: 'complete' as const }], tourCounty: '980101' };

describe('table', () => {
  it('gives own level, jurisdiction and distinct enterprises by indicator', () => world.rolledBack(async ({ tx, as }) => {
    await as('clerk of 990101').call(recordActivity, { edition, unitCode: '990101', content: publicity({ enterprises: attending(1, 2) }) });
    await as('clerk of 990102').call(recordActivity, { edition, unitCode: '990102', content: publicity({ enterprises: attending(2, 3) }) });
    const { document, held } = await showTable(tx, edition, '990100');
    expect(held).toBe(true);
    expect(document).toMatchObject({
      own: { 'publicity.sessions': 0, 'publicity.enterprises': 0, 'media.central': 0 },
      jurisdiction: { 'publicity.sessions': 2, 'publicity.enterprises': 4 },
      distinct: { 'publicity.enterprises': 3, 'visit.enterprises': 0 },
    });
    expect(Object.keys(Reflect.get(document, 'own') as object)).toHaveLength(17);
  })());

  it('says so when the edition or the unit is not known', () => world.rolledBack(async ({ tx }) => {
    await expect(showTable(tx, edition, '123456')).rejects.toBeInstanceOf(ProblemRaised);
    await expect(showTable(tx, '1999', '990100')).rejects.toBeInstanceOf(ProblemRaised);
  })());
});

describe('recount', () => {
  it('finds nothing after honest work, and finds and mends a figure that was changed behind its back', () => world.rolledBack(async ({ tx, as }) => {
    await as('clerk of 990101').call(recordActivity, { edition, unitCode: '990101', content: publicity() });
    expect(await recount(tx, edition)).toMatchObject({ held: true, document: { differences: [] } });
    await sql`update figure_row set s1 = s1 + 5 where unit_code = '990101' and origin = 'records'`.execute(tx);
    expect(await recount(tx, edition)).toMatchObject({ held: false, document: { differences: [{ unitCode: '990101', origin: 'records', column: 's1', before: 6, after: 1 }] } });
    expect(await recount(tx, edition)).toMatchObject({ held: true });
  })());
});

describe('seals check', () => {
  const faults: readonly (readonly [string, string, object])[] = [
    ['a seal taken out of the chain', 'delete from seal_log where number = 1', { number: 1, fault: 'gap' }],
    ['a seal changed', `update seal_log set at = at + interval '1 minute' where number = 2`, { number: 2, fault: 'hash' }],
    ['a key put in the place of another', `update unit_key set public_key = (select public_key from installation_key) where unit_code = (select unit_code from seal_log where number = 1)`, { number: 1, fault: 'certificate' }],
    ['a certificate gone', 'delete from unit_key where unit_code = (select unit_code from seal_log where number = 2)', { number: 2, fault: 'key_missing' }],
    ['a figure of a sealed table changed', `update return_version v set content = jsonb_set(content, '{total,visit.enterprises}', '99') from seal_log s where s.number = 2 and v.unit_code = s.unit_code and v.number = s.return_version`, { number: 2, fault: 'content_changed' }],
    ['a sealed table missing', `delete from return_version v using seal_log s where s.number = 1 and v.unit_code = s.unit_code`, { number: 1, fault: 'version_missing' }],
  ];

  it('holds for what was sealed in earnest', () => world.rolledBack(async ({ tx }) => {
    await seedDemonstration(tx, { stage, scale: 0.1, pictures: [], secrets: memorySecrets() });
    expect(await checkSeals(tx)).toMatchObject({ held: true, document: { seals: 3, fault: null } });
  })());

  it.each(faults)('names %s', (_what, damage, fault) => world.rolledBack(async ({ tx }) => {
    await seedDemonstration(tx, { stage, scale: 0.1, pictures: [], secrets: memorySecrets() });
    await sql`${sql.raw(damage)}`.execute(tx);
    expect(await checkSeals(tx)).toMatchObject({ held: false, document: { fault } });
  })());
});

describe('form write', () => {
  it('writes the newest sealed version, else the draft, and says which', () => world.rolledBack(async (country) => {
    const directory = await mkdtemp(join(tmpdir(), 'fuwuyue-form-'));
    const asked = (format: 'docx' | 'xlsx') => ({ edition, unit: '990101', format, out: join(directory, `form.${format}`) });
    try {
      await fillLedger(country, '990101');
      expect((await writeFormFile(country.database, asked('xlsx'), 'newest')).document).toMatchObject({ draft: true, version: null, receiptCode: null });
      const { seal } = await bringUp(country, '990101');
      expect((await writeFormFile(country.database, asked('docx'), 'newest')).document).toMatchObject({ draft: false, version: 1, receiptCode: seal?.receiptCode });
      expect((await writeFormFile(country.database, asked('docx'), 'draft')).document).toMatchObject({ draft: true });
      expect((await readFile(join(directory, 'form.xlsx'))).toString('latin1').startsWith('PK')).toBe(true);
      await expect(writeFormFile(country.database, asked('docx'), 9)).rejects.toThrow('no version 9');
      await expect(writeFormFile(country.database, { ...asked('docx'), out: join(directory, 'no', 'such', 'folder') }, 'draft')).rejects.toThrow('cannot be written');
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  })());
});
