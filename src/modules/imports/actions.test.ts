// Journeys of sheets over a real database: taken part by part, once, and with the same result as entries recorded one by one.
// Needs the build, since sheets are read in a worker.
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recount } from '../../cli/commands/recount.ts';
import { readSheets } from '../../documents/sheets.ts';
import { cellText } from '../../documents/sheets/cells.ts';
import { type Cell as WrittenCell } from '../../documents/workbook/model.ts';
import { workbookBytes } from '../../documents/workbook.ts';
import type { Tx } from '../../kernel/database.ts';
import type { Person } from '../../testing/country.ts';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { attending, edition, syntheticUscc, training } from '../../testing/steps.ts';
import { deleteActivity, editActivity, listActivities, recordActivity } from '../activities/contract.ts';
import type { EntryContent } from '../activities/model.ts';
import { findEnterprises } from '../enterprises/contract.ts';
import { applyImport, checkImport, getImport, listImports, mapImport, undoImport, uploadImport, writeImportTemplate, writeProblemSheet } from './contract.ts';
import { rowsPerPart } from './model.ts';
import { forgetParts } from './queries.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const unitCode = '990101';
const clerk: Person = 'clerk of 990101';
const heads = ['序号', '培训时间', '培训名称', '培训地点', '形式', '参与人数（人次）', '参会企业', '统一社会信用代码', '备注'];
type Line = readonly WrittenCell[];

const day = (number: number): string => `2023-06-${String(1 + (number % 25)).padStart(2, '0')}`;

function line(number: number, over: { readonly title?: string; readonly people?: WrittenCell; readonly day?: WrittenCell; readonly code?: string } = {}): Line {
  return [
    number, over.day ?? { date: day(number) }, over.title ?? `商业秘密保护培训第${number}场`, '会议室', '线下', over.people ?? 20 + number,
    `测试企业${number}`, over.code ?? syntheticUscc(number), '',
  ];
}

async function sheetOf(lines: readonly Line[], first: readonly WrittenCell[] = heads): Promise<Uint8Array> {
  return workbookBytes({ sheets: [{ name: '台账', columns: [], rows: [['某局2023年培训台账'], first, ...lines, ['合计', lines.length]] }] });
}

async function uploaded(country: Country, bytes: Uint8Array, fileName = '培训台账.xlsx', kind = 'training') {
  const job = await country.as(clerk).call(uploadImport, { edition, unitCode, kind, fileName }, { bytes });
  return country.as(clerk).call(mapImport, { id: job.id, headerRow: job.headerRow, columns: job.columns });
}

async function taken(country: Country, id: string, changes = true) {
  for (;;) {
    const job = await country.as(clerk).call(getImport, { id });
    if (job.nextPart === job.partCount) return job;
    await country.as(clerk).call(applyImport, { id, part: job.nextPart, changes });
  }
}

async function checked(country: Country, id: string, part = 0) {
  return (await country.as(clerk).call(checkImport, { id, part })).rows;
}

/** Everything the ledger and its figures are, but for ids, moments and numbers of versions of the whole. */
async function stateOf(tx: Tx): Promise<unknown> {
  const entries = await sql`select kind, occurred_on, title, content, counters, amounts, distinct_counters, version, deleted_at is null as live from activity order by occurred_on, title, content::text, version`.execute(tx);
  const versions = await sql`
    select a.title as of, v.version, v.change, v.content, v.counters, v.amounts, v.reason, v.account_name from activity_version v join activity a on a.id = v.activity_id
    order by a.occurred_on, a.title, v.content::text, v.version`.execute(tx);
  const figures = await sql`select to_jsonb(f) - 'ledger_no' as row from figure_row f order by unit_code, origin`.execute(tx);
  const presences = await sql`
    select p.unit_code, e.uscc, p.slot, p.times, p.credit0, p.credit1, p.credit2, p.credit3 from presence p join enterprise e on e.id = p.enterprise_id order by 1, 2, 3`.execute(tx);
  const participations = await sql`select a.title, a.occurred_on, e.uscc from participation p join activity a on a.id = p.activity_id join enterprise e on e.id = p.enterprise_id order by 1, 2, 3`.execute(tx);
  const audit = await sql`select action, after->'changed' as changed, basis, count(*) from audit_event where subject_kind = 'activity' group by 1, 2, 3 order by 1, 2::text`.execute(tx);
  return { entries: entries.rows, versions: versions.rows, figures: figures.rows, presences: presences.rows, participations: participations.rows, audit: audit.rows };
}

class TakeBack extends Error {}

