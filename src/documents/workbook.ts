// Writes XLSX as it is read off: a row is forgotten once it is deflated, so a hundred thousand need no more memory than ten.
// The same workbook is the same bytes. Never writes a formula, a link or a macro. Why an own writer: decision 0020.
import { drawingParts, relationsXml } from './workbook/drawings.ts';
import type { Area, Properties, Row, Sheet, Workbook } from './workbook/model.ts';
import { rowSource, type SheetWriting, sheetXml, type Written } from './workbook/sheet.ts';
import { styleSheetOf } from './workbook/styles.ts';
import { quotedName, sheetName, xmlAttribute, xmlText } from './workbook/text.ts';
import { fixedArea } from './workbook/validations.ts';
import { type ZipStream, zipStream } from './zip-stream.ts';

const mostRowsOfSheet = 1_048_576;
const officeDocument = 'application/vnd.openxmlformats-officedocument';
const packaged = 'application/vnd.openxmlformats-package';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const noMoment = '2000-01-01T00:00:00Z';

export const workbookMediaType = `${officeDocument}.spreadsheetml.sheet`;

/** A sheet as it stands in the file: what was declared, or the going on of it. */
interface Standing {
  readonly sheet: Sheet;
  readonly name: string;
  readonly filtered: Area | null;
}

export interface WritingLimits {
  /** Rows of a sheet before it goes on in a further one. */
  readonly mostRows?: number;
}

/** The file in chunks. Rows are read only as fast as chunks are taken; whoever stops taking ends the rows. */
export async function* writeWorkbook(workbook: Workbook, { mostRows = mostRowsOfSheet }: WritingLimits = {}): AsyncGenerator<Uint8Array> {
  if (workbook.sheets.length === 0) throw new RangeError('a workbook has a sheet');
  const zip = zipStream();
  const styles = styleSheetOf(workbook.styles ?? {});
  const taken = new Set<string>();
  const names = workbook.sheets.map(({ name }) => sheetName(name, taken));
  const nameOf = (wanted: string): string => names[workbook.sheets.findIndex(({ name }) => name === wanted)] ?? raiseUnknown(wanted);
  const standing: Standing[] = [];
  yield* zip.whole('[Content_Types].xml', contentTypesXml(workbook.sheets));
  yield* zip.whole('_rels/.rels', packageRelationsXml());
  for (const [index, sheet] of workbook.sheets.entries()) {
    const source = rowSource(sheet.rows);
    const naming = { first: names[index] ?? '', taken, nameOf };
    try {
      yield* sheetParts(zip, { sheet, source, styles, mostRows }, naming, standing);
    } finally {
      await source.close();
    }
  }
  yield* pictureParts(zip, standing);
  yield* zip.whole('xl/styles.xml', styles.xml);
  yield* zip.whole('xl/workbook.xml', workbookXml(standing));
  yield* zip.whole('xl/_rels/workbook.xml.rels', relationsXml([...standing.map((_, index) => ({ type: `${relations}/worksheet`, target: `worksheets/sheet${index + 1}.xml` })), { type: `${relations}/styles`, target: 'styles.xml' }]));
  yield* zip.whole('docProps/core.xml', corePropertiesXml(workbook.properties ?? {}));
  yield* zip.whole('docProps/app.xml', `${declaration}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Fuwuyue</Application></Properties>`);
  yield* zip.end();
}

/** The whole file at once, for workbooks that are small. */
export async function workbookBytes(workbook: Workbook, limits: WritingLimits = {}): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeWorkbook(workbook, limits)) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

interface Naming {
  readonly first: string;
  readonly taken: Set<string>;
  nameOf(sheet: string): string;
}

/** The sheet, and as many further ones as its rows need. */
async function* sheetParts(zip: ZipStream, written: Pick<SheetWriting, 'sheet' | 'source' | 'styles' | 'mostRows'>, naming: Naming, standing: Standing[]): AsyncGenerator<Uint8Array> {
  const { sheet } = written;
  let repeated: readonly Row[] = [];
  for (let first = true, more = true; more; first = false) {
    const told: Written = { more: false, head: [], filtered: null };
    yield* zip.growing(`xl/worksheets/sheet${standing.length + 1}.xml`, sheetXml({ ...written, first, repeated, nameOf: naming.nameOf }, told));
    standing.push({ sheet, name: first ? naming.first : sheetName(naming.first, naming.taken), filtered: told.filtered });
    if (first) repeated = told.head;
    ({ more } = told);
  }
}

