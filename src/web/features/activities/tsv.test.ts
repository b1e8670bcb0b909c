import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isGrid, readTsv, writeTsv } from './tsv.ts';

describe('a paste from a spreadsheet', () => {
  it('is lines of cells', () => expect(readTsv('6月5日\t培训\r\n6月6日\t走访\r\n')).toEqual([['6月5日', '培训'], ['6月6日', '走访']]));
  it('keeps a line end inside of a cell', () => expect(readTsv('a\t"甲公司\n乙""公司"\tb')).toEqual([['a', '甲公司\n乙"公司', 'b']]));
  it('keeps the quotation marks of a title', () => expect(readTsv('"老字号"进园区\t2\n"全部"\t3')).toEqual([['"老字号"进园区', '2'], ['"全部"', '3']]));
  it('keeps a quotation mark that never closes', () => expect(readTsv('"开头\t2\n下一行')).toEqual([['"开头', '2'], ['下一行']]));
  it('keeps empty cells, also at the end of a line', () => expect(readTsv('\ta\t\n\nb')).toEqual([['', 'a', ''], [''], ['b']]));
  it('has no lines when it is empty', () => expect(readTsv('\r\n\t\r\n')).toEqual([]));
  it('drops a byte order mark', () => expect(readTsv('\ufeffa')).toEqual([['a']]));
  it('knows one cell from several', () => expect([readTsv('a'), readTsv('a\tb'), readTsv('a\nb'), readTsv('"a\nb"')].map(isGrid)).toEqual([false, true, true, false]));

  it('reads what is written, whatever is in the cells', () => {
    const cell = fc.string({ unit: fc.constantFrom('甲', 'a', '"', '\t', '\n', ' ', '、') });
    // A cell of quotation marks alone, or one that both begins and doubles them, is read as Excel would have written it.
    const plain = cell.filter((text) => /[\t\n]/.test(text) || !text.startsWith('"'));
    fc.assert(fc.property(fc.array(fc.array(plain, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (rows) => {
      const read = readTsv(writeTsv(rows));
      const full = [...rows];
      while (full.length > 0 && (full.at(-1) ?? []).every((text) => text === '')) full.pop();
      expect(read).toEqual(full);
    }));
  });
});
