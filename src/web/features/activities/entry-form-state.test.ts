// The form of an entry as text, and what it says once it is read.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entryContent } from '../../../modules/activities/model.ts';
import { editionDefinition, type EntryKind } from '../../../modules/editions/model.ts';
import { fieldOf } from '../../../modules/imports/rules.ts';
import { asKind, contentOf, copyOf, type EntryForm, fieldId, formIssues, formOf, initialDate, isSameForm, newForm, nextForm, placeFor, typedMeanwhile } from './entry-form-state.ts';

const definition = editionDefinition.parse(JSON.parse(readFileSync('data/editions/2023.json', 'utf8')));
const now = '2023-06-20T23:59:59.999+08:00';
const kindOf = (code: string): EntryKind => {
  const kind = definition.kinds.find((one) => one.code === code);
  if (kind === undefined) throw new Error(code);
  return kind;
};
const publicity = kindOf('publicity');
const filled: EntryForm = { ...newForm(publicity, '2023-06-15', '西湖街道'), title: ' 进园区宣讲 ', values: { mode: 'offline', attendances: '１,２００人', materials: '1.2万' } };
const rulesOf = (form: EntryForm, kind = publicity): string[] => formIssues(definition, kind, form, now).map(({ path, rule }) => `${path} ${rule}`);

describe('a new entry', () => {
  it('is of today, or of the last day of the month once it is over, and never of a day to come', () => {
    expect(initialDate(definition.window, '2023-06-15')).toBe('2023-06-15');
    expect(initialDate(definition.window, '2023-07-05')).toBe('2023-06-30');
    expect(initialDate(definition.window, '2023-05-20')).toBe('2023-05-20');
  });

  it('starts with the choices the edition gives and the place last used, if the kind has one', () => {
    expect(newForm(publicity, '2023-06-15', '会议室')).toMatchObject({ place: '会议室', values: { mode: 'offline', attendances: '' } });
    expect(newForm(kindOf('media_item'), '2023-06-15', '会议室').place).toBe('');
  });

  it('is where its kind was last, and nowhere when an enterprise is visited', () => {
    const last = { lastPlace: '会议室', lastByKind: { training: { place: '培训室' }, visit: { place: '某厂' } } };
    expect(['publicity', 'training', 'visit'].map((code) => placeFor(kindOf(code), last))).toEqual(['会议室', '培训室', '']);
  });

  it('asks for title and attendances only: what else there is has a start or may be left out', () => {
    expect(rulesOf(newForm(publicity, '2023-06-15', ''))).toEqual(['content.title text_missing', 'content.values.attendances value_missing']);
  });
});

describe('what the form says', () => {
  it('reads numbers as people write them and cleans texts', () => {
    const content = contentOf(definition, publicity, filled);
    expect(content).toMatchObject({ title: '进园区宣讲', values: { mode: 'offline', attendances: 1200, materials: 12_000 }, windowReason: null, note: null });
  });

  it('is what the server accepts', () => {
    const content = contentOf(definition, publicity, filled);
    expect(entryContent.parse(content)).toEqual(content);
    expect(rulesOf(filled)).toEqual([]);
  });

  it('tells a number that cannot be read from one that is not whole', () => {
    expect(rulesOf({ ...filled, values: { ...filled.values, attendances: '12或13', materials: '1.5' } })).toEqual(['content.values.attendances not_number', 'content.values.materials whole_number']);
  });

  it('refuses 10^12 people, a date in 1900 and a title of one character, each at its field', () => {
    const issues = rulesOf({ ...filled, title: '会', occurredOn: '1900-01-01', values: { ...filled.values, attendances: '1000000000000' } });
    expect(issues).toEqual(expect.arrayContaining(['content.occurredOn date_outside_edition', 'content.values.attendances too_many', 'content.title text_too_short']));
  });

  it('asks for a date once, and for a reason only outside of the month', () => {
    expect(rulesOf({ ...filled, occurredOn: '' })).toEqual(['content.occurredOn calendar_date']);
    expect(rulesOf({ ...filled, occurredOn: '2023-05-25' })).toEqual(['content.windowReason window_reason_missing']);
    expect(rulesOf({ ...filled, occurredOn: '2023-05-25', windowReason: '太短' })).toEqual(['content.windowReason text_too_short']);
    expect(contentOf(definition, publicity, { ...filled, windowReason: '活动提前到五月举办，经上级同意。' }).windowReason).toBeNull();
  });

  it('leaves out what the kind does not have', () => {
    const media = asKind({ ...filled, enterprises: [{ uscc: null, name: '某某厂', reason: 'foreign' }] }, kindOf('media_item'));
    expect(contentOf(definition, kindOf('media_item'), media)).toMatchObject({ enterprises: [], place: '', values: { level: 'own', origin: 'original' } });
  });
});

