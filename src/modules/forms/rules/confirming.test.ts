import { describe, expect, it } from 'vitest';
import type { FormReading } from '../model.ts';
import { differencesOf, withLedger } from './confirming.ts';

const reading: FormReading = {
  figures: { 'visit.enterprises': 28, 'media.total': null, 'x.secrets': null },
  sources: {},
  doubts: [
    { code: 'media.total', kind: 'label_missing', text: '', where: null, candidates: [] },
    { code: 'x.secrets', kind: 'label_missing', text: '', where: null, candidates: [] },
  ],
  notes: [],
  unitName: '',
  layout: '',
};

describe('a reading beside the ledger', () => {
  it('asks for rows of the table that are not there, not for a province\'s own ones', () => {
    const { doubts, figures } = withLedger(reading, { 'x.secrets': 270 });
    expect(doubts.map(({ code }) => code)).toEqual(['media.total']);
    expect(differencesOf(figures, { 'x.secrets': 270, 'visit.enterprises': 20 })).toEqual([{ indicator: 'visit.enterprises', delta: 8 }]);
  });

  it('asks which holds where the form says less', () => {
    const { doubts, figures } = withLedger(reading, { 'visit.enterprises': 31 });
    expect(doubts.find(({ kind }) => kind === 'below_ledger')?.candidates.map(({ value }) => value)).toEqual([28, 31]);
    expect(figures['visit.enterprises']).toBeNull();
  });
});
