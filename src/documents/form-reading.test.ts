// Files of strangers: what comes from real programs is read; what is locked, swollen, broken or no document at all is refused with its
// reason and soon; nothing ends the reader.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { CFB, utils, write } from 'xlsx';
import { storedPackage } from '../testing/workbook.ts';
import { formatsOf, formReader } from './form-reading.ts';
import { builtInFormat, shownNumber } from './grids/number-format.ts';
import { gridsOfTabbedText } from './grids/old-word.ts';
import { readWordXml } from './grids/word.ts';

const reader = formReader();
afterAll(() => reader.close());

const samples = 'src/testing/forms/samples';
const sample = (name: string): Buffer => readFileSync(join(samples, name));

/** A compound file with one stream. */
function compound(name: string, content: Uint8Array): Uint8Array {
  const file = CFB.utils.cfb_new() as unknown;
  CFB.utils.cfb_add(file, `/${name}`, Buffer.from(content));
  return new Uint8Array(CFB.write(file, { type: 'buffer' }) as Buffer);
}

/** A workbook of 1997 that asks for a password: the record that says so stands behind its first one. */
function lockedWorkbook(): Uint8Array {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([['序号', '具体内容', '数据'], ...Array.from({ length: 200 }, (_, row) => [row, '参与企业', 12])]), '表');
  const plain = CFB.read(write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer, { type: 'buffer' });
  const stream = Buffer.from((CFB.find(plain, '/Workbook') as { readonly content: Uint8Array }).content);
  const first = 4 + stream.readUInt16LE(2);
  return compound('Workbook', Buffer.concat([stream.subarray(0, first), Buffer.from([0x2f, 0, 6, 0, 0, 0, 1, 2, 3, 4]), stream.subarray(first)]));
}

function lockedWord(): Uint8Array {
  const bytes = Buffer.from(sample('plain.doc'));
  const head = bytes.indexOf(Buffer.from([0xec, 0xa5]));
  bytes.writeUInt16LE(bytes.readUInt16LE(head + 10) | 0x0100, head + 10);
  return bytes;
}

/** A package whose part says it is small and is 300 MB. */
function lyingBomb(): Uint8Array {
  const swollen = deflateRawSync(Buffer.alloc(300 * 1024 * 1024));
  const bytes = Buffer.from(storedPackage({ '[Content_Types].xml': Buffer.from('<Types/>'), 'word/document.xml': swollen }));
  const name = Buffer.from('word/document.xml');
  for (const [signature, at] of [['PK\u0003\u0004', 8], ['PK\u0001\u0002', 10]] as const) {
    const entry = bytes.indexOf(Buffer.concat([Buffer.from(signature, 'latin1')]), bytes.indexOf(name) - 60);
    const start = signature === 'PK\u0003\u0004' ? bytes.lastIndexOf('PK\u0003\u0004', bytes.indexOf(name)) : bytes.lastIndexOf('PK\u0001\u0002');
    expect(entry).toBeGreaterThanOrEqual(0);
    bytes.writeUInt16LE(8, start + at);
    bytes.writeUInt32LE(swollen.length * 50, start + (at === 8 ? 22 : 24));
  }
  return bytes;
}

const refusalOf = async (bytes: Uint8Array): Promise<string> => {
  const read = await reader.read(bytes);
  return read.ok ? 'read' : read.refusal;
};

describe('a file', () => {
  it.each(['blank.docx', 'blank.xlsx', 'plain.docx', 'plain.doc', 'two-lines-and-remarks.doc', 'about.doc', 'numbers-with-formats.xls', 'numbers-with-formats.xlsx'])('from a real program is read: %s', async (name) => {
    const read = await reader.read(sample(name));
    expect(read.ok && read.grids.some(({ cells }) => cells.some(({ text }) => text.replaceAll(/\s/g, '').includes('开展线上线下专题宣传活动')))).toBe(true);
  });

  it.each([
    ['nothing', () => new Uint8Array(), 'empty'],
    ['more than 30 MB', () => new Uint8Array(30 * 1024 * 1024 + 1), 'too_large'],
    ['a PDF', () => Buffer.from('%PDF-1.7\n'), 'type_not_allowed'],
    ['rich text', () => Buffer.from('{\\rtf1 序号'), 'type_not_allowed'],
    ['a page', () => Buffer.from('<html><table><tr><td>序号</td></tr></table></html>'), 'type_not_allowed'],
    ['an archive', () => storedPackage({ 'a.txt': Buffer.from('a') }), 'type_not_allowed'],
    ['a picture', () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0xff, 0xd8]), 'type_not_allowed'],
    ['a new document with a password', () => compound('EncryptedPackage', Buffer.alloc(5_000, 7)), 'encrypted'],
    ['an old workbook with a password', lockedWorkbook, 'encrypted'],
    ['an old document with a password', lockedWord, 'encrypted'],
    ['an old file with macros', () => compound('_VBA_PROJECT', Buffer.alloc(5_000, 7)), 'macros'],
    ['a document with macros', () => storedPackage({ '[Content_Types].xml': Buffer.from('<Types/>'), 'word/document.xml': Buffer.from('<a/>'), 'word/vbaProject.bin': Buffer.from('x') }), 'macros'],
    ['a document whose part is larger than it says', lyingBomb, 'unreadable'],
    ['half a document', () => sample('plain.docx').subarray(0, 3_000), 'unreadable'],
    ['half an old document', () => sample('plain.doc').subarray(0, 9_000), 'unreadable'],
  ])('that is %s is refused with its reason', async (_title, bytes, reason) => {
    const before = performance.now();
    expect(await refusalOf(bytes())).toBe(reason);
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  it('is known by its bytes', () => {
    expect(formatsOf(sample('plain.doc'))).toEqual(['doc']);
    expect(formatsOf(sample('numbers-with-formats.xls'))).toEqual(['xls']);
    expect(formatsOf(sample('blank.docx'))).toEqual(['docx']);
    expect(formatsOf(sample('blank.xlsx'))).toEqual(['xlsx']);
    expect(formatsOf(Buffer.from('序号,具体内容,数据'))).toEqual(['text']);
  });

  it('broken anywhere never ends the reader, and the next one is read', async () => {
    const names = ['plain.docx', 'plain.doc', 'numbers-with-formats.xls', 'numbers-with-formats.xlsx'];
    const broken = fc.record({ name: fc.constantFrom(...names), at: fc.double({ min: 0, max: 1, noNaN: true }), bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }), cut: fc.boolean() });
    await fc.assert(fc.asyncProperty(broken, async ({ name, at, bytes, cut }) => {
      const whole = Buffer.from(sample(name));
      const from = Math.floor(at * (whole.length - bytes.length));
      if (!cut) whole.set(bytes, from);
      const read = await reader.read(cut ? whole.subarray(0, from) : whole);
      expect(read.ok || read.refusal.length > 0).toBe(true);
    }), { numRuns: 150, seed: 20230707 });
    expect(await refusalOf(sample('plain.docx'))).toBe('read');
  });
});

