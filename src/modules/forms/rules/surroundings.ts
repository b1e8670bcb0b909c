// What stands around the table: title, date, name of the unit, and a unit of count for everything (单位：万).
import type { Grid, GridCell } from '../../../shared/grid.ts';
import type { FormDoubt, FormPlace } from '../model.ts';
import { significant } from './labels.ts';

export interface FormSurroundings {
  readonly unitName: string;
  readonly doubts: readonly FormDoubt[];
  /** Everything in the table is counted in ten thousands or the like. */
  readonly scaled: { readonly text: string; readonly where: FormPlace } | null;
}

export interface ExpectedSurroundings {
  readonly title: string;
  /** First and last year that the edition's papers may name. */
  readonly years: readonly [number, number];
  /** Names the unit goes by; empty when nobody said whose form it is. */
  readonly unitNames: readonly string[];
}

interface Piece {
  readonly text: string;
  readonly where: FormPlace;
  readonly cell: GridCell;
  readonly grid: Grid;
}

export function surroundingsOf(grids: readonly Grid[], expected: ExpectedSurroundings): FormSurroundings {
  const pieces = grids.flatMap((grid) => grid.cells.filter(({ text }) => text.length < 400).map((cell): Piece => ({ text: cell.text.normalize('NFKC'), where: { kind: grid.kind, grid: grid.name, row: cell.row, column: cell.column }, cell, grid })));
  const edition = pieces.find(({ text }) => isOtherEdition(text, expected));
  const unit = unitIn(pieces);
  const other = unit !== null && isOtherUnit(unit.name, expected.unitNames);
  const scaled = pieces.find(({ text }) => !/填报单位/.test(text) && /单位\s*:?\s*\(?\s*[十百千万亿](?:元|家|人次|人|份|条|个|件|篇|场次|场)?\s*\)?\s*$/.test(text));
  const doubts: FormDoubt[] = [];
  if (edition !== undefined) doubts.push({ code: null, kind: 'edition_differs', text: edition.cell.text, where: edition.where, candidates: [] });
  if (other) doubts.push({ code: null, kind: 'other_unit', text: unit.name, where: unit.where, candidates: [] });
  return { unitName: unit?.name ?? '', doubts, scaled: scaled === undefined ? null : { text: scaled.cell.text, where: scaled.where } };
}

function isOtherEdition(text: string, { title, years: [from, to] }: ExpectedSurroundings): boolean {
  const dated = /(20\d\d)\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日/.exec(text);
  if (dated !== null) return Number(dated[1]) < from || Number(dated[1]) > to;
  if (!/统计表/.test(text) || !/服务月/.test(text)) return false;
  const year = /(20\d\d)/.exec(text);
  if (year !== null && (Number(year[1]) < from || Number(year[1]) > to)) return true;
  const ordinal = /首届|第[一二三四五六七八九十\d]+届/.exec(text)?.[0];
  return ordinal !== undefined && !significant(title).includes(significant(ordinal)) && !(ordinal === '第一届' && title.includes('首届'));
}

const unitLine = /填\s*报\s*单\s*位\s*(?:\(\s*盖\s*章\s*\))?\s*:?\s*/;

function unitIn(pieces: readonly Piece[]): { readonly name: string; readonly where: FormPlace } | null {
  const piece = pieces.find(({ text }) => unitLine.test(text));
  if (piece === undefined) return null;
  const behind = cleaned(piece.text.slice(piece.text.search(unitLine)).replace(unitLine, ''));
  if (behind !== '') return { name: behind, where: piece.where };
  const next = piece.grid.cells.find(({ row, column }) => row === piece.cell.row && column > piece.cell.column);
  return { name: cleaned(next?.text.normalize('NFKC') ?? ''), where: piece.where };
}

/** Without the date that stands on the same line, and without lines to write on. */
function cleaned(text: string): string {
  return (text.replace(/(?:20\d\d)?\s*年\s*\d{0,2}\s*月\s*\d{0,2}\s*日.*$/s, '').split('\n')[0] ?? '').replace(/[_\s]+/g, '').slice(0, 100);
}

/** A stamp over the name or a short form is the unit's own; what shares no name with it is another's. */
function isOtherUnit(name: string, unitNames: readonly string[]): boolean {
  const word = significant(name);
  if (word === '' || unitNames.length === 0) return false;
  return !unitNames.some((one) => word.includes(significant(one)) || significant(one).includes(word));
}
