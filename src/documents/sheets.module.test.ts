// Sheets as offices send them: typed cells, merged cells, odd encodings and separators; what is none is refused, nothing runs.
// Needs the build, since workers cannot run from TypeScript on Node 20.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProblemRaised } from '../shared/problem.ts';
import { storedPackage, workbookOf } from '../testing/workbook.ts';
import { separatorOf } from './sheets/delimited.ts';
import { isDayCode } from './sheets/cells.ts';
import { elementScanner, textOf } from './sheets/xml.ts';
import { readParts, readSheets, type SheetOptions } from './sheets.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

async function rowsOf(bytes: Uint8Array, name = '台账.xlsx', options: SheetOptions = {}) {
  const [sheet] = await readSheets(bytes, name, options);
  return sheet?.rows;
}

async function refusalOf(bytes: Uint8Array, name: string, options: SheetOptions = {}): Promise<unknown> {
  try {
    await readSheets(bytes, name, options);
    return 'read';
  } catch (error) {
    return error instanceof ProblemRaised ? error.problem.details['reason'] : error;
  }
}

describe('a workbook', () => {
  it('keeps what each cell is: text, number, day, yes or no, a value that a formula left', async () => {
    const bytes = workbookOf([
      ['标题', 1200, 0.5, { xml: '<c s="1"><v>45078.75</v></c>' }, { xml: '<c t="b"><v>1</v></c>' }, { xml: '<c t="str"><f>1+1</f><v>=1+1</v></c>' }, { xml: '<c t="e"><v>#REF!</v></c>' }],
      [],
      [{ xml: '<c s="1"/>' }, 'a &amp; b', { xml: '<c><v>913301061234567000</v></c>' }, { xml: '<c><v>9.1330106123456E+17</v></c>' }, { xml: '<c t="d"><v>2023-06-05T00:00:00</v></c>' }],
      [{ xml: '<c s="1"/>' }],
    ]);
    expect(await rowsOf(bytes)).toEqual([
      ['标题', 1200, 0.5, { date: '2023-06-01' }, true, '=1+1', '#REF!'],
      [],
      // Excel keeps 15 digits: a code typed as a number has lost its end, and stays as written so that one can see it.
      [null, 'a &amp; b', '913301061234567000', '9.1330106123456E+17', { date: '2023-06-05' }],
    ]);
  });

  it('reads shared strings with runs and without how they are pronounced, prefixed names, merged cells, several sheets and their state', async () => {
    const main = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    const parts = {
      '_rels/.rels': '<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
      'xl/workbook.xml': `<?xml version="1.0"?><x:workbook ${main} xmlns:r="r"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="甲&amp;乙" r:id="r1"/><x:sheet name="隐" state="veryHidden" r:id="r2"/></x:sheets></x:workbook>`,
      'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Type="t/worksheet" Target="worksheets/one.xml"/><Relationship Id="r2" Type="t/worksheet" Target="/xl/worksheets/two.xml"/><Relationship Id="r3" Type="t/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r4" Type="t/styles" Target="styles.xml"/></Relationships>',
      'xl/sharedStrings.xml': `<x:sst ${main}><x:si><x:r><x:t>商业</x:t></x:r><x:r><x:t xml:space="preserve">秘密 </x:t></x:r><x:rPh><x:t>ㄕㄤ</x:t></x:rPh></x:si><x:si><x:t/></x:si><x:si><x:t>一_x000D_
二</x:t></x:si></x:sst>`,
      'xl/styles.xml': `<x:styleSheet ${main}><x:numFmts><x:numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></x:numFmts><x:cellXfs><x:xf numFmtId="0"/><x:xf numFmtId="176"/></x:cellXfs></x:styleSheet>`,
      'xl/worksheets/one.xml': `<x:worksheet ${main}><x:cols><x:col/></x:cols><x:sheetData><x:row r="2"><x:c r="B2" t="s"><x:v>0</x:v></x:c><x:c r="C2" t="s"><x:v>2</x:v></x:c><x:c r="D2" s="1"><x:v>43616</x:v></x:c></x:row></x:sheetData><x:mergeCells count="1"><x:mergeCell ref="B2:C3"/></x:mergeCells></x:worksheet>`,
      'xl/worksheets/two.xml': `<x:worksheet ${main}><x:sheetData/></x:worksheet>`,
    };
    const bytes = storedPackage(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, bytesOf(text)])));
    expect(await readSheets(bytes, '表.xlsx')).toEqual([
      { name: '甲&乙', hidden: false, rows: [[], [null, '商业秘密 ', '一\n二', { date: '2023-06-01' }]], merges: [{ top: 1, left: 1, bottom: 2, right: 2 }] },
      { name: '隐', hidden: true, rows: [], merges: [] },
    ]);
  });

  it('hands rows on in parts', async () => {
    const parts: string[] = [];
    await readParts(workbookOf([['a'], ['b'], ['c']]), 'x.xlsx', { rowsPerPart: 2 }, (part) => parts.push(part.kind === 'rows' ? part.json : part.kind));
    expect(parts).toEqual(['sheet', '[["a"],["b"]]', '[["c"]]', 'merges']);
  });

  it('refuses what is none, is locked or too large, and never waits for ever', async () => {
    const sheet = workbookOf([['a', 'b'], ['c']]);
    const locked = new Uint8Array(Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.from('EncryptedPackage', 'utf16le')]));
    expect(await refusalOf(sheet, '表.csv')).toBe('type_and_name_differ');
    expect(await refusalOf(sheet, '表.docx')).toBe('type_not_allowed');
    expect(await refusalOf(bytesOf('a,b'), '表.xlsx')).toBe('type_and_name_differ');
    expect(await refusalOf(new Uint8Array(), '表.csv')).toBe('empty');
    expect(await refusalOf(locked, '表.xlsx')).toBe('encrypted');
    expect(await refusalOf(sheet, '表.xlsx', { rows: 1 })).toBe('sheet_too_large');
    expect(await refusalOf(sheet, '表.xlsx', { columns: 1 })).toBe('sheet_too_large');
    expect(await refusalOf(sheet, '表.xlsx', { mostUnpacked: 100 })).toBe('unpacks_too_large');
    expect(await refusalOf(storedPackage({ 'a.txt': bytesOf('x') }), '表.xlsx')).toBe('file_unreadable');
    expect(await refusalOf(sheet, '表.xlsx', { milliseconds: 1 })).toBe('file_unreadable');
  });

  it('never crashes on a file that is damaged anywhere', async () => {
    const whole = workbookOf([['日期', '标题'], ['2023-06-05', '培训会']]);
    for (let at = 0; at < whole.length; at += 401) {
      const cut = await refusalOf(whole.slice(0, at), 'x.xlsx');
      expect(['empty', 'file_unreadable', 'trailing_data', 'type_and_name_differ']).toContain(cut);
      const flipped = whole.slice();
      flipped[at] = (flipped[at] ?? 0) ^ 0x55;
      expect(typeof (await refusalOf(flipped, 'x.xlsx'))).toBe('string');
    }
  });
});

