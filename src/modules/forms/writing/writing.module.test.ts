// What each format says is what the return says: the words of the notice, every number, one page, a code that can be read.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { BlobReader, TextWriter, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import fc from 'fast-check';
import jsqrModule from 'jsqr';
import readSheets from 'read-excel-file/node';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { fontFolders, fontStacks } from '../../../documents/fonts.ts';
import { closePdf } from '../../../documents/pdf.ts';
import { qrPngOf } from '../../../documents/qr.ts';
import { editionDefinition } from '../../editions/model.ts';
import type { FormSheet } from '../model.ts';
import { formSheetOf } from '../rules.ts';
import { pdfWorkOf } from './pdf.ts';
import { writeForm } from './write.ts';

// Its types say an object with a default, its module is the function.
const jsqr = jsqrModule as unknown as typeof jsqrModule.default;

afterAll(closePdf);

const read = (path: string) => editionDefinition.parse(JSON.parse(readFileSync(path, 'utf8')));
const edition = read('data/editions/2023.json');
const madeUp = read('src/testing/editions/made-up.json');
const asOf = '2023-07-05T10:00:00.000+08:00';
const receipt = { code: '2023-990101-1-7F3A-90C2', version: 1, sealedAt: asOf, address: 'https://fuwuyue.example/verify/2023-990101-1-7F3A-90C2' };

/** The annex as the notice of 2023 prints it, from 附件 to the last row. */
const notice = `附件
首届“服务月”活动开展情况统计表
填报单位(盖章):
年 月 日
序号|具体内容|数据
1|开展线上线下专题宣传活动|()场次
|参与企业|()家
|参与人数|()人次
|发放各类宣传材料|()份
2|召开企业商业秘密保护座谈会、行政指导会|()场次
|参与企业|()家
3|调研走访企业|()家
4|发放调查问卷|()份
5|收集企业商业秘密保护的意见建议|()条
6|协调解决企业商业秘密保护诉求和困难|()个
7|开展各类能力提升培训活动|()场次
|参与企业|()家
|参与人数|()人次
8|公布典型案例|()件
9|向党委、政府报送商业秘密保护报告、信息|()篇
10|共编发宣传报道|()篇
|其中,中央媒体报道数量|()篇`;

async function partOf(file: Uint8Array, name: string): Promise<string> {
  const entry = await entryOf(file, name);
  return entry.getData(new TextWriter());
}

async function entryOf(file: Uint8Array, name: string) {
  const entries = await new ZipReader(new BlobReader(new Blob([new Uint8Array(file)]))).getEntries();
  const entry = entries.find(({ filename }) => filename === name);
  if (entry === undefined || entry.directory) throw new Error(`no ${name} among ${entries.map(({ filename }) => filename).join(' ')}`);
  return entry;
}

const textOf = (xml: string): string => [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|(<w:tab\/>)/g)].map(([, text, tab]) => (tab === undefined ? text : '\t')).join('').replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"');

/** Paragraphs as lines, rows of a table with their cells divided by |. */
async function wordTextOf(file: Uint8Array): Promise<string[]> {
  const body = await partOf(file, 'word/document.xml');
  return [...body.matchAll(/<w:tr>.*?<\/w:tr>|<w:tr .*?<\/w:tr>|<w:p>.*?<\/w:p>/gs)]
    .map(([block]) => (block.startsWith('<w:tr') ? [...block.matchAll(/<w:tc>.*?<\/w:tc>/gs)].map(([cell]) => textOf(cell)).join('|') : textOf(block)))
    .filter((text) => text !== '');
}

const pagesOf = (pdf: Uint8Array): number => [...Buffer.from(pdf).toString('latin1').matchAll(/\/Type \/Page\b(?!s)/g)].length;

/** A value for every cell. */
const figuresOf = (codes: readonly string[]) => fc.tuple(...codes.map(() => fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 1_000_000_000 })))).map((values) => Object.fromEntries(codes.map((code, index) => [code, values[index] ?? 0])));

const sheetOf = (definition: typeof edition, figures: { readonly [code: string]: number }, over: Partial<Parameters<typeof formSheetOf>[1]> = {}): FormSheet =>
  formSheetOf(definition, { unitName: '望月县市场监督管理局', figures, receipt, demonstration: false, asOf, ...over });

async function pageAsPicture(sheet: FormSheet): Promise<{ readonly pages: number; readonly code: string | undefined }> {
  const work = pdfWorkOf(sheet);
  const workspace = resolve('/fuwuyue-document');
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [...fontFolders()] }] });
  const files = { 'data.json': JSON.stringify(work.data), 'fonts.json': JSON.stringify(fontStacks), ...work.images };
  for (const [name, content] of Object.entries(files)) compiler.mapShadow(resolve(workspace, name), Buffer.from(content));
  const { result } = compiler.compile({ mainFileContent: work.source });
  if (result === null) throw new Error('the template does not compile');
  const picture = sharp(Buffer.from(compiler.plainSvg(result)), { density: 120 }).flatten({ background: '#fff' }).ensureAlpha().raw();
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return { pages: result.numOfPages, code: jsqr(new Uint8ClampedArray(data), info.width, info.height)?.data };
}

