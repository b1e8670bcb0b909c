import fc from 'fast-check';
import readWorkbook from 'read-excel-file/universal';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { writeCsv } from './csv.ts';
import { workbookBytes, writeWorkbook } from './workbook.ts';
import type { Cell, Row, Workbook } from './workbook/model.ts';
import { cellText, dateNumber, mostCharacters, sheetName } from './workbook/text.ts';
import { partsOf, xmlFault } from '../testing/packages.ts';

const injections = ['=1+1', '+SUM(A1)', '-2+3', '@cmd', '\t=1', '\r=1', '＝HYPERLINK("http://example.cn")', '=HYPERLINK("x","y")', "'=1", '|calc', '_x003D_1+1', '<c><f>1</f></c>', ']]>&"'];
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 20 }), fc.constantFrom(...injections, '_x0041\u000b', '_x0041_x0042_', '\ud800', 'a\udc00', '😀', '\r\n', ' 前后 ', '\u0000'));

async function readBack(bytes: Uint8Array): Promise<{ sheet: string; data: unknown[][] }[]> {
  return readWorkbook(new Uint8Array(bytes).buffer, { trim: false }) as never;
}

function workbookOf(rows: readonly Row[], more: Partial<Workbook['sheets'][number]> = {}): Workbook {
  return { sheets: [{ name: '表', columns: [], rows, ...more }] };
}

/** What Excel keeps of a text: half a surrogate pair is no character. */
const kept = (text: string): string => text.replace(/[\p{Cs}\ufffe\uffff]/gu, '\ufffd');