/** What a story leaves, without leaving it. */
async function outcomeOf(tx: Tx, story: () => Promise<void>): Promise<unknown> {
  let state: unknown;
  await sql`savepoint story`.execute(tx);
  try {
    await story();
    state = await stateOf(tx);
    throw new TakeBack();
  } catch (error) {
    if (!(error instanceof TakeBack)) throw error;
  }
  await sql`rollback to savepoint story`.execute(tx);
  return state;
}

describe('a sheet', () => {
  it('is read, looked at and taken; the same sheet again changes nothing', () => world.rolledBack(async (country) => {
    const bytes = await sheetOf([line(1), line(2), line(3, { day: '6月4日', people: '１,２００人' })]);
    const job = await uploaded(country, bytes);
    expect(job).toMatchObject({ state: 'mapped', headerRow: 1, rowCount: 6, partCount: 1, kind: 'training' });
    expect(job.columns).toEqual([null, 'occurredOn', 'title', 'place', 'values.mode', 'values.attendances', 'enterprises', 'enterpriseCodes', 'note']);
    const rows = await checked(country, job.id);
    expect(rows.map(({ row, verdict }) => [row, verdict])).toEqual([[3, 'new'], [4, 'new'], [5, 'new']]);
    expect(await taken(country, job.id)).toMatchObject({ state: 'applied', counts: { new: 3, changed: 0, same: 0, wrong: 0 } });
    const { activities } = await country.as(clerk).call(listActivities, { edition, unitCode, query: '第3场' });
    expect(activities[0]?.content).toEqual({
      kind: 'training', occurredOn: '2023-06-04', title: '商业秘密保护培训第3场', place: '会议室', values: { mode: 'offline', attendances: 1200, days: 1 }, enterprises: attending(3), coHosts: [], windowReason: null, evidence: [], note: null,
    });
    const before = await stateOf(country.tx);
    const again = await uploaded(country, bytes);
    expect((await checked(country, again.id)).map(({ verdict }) => verdict)).toEqual(['same', 'same', 'same']);
    expect(await taken(country, again.id)).toMatchObject({ counts: { new: 0, changed: 0, same: 3 } });
    expect(await stateOf(country.tx)).toEqual(before);
  })());

  it('takes changed rows as new versions only when they are wanted, and never deletes what it has not', () => world.rolledBack(async (country) => {
    await taken(country, (await uploaded(country, await sheetOf([line(1), line(2), line(3)]))).id);
    const changed = await uploaded(country, await sheetOf([line(1), line(3, { people: 99 }), line(4)]));
    expect(changed.missing).toMatchObject({ count: 1, first: [{ title: '商业秘密保护培训第2场' }] });
    const rows = await checked(country, changed.id);
    expect(rows.map(({ verdict }) => verdict)).toEqual(['same', 'changed', 'new']);
    expect([rows[1]?.before?.values['attendances'], rows[1]?.after?.values['attendances']]).toEqual([23, 99]);
    expect(await taken(country, changed.id, false)).toMatchObject({ counts: { new: 1, changed: 0, same: 1 } });
    const wanted = await uploaded(country, await sheetOf([line(3, { people: 99 })]));
    await taken(country, wanted.id);
    const { activities } = await country.as(clerk).call(listActivities, { edition, unitCode });
    expect(activities.map(({ content, version }) => [content.title.slice(-3), content.values['attendances'], version]).toSorted()).toEqual([['第1场', 21, 1], ['第2场', 22, 1], ['第3场', 99, 2], ['第4场', 24, 1]]);
  })());

  it('says of each wrong row what is wrong, takes the others, and gives the wrong ones back as a sheet', () => world.rolledBack(async (country) => {
    const wrong = [
      line(1, { day: '2023-08-01' }), line(2, { people: '很多' }), line(3, { code: '91990001000000035X' }), line(4, { title: '' }), line(5),
      line(6, { day: '上周' }), [7, { date: day(7) }, '培训七', '会议室', '现场', 5, '', '', ''], line(8, { people: -3 }),
    ];
    const job = await uploaded(country, await sheetOf(wrong));
    const rows = await checked(country, job.id);
    expect(rows.map(({ verdict, issues }) => [verdict, ...issues.map(({ column, issue }) => `${column} ${issue.rule}`)])).toEqual([
      ['wrong', 'occurredOn date_outside_edition'], ['wrong', 'values.attendances not_number'], ['wrong', 'enterprises code_wrong'], ['wrong', 'title text_too_short'], ['new'],
      ['wrong', 'occurredOn calendar_date'], ['wrong', 'values.mode unknown_choice'], ['wrong', 'values.attendances not_negative'],
    ]);
    expect(await taken(country, job.id)).toMatchObject({ counts: { new: 1, wrong: 7 } });
    const told = rows.filter(({ verdict }) => verdict === 'wrong').map(({ row }) => ({ row, text: `=第${row}行有误` }));
    const bytes = (await country.as(clerk).call(writeProblemSheet, { id: job.id, heading: '问题', problems: told })) as Uint8Array;
    const [sheet] = await readSheets(bytes, '问题.xlsx');
    expect(sheet?.rows.map((row) => cellText(row[9]))).toEqual(['问题', ...told.map(({ text }) => text)]);
    expect(sheet?.rows[1]?.slice(1, 3)).toEqual(['2023-08-01', '商业秘密保护培训第1场']);
  })());

  it('is taken in parts, each once, in order, by whoever goes on', () => world.rolledBack(async (country) => {
    const lines = Array.from({ length: rowsPerPart + 40 }, (_, index) => line(index + 1));
    const job = await uploaded(country, await sheetOf(lines));
    expect(job.partCount).toBe(2);
    const client = country.as(clerk);
    const key = 'the-first-part-again';
    const first = await client.call(applyImport, { id: job.id, part: 0, changes: true }, { requestKey: key });
    expect(await client.call(applyImport, { id: job.id, part: 0, changes: true }, { requestKey: key })).toEqual(first);
    expect(await client.refusal(applyImport, { id: job.id, part: 0, changes: true })).toMatchObject({ code: 'wrong_state', details: { nextPart: 1 } });
    expect((await client.call(listImports, { edition, unitCode })).imports).toMatchObject([{ id: job.id, state: 'applying', nextPart: 1 }]);
    expect(await taken(country, job.id)).toMatchObject({ state: 'applied', counts: { new: rowsPerPart + 40, same: 0 } });
    expect((await recount(country.tx, edition)).held).toBe(true);
  })());

  it('is taken back whole, but for entries somebody has changed since, and can come again', () => world.rolledBack(async (country) => {
    const bytes = await sheetOf([line(1), line(2), line(3)]);
    const job = await uploaded(country, bytes);
    await taken(country, job.id);
    const client = country.as(clerk);
    const { activities } = await client.call(listActivities, { edition, unitCode });
    const [edited] = activities;
    await client.call(editActivity, { id: edited?.id ?? '', version: 1, content: { ...training(), title: '另改的标题' } });
    expect(await client.call(undoImport, { id: job.id })).toMatchObject({ state: 'undone', counts: { new: 3, undone: 2 } });
    expect((await client.call(listActivities, { edition, unitCode })).total).toBe(1);
    const again = await uploaded(country, bytes);
    expect((await checked(country, again.id)).map(({ verdict }) => verdict).toSorted()).toEqual(['changed', 'new', 'new']);
    expect((await recount(country.tx, edition)).held).toBe(true);
    expect(await client.refusal(undoImport, { id: job.id })).toMatchObject({ code: 'wrong_state' });
  })());

  it('leaves alone what somebody has deleted, and says which entries look the same', () => world.rolledBack(async (country) => {
    const client = country.as(clerk);
    await client.call(recordActivity, { edition, unitCode, content: training({ occurredOn: day(1), title: '商业秘密保护培训第1场' }) });
    const job = await uploaded(country, await sheetOf([line(1), line(2), line(2)]));
    const rows = await checked(country, job.id);
    expect(rows.map(({ twins, repeated }) => [twins.length, repeated])).toEqual([[1, false], [0, false], [0, true]]);
    await taken(country, job.id);
    const { activities } = await client.call(listActivities, { edition, unitCode, query: '第2场' });
    const [gone] = activities;
    await client.call(deleteActivity, { id: gone?.id ?? '', version: 1 });
    const again = await uploaded(country, await sheetOf([line(1), line(2), line(2)]));
    expect((await checked(country, again.id)).map(({ verdict }) => verdict).toSorted()).toEqual(['deleted', 'same', 'same']);
  })());

  it('is forgotten after some weeks, but not which row made which entry', () => world.rolledBack(async (country) => {
    const bytes = await sheetOf([line(1)]);
    const job = await uploaded(country, bytes);
    await taken(country, job.id);
    expect(await forgetParts(country.tx, '2023-01-01T00:00:00.000+08:00', 10)).toBe(0);
    expect(await forgetParts(country.tx, '2023-12-31T00:00:00.000+08:00', 10)).toBe(1);
    expect((await checked(country, (await uploaded(country, bytes)).id)).map(({ verdict }) => verdict)).toEqual(['same']);
  })());

  it('remembers how a unit reads its own headings', () => world.rolledBack(async (country) => {
    const client = country.as(clerk);
    const own = ['序号', '哪天', '做了什么', '培训地点', '形式', '来了多少', '参会企业', '统一社会信用代码', '备注'];
    const bytes = await sheetOf([line(1)], own);
    const job = await client.call(uploadImport, { edition, unitCode, kind: 'training', fileName: 'a.xlsx' }, { bytes });
    const columns = job.columns.map((name, index) => (index === 1 ? 'occurredOn' : index === 2 ? 'title' : index === 5 ? 'values.attendances' : name));
    expect(job.columns[1]).toBeNull();
    await client.call(mapImport, { id: job.id, headerRow: job.headerRow, columns });
    expect((await client.call(uploadImport, { edition, unitCode, kind: 'training', fileName: 'b.xlsx' }, { bytes })).columns).toEqual(columns);
    expect(await client.refusal(mapImport, { id: job.id, headerRow: 1, columns: ['title', 'title'] })).toMatchObject({ code: 'invalid_input' });
    expect(await client.refusal(mapImport, { id: job.id, headerRow: 1, columns: ['values.views_of_moon'] })).toMatchObject({ code: 'invalid_input' });
  })());

  it('is nobody else\'s', () => world.rolledBack(async (country) => {
    const job = await uploaded(country, await sheetOf([line(1)]));
    for (const person of ['clerk of 990102', 'coordinator of 990100', 'reviewer of 990101', 'national_office of 000000'] as const) {
      // Beside one does not even learn that it is there.
      const code = person === 'clerk of 990102' ? 'not_found' : 'not_permitted';
      expect(await country.as(person).refusal(getImport, { id: job.id }), person).toMatchObject({ code });
      expect(await country.as(person).refusal(applyImport, { id: job.id, part: 0, changes: true }), person).toMatchObject({ code });
      expect(await country.as(person).refusal(listImports, { edition, unitCode }), person).toMatchObject({ code: 'not_permitted' });
      expect(await country.as(person).refusal(writeImportTemplate, { edition, unitCode, kind: 'training', withEntries: true }), person).toMatchObject({ code: 'not_permitted' });
      expect(await country.as(person).refusal(writeProblemSheet, { id: job.id, heading: '问题', problems: [] }), person).toMatchObject({ code });
    }
    await sql`update edition set closed_at = now()`.execute(country.tx);
    expect(await country.as(clerk).refusal(applyImport, { id: job.id, part: 0, changes: true })).toMatchObject({ code: 'refused_by_rule', details: { rule: 'edition_closed' } });
  })());
});

