// Text as it stands in the XML of a workbook: whatever it is, it stays text, and the XML stays XML. Pure.

/** Excel takes no more in a cell. */
export const mostCharacters = 32_767;
const cutMark = '〔…〕';

const special = /[\p{Cc}\p{Cs}\ufffe\uffff&<>"]|_(?=x[\dA-Fa-f]{4}[_\p{Cc}])/gu;

/**
 * Text of an XML element or attribute. Characters that XML cannot hold are written in Excel's way (_x000B_), and text that
 * only looks like that way is kept from being read so. Half of a surrogate pair is no character: the replacement mark.
 */
export function xmlText(text: string): string {
  return text.replace(special, (found) => escapeOf(found));
}

function escapeOf(found: string): string {
  switch (found) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    case '"':
      return '&quot;';
    case '_':
      return '_x005F_';
    case '\t':
    case '\n':
      return found;
    default:
      return control(found.charCodeAt(0), found);
  }
}

function control(code: number, found: string): string {
  if (code >= 0xd800) return '\ufffd';
  return code < 0x20 ? `_x${code.toString(16).toUpperCase().padStart(4, '0')}_` : found;
}

/** In an attribute a line break would be read as a blank. */
export function xmlAttribute(text: string): string {
  return xmlText(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/** No longer than Excel takes; what was cut off is seen to be. */
export function cellText(text: string): string {
  if (text.length <= mostCharacters) return text;
  const kept = text.slice(0, mostCharacters - cutMark.length);
  return `${kept.replace(/[\ud800-\udbff]$/, '')}${cutMark}`;
}

/**
 * Whether a spreadsheet might run the text when it is typed or opened as CSV: the usual signs, the full-width ones that some
 * take for them, behind blanks and marks that are not seen.
 */
export function isFormulaLike(text: string): boolean {
  // Nearly every text begins with a letter, a digit or a Chinese character.
  if (isPlainBeginning(text.charCodeAt(0))) return false;
  return /^[\s\u200b\ufeff]*[=+\-@＝＋－＠|]/.test(text) || /^[\t\r\n]/.test(text);
}

function isPlainBeginning(code: number): boolean {
  return (code >= 0x3400 && code <= 0x9fff) || (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

const mostInSheetName = 31;

/** A name Excel takes for a sheet, unlike those taken (which gain it). */
export function sheetName(wanted: string, taken: Set<string>): string {
  const plain = wanted.replace(/[\p{Cc}\p{Cs}\ufffe\uffff[\]:*?/\\]/gu, ' ').replace(/^[\s']+|[\s']+$/g, '');
  const base = plain === '' || plain.toLowerCase() === 'history' ? 'Sheet' : plain;
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : `（${number}）`;
    const name = `${shortened(base, mostInSheetName - ending.length)}${ending}`;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}

function shortened(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '').replace(/[\s']+$/, '');
}

/** A sheet's name inside a reference. */
export function quotedName(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

/** A, B, … Z, AA, … of a column counted from 1. */
export function columnName(column: number): string {
  const rest = (column - 1) % 26;
  const letter = String.fromCharCode(65 + rest);
  return column <= 26 ? letter : `${columnName((column - 1 - rest) / 26)}${letter}`;
}

/** The number Excel counts a calendar date by (2023-06-01 → 45078), without any clock or zone; null for text that is no date from 1900-03-01 on. */
export function dateNumber(text: string): number | null {
  const [year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.slice(1) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return null;
  const past = year - 1;
  const ofYears = past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  let days = ofYears - daysBefore1900 + day;
  for (let before = 1; before < month; before += 1) days += daysOf(year, before);
  // Excel believes in a 29 February 1900: before it numbers and days disagree.
  return days > 60 ? days : null;
}

/** From year 1 to the day Excel counts from, as it counts after its false leap day. */
const daysBefore1900 = 693_594;

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
