// The edition files as data: sound, complete, and checks that prove themselves; deadlines by the calendar; a province's own rows.
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '../../shared/instant.ts';
import { returnState } from '../returns/model.ts';
import { blocksSealing, findingsOf } from '../validation/rules.ts';
import { editionDefinition, type ExtensionIndicator } from './model.ts';
import { checkDefinition } from './rules/definition.ts';
import { decideExtension } from './rules/extension.ts';
import { contentIssues, decideClosing, decideInternalDeadline, decideOpeningAgain, dueOf, isLate, suggestDeadline, workingDaysBefore } from './rules.ts';
import { stateCouncilCalendar } from './working-days.ts';

const read = async (file: string) => editionDefinition.parse(JSON.parse(await readFile(file, 'utf8')));
const official = await read('data/editions/2023.json');
const madeUp = await read('src/testing/editions/made-up.json');

describe.each([official, madeUp])('the edition $code', (definition) => {
  it('has no issue', () => expect(checkDefinition(definition)).toEqual([]));

  it.each(definition.checks)('$code is broken by its example, and no other check is', (check) => {
    const findings = findingsOf(definition, check.example);
    expect(findings).toMatchObject([{ check: check.code, severity: check.severity, indicator: check.indicator }]);
    expect(blocksSealing(findings)).toBe(check.severity === 'hard');
  });

  it('says every check in both languages, in Chinese that ends as a sentence does', () => {
    for (const { message } of definition.checks) {
      expect(message.zh).toMatch(/[。？]$/);
      expect(message.en).toMatch(/[.?]$/);
    }
  });
});

describe('the annex of 2023', () => {
  it('has ten rows and 17 cells', () => {
    expect(official.indicators).toHaveLength(17);
    expect([...new Set(official.indicators.map(({ row }) => row))]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(official).toMatchObject({ official: true, deadline: '2023-07-07T17:00:00.000+08:00', window: { from: '2023-06-01', to: '2023-06-30' } });
  });

  it.each([
    ['a check that its example does not break', { checks: [{ ...official.checks[0], example: {} }] }, 'example_does_not_break'],
    ['an indicator twice', { indicators: [...official.indicators, official.indicators[0]] }, 'code_twice'],
    ['a deadline inside the window', { deadline: '2023-06-20T17:00:00.000+08:00' }, 'deadline_inside_window'],
    ['a window outside the grace', { grace: { from: '2023-06-10', to: '2023-06-20' } }, 'window_outside_grace'],
  ])('is refused with %s', (_what, change, rule) => {
    expect(checkDefinition(editionDefinition.parse({ ...official, ...change })).map((issue) => issue.rule)).toContain(rule);
  });
});

describe('an entry', () => {
  const now = '2023-06-26T09:00:00.000+08:00';
  const training = { kind: 'training', occurredOn: '2023-06-15', place: '', values: { mode: 'offline', attendances: 30 }, enterprises: [{ uscc: 'a' }], windowReason: null };

  it.each([
    [{}, []],
    [{ occurredOn: '2023-05-20' }, ['window_reason_missing']],
    [{ occurredOn: '2023-05-20', windowReason: '文件印发后即开展' }, []],
    [{ occurredOn: '2023-05-15' }, ['date_outside_edition']],
    [{ occurredOn: '1900-01-01' }, ['date_outside_edition']],
    [{ occurredOn: '2023-06-27' }, ['date_in_future']],
    [{ values: { mode: 'offline' } }, ['value_missing']],
    [{ values: { mode: 'afar', attendances: 1 } }, ['unknown_choice']],
    [{ values: { mode: 'offline', attendances: 10 ** 12 } }, ['too_many']],
    [{ values: { mode: 'offline', attendances: 1, colour: 'red' } }, ['unknown_field']],
    [{ enterprises: [{ uscc: 'a' }, { uscc: 'a' }] }, ['enterprise_twice']],
    [{ enterprises: [{ uscc: null }, { uscc: null }] }, []],
  ])('with %o is told %o', (change, rules) => {
    expect(contentIssues(official, { ...training, ...change }, now).map(({ rule }) => rule)).toEqual(rules);
  });
});

describe('deadlines', () => {
  const edition = official.deadline;

  it('are the earliest set above', () => {
    expect(dueOf(edition, [])).toEqual({ due: edition, setBy: null });
    expect(dueOf(edition, [{ unitCode: '990000', dueAt: '2023-07-05T17:00:00.000+08:00' }, { unitCode: '990100', dueAt: '2023-07-04T12:00:00.000+08:00' }])).toEqual({ due: '2023-07-04T12:00:00.000+08:00', setBy: '990100' });
    expect(dueOf(edition, [{ unitCode: '990000', dueAt: '2023-07-08T17:00:00.000+08:00' }])).toEqual({ due: edition, setBy: null });
  });

  it('「17时前」: the last millisecond before is in time, the full hour is late', () => {
    expect(isLate('2023-07-07T16:59:59.999+08:00', edition)).toBe(false);
    expect(isLate('2023-07-07T17:00:00.000+08:00', edition)).toBe(true);
  });

  it('skip holidays, and count a Sunday that is worked', () => {
    // 2023: the Dragon Boat holiday took 22 to 24 June, and Sunday 25 June was worked for it.
    expect(workingDaysBefore('2023-06-27', 2, stateCouncilCalendar)).toBe('2023-06-25');
    expect(workingDaysBefore('2023-06-27', 3, stateCouncilCalendar)).toBe('2023-06-21');
  });

  it('are suggested one, three and five working days before the edition\'s', () => {
    const suggested = [0, 1, 2].map((depth) => suggestDeadline(edition, edition, depth, stateCouncilCalendar));
    expect(suggested).toMatchObject([
      { dueAt: '2023-07-06T17:00:00.000+08:00', workingDaysBefore: 1, provisional: false },
      { dueAt: '2023-07-04T17:00:00.000+08:00', workingDaysBefore: 3 },
      { dueAt: '2023-06-30T17:00:00.000+08:00', workingDaysBefore: 5 },
    ]);
  });

  it('suggested are always on a working day, before the unit\'s own, and so many working days as said', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 4 }), (day, earlier, depth) => {
      const date = addDays('2022-01-10', day);
      const own = `${addDays(date, -earlier)}T17:00:00.000+08:00`;
      const { dueAt, workingDaysBefore: days } = suggestDeadline(`${date}T17:00:00.000+08:00`, own, depth, stateCouncilCalendar);
      expect(dueAt < own).toBe(true);
      expect(stateCouncilCalendar.isWorkingDay(dueAt.slice(0, 10))).toBe(true);
      const between = Array.from({ length: daysBetween(dueAt.slice(0, 10), own.slice(0, 10)) }, (_, index) => addDays(dueAt, index + 1).slice(0, 10));
      expect(between.filter((one) => stateCouncilCalendar.isWorkingDay(one))).toHaveLength(days);
    }), { numRuns: 60 });
  });

  it('of a year without a published calendar are said to be provisional', () => {
    expect(suggestDeadline('2093-07-07T17:00:00.000+08:00', '2093-07-07T17:00:00.000+08:00', 1, stateCouncilCalendar).provisional).toBe(true);
  });

  it('for those below are neither after the unit\'s own nor past', () => {
    const facts = { ownDue: edition, now: '2023-06-26T09:00:00.000+08:00', closed: false, hasUnitsBelow: true };
    const ruleOf = (wanted: string, over: Partial<typeof facts> = {}) => {
      const decision = decideInternalDeadline(wanted, { ...facts, ...over });
      return decision.ok ? null : decision.problem.details['rule'];
    };
    expect(ruleOf(edition)).toBeNull();
    expect(ruleOf('2023-07-07T17:00:00.001+08:00')).toBe('deadline_after_own');
    expect(ruleOf(facts.now)).toBe('deadline_in_past');
    expect(ruleOf(edition, { closed: true })).toBe('edition_closed');
    expect(ruleOf(edition, { hasUnitsBelow: false })).toBe('no_units_below');
  });
});