describe('a text file', () => {
  it('is read in whichever encoding and with whichever separator it was saved', async () => {
    const rows = [['日期', '标题'], ['2023-06-05', '培训会、座谈会；现场,“一对一”']];
    const quoted = (separator: string): string => rows.map((row) => row.map((cell) => `"${cell}"`).join(separator)).join('\r\n');
    for (const separator of [',', ';', '\t', '，']) expect(await rowsOf(bytesOf(quoted(separator)), '台账.csv')).toEqual(rows);
    expect(await rowsOf(bytesOf(`\ufeff${quoted(',')}`), '台账.csv')).toEqual(rows);
    const utf16 = new Uint8Array(Buffer.from(`\ufeff${quoted('\t')}`, 'utf16le'));
    expect(await rowsOf(utf16, '台账.txt')).toEqual(rows);
    // 「日期,标题」 in GBK.
    expect(await rowsOf(new Uint8Array([0xc8, 0xd5, 0xc6, 0xda, 0x2c, 0xb1, 0xea, 0xcc, 0xe2]), '台账.csv')).toEqual([['日期', '标题']]);
  });

  it('keeps formulas as text and empty cells apart', async () => {
    expect(await rowsOf(bytesOf('=1+1,,"a\nb"\n\nx'), 'x.csv')).toEqual([['=1+1', null, 'a\nb'], [], ['x']]);
    expect(await refusalOf(bytesOf('a\u0000b'), 'x.csv')).toBe('type_not_allowed');
    expect(await refusalOf(bytesOf('a\nb\nc'), 'x.csv', { rows: 2 })).toBe('sheet_too_large');
  });

  it('is separated by what its lines agree on', () => {
    expect(separatorOf('日期;标题;企业\n2023-06-05;培训会,座谈会;甲公司')).toBe(';');
    expect(separatorOf('日期,标题\n2023-06-05,甲;乙')).toBe(',');
    expect(separatorOf('只有一列')).toBe(',');
  });
});

describe('its parts', () => {
  it('declare no entities: none is ever resolved', () => {
    expect(() => [...elementScanner(['row'])('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><row>&a;</row>')]).toThrow('declares entities');
    expect(textOf('&a;&amp;')).toBe('&a;&');
  });

  it('finds the same elements wherever the text is cut', () => {
    const text = '<?xml version="1.0"?><sheet xmlns="x"><rows/><row r="1"><c>1</c></row><row r="2"/><rowBreaks/><row>3</row><mergeCell ref="A1"/></sheet>';
    const found = (pieces: readonly string[]): string[] => {
      const scan = elementScanner(['row', 'mergeCell']);
      return pieces.flatMap((piece) => [...scan(piece)].map(({ name, attributes, inner }) => `${name}${attributes} ${inner}`));
    };
    const whole = found([text]);
    expect(whole).toEqual(['row r="1" <c>1</c>', 'row r="2" ', 'row 3', 'mergeCell ref="A1" ']);
    fc.assert(fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
      const chunks = places.slice(1).map((to, index) => text.slice(places[index], to));
      expect(found(chunks)).toEqual(whole);
    }), { numRuns: 200 });
  });

  it('knows a day by its format', () => {
    expect(['yyyy-mm-dd', 'm/d/yy h:mm', 'yyyy"年"m"月"d"日"', '[$-804]d', 'dddd'].map(isDayCode)).toEqual([true, true, true, true, true]);
    expect(['General', '0.00', '#,##0"日"', '(0)"场次"', '0.00E+00', '[Red]0', 'h:mm', '@'].map(isDayCode)).toEqual([false, false, false, false, false, false, false, false]);
  });
});