describe('the template', () => {
  it('comes back as it went out: the example is no entry, entries by their number are the same', () => world.rolledBack(async (country) => {
    const client = country.as(clerk);
    const content = training({
      enterprises: [...attending(1), { uscc: null, name: '路口小店', reason: 'sole_trader' }], note: '=1+1\n第二行', values: { mode: 'mixed', attendances: 40, days: 2, topic: 'evidence', partners: '某 协会' },
    });
    const valid = world.edition.kinds.find(({ code }) => code === 'training')?.fields.find(({ code }) => code === 'topic')?.options?.[0]?.code ?? '';
    await client.call(recordActivity, { edition, unitCode, content: { ...content, values: { ...content.values, topic: valid } } });
    const empty = (await client.call(writeImportTemplate, { edition, unitCode, kind: 'training' })) as Uint8Array;
    const fresh = await uploaded(country, empty, '能力提升培训导入表.xlsx');
    expect(fresh).toMatchObject({ marker: { edition, unitCode, kind: 'training' }, headerRow: 1 });
    expect(await checked(country, fresh.id)).toEqual([]);
    const full = (await client.call(writeImportTemplate, { edition, unitCode, kind: 'training', withEntries: true })) as Uint8Array;
    const back = await uploaded(country, full);
    const rows = await checked(country, back.id);
    expect(rows.map(({ verdict, issues }) => [verdict, issues])).toEqual([['same', []]]);
    const exports = await country.tx.selectFrom('auditEvent').select('after').where('action', '=', 'imports.write_template').orderBy('id').execute();
    expect(exports.map(({ after }) => after)).toEqual([{ kind: 'training', rows: 0, withEntries: false }, { kind: 'training', rows: 1, withEntries: true }]);
  })());

  it('finds its own headings again, whatever the kind has', () => world.rolledBack(async (country) => {
    for (const code of ['visit', 'suggestion', 'media_item']) {
      const bytes = (await country.as(clerk).call(writeImportTemplate, { edition, unitCode, kind: code })) as Uint8Array;
      const job = await country.as(clerk).call(uploadImport, { edition, unitCode, kind: code, fileName: 'x.xlsx' }, { bytes });
      expect(job.columns.every((name) => name !== null), code).toBe(true);
    }
  })());
});