describe('a workbook', () => {
  it('keeps any text as that text, in XML that is well formed and has no formula', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(anyText, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }), async (rows) => {
        const bytes = await workbookBytes(workbookOf(rows.map((row) => [...row, 'end'])));
        const sheet = partsOf(bytes).get('xl/worksheets/sheet1.xml') ?? '';
        expect(xmlFault(sheet)).toBeNull();
        expect(sheet).not.toMatch(/<f[ >]/);
        const [read] = await readBack(bytes);
        expect(read?.data.map((row) => row.slice(0, -1).map((value) => value ?? ''))).toEqual(padded(rows).map((row) => row.map(kept)));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps numbers as numbers', async () => {
    const numbers = [0, -3, 12.5, 1e15, 9_007_199_254_740_991, 0.1];
    const [read] = await readBack(await workbookBytes(workbookOf([numbers])));
    expect(read?.data).toEqual([numbers]);
    await expect(workbookBytes(workbookOf([[Number.NaN]]))).rejects.toThrow('finite');
  });

  it('keeps calendar dates on their day, in every zone', async () => {
    const days = ['1900-03-01', '2000-02-29', '2023-06-01', '2024-12-31', '9999-12-31'];
    expect(days.map(dateNumber)).toEqual([61, 36_585, 45_078, 45_657, 2_958_465]);
    expect(['1900-02-28', '2023-02-29', '2023-13-01', '2023-6-1', '昨天', '2023-00-10'].map(dateNumber)).toEqual([null, null, null, null, null, null]);
    const [read] = await readBack(await workbookBytes(workbookOf([[{ date: '2023-06-01' }, { date: '不详' }]])));
    expect(JSON.stringify(read?.data)).toBe('[["2023-06-01T00:00:00.000Z","不详"]]');
  });

  it('keeps a text like a formula from becoming one when its cell is edited', async () => {
    const sheet = partsOf(await workbookBytes(workbookOf([['=1', '甲']]))).get('xl/worksheets/sheet1.xml');
    expect(sheet).toContain('<c r="A1" s="2" t="inlineStr">');
    expect(sheet).toContain('<c r="B1" s="0" t="inlineStr">');
    expect(partsOf(await workbookBytes(workbookOf([]))).get('xl/styles.xml')).toMatch(/<cellXfs count="3">(<xf [^/]*?>.*?<\/xf>){2}<xf [^>]*quotePrefix="1"/);
  });

  it('goes on in a further sheet with the head again, and says where it cut a text', async () => {
    const rows: Cell[][] = [['编号'], ...Array.from({ length: 7 }, (_, index) => [index])];
    const bytes = await workbookBytes({ sheets: [{ name: '台账', columns: [{ width: 9 }], rows, headRows: 1, filter: true, merges: [{ top: 2, left: 1, bottom: 3, right: 1 }] }] }, { mostRows: 4 });
    const read = await readBack(bytes);
    expect(read.map(({ sheet, data }) => [sheet, data.flat()])).toEqual([
      ['台账', ['编号', 0, 1, 2]],
      ['台账（2）', ['编号', 3, 4, 5]],
      ['台账（3）', ['编号', 6]],
    ]);
    const parts = partsOf(bytes);
    expect(parts.get('xl/worksheets/sheet2.xml')).not.toContain('mergeCell');
    expect(parts.get('xl/workbook.xml')).toContain(`localSheetId="2" hidden="1">'台账（3）'!$A$1:$A$2`);
    const long = cellText(`${'长'.repeat(mostCharacters - 4)}😀😀😀`);
    expect([long.length <= mostCharacters, long.endsWith('长〔…〕')]).toEqual([true, true]);
  });

  it('names its sheets as Excel allows, each once', () => {
    const taken = new Set<string>();
    const names = ["'[a]:b*?/\\'", 'A]B', '', 'History', '很长的名字'.repeat(9), '很长的名字'.repeat(9), 'x', 'X'].map((wanted) => sheetName(wanted, taken));
    expect(names).toEqual(['a  b', 'A B', 'Sheet', 'Sheet（2）', '很长的名字'.repeat(7).slice(0, 31), `${'很长的名字'.repeat(6).slice(0, 28)}（2）`, 'x', 'X（2）']);
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (wanted) => {
      const name = sheetName(wanted, new Set());
      expect(name.length > 0 && name.length <= 31 && !/[[\]:*?/\\]|^'|'$/.test(name)).toBe(true);
    }));
  });

  it('holds everything it may hold in XML that is well formed, the same bytes each time', async () => {
    const full: Workbook = {
      styles: { 题: { bold: true, size: 22, font: '方正小标宋简体', horizontal: 'center', border: 'thin', fill: 'ddEEff', wrap: true, format: '"（"0"）场次"' } },
      properties: { title: '<表>', author: '甲&乙', created: '2023-09-30T17:00:00+08:00' },
      sheets: [
        {
          name: '甲"乙',
          columns: [{ width: 12, style: '题' }],
          rows: [{ cells: [{ value: 12, style: '题' }, null], height: 30 }, [{ value: null, style: '题' }]],
          headRows: 1,
          print: { landscape: true, fit: { wide: 1, tall: 0 }, centred: true, header: { centre: 'A&B {page}/{pages}' }, area: { top: 1, left: 1, bottom: 2, right: 2 } },
          pictures: [{ png: new Uint8Array([1, 2, 3]), row: 2, column: 1, width: 20, height: 20, description: '码"' }],
          validations: [
            { area: { top: 2, left: 1, bottom: 9, right: 1 }, allowed: { kind: 'list', values: ['是', '"否"'] }, refusal: { title: '请选', text: '请从列表中选。' } },
            { area: { top: 2, left: 2, bottom: 9, right: 2 }, allowed: { kind: 'list_of', sheet: "码'表", area: { top: 1, left: 1, bottom: 2, right: 1 } } },
            { area: { top: 2, left: 3, bottom: 9, right: 3 }, allowed: { kind: 'date', from: '2023-06-01', to: '2023-06-30' }, prompt: { title: '日期', text: '6月' } },
          ],
        },
        { name: "码'表", columns: [], rows: [['一'], ['二']], hidden: true },
      ],
    };
    const bytes = await workbookBytes(full);
    const parts = partsOf(bytes);
    for (const [name, text] of parts) if (!name.endsWith('.png')) expect([name, xmlFault(text)]).toEqual([name, null]);
    expect(parts.get('xl/worksheets/sheet1.xml')).toContain(`<formula1>'码''表'!$A$1:$A$2</formula1>`);
    expect(parts.get('xl/worksheets/sheet1.xml')).toContain('&amp;CA&amp;&amp;B &amp;P/&amp;N');
    expect(Buffer.compare(bytes, await workbookBytes(full))).toBe(0);
    expect((await readBack(bytes)).map(({ data }) => data)).toEqual([[[12]], [['一'], ['二']]]);
  });

  it('reads rows no faster than its bytes are taken, and ends them when nobody takes any', async () => {
    let read = 0;
    let ended = false;
    async function* rows(): AsyncGenerator<Row> {
      try {
        for (;;) {
          read += 1;
          yield [read, `${'字'.repeat(50)}${(read * 7919) % 104_729}`];
        }
      } finally {
        ended = true;
      }
    }
    let taken = 0;
    for await (const chunk of writeWorkbook({ sheets: [{ name: '无尽', columns: [], rows: rows() }] })) {
      taken += chunk.length;
      if (taken > 100_000) break;
    }
    const atEnd = read;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([ended, read - atEnd, read < 200_000]).toEqual([true, 0, true]);
  });

  it('is no file when its rows fail half-way', async () => {
    async function* rows(): AsyncGenerator<Row> {
      for (let number = 0; number < 5_000; number += 1) yield [number, '行'];
      throw new Error('the database is gone');
    }
    const chunks: Uint8Array[] = [];
    const writing = async (): Promise<void> => {
      for await (const chunk of writeWorkbook({ sheets: [{ name: '半', columns: [], rows: rows() }] })) chunks.push(chunk);
    };
    await expect(writing()).rejects.toThrow('the database is gone');
    expect(Buffer.concat(chunks).includes(Buffer.from('PK\u0005\u0006', 'latin1'))).toBe(false);
  });
});

function padded(rows: readonly (readonly string[])[]): string[][] {
  // Each row ends with a mark, so that rows differ in length only where they were written so.
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => [...row, ...(row.length < width ? ['end'] : []), ...Array.from({ length: Math.max(width - row.length - 1, 0) }, () => '')]);
}

describe('comma-separated text', () => {
  const csvOf = async (rows: readonly (readonly (string | number | null)[])[]): Promise<string> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of writeCsv(rows)) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };

  it('begins with a byte order mark, ends lines with CRLF and quotes what is text', async () => {
    expect(await csvOf([['单位', 3, null], ['a"b\n', -1.5, '-1.5']])).toBe('\ufeff"单位",3,\r\n"a""b\n",-1.5,"\'-1.5"\r\n');
  });

  it('reads back as written, with an apostrophe before what a sheet would run', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyText, fc.integer()), { minLength: 1 }), async (rows) => {
        const read = parse(await csvOf(rows), { bom: true, record_delimiter: '\r\n' });
        for (const [index, [text, number]] of rows.entries()) {
          const plain = text.replace(/\p{Cs}/gu, '\ufffd').replaceAll('\u0000', '');
          expect([plain, `'${plain}`]).toContain(read[index]?.[0]);
          expect(read[index]?.[1]).toBe(String(number));
          expect(read[index]?.[0]).not.toMatch(/^[\s\u200b\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/);
        }
      }),
      { numRuns: 100 },
    );
  });
});