describe('a written form', () => {
  it('says in Word what the notice says, character for character', async () => {
    const blank = sheetOf(edition, {}, { unitName: '', receipt: null });
    // The notice has the date on a line of its own; here it stands on the right of the unit's line.
    expect((await wordTextOf(await writeForm(blank, 'docx'))).join('\n').replace('\t', '\n')).toBe(notice);
  });

  it('holds every number of the return, in Word as text and in Excel as numbers', async () => {
    for (const definition of [edition, madeUp]) {
      const codes = definition.indicators.map(({ code }) => code);
      await fc.assert(fc.asyncProperty(figuresOf(codes), async (figures) => {
        const sheet = sheetOf(definition, figures);
        const rows = (await wordTextOf(await writeForm(sheet, 'docx'))).filter((line) => line.includes('|')).slice(1);
        expect(rows.map((line) => /\((\d+)\)\D+$/.exec(line)?.[1])).toEqual(codes.map((code) => String(figures[code])));
        const cells = (await readSheets(Buffer.from(await writeForm(sheet, 'xlsx'))))[0]?.data ?? [];
        expect(cells.slice(4, 4 + codes.length).map((row) => row[2])).toEqual(codes.map((code) => figures[code]));
        expect(pdfWorkOf(sheet).data).toMatchObject({ rows: codes.map((code) => ({ figure: expect.stringContaining(`(${figures[code]})`) as unknown })) });
      }), { numRuns: 8 });
    }
  });

  it('shows numbers in Excel in brackets before their word, and never a formula', async () => {
    const file = await writeForm(sheetOf({ ...edition, table: { ...edition.table, title: '=1+1' } }, { 'visit.enterprises': 12 }), 'xlsx');
    expect(await partOf(file, 'xl/styles.xml')).toContain('formatCode="&quot;(&quot;0&quot;)场次&quot;"');
    expect(await partOf(file, 'xl/worksheets/sheet1.xml')).not.toContain('<f>');
  });

  it('is one A4 page of PDF whose code leads to the receipt', async () => {
    const figures = Object.fromEntries(edition.indicators.map(({ code }, index) => [code, 10 ** (index % 9)]));
    const sheet = sheetOf(edition, figures, { unitName: '黔西南布依族苗族自治州某某新区市场监督管理局某某分局', demonstration: true });
    expect(await pageAsPicture(sheet)).toEqual({ pages: 1, code: receipt.address });
    const pdf = await writeForm(sheet, 'pdf');
    expect(pagesOf(pdf)).toBe(1);
    expect(Buffer.from(pdf).equals(Buffer.from(await writeForm(sheet, 'pdf')))).toBe(true);
    expect(Buffer.from(pdf).toString('latin1')).toMatch(/\/MediaBox \[0 0 595\.\d+ 841\.\d+\]/);
  });

  it('sets a table of many rows over several pages', async () => {
    const visits = edition.indicators[6];
    if (visits === undefined) throw new Error('row 3 is missing');
    const long = { ...edition, indicators: Array.from({ length: 70 }, (_, index) => ({ ...visits, code: `many.c${index}`, row: index + 1 })) };
    const pages = pagesOf(await writeForm(sheetOf(long, {}), 'pdf'));
    expect(pages).toBeGreaterThan(1);
    expect(await partOf(await writeForm(sheetOf(long, {}), 'docx'), 'word/document.xml')).toContain('<w:tblHeader/>');
  });

  it('says of a draft that it is one, in every format, and has no code', async () => {
    const draft = sheetOf(edition, {}, { receipt: null, demonstration: true });
    const word = await writeForm(draft, 'docx');
    expect(textOf(await partOf(word, 'word/header1.xml'))).toBe('演示数据，不是真实报表　草稿');
    expect(await partOf(word, 'word/header1.xml')).toContain('behindDoc="1"');
    expect(textOf(await partOf(word, 'word/footer1.xml'))).toBe('草稿，未盖章，不作报送依据。');
    const sheet = await partOf(await writeForm(draft, 'xlsx'), 'xl/worksheets/sheet1.xml');
    expect(sheet).toMatch(/<oddHeader>[^<]*演示数据，不是真实报表　草稿/);
    expect(sheet).not.toContain('<drawing');
    expect(pdfWorkOf(draft)).toMatchObject({ data: { draft: '草稿', receipt: false } });
    expect(pdfWorkOf(draft).images).toBeUndefined();
  });

  it('carries a code that can be read in Word and Excel too', async () => {
    const png = await qrPngOf(receipt.address);
    const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(jsqr(new Uint8ClampedArray(data), info.width, info.height)?.data).toBe(receipt.address);
    const sealed = await writeForm(sheetOf(edition, {}), 'xlsx');
    expect(Buffer.from(await (await entryOf(sealed, 'xl/media/picture1-1.png')).getData(new Uint8ArrayWriter())).equals(Buffer.from(png))).toBe(true);
  });
});