describe('changing one\'s mind', () => {
  it('takes along to another kind what fits there', () => {
    const training = asKind(filled, kindOf('training'));
    expect(training).toMatchObject({ kind: 'training', title: filled.title, values: { mode: 'offline', attendances: '１,２００人', days: '1' } });
  });

  it('does not take a choice along that the other kind does not offer', () => {
    const questionnaire = asKind(newForm(kindOf('typical_case'), '2023-06-15', ''), kindOf('questionnaire_issue'));
    expect(questionnaire.values['channel']).toBe('paper');
    expect(asKind({ ...questionnaire, values: { channel: 'paper' } }, kindOf('typical_case')).values['channel']).toBe('');
  });
});

describe('an entry back in the form', () => {
  const stored = { ...contentOf(definition, publicity, { ...filled, note: '备注一句', occurredOn: '2023-05-25', windowReason: '活动提前到五月举办，经上级同意。' }), evidence: ['33-00000000-0000-4000-8000-000000000001'], coHosts: ['330110'] };
  const file = { id: '33-00000000-0000-4000-8000-000000000001', name: '照片.jpg', mediaType: 'image/jpeg', bytes: 1000 };

  it('says the same again', () => {
    expect(contentOf(definition, publicity, formOf(publicity, stored, [file]))).toEqual(stored);
  });

  it('is copied for another day without pictures and reason', () => {
    expect(copyOf(publicity, stored, '2023-06-16')).toMatchObject({ title: '进园区宣讲', occurredOn: '2023-06-16', evidence: [], windowReason: '', values: { attendances: '1200' } });
  });

  it('leaves day, place and choices to the next entry, and nothing that was counted', () => {
    const next = nextForm(publicity, { ...filled, values: { ...filled.values, mode: 'online' }, enterprises: [{ uscc: null, name: '某某厂', reason: 'foreign' }] });
    expect(next).toEqual({ ...newForm(publicity, '2023-06-15', '西湖街道'), values: { ...newForm(publicity, '', '').values, mode: 'online' } });
  });

  it('keeps for the next entry what was typed while the last one was on its way', () => {
    expect(typedMeanwhile(filled, { ...filled, title: `${filled.title}下一场` })).toBe('下一场');
    expect(typedMeanwhile(filled, filled)).toBe('');
    expect(typedMeanwhile(filled, { ...filled, title: '改了' })).toBe('');
  });

  it('is the same form whether an empty field was named or not', () => {
    expect(isSameForm({ ...filled, values: { ...filled.values, views: '' } }, filled)).toBe(true);
    expect(isSameForm({ ...filled, title: '别的' }, filled)).toBe(false);
  });
});

describe('fields', () => {
  it('own the issues of their parts', () => {
    expect(['content.enterprises.3.name', 'content.values.days', 'content.title', 'content.kind'].map(fieldOf)).toEqual(['enterprises', 'values.days', 'title', 'kind']);
    expect(fieldId('values.days')).toBe('entry-values-days');
  });
});
