// Every provincial unit has exactly one tile.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { provincialUnits, regions, tileRowsOf } from './province-tiles.ts';

const all = regions.flatMap((region) => provincialUnits[region]);

function officialProvinces(): string[] {
  const file = z.object({ divisions: z.array(z.array(z.string())) });
  const { divisions } = file.parse(JSON.parse(readFileSync(new URL('../../../../data/units/divisions.json', import.meta.url), 'utf8')));
  return divisions.map(([code = '']) => code).filter((code) => /^\d\d0000$/.test(code));
}

describe('tiles of provincial units', () => {
  it('cover the 31 provinces and 兵团, each exactly once', () => {
    expect(all).toHaveLength(32);
    expect(new Set(all).size).toBe(32);
    const reporting = officialProvinces().filter((code) => !['000000', '710000', '810000', '820000'].includes(code));
    expect(new Set(all)).toEqual(new Set([...reporting, '660000']));
  });

  it('stand in the order of the official codes', () => {
    expect(all).toEqual([...all].sort());
  });

  it('give every unit of a list one place, also one they do not know', () => {
    const units = ['990000', ...all].reverse();
    const rows = tileRowsOf(units, (code) => code);
    expect(rows.flatMap(({ tiles }) => tiles).sort()).toEqual([...units].sort());
    expect(rows.at(-1)).toEqual({ region: 'other', tiles: ['990000'] });
  });

  it('have no rows without units', () => {
    expect(tileRowsOf(['660000', '650000'], (code) => code)).toEqual([{ region: 'northwest', tiles: ['650000', '660000'] }]);
  });
});
