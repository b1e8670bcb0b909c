// Writes drafts of forms as DOCX, XLSX, XLS and CSV, by hand where a library would be kinder than people are.
import { write, utils, type WorkSheet } from 'xlsx';
import { storedPackage } from '../workbook.ts';
import { type Draft, type DraftCell, type Matrix, matrixOf, type Run } from './drafts.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

export function docxOf(draft: Draft): Uint8Array {
  const tables = [draft, ...(draft.beside === null ? [] : [draft.beside])].map((one) => `${one.before.map((line) => paragraph([{ text: line }], draft.splitRuns)).join('')}${tablesOf(one)}`);
  const body = `${tables.join('<w:p/>')}<w:sectPr/>`;
  return storedPackage({
    '[Content_Types].xml': encode('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'),
    '_rels/.rels': encode('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'),
    'word/document.xml': encode(`<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`),
  });
}

function tablesOf(draft: Draft): string {
  const parts = draft.split === null ? [matrixOf(draft)] : [matrixOf(draft, 0, draft.split), matrixOf(draft, draft.split)];
  return parts.map((matrix) => wordTable(matrix, draft.splitRuns)).join('<w:p/>');
}

function wordTable(matrix: Matrix, split: boolean): string {
  const reach = new Map<number, number>();
  const rows = matrix.filter((cells) => cells.length > 0).map((cells) => {
    const drawn: string[] = [];
    for (let at = 0; at < cells.length; at += 1) {
      const one = cells[at] ?? null;
      const below = reach.get(at) ?? 0;
      if (below > 0) {
        reach.set(at, below - 1);
        drawn.push('<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>');
        continue;
      }
      if ((one?.rows ?? 1) > 1) reach.set(at, (one?.rows ?? 1) - 1);
      drawn.push(wordCell(one, split));
      at += (one?.columns ?? 1) - 1;
    }
    return `<w:tr>${drawn.join('')}</w:tr>`;
  });
  return `<w:tbl>${rows.join('')}</w:tbl>`;
}

function wordCell(one: DraftCell | null, split: boolean): string {
  const span = (one?.columns ?? 1) > 1 ? `<w:gridSpan w:val="${one?.columns ?? 1}"/>` : '';
  const merge = (one?.rows ?? 1) > 1 ? '<w:vMerge w:val="restart"/>' : '';
  const text = one === null ? '' : one.number === undefined ? one.text : shownIn(one);
  const paragraphs = one?.runs === undefined ? text.split('\n').map((line) => paragraph([{ text: line }], split)) : [paragraph(one.runs, false)];
  return `<w:tc><w:tcPr>${span}${merge}</w:tcPr>${paragraphs.join('')}</w:tc>`;
}

/** Word has no numbers: what the spreadsheet would show. */
function shownIn({ text, number }: DraftCell): string {
  return text === '' ? String(number) : text;
}

function paragraph(runs: readonly Run[], split: boolean): string {
  const pieces = split ? runs.flatMap(({ text }) => Array.from(text, (character): Run => ({ text: character }))) : runs;
  return `<w:p>${pieces.map(runXml).join('')}</w:p>`;
}

