// The looks of cells: declared by name in a workbook, numbered in styles.xml. Each has three forms, so that a date is shown as
// one and a text like a formula stays a text when somebody edits its cell.
import { xmlAttribute } from './text.ts';

export interface CellStyle {
  /** 宋体 unless said otherwise: on every Chinese office machine. */
  readonly font?: string;
  readonly size?: number;
  readonly bold?: boolean;
  /** RRGGBB. */
  readonly colour?: string;
  readonly fill?: string;
  readonly horizontal?: 'left' | 'center' | 'right' | 'distributed';
  readonly vertical?: 'top' | 'center' | 'bottom';
  readonly wrap?: boolean;
  /** In steps of about one character. */
  readonly indent?: number;
  readonly border?: 'thin' | 'medium' | 'bottom';
  /** How a number is shown, as Excel writes it: `#,##0`, `"（"0"）场次"`, `@` for text. */
  readonly format?: string;
}

export type CellForm = 'plain' | 'date' | 'quoted';
const forms: readonly CellForm[] = ['plain', 'date', 'quoted'];
const ownFormats = 164;
const dateFormat = 'yyyy\\-mm\\-dd';

export interface StyleSheet {
  readonly xml: string;
  /** The number of a style, by its name and the form it is needed in; no name is the plain look. */
  numberOf(name: string | undefined, form: CellForm): number;
}

export function styleSheetOf(styles: Readonly<Record<string, CellStyle>>): StyleSheet {
  const names = Object.keys(styles);
  const looks: CellStyle[] = [{}, ...Object.values(styles)];
  const fonts = numbered(looks.map(fontXml));
  const fills = numbered(['<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>', ...looks.map(fillXml)]);
  const borders = numbered(looks.map(borderXml));
  const formats = numbered([dateFormat, ...looks.flatMap(({ format }) => format ?? [])]);
  const xfs = looks.flatMap((look) =>
    forms.map((form) => {
      const format = look.format ?? (form === 'date' ? dateFormat : null);
      const number = format === null ? 0 : ownFormats + formats.numberOf(format);
      const parts = `numFmtId="${number}" fontId="${fonts.numberOf(fontXml(look))}" fillId="${fills.numberOf(fillXml(look))}" borderId="${borders.numberOf(borderXml(look))}" xfId="0"`;
      const applied = 'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"';
      return `<xf ${parts} ${applied}${form === 'quoted' ? ' quotePrefix="1"' : ''}>${alignmentXml(look)}</xf>`;
    }),
  );
  return { xml: styleSheetXml(fonts.all, fills.all, borders.all, formats.all, xfs), numberOf: (name, form) => numberOf(names, name, form) };
}

function numberOf(names: readonly string[], name: string | undefined, form: CellForm): number {
  const index = name === undefined ? 0 : names.indexOf(name) + 1;
  if (name !== undefined && index === 0) throw new Error(`no style ${name}`);
  return index * forms.length + forms.indexOf(form);
}

function numbered(texts: readonly string[]): { readonly all: readonly string[]; numberOf(text: string): number } {
  const all = [...new Set(texts)];
  return { all, numberOf: (text) => all.indexOf(text) };
}

function fontXml({ font = '宋体', size = 11, bold = false, colour }: CellStyle): string {
  const tone = colour === undefined ? '' : `<color rgb="FF${hex(colour)}"/>`;
  return `<font>${bold ? '<b/>' : ''}<sz val="${size}"/>${tone}<name val="${xmlAttribute(font)}"/><charset val="134"/></font>`;
}

function fillXml({ fill }: CellStyle): string {
  const pattern = fill === undefined ? '<patternFill patternType="none"/>' : `<patternFill patternType="solid"><fgColor rgb="FF${hex(fill)}"/><bgColor indexed="64"/></patternFill>`;
  return `<fill>${pattern}</fill>`;
}

function borderXml({ border }: CellStyle): string {
  const edge = (name: string): string => {
    const drawn = border !== undefined && (border !== 'bottom' || name === 'bottom');
    return drawn ? `<${name} style="${border === 'medium' ? 'medium' : 'thin'}"><color auto="1"/></${name}>` : `<${name}/>`;
  };
  return `<border>${['left', 'right', 'top', 'bottom', 'diagonal'].map((name) => (name === 'diagonal' ? '<diagonal/>' : edge(name))).join('')}</border>`;
}

function alignmentXml({ horizontal, vertical = 'center', wrap = false, indent = 0 }: CellStyle): string {
  return `<alignment${horizontal === undefined ? '' : ` horizontal="${horizontal}"`} vertical="${vertical}"${wrap ? ' wrapText="1"' : ''}${indent > 0 ? ` indent="${indent}"` : ''}/>`;
}

function hex(colour: string): string {
  if (!/^[\dA-Fa-f]{6}$/.test(colour)) throw new Error(`no colour: ${colour}`);
  return colour.toUpperCase();
}

function styleSheetXml(fonts: readonly string[], fills: readonly string[], borders: readonly string[], formats: readonly string[], xfs: readonly string[]): string {
  const listed = (name: string, items: readonly string[]): string => `<${name} count="${items.length}">${items.join('')}</${name}>`;
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    listed('numFmts', formats.map((format, index) => `<numFmt numFmtId="${ownFormats + index}" formatCode="${xmlAttribute(format)}"/>`)),
    listed('fonts', fonts),
    listed('fills', fills),
    listed('borders', borders),
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    listed('cellXfs', xfs),
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
  ].join('');
}
