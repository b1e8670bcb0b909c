// Which forms may be taken along, from the unit itself and from above.
import { describe, expect, it } from 'vitest';
import type { ActView } from '../../../modules/returns/model.ts';
import { choicesOf } from './choices.ts';

const act = (number: number, name: ActView['act'], returnVersion: number): ActView => ({
  number, act: name, returnVersion, accountName: '', actingUnitCode: '990101', at: `2023-07-0${number}T09:00:00.000+08:00`, reasons: [], late: null, receiptCode: null, signed: null,
});

describe('choicesOf', () => {
  const acts = [act(1, 'seal', 1), act(2, 'submit', 1), act(3, 'seal', 3)];
  it('gives its own people sealed versions, newest first, and the draft', () => {
    expect(choicesOf({ basis: 'own', acts }).map(({ version }) => version)).toEqual([3, 1, 'draft']);
    expect(choicesOf({ basis: 'own', acts: [] })).toEqual([{ version: 'draft', sealedAt: null }]);
  });

  it('gives those above what was submitted', () => {
    expect(choicesOf({ basis: 'submitted', acts })).toEqual([{ version: 1, sealedAt: '2023-07-01T09:00:00.000+08:00' }]);
    expect(choicesOf({ basis: 'submitted', acts: [] })).toEqual([]);
  });
});
