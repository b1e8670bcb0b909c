// The Word file: page, grid, fonts and numbering as GB/T 9704 says, and nothing that was typed becomes markup.
import { describe, expect, it } from 'vitest';
import { listParts, unpackPart } from '../../../documents/containers.ts';
import { closingIndents, officialPage } from '../../../documents/word.ts';
import type { ResolvedReport } from '../rules/resolved.ts';
import { writeDocx } from './docx.ts';

async function partsOf(report: ResolvedReport): Promise<ReadonlyMap<string, string>> {
  const bytes = await writeDocx(report);
  const parts = listParts(bytes);
  if (typeof parts === 'string') throw new Error(parts);
  return new Map(parts.map((part) => [part.name, Buffer.from(unpackPart(bytes, part) ?? []).toString('utf8')]));
}

const report: ResolvedReport = {
  kind: 'summary', title: '望月县市场监督管理局关于首届“服务月”活动开展情况的报告', addressee: '东湖市市场监督管理局：',
  blocks: [
    { type: 'heading', level: 1, number: '一、', runs: [{ text: '总体情况', bold: false }] },
    { type: 'heading', level: 2, number: '（一）', runs: [{ text: '做法', bold: false }] },
    { type: 'paragraph', runs: [{ text: '参与企业', bold: false }, { text: '1200余', bold: true }, { text: '家。', bold: false }] },
    { type: 'table', caption: '表1　统计表', head: ['序号', '具体内容', '数据'], widths: [10, 66, 24], rows: [
      [{ text: '1', rowSpan: 2, align: 'center' }, { text: '宣传', rowSpan: 1, align: 'left' }, { text: '（3）场次', rowSpan: 1, align: 'center' }],
      [{ text: '企业', rowSpan: 1, align: 'left' }, { text: '（9）家', rowSpan: 1, align: 'center' }],
    ] },
    { type: 'picture', caption: '图1　现场', evidence: '99-1', image: null },
  ],
  attachments: ['统计表', '图片清单'], signature: '望月县市场监督管理局', date: '2023年7月5日', draft: true, demonstration: true,
};

const xmlOf = async (over: Partial<ResolvedReport> = {}): Promise<string> => (await partsOf({ ...report, ...over })).get('word/document.xml') ?? '';
const words = (xml: string): string => [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map((match) => match[1]).join('');

describe('a report in Word', () => {
  it('has the page, the margins and the grid of an official document', async () => {
    const xml = await xmlOf();
    expect(xml).toContain('w:w="11906" w:h="16838"');
    expect(xml).toMatch(/<w:pgMar [^>]*w:top="2098"[^>]*>/);
    expect(xml).toMatch(/<w:pgMar [^>]*w:left="1587"[^>]*>/);
    expect(xml).toMatch(/<w:pgMar [^>]*w:right="1474"[^>]*>/);
    expect(xml).toMatch(/<w:docGrid [^>]*w:linePitch="580"[^>]*>/);
    expect(xml).toContain('w:line="580" w:lineRule="exact"');
    expect(22 * officialPage.line).toBeLessThanOrEqual(officialPage.height - officialPage.top - officialPage.bottom);
    expect(28 * officialPage.character).toBeLessThanOrEqual(officialPage.width - officialPage.left - officialPage.right);
  });

  it('names the official fonts by level', async () => {
    const xml = await xmlOf();
    const fontOf = (text: string): string | undefined => new RegExp(`<w:r>(?:(?!</w:r>).)*w:eastAsia="([^"]+)"(?:(?!</w:r>).)*<w:t[^>]*>${text}`).exec(xml)?.[1];
    expect([report.title, '一、', '（一）', '参与企业', '2023年7月5日'].map(fontOf)).toEqual(['方正小标宋简体', '黑体', '楷体_GB2312', '仿宋_GB2312', '仿宋_GB2312']);
  });

  it('says everything in order, the bound number with it', async () => {
    expect(words(await xmlOf())).toBe('望月县市场监督管理局关于首届“服务月”活动开展情况的报告东湖市市场监督管理局：一、总体情况（一）做法参与企业1200余家。表1　统计表序号具体内容数据1宣传（3）场次企业（9）家（图片已不在系统中）图1　现场附件：1. 统计表2. 图片清单望月县市场监督管理局2023年7月5日');
  });

  it('numbers pages on the outer side, marks drafts and demonstrations, and repeats the head of a table', async () => {
    const parts = await partsOf(report);
    const feet = [...parts].filter(([name]) => /^word\/footer\d\.xml$/.test(name)).map(([, xml]) => xml);
    expect(feet.map((xml) => /<w:jc w:val="(\w+)"/.exec(xml)?.[1]).sort()).toEqual(['left', 'right']);
    for (const xml of feet) expect(xml).toContain('— ');
    expect(words([...parts].filter(([name]) => name.startsWith('word/header')).map(([, xml]) => xml).join(''))).toBe('草稿　演示草稿　演示');
    expect(parts.get('word/settings.xml')).toContain('evenAndOddHeaders');
    expect(parts.get('word/document.xml')).toContain('<w:tblHeader/>');
    expect([...(await partsOf({ ...report, draft: false, demonstration: false })).keys()].some((name) => name.startsWith('word/header'))).toBe(false);
  });

  it('keeps signature and date together with the text before them', async () => {
    const xml = await xmlOf({ blocks: [{ type: 'paragraph', runs: [{ text: '特此报告。', bold: false }] }] });
    const paragraphs = [...xml.matchAll(/<w:p>.*?<\/w:p>/g)].map(([one]) => one);
    const from = paragraphs.findIndex((one) => one.includes('特此报告。'));
    expect(paragraphs.slice(from, -1).every((one) => one.includes('<w:keepNext/>'))).toBe(true);
    expect(paragraphs.at(-1)).toContain('2023年7月5日');
    expect(closingIndents('望月县市场监督管理局', '2023年7月5日')).toEqual({ signature: 2, date: 4 });
    expect(closingIndents('望月县局', '2023年7月5日').date).toBe(4);
    expect(closingIndents('新疆生产建设兵团某某某市场监督管理局', '2023年7月5日').signature).toBe(2);
  });

  it('keeps what looks like markup or a command as text', async () => {
    const text = '</w:t><w:br/>& <script> {{x}} =HYPERLINK("http://example.invalid") \u0001\ud800尾';
    const xml = await xmlOf({ title: text, blocks: [{ type: 'paragraph', runs: [{ text, bold: false }] }, { type: 'heading', level: 1, number: '一、', runs: [{ text, bold: true }] }] });
    expect(xml).not.toContain('<script>');
    expect(xml).not.toContain('<w:br/>');
    expect(xml.split('&lt;/w:t&gt;&lt;w:br/&gt;&amp; &lt;script&gt;').length).toBe(4);
    // oxlint-disable-next-line no-control-regex -- that they are gone is the point
    expect(xml).not.toMatch(/[\u0000-\u0008\ud800-\udfff]/);
  });
});