describe('a number in a sheet', () => {
  it.each([
    [1200, '"("#,##0")场次"', '(1,200)场次'], [56, '0', '56'], [56, 'General', '56'], [56, '0.00', '56.00'], [7, '000', '007'], [56, '[Red]0_);[Blue](0)', '56'], [-56, '0;(0)', '(56)'], [0, '0;-0;"无"', '无'], [56, ';;;', ''],
    [3, '0"万"', '3万'], [56, '\\(0\\)家', '(56)家'],
  ])('%d under %s is shown as %s', (value, format, shown) => expect(shownNumber(value, format)?.trim()).toBe(shown));

  it.each(['0%', 'yyyy-m-d', '#,##0,', '0.00E+00', '# ?/?', '0"-"00', '[>100]0;1'])('under %s is not told what it shows', (format) => expect(shownNumber(1234, format)).toBeNull());

  it('has formats by number, of which those of dates are none', () => expect([builtInFormat(3), builtInFormat(14)]).toEqual(['#,##0', null]));
});

describe('an old document', () => {
  it('has rows that end with a tab and a line feed, whatever stands before them or inside of a cell', () => {
    const [table, lines] = gridsOfTabbedText('附件\n填报单位:云和市\t年 月 日\n序号\t内容\t数据\t\n1\t参与企业\t56\n家\t\n\t参与人数\t\t\n填表人:某某\n');
    const rows = [1, 2, 3].map((number) => table?.cells.filter(({ row }) => row === number).map(({ text }) => text));
    expect(rows).toEqual([['序号', '内容', '数据'], ['1', '参与企业', '56\n家'], ['参与人数']]);
    expect(lines?.cells.map(({ text }) => text)).toEqual(expect.arrayContaining(['附件', '填报单位:云和市', '年 月 日', '填表人:某某']));
  });
});

describe('a table in Word', () => {
  const table = (...cells: string[]): string => `<w:document><w:body><w:tbl><w:tr>${cells.map((cell) => `<w:tc>${cell}</w:tc>`).join('')}</w:tr></w:tbl></w:body></w:document>`;
  const first = (xml: string) => readWordXml(xml)[0]?.cells[0];

  it('tells what a reader of the page would not see in its text', () => {
    expect(first(table('<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>12</w:t></w:r><w:r><w:t>56</w:t></w:r></w:p>'))).toMatchObject({ text: '1256', marks: ['struck'] });
    expect(first(table('<w:p><w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>56</w:t></w:r></w:p>'))?.marks).toEqual([]);
    expect(first(table('<w:p><w:r><w:t>56</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:p>'))?.marks).toEqual(['raised']);
    expect(first(table('<w:p><w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:ins><w:r><w:t>56</w:t></w:r></w:ins></w:p>'))).toMatchObject({ text: '56', marks: ['revised'] });
    expect(first(table('<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>56</w:t></w:r></w:p>'))).toMatchObject({ text: '56', marks: [] });
  });

  it('keeps paragraphs apart and a nested table to itself', () => {
    expect(first(table('<w:p><w:r><w:t>56</w:t></w:r></w:p><w:p><w:r><w:t>12</w:t></w:r></w:p>'))?.text).toBe('56\n12');
    const grids = readWordXml(table('<w:p><w:r><w:t>外</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>内</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'));
    expect(grids.filter(({ kind }) => kind === 'table').map(({ cells }) => cells.map(({ text }) => text))).toEqual([['外'], ['内']]);
  });
});
