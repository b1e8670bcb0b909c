// The annex as lines: row numbers are printed once, the province's own rows stand apart.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EditionDefinition, ExtensionIndicator } from '../../../modules/editions/model.ts';
import { annexLines, cellName } from './annex-layout.ts';

const edition = JSON.parse(readFileSync(new URL('../../../../data/editions/2023.json', import.meta.url), 'utf8')) as EditionDefinition;
const patents: ExtensionIndicator = {
  code: 'x.patents', row: 11, label: '摸清专利数', englishLabel: 'Patents', unit: 'ITEM', unitWord: '条',
  counting: { kinds: ['visit'], measure: 'sum', field: 'patents' },
};

describe('the lines of the annex', () => {
  it('prints the 17 cells of 2023 in 10 rows, the number once per row', () => {
    const lines = annexLines(edition.indicators, []);
    expect(lines).toHaveLength(17);
    expect(lines.filter(({ span }) => span > 0).map(({ indicator, span }) => [indicator.row, span])).toEqual([[1, 4], [2, 2], [3, 1], [4, 1], [5, 1], [6, 1], [7, 3], [8, 1], [9, 1], [10, 2]]);
    expect(lines.reduce((sum, { span }) => sum + span, 0)).toBe(17);
  });

  it('sets a province\'s own rows behind the national ones', () => {
    const lines = annexLines(edition.indicators, [{ definition: { ...patents, code: 'x.later', row: 12 } }, { definition: patents }]);
    expect(lines.slice(17).map(({ indicator, extension }) => [indicator.code, extension])).toEqual([['x.patents', true], ['x.later', true]]);
  });

  it('names a cell by its row where its own label says too little', () => {
    const label = ({ label }: { label: string }): string => label;
    expect(cellName(edition.indicators, 'training.attendances', label)).toBe('开展各类能力提升培训活动·参与人数');
    expect(cellName(edition.indicators, 'visit.enterprises', label)).toBe('调研走访企业');
    expect(cellName(edition.indicators, 'gone.gone', label)).toBe('gone.gone');
  });
});