describe('the end of an edition', () => {
  it('comes once the nation\'s own table stands sealed, and never twice', () => {
    for (const nationState of returnState.options) expect(decideClosing({ closed: false, nationState }).ok).toBe(nationState === 'sealed');
    expect(decideClosing({ closed: true, nationState: 'sealed' })).toMatchObject({ problem: { details: { rule: 'edition_closed' } } });
  });

  it('is taken back only where it has come', () => {
    expect(decideOpeningAgain({ closed: true }).ok).toBe(true);
    expect(decideOpeningAgain({ closed: false })).toMatchObject({ problem: { details: { rule: 'edition_open' } } });
  });
});

describe('a province\'s own row', () => {
  const row: ExtensionIndicator = { code: 'x.stations', row: 11, label: '设立指导站', englishLabel: 'Guidance stations', unit: 'ITEM', unitWord: '条', counting: { kinds: ['training'], measure: 'entries' } };
  const facts = { edition: official, unitKind: 'province' as const, closed: false, known: [] };
  const verdict = (wanted: ExtensionIndicator, over: object = {}) => {
    const decision = decideExtension(wanted, { ...facts, ...over });
    return decision.ok ? decision.value : decision.problem;
  };

  it('gets counters of its own, behind the nation\'s and those of other rows', () => {
    expect(verdict(row)).toEqual({ baseSlot: 42 });
    expect(verdict({ ...row, code: 'x.more' }, { known: [{ definition: { ...row, counting: { kinds: ['training'], measure: 'enterprises' } }, baseSlot: 42, removed: true }] })).toEqual({ baseSlot: 49 });
  });

  it('is refused to a city, in a row of the nation, with another word for a unit, twice, and beyond the room there is', () => {
    expect(verdict(row, { unitKind: 'prefecture' })).toMatchObject({ code: 'refused_by_rule', details: { rule: 'only_a_province_extends' } });
    expect(verdict({ ...row, row: 10 })).toMatchObject({ code: 'invalid_input', details: { issues: [{ rule: 'row_of_the_nation' }] } });
    expect(verdict({ ...row, unitWord: '件' })).toMatchObject({ code: 'invalid_input', details: { issues: [{ rule: 'unit_with_two_words' }] } });
    expect(verdict(row, { known: [{ definition: row, baseSlot: 42, removed: false }] })).toMatchObject({ code: 'duplicate' });
    const wide = { kinds: ['training'], measure: 'enterprises' as const };
    const known = [42, 49, 56].map((baseSlot) => ({ definition: { ...row, code: `x.row${baseSlot}`, counting: wide }, baseSlot, removed: false }));
    expect(verdict({ ...row, counting: wide }, { known })).toMatchObject({ details: { rule: 'no_counters_left' } });
  });

  it('comes back to the counters it had, unless it now counts something else', () => {
    const known = [{ definition: row, baseSlot: 50, removed: true }];
    expect(verdict({ ...row, label: '指导站' }, { known })).toEqual({ baseSlot: 50 });
    expect(verdict({ ...row, counting: { kinds: ['symposium'], measure: 'entries' } }, { known })).toMatchObject({ details: { rule: 'code_counted_otherwise' } });
  });
});
