// The PDF of a report: made at all, of any text, with as many pages as the grid says. Needs the build, as the typesetter runs in a worker.
import { afterAll, describe, expect, it } from 'vitest';
import { closePdf } from '../../../documents/pdf.ts';
import type { ResolvedReport } from '../rules/resolved.ts';
import { writeReport } from './writing.ts';

afterAll(closePdf);

const at = '2023-07-05T10:00:00.000+08:00';
const blank: ResolvedReport = { kind: 'summary', title: '报告', addressee: '', blocks: [], attachments: [], signature: '望月县市场监督管理局', date: '2023年7月5日', draft: false, demonstration: false };
const pagesOf = (pdf: Uint8Array): number => Number(/\/Type\s*\/Pages\b[\s\S]{0,80}?\/Count (\d+)|\/Count (\d+)[\s\S]{0,80}?\/Type\s*\/Pages\b/.exec(Buffer.from(pdf).toString('latin1'))?.slice(1).find((one) => one !== undefined));
const lines = (count: number): ResolvedReport['blocks'] => Array.from({ length: count }, () => ({ type: 'paragraph', runs: [{ text: '汉'.repeat(26), bold: false }] }));

describe('a report in PDF', () => {
  it('puts 22 lines of 28 characters on a page', async () => {
    // Title and the line below it are two lines; the closing block is three free lines and two written ones.
    expect(pagesOf(await writeReport({ ...blank, blocks: lines(15) }, 'pdf', at))).toBe(1);
    expect(pagesOf(await writeReport({ ...blank, blocks: lines(16) }, 'pdf', at))).toBe(2);
    const full = { type: 'paragraph' as const, runs: [{ text: '汉'.repeat(26 + 28 * 14), bold: false }] };
    expect(pagesOf(await writeReport({ ...blank, blocks: [full] }, 'pdf', at))).toBe(1);
    expect(pagesOf(await writeReport({ ...blank, blocks: [{ ...full, runs: [{ text: '汉'.repeat(26 + 28 * 15), bold: false }] }] }, 'pdf', at))).toBe(2);
  });

  it('takes whatever was typed as text', async () => {
    const text = '#panic("x") $y$ \\ [*z*] `raw` <label> @ref // /* = 标题 #read("/etc/passwd")';
    const pdf = await writeReport({
      ...blank, title: text, addressee: text, attachments: [text, text], signature: text, draft: true, demonstration: true,
      blocks: [
        { type: 'heading', level: 1, number: '一、', runs: [{ text, bold: false }] }, { type: 'paragraph', runs: [{ text, bold: true }] },
        { type: 'table', caption: text, head: [text], rows: [[{ text, rowSpan: 1, align: 'left' }]], widths: [100] }, { type: 'picture', caption: text, evidence: '99-1', image: null },
      ],
    }, 'pdf', at);
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
    expect(Buffer.from(pdf).toString('latin1')).toContain('<pdfaid:part>2</pdfaid:part>');
  });
});