describe('a sheet of enterprises', () => {
  it('adds those the register does not know, once, and keeps the names it has', () => world.rolledBack(async (country) => {
    const client = country.as(clerk);
    await client.call(recordActivity, { edition, unitCode, content: training({ enterprises: attending(1) }) });
    const text = `企业名称,统一社会信用代码\r\n改了名的企业,${syntheticUscc(1)}\r\n新企业甲,${syntheticUscc(2)}\r\n新企业甲,${syntheticUscc(2)}\r\n坏代码企业,91990001000000035X\r\n`;
    const bytes = new TextEncoder().encode(text);
    const job = await client.call(uploadImport, { edition, unitCode, subject: 'enterprises', fileName: '企业.csv' }, { bytes });
    await client.call(mapImport, { id: job.id, headerRow: job.headerRow, columns: job.columns });
    const rows = await checked(country, job.id);
    expect(rows.map(({ verdict, issues }) => [verdict, ...issues.map(({ issue }) => issue.rule)])).toEqual([['same', 'registered_otherwise'], ['new'], ['same'], ['wrong', 'uscc_check']]);
    expect(await taken(country, job.id)).toMatchObject({ state: 'applied', counts: { new: 1, same: 2, wrong: 1 } });
    expect((await client.call(findEnterprises, { query: '新企业甲' })).enterprises).toEqual([{ uscc: syntheticUscc(2), name: '新企业甲' }]);
    expect(await client.refusal(undoImport, { id: job.id })).toMatchObject({ code: 'wrong_state' });
  })());
});

