// What a form of a visit says, and what it wants changed.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { editionDefinition } from '../../../modules/editions/model.ts';
import { visitContent } from '../../../modules/visits/model.ts';
import { fieldOfIssue, formOfVisit, listed, newVisitForm, nextNumber, readVisitForm, type VisitForm } from './visit-form-state.ts';

const year = editionDefinition.parse(JSON.parse(readFileSync('data/editions/2023.json', 'utf8')));
const enterprise = { uscc: null, name: '示例工作室', reason: 'not_registered' as const };
const blank = newVisitForm(year, '2023-06-15', { enterprise });
const read = (over: Partial<VisitForm>) => readVisitForm(year, { ...blank, ...over }, '2023-06-20');
const rules = (over: Partial<VisitForm>): string[] => {
  const reading = read(over);
  return reading.ok ? [] : reading.issues.map(({ path, rule }) => `${path} ${rule}`);
};

describe('a form', () => {
  it('with the enterprise alone is a visit', () => {
    const reading = read({});
    expect(reading).toMatchObject({ ok: true, content: { enterprise, values: { manner: 'on_site' }, questionnaires: [], windowReason: null } });
    expect(reading.ok && visitContent.safeParse(reading.content).success).toBe(true);
  });

  it('comes back from its visit as it was', () => {
    const typed = { ...blank, met: '法务负责人、研发主管', tags: '回访', topics: ['staff' as const], found: '未分级', copies: '3', suggestions: [{ number: 2, title: '希望培训', topic: 'training' }], values: { manner: 'guidance', patents: '12' }, grievance: true };
    const reading = readVisitForm(year, typed, '2023-06-20');
    expect(reading.ok && formOfVisit(year, visitContent.parse(reading.content))).toEqual(typed);
  });

  it.each<[Partial<VisitForm>, string[]]>([
    [{ enterprise: [] }, ['enterprise one_enterprise']],
    [{ enterprise: [], typed: '示例' }, ['enterprise enterprise_pending']],
    [{ occurredOn: '2023-06-21' }, ['occurredOn date_in_future']],
    [{ occurredOn: '2023-05-20' }, ['windowReason window_reason_missing']],
    [{ occurredOn: '2022-05-20' }, ['occurredOn date_outside_edition', 'windowReason window_reason_missing']],
    [{ values: { manner: '' } }, ['values.manner value_missing']],
    [{ values: { manner: 'on_site', patents: '若干' } }, ['values.patents not_number']],
    [{ met: '张 13900000000' }, ['met telephone_number']],
    [{ tags: '一'.repeat(21) }, ['tags text_too_long']],
    [{ suggestions: [{ number: 1, title: '一', topic: '' }, { number: 2, title: ' ', topic: '' }] }, ['suggestion-1 text_too_short']],
    [{ copies: '三份' }, ['copies not_number']],
    [{ copies: '1001' }, ['copies too_many']],
  ])('%j wants %j', (over, wanted) => {
    expect(rules(over)).toEqual(wanted);
  });
});

it('a list is read however it is separated', () => {
  expect(listed('甲、乙，丙; 丁\n甲')).toEqual(['甲', '乙', '丙', '丁']);
});

it('a number of a suggestion is not given twice', () => {
  expect(nextNumber([], 0)).toBe(1);
  expect(nextNumber([{ number: 2, title: '', topic: '' }], 5)).toBe(6);
});

it.each([['content.values.manner', 'values.manner'], ['content.enterprises', 'enterprise'], ['content.suggestions.1.topic', 'suggestions'], ['content.windowReason', 'windowReason']])('%s is about %s', (path, field) => {
  expect(fieldOfIssue(path)).toBe(field);
});