function runXml({ text, mark }: Run): string {
  if (mark === 'removed') return `<w:del w:id="1"><w:r><w:delText>${escaped(text)}</w:delText></w:r></w:del>`;
  const properties = { struck: '<w:strike/>', raised: '<w:vertAlign w:val="superscript"/>', vanished: '<w:vanish/>' };
  const inner = mark === undefined ? '' : `<w:rPr>${properties[mark]}</w:rPr>`;
  return `<w:r>${inner}<w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
}

/** Rows above the table, then the table, with every merged cell. */
function sheetRows(draft: Draft): { rows: Matrix; merges: string[]; hiddenRows: Set<number>; hiddenColumns: number[] } {
  const rows: Matrix = [...draft.before.map((line): (DraftCell | null)[] => [{ text: line }]), ...matrixOf(draft)];
  const merges = rows.flatMap((cells, row) => cells.flatMap((one, column) => {
    const [tall, wide] = [one?.rows ?? 1, one?.columns ?? 1];
    return tall > 1 || wide > 1 ? [`${letter(column)}${row + 1}:${letter(column + wide - 1)}${row + tall}`] : [];
  }));
  const first = rows.length - draft.rows.length;
  const hiddenRows = new Set(draft.rows.flatMap(({ hidden }, index) => (hidden === true ? [first + index] : [])));
  const hiddenColumns = draft.columns.flatMap(({ hidden }, index) => (hidden === true ? [index + draft.offset.columns] : []));
  return { rows, merges, hiddenRows, hiddenColumns };
}

const letter = (index: number): string => String.fromCharCode(65 + index);

export function xlsxOf(draft: Draft): Uint8Array {
  const drafts = [draft, ...(draft.beside === null ? [] : [draft.beside])];
  const formats = [...new Set(drafts.flatMap(({ rows }) => rows.flatMap((row) => [row.value, ...Object.values(row.more)].flatMap(({ format }) => (format === undefined ? [] : [format])))))];
  const styles = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>${formats.map((format, index) => `<numFmt numFmtId="${200 + index}" formatCode="${escaped(format)}"/>`).join('')}</numFmts><fonts><font/></fonts><cellXfs><xf numFmtId="0" fontId="0"/>${formats.map((_, index) => `<xf numFmtId="${200 + index}" fontId="0"/>`).join('')}</cellXfs></styleSheet>`;
  const sheets = drafts.map((one) => sheetXml(one, formats));
  return storedPackage({
    '[Content_Types].xml': encode('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'),
    '_rels/.rels': encode('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
    'xl/workbook.xml': encode(`<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${sheets.map((_, index) => `<sheet name="表${index + 1}" sheetId="${index + 1}" r:id="s${index}"/>`).join('')}</sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': encode(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets.map((_, index) => `<Relationship Id="s${index}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}<Relationship Id="t" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`),
    'xl/styles.xml': encode(styles),
    ...Object.fromEntries(sheets.map((xml, index) => [`xl/worksheets/sheet${index + 1}.xml`, encode(xml)])),
  });
}

function sheetXml(draft: Draft, formats: readonly string[]): string {
  const { rows, merges, hiddenRows, hiddenColumns } = sheetRows(draft);
  const columns = hiddenColumns.map((at) => `<col min="${at + 1}" max="${at + 1}" hidden="1"/>`).join('');
  const body = rows.map((cells, row) => `<row r="${row + 1}"${hiddenRows.has(row) ? ' hidden="1"' : ''}>${cells.map((one, column) => (one === null ? '' : cellXml(one, `${letter(column)}${row + 1}`, formats))).join('')}</row>`).join('');
  return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${columns === '' ? '' : `<cols>${columns}</cols>`}<sheetData>${body}</sheetData>${merges.length === 0 ? '' : `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`}</worksheet>`;
}

function cellXml({ text, number, format, runs }: DraftCell, at: string, formats: readonly string[]): string {
  const style = format === undefined ? 0 : formats.indexOf(format) + 1;
  if (number !== undefined) return `<c r="${at}" s="${style}"><v>${number}</v></c>`;
  if (runs === undefined) return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
  const shown = runs.filter(({ mark }) => mark !== 'removed' && mark !== 'vanished');
  const properties = { struck: '<strike/>', raised: '<vertAlign val="superscript"/>', removed: '', vanished: '' };
  return `<c r="${at}" t="inlineStr"><is>${shown.map(({ text: part, mark }) => `<r>${mark === undefined ? '' : `<rPr>${properties[mark]}</rPr>`}<t xml:space="preserve">${escaped(part)}</t></r>`).join('')}</is></c>`;
}

function oldCell({ text, number, format }: DraftCell): WorkSheet[string] {
  return number === undefined ? { t: 's', v: text } : { t: 'n', v: number, ...(format === undefined ? {} : { z: format }) };
}

export function xlsOf(draft: Draft): Uint8Array {
  const book = utils.book_new();
  for (const [index, one] of [draft, ...(draft.beside === null ? [] : [draft.beside])].entries()) {
    const { rows, merges, hiddenRows, hiddenColumns } = sheetRows(one);
    const sheet: WorkSheet = {};
    const placed = rows.flatMap((cells, row) => cells.map((each, column) => ({ each, at: `${letter(column)}${row + 1}` })));
    for (const { each, at } of placed) if (each !== null) sheet[at] = oldCell(each);
    sheet['!ref'] = `A1:${letter(Math.max(...rows.map((cells) => cells.length)))}${rows.length}`;
    sheet['!merges'] = merges.map((ref) => utils.decode_range(ref));
    sheet['!rows'] = rows.map((_, row) => ({ hidden: hiddenRows.has(row) }));
    sheet['!cols'] = Array.from({ length: 12 }, (_, column) => ({ hidden: hiddenColumns.includes(column) }));
    utils.book_append_sheet(book, sheet, `表${index + 1}`);
  }
  return new Uint8Array(write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer);
}

export function csvOf(draft: Draft, encoding: 'utf-8' | 'utf-8-mark' | 'gbk'): Uint8Array {
  const drafts = [draft, ...(draft.beside === null ? [] : [draft.beside])];
  const lines = drafts.flatMap((one) => sheetRows(one).rows.map((cells) => cells.map((each) => quoted(each === null ? '' : each.number === undefined ? plainText(each) : shownIn(each))).join(',')));
  const text = `${lines.join('\r\n')}\r\n`;
  if (encoding === 'gbk') return inGbk(text);
  return encode(encoding === 'utf-8-mark' ? `\uFEFF${text}` : text);
}

const plainText = ({ text, runs }: DraftCell): string => (runs === undefined ? text : runs.filter(({ mark }) => mark !== 'removed').map((run) => run.text).join(''));
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

let gbkCodes: Map<string, readonly [number, number]> | null = null;

/** Node only reads GBK; what it reads, turned around, writes it. */
export function inGbk(text: string): Uint8Array {
  gbkCodes ??= codesOfGbk();
  const codes = gbkCodes;
  return Uint8Array.from(Array.from(text).flatMap((character) => (character < '\u0080' ? [character.charCodeAt(0)] : codes.get(character) ?? [0x3f])));
}

function codesOfGbk(): Map<string, readonly [number, number]> {
  const decoder = new TextDecoder('gbk');
  const codes = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== '\uFFFD' && !codes.has(character)) codes.set(character, [lead, trail]);
    }
  }
  return codes;
}
