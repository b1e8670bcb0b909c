// B-S14. Texts that a spreadsheet would run, two hundred of them, through both writers. Pass: each cell is the text that was given;
// no formula in any XML; in CSV nothing begins with what a sheet runs.
import { parse } from 'csv-parse/sync';
import readSheets from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../src/documents/csv.ts';
import { workbookBytes } from '../src/documents/workbook.ts';
import { listParts, unpackPart } from '../src/documents/containers.ts';

const starts = ['=', '+', '-', '@', '\t=', '\r=', '\n=', '＝', '＋', '－', '＠', ' =', "'=", '"=', ';=', ',=', '%0A=', '\u00a0=', '\u200b=', '|='];
const ends = [
  "cmd|'/C calc'!A0", 'HYPERLINK("http://example.invalid","点我")', 'WEBSERVICE("http://example.invalid")', 'IMPORTXML("http://example.invalid","//a")', "DDE('cmd','/C calc')", '1+1', 'SUM(A1:A9)', 'rundll32', 'A1', '-2+3+cmd',
];
const texts = starts.flatMap((start) => ends.map((end) => `${start}${end}`));

const partText = (bytes: Uint8Array): string => {
  const parts = listParts(bytes);
  return typeof parts === 'string' ? parts : parts.map((part) => Buffer.from(unpackPart(bytes, part) ?? new Uint8Array()).toString('utf8')).join('\n');
};

describe('cells that run', () => {
  it(`stay text in XLSX, ${texts.length} of them`, async () => {
    const bytes = await workbookBytes({ sheets: [{ name: '表', columns: [], rows: texts.map((text) => [text, '末']) }] });
    const xml = partText(bytes);
    expect(xml).toContain('<sheetData');
    expect(xml).not.toMatch(/<f[ >]|<hyperlink|externalLink|ddeLink|oleLink/);
    const [sheet] = await readSheets(Buffer.from(bytes), { trim: false });
    // XML knows no carriage return that is not written as one; Excel keeps it, this reader hands on a line feed.
    const plain = (value: unknown): string => String(value).replaceAll('\r', '\n');
    expect(sheet?.data.map((row) => plain(row[0]))).toEqual(texts.map(plain));
    console.log(`B-S14: ${texts.length} texts, no formula in ${bytes.length} bytes`);
  });

  it('do not begin a cell of a CSV', () => {
    for (const text of texts) {
      const [row] = parse(csvLine([text]));
      const cell = row?.[0] ?? '';
      expect(cell, JSON.stringify(text)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      expect([text, `'${text}`]).toContain(cell);
    }
  });

  it('leave numbers numbers', async () => {
    const xml = partText(await workbookBytes({ sheets: [{ name: '表', columns: [], rows: [[-3, 5]] }] }));
    expect(xml).toMatch(/<c r="A1"[^>]*><v>-3<\/v>/);
    expect(csvLine([-3])).toContain('-3');
  });
});
