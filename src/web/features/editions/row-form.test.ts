import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { editionDefinition, extensionIndicator } from '../../../modules/editions/model.ts';
import { commonIntegers, definitionOf, emptyRow, formFor, rowFaults } from './row-form.ts';

const edition = editionDefinition.parse(JSON.parse(readFileSync('data/editions/2023.json', 'utf8')));
const form = { ...emptyRow, label: '摸清企业专利数', englishLabel: 'Patents found', code: 'patents', row: '11', unitWord: '个', kinds: ['visit'], measure: 'sum' as const, field: 'patents' };

describe('a row of a province', () => {
  it('becomes a definition the edition accepts, with the edition’s unit of count for the same word', () => {
    const definition = definitionOf(form, edition);
    expect(extensionIndicator.parse(definition)).toEqual(definition);
    expect(definition.unit).toBe('MATTER');
    expect(definitionOf({ ...form, englishLabel: ' ' }, edition).englishLabel).toBe('摸清企业专利数');
    expect(extensionIndicator.safeParse(definitionOf({ ...form, unitWord: '项' }, edition)).success).toBe(true);
  });

  it('offers only numbers that all chosen kinds have', () => {
    expect(commonIntegers(edition.kinds, ['visit']).map(({ code }) => code)).toEqual(['trade_secrets', 'patents']);
    expect(commonIntegers(edition.kinds, ['visit', 'training'])).toEqual([]);
  });

  it('says what is missing', () => {
    expect(Object.keys(rowFaults(emptyRow, 10)).sort()).toEqual(['code', 'kinds', 'label', 'row', 'unitWord']);
    expect(rowFaults({ ...form, row: '10' }, 10)).toEqual({ row: 'row' });
    expect(rowFaults(form, 10)).toEqual({});
    expect(rowFaults({ ...form, ...formFor(12), label: '指导站', unitWord: '个', kinds: ['training'], measure: 'entries' }, 10)).toEqual({});
  });
});