function raiseUnknown(sheet: string): never {
  throw new Error(`no sheet ${sheet}`);
}

function* pictureParts(zip: ZipStream, standing: readonly Standing[]): Generator<Uint8Array> {
  for (const [index, { sheet }] of standing.entries()) {
    const pictures = sheet.pictures ?? [];
    if (pictures.length === 0 || standing[index - 1]?.sheet === sheet) continue;
    for (const { name, content } of drawingParts(pictures, index + 1)) yield* zip.whole(name, content);
  }
}

/** Worksheets are what a part is unless said otherwise: how many there will be is known only at the end. */
function contentTypesXml(sheets: readonly Sheet[]): string {
  const parts: [name: string, type: string][] = [
    ['/xl/workbook.xml', `${officeDocument}.spreadsheetml.sheet.main+xml`],
    ['/xl/styles.xml', `${officeDocument}.spreadsheetml.styles+xml`],
    ['/docProps/core.xml', `${packaged}.core-properties+xml`],
    ['/docProps/app.xml', `${officeDocument}.extended-properties+xml`],
  ];
  const drawings = sheets.some(({ pictures = [] }) => pictures.length > 0) ? `<Default Extension="png" ContentType="image/png"/>` : '';
  return [
    `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="${packaged}.relationships+xml"/>`,
    `<Default Extension="xml" ContentType="${officeDocument}.spreadsheetml.worksheet+xml"/>${drawings}`,
    ...parts.map(([name, type]) => `<Override PartName="${name}" ContentType="${type}"/>`),
    ...sheets.flatMap(({ pictures = [] }, index) => (pictures.length > 0 ? [`<Override PartName="/xl/drawings/drawing${index + 1}.xml" ContentType="${officeDocument}.drawing+xml"/>`] : [])),
    '</Types>',
  ].join('');
}

function packageRelationsXml(): string {
  return relationsXml([
    { type: `${relations}/officeDocument`, target: 'xl/workbook.xml' },
    { type: 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties', target: 'docProps/core.xml' },
    { type: `${relations}/extended-properties`, target: 'docProps/app.xml' },
  ]);
}

function workbookXml(standing: readonly Standing[]): string {
  const firstSeen = Math.max(standing.findIndex(({ sheet }) => sheet.hidden !== true), 0);
  const sheets = standing.map(({ sheet, name }, index) => `<sheet name="${xmlAttribute(name)}" sheetId="${index + 1}"${sheet.hidden === true ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`);
  const names = standing.flatMap(definedNames);
  return [
    `${declaration}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relations}">`,
    `<bookViews><workbookView activeTab="${firstSeen}"/></bookViews><sheets>${sheets.join('')}</sheets>`,
    names.length === 0 ? '' : `<definedNames>${names.join('')}</definedNames>`,
    '</workbook>',
  ].join('');
}

function definedNames({ sheet, name, filtered }: Standing, index: number): string[] {
  const { headRows = 0, print } = sheet;
  const on = xmlText(quotedName(name));
  const defined = (known: string, value: string, more = ''): string => `<definedName name="_xlnm.${known}" localSheetId="${index}"${more}>${on}!${value}</definedName>`;
  return [
    ...(filtered === null ? [] : [defined('_FilterDatabase', fixedArea(filtered), ' hidden="1"')]),
    ...(print?.area === undefined ? [] : [defined('Print_Area', fixedArea(print.area))]),
    ...(headRows > 0 ? [defined('Print_Titles', `$1:$${headRows}`)] : []),
  ];
}

function corePropertiesXml({ title, subject, author, keywords, created = noMoment }: Properties): string {
  const element = (name: string, text: string | undefined): string => (text === undefined ? '' : `<${name}>${xmlText(text)}</${name}>`);
  const moment = (name: string): string => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${xmlText(created)}</dcterms:${name}>`;
  return [
    `${declaration}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"`,
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    element('dc:title', title),
    element('dc:subject', subject),
    element('dc:creator', author ?? 'Fuwuyue'),
    element('cp:keywords', keywords),
    moment('created'),
    moment('modified'),
    '</cp:coreProperties>',
  ].join('');
}
