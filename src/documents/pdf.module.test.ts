// Typesetting: what the typesetter promises to every template. Needs the build, since it cannot run from TypeScript on Node 20.
import { execFileSync } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import { workerEntry } from '../kernel/workers.ts';
import { closePdf, fontReport, renderPdf } from './pdf.ts';

const createdAt = '2023-07-07T17:00:00.000+08:00';
const source = `#let given = json("data.json")
#let fonts = json("fonts.json")
#set document(title: given.title)
#set text(font: fonts.title)
#given.title`;

afterAll(closePdf);

describe('renderPdf', () => {
  it('makes the same bytes of the same work, also in another process', async () => {
    const first = await renderPdf({ source, data: { title: '开展情况统计表 浉河区' }, createdAt });
    await closePdf();
    const second = await renderPdf({ source, data: { title: '开展情况统计表 浉河区' }, createdAt });
    expect(Buffer.from(first).subarray(0, 8).toString('latin1')).toBe('%PDF-1.7');
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
    const text = Buffer.from(first).toString('latin1');
    expect(text).toContain('<pdfaid:part>2</pdfaid:part>');
    expect(text).toContain('2023-07-07T');
  });

  it('never takes data for commands', async () => {
    const title = '#panic("x") $x$ \\ #read("/etc/passwd") */ "';
    await expect(renderPdf({ source, data: { title }, createdAt })).resolves.toBeInstanceOf(Uint8Array);
  });

  it('gives a template no file of this machine', async () => {
    await expect(renderPdf({ source: '#read("../../../etc/passwd")', data: null, createdAt })).rejects.toThrow('access denied');
  });

  it('says what is wrong with a template, and goes on', async () => {
    await expect(renderPdf({ source: '#let (', data: null, createdAt })).rejects.toThrow('unclosed delimiter');
    await expect(renderPdf({ source, data: { title: '好' }, createdAt })).resolves.toBeInstanceOf(Uint8Array);
  });

  it('ends what takes too long, and goes on', async () => {
    const slow = '#{ let i = 0; while i < 1000 { i += 1; let j = 0; while j < 2000 { j += 1 } } }';
    await expect(renderPdf({ source: slow, data: null, createdAt }, { milliseconds: 50 })).rejects.toThrow('longer than 50 ms');
    await expect(renderPdf({ source, data: { title: '好' }, createdAt })).resolves.toBeInstanceOf(Uint8Array);
  });

  it('survives the end of its process', async () => {
    const children = (): string[] => execFileSync('pgrep', ['-P', String(process.pid), '-f', 'pdf-process'], { encoding: 'utf8' }).trim().split('\n');
    await renderPdf({ source, data: { title: '好' }, createdAt });
    for (const pid of children()) process.kill(Number(pid), 'SIGKILL');
    await expect(renderPdf({ source, data: { title: '好' }, createdAt }).catch(async () => renderPdf({ source, data: { title: '好' }, createdAt }))).resolves.toBeInstanceOf(Uint8Array);
  });

  it('neither keeps a program that is done nor leaves one that waits', () => {
    const program = `import { closePdf, renderPdf } from ${JSON.stringify(workerEntry(import.meta.url, 'pdf').href)};
      const work = { source: 'a', data: null, createdAt: ${JSON.stringify(createdAt)} };
      await renderPdf(work); await closePdf(); await renderPdf(work); console.log('done');`;
    expect(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })).toBe('done\n');
  });

  it('takes images by name', async () => {
    const square = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h1v1H0z"/></svg>');
    await expect(renderPdf({ source: '#image("square.svg", width: 2cm)', data: null, images: { 'square.svg': square }, createdAt })).resolves.toBeInstanceOf(Uint8Array);
    await expect(renderPdf({ source, data: null, images: { '../square.svg': square }, createdAt })).rejects.toThrow('cannot be named');
  });

  it('tells which roles are drawn in a substitute', async () => {
    const report = await fontReport();
    expect(report.map(({ role }) => role)).toEqual(['title', 'text', 'emphasis', 'heading', 'plain']);
    for (const { substitute } of report) expect([null, 'Noto Serif SC', 'Noto Sans SC']).toContain(substitute);
  });
});
