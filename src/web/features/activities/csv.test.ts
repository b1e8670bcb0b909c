import { describe, expect, it } from 'vitest';
import { csvOf, safeCell } from './csv.ts';

describe('a cell of a sheet', () => {
  it.each(['=HYPERLINK("http://example.cn")', '+1', '-1+1', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠x', ' =1', '\t=1', '\r=1', '\u200b=1'])('never begins a formula: %j', (cell) => expect(safeCell(cell)).toBe(`'${cell}`));

  it.each(['商业秘密保护培训', '6月-7月', '2023-06-01', 'a=b', '', '（-）'])('stays as it is: %j', (cell) => expect(safeCell(cell)).toBe(cell));

  it('stays a number when it is one of ours', () => expect(safeCell(-3)).toBe('-3'));
});

describe('a sheet as text', () => {
  it('has a byte order mark, quotes, and lines that end as Excel ends them', () => expect(csvOf([['标题', 2], ['他说"好"，\n走了', 0]])).toBe('\ufeff"标题","2"\r\n"他说""好""，\n走了","0"\r\n'));

  it('keeps a formula out that hides behind quotes', () => expect(csvOf([['="1"']])).toBe('\ufeff"\'=""1"""\r\n'));
});