interface PlannedEntry {
  readonly title: number;
  readonly day: number;
  readonly people: number;
  readonly guests: readonly number[];
}

const plannedEntries = fc.array(
  fc.record({ title: fc.nat(6), day: fc.nat(24), people: fc.integer({ min: 1, max: 300 }), guests: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 4 }) }), { minLength: 1, maxLength: 12 },
);

const contentOfPlan = ({ title, day: at, people, guests }: PlannedEntry): EntryContent => training({ title: `培训${title}场`, occurredOn: day(at), values: { mode: 'offline', attendances: people, days: 1 }, enterprises: attending(...guests), place: '甲地' });

describe('taken in bulk', () => {
  it('leaves exactly what recording, editing and deleting one by one leave', () => world.rolledBack(async (country) => {
    const { tx } = country;
    const client = country.as(clerk);
    await country.as('clerk of 990102').call(recordActivity, { edition, unitCode: '990102', content: training({ enterprises: attending(1, 2, 3) }) });
    await fc.assert(fc.asyncProperty(plannedEntries, fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 12, maxLength: 12 }), async (plans, people) => {
      const second = plans.map((plan, index) => ({ ...plan, people: people[index] ?? 1, guests: plan.guests.slice(index % 2) }));
      const lineOf = (plan: PlannedEntry, number: number): Line => {
        const { title, occurredOn, values, enterprises, place } = contentOfPlan(plan);
        return [`甲${number}`, { date: occurredOn }, title, place, '线下', values['attendances'] ?? 0, enterprises.map(({ name }) => name).join('、'), enterprises.map(({ uscc }) => uscc).join('、'), null];
      };
      const asSheet = async (of: readonly PlannedEntry[]) => sheetOf(of.map(lineOf), ['编号', ...heads.slice(1)]);
      const bulk = await outcomeOf(tx, async () => {
        const first = await uploaded(country, await asSheet(plans));
        await taken(country, first.id);
        await taken(country, (await uploaded(country, await asSheet(second))).id);
        await client.call(undoImport, { id: first.id });
        expect((await recount(tx, edition)).held).toBe(true);
      });
      const single = await outcomeOf(tx, async () => {
        for (const [index, plan] of plans.entries()) {
          const { id } = await client.call(recordActivity, { edition, unitCode, content: contentOfPlan(plan) });
          const next = second[index] ?? plan;
          const differs = JSON.stringify(contentOfPlan(plan)) !== JSON.stringify(contentOfPlan(next));
          if (differs) await client.call(editActivity, { id, version: 1, content: contentOfPlan(next) });
          else await client.call(deleteActivity, { id, version: 1 });
        }
      });
      expect(bulk).toEqual(single);
    }), { numRuns: 4 });
  })(), 60_000);
});
