// Nothing is sent while a question is open, and what is sent says which way each was answered.
import { describe, expect, it } from 'vitest';
import type { FormReading } from '../../../modules/forms/model.ts';
import { formReading as words } from '../../language/zh/form-reading.ts';
import { confirmedOf, figureAnswered, openCodes, placeText } from './answers.ts';

const place = { kind: 'table', grid: '1', row: 4, column: 3 } as const;
const source = { ...place, text: '约386份', rowKey: '0:发放各类宣传材料#1' };
const reading: FormReading = {
  figures: { a: 5, b: null, c: null }, sources: {}, notes: [], unitName: '', layout: '',
  doubts: [{ code: 'b', kind: 'unclear', text: '约386份', where: place, candidates: [{ value: 386, source }] }, { code: 'c', kind: 'below_ledger', text: '28', where: place, candidates: [{ value: 28, source: null }, { value: 31, source: null }] }],
};
const codes = ['a', 'b', 'c'];

describe('answers', () => {
  it('leave open what is not answered, or not with a whole number', () => {
    expect(openCodes(reading, codes, {})).toEqual(['b', 'c']);
    expect(openCodes(reading, codes, { b: { kind: 'other', typed: '三百' }, c: { kind: 'other', typed: '-1' } })).toEqual(['b', 'c']);
    expect(figureAnswered(reading, 'b', { b: { kind: 'other', typed: '３８７' } })).toBe(387);
  });

  it('say what holds, what holds below the ledger, and where an offered figure stood', () => {
    expect(confirmedOf(reading, codes, { b: { kind: 'candidate', at: 0 }, c: { kind: 'candidate', at: 0 } }, { a: 5, b: 0, c: 31 })).toEqual({
      figures: { a: 5, b: 386, c: 28 }, below: ['c'], chosen: { b: { rowKey: source.rowKey, column: 3 } },
    });
    expect(confirmedOf(reading, codes, { b: { kind: 'ledger' }, c: { kind: 'ledger' } }, { a: 5, b: 0, c: 31 })).toEqual({ figures: { a: 5, b: null, c: null }, below: [], chosen: {} });
  });

  it('name places as the file does', () => {
    expect(placeText({ kind: 'sheet', grid: 'Sheet1', row: 5, column: 28 }, words.place)).toBe('Sheet1 AB5');
    expect(placeText(place, words.place)).toBe('表1 第4行第3列');
  });
});
