// 统一社会信用代码 (GB 32100-2015): its alphabet, its check character and the organisation code inside (GB 11714);
// how enterprise names are compared; how a list pasted from a sheet is read. Pure: the browser and the server use it alike.
import type { Attendance } from './model.ts';

/** 31 symbols: no I, O, S, V, Z. The check character may be any of them. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

/** Full-width to half-width, no blanks, upper case. */
export function normaliseUscc(text: string): string {
  // Nearly always it is one already.
  if (/^[0-9A-Z]*$/.test(text)) return text;
  return text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}

/** The 18th character for the first 17, or null when a symbol is outside the alphabet. */
export function usccCheckCharacter(first17: string): string | null {
  let sum = 0;
  for (let index = 0; index < 17; index += 1) {
    const value = alphabet.indexOf(first17[index] ?? ' ');
    if (value < 0) return null;
    sum += value * (weights[index] ?? 0);
  }
  return alphabet[(31 - (sum % 31)) % 31] ?? null;
}

/** The ninth character of an organisation code (GB 11714) for its first eight. */
export function organisationCheckCharacter(first8: string): string | null {
  let sum = 0;
  for (let index = 0; index < 8; index += 1) {
    const value = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'.indexOf(first8[index] ?? ' ');
    if (value < 0) return null;
    sum += value * (organisationWeights[index] ?? 0);
  }
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** Whether a normalised text is a well-formed code: 18 symbols and both check characters right. Zeros, typed to fill the cell, are none. */
export function isUscc(text: string): boolean {
  if (text.length !== 18 || text.startsWith('00000000', 8)) return false;
  return usccCheckCharacter(text.slice(0, 17)) === text[17] && organisationCheckCharacter(text.slice(8, 16)) === text[16];
}

/** How names are compared: half-width, lower case, without blanks and punctuation. */
export function nameKeyOf(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/[\p{P}\p{S}\p{Z}\s]/gu, '');
}

/** Pairs of neighbouring characters of a name, each once and sorted: what the register is searched by. One character stands alone. */
export function nameBigrams(name: string): string[] {
  const characters = Array.from(nameKeyOf(name));
  if (characters.length < 2) return characters;
  const pairs = characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
  return [...new Set(pairs)].sort();
}

/** Why a line of a pasted list wants a look. */
export type ListDoubtRule =
  | 'code_missing'
  | 'code_wrong'
  | 'code_in_scientific_notation'
  | 'name_missing'
  | 'name_too_long'
  | 'listed_twice'
  | 'listed_twice_with_other_name'
  | 'not_understood';

export interface ListDoubt {
  /** Line of the pasted text, from 1. */
  readonly line: number;
  readonly rule: ListDoubtRule;
  /** What the doubt is about, as typed; for `name_missing` the normalised code. */
  readonly text: string;
}

export interface EnterpriseList {
  readonly attendances: readonly Attendance[];
  readonly doubts: readonly ListDoubt[];
}

const longestName = 100;
const headerOfNames = /^(?:参会|参加|参与|走访|受访|到会)?(?:企业|单位|公司|机构|主体|市场主体|纳税人)?(?:名称|全称|名)$|^(?:参会|参加|参与|走访|受访)?(?:企业|单位|公司)$/;
const headerOfCodes = /代码$|信用码$|^税号$|^uscc$/i;
const headerOfOthers = /^(?:序号|编号|no\.?|#|联系人|联系电话|电话|手机号?|手机号码|地址|住所|备注|日期|时间|职务|姓名|行业|区县|街道|法定代表人|法人|人数|签名|签到)$/i;
const titleOfSheet = /(?:名单|签到表|登记表|汇总表|一览表|统计表)$/;
const endOfOrganisation = /(?:公司|企业|集团|厂|店|院|所|中心|社|行|部|站|馆|场|室|会|学校|大学|合伙|有限合伙|ltd\.?|inc\.?|llc|gmbh|corp\.?|co\.?)[)）]?$/i;
const address = /[路街道巷弄]\d+号|\d+号楼|\d+室/;
const numberOfLine = /^[（(]?\d{1,4}[)）.、．]?$/;
const numberBeforeName = /^\s*(?:[（(]\d{1,3}[)）]|\d{1,3}[)）.、．](?!\d)|[①-⑳])\s*/;
const scientific = /^\d(?:\.\d+)?E\+?\d{1,2}$/i;
// oxlint-disable-next-line no-control-regex -- what sheets and chats leave between the characters is what is taken out here
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f\u0085\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Reads a list pasted from Excel, Word or a chat: a code and a name per line, in any order, among other columns. */
export function parseEnterpriseList(text: string): EnterpriseList {
  const attendances: Attendance[] = [];
  const doubts: ListDoubt[] = [];
  let columns: ListColumns = { name: null, code: null };
  for (const [index, line] of text.replace(/\r\n?/g, '\n').split('\n').entries()) {
    const cells = cellsOf(line);
    if (cells.every((cell) => cell === '' || numberOfLine.test(cell))) continue;
    const header = headerOf(cells);
    if (header !== null) {
      columns = header;
      continue;
    }
    if (attendances.length === 0 && cells.filter((cell) => cell !== '').length === 1 && titleOfSheet.test(cells.join(''))) continue;
    const taken = takeRow(readRow(cells, columns), attendances);
    if (taken !== null) doubts.push({ line: index + 1, ...taken });
  }
  return { attendances, doubts };
}

interface ListColumns {
  readonly name: number | null;
  readonly code: number | null;
}

function cellsOf(line: string): string[] {
  const clean = line.replace(invisible, '').normalize('NFC');
  const parts = clean.includes('\t') ? clean.split('\t') : /[,，;；|]/.test(clean) ? commaParts(clean) : wordParts(clean);
  return parts.flatMap((part) => splitGlued(part.trim().replace(/^["“](.*)["”]$/, '$1').replaceAll('""', '"').trim()));
}

function commaParts(line: string): string[] {
  return [...line.matchAll(/(?:^|[,，;；|])(?:\s*"((?:[^"]|"")*)"\s*|([^,，;；|]*))(?=[,，;；|]|$)/g)].map((match) => match[1] ?? match[2] ?? '');
}

/** Without separators: codes and line numbers stand alone, the other words are one name. */
function wordParts(line: string): string[] {
  const words = line.split(/[\s\u3000]+/).filter((word) => word !== '');
  if (words.every((word) => isHeaderWord(word))) return words;
  const apart = words.filter((word, index) => isCodeLike(word) || scientific.test(word) || (index === 0 && words.length > 1 && numberOfLine.test(word)));
  return [...apart, words.filter((word) => !apart.includes(word)).join(' ')];
}

/** A name with its code in the same cell, as in 「某某公司（91…）」, becomes two cells. */
function splitGlued(cell: string): string[] {
  const half = cell.replace(/[！-～]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0)).toUpperCase();
  const match = /(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])/.exec(half);
  if (match === null || half.length === 18 || !isCodeLike(match[0])) return [cell];
  const rest = `${cell.slice(0, match.index)} ${cell.slice(match.index + 18)}`;
  return [rest.replace(/[（([【][\s:：]*[)）\]】]/g, '').replace(/(?:统一社会信用代码|信用代码)?[\s:：/-]*$/, '').trim(), match[0]];
}

function isCodeLike(text: string): boolean {
  const code = normaliseUscc(text);
  return /^[0-9A-Z]{15,20}$/.test(code) && code.replace(/\D/g, '').length >= 8;
}

function isHeaderWord(word: string): boolean {
  return headerOfNames.test(word) || headerOfCodes.test(word) || headerOfOthers.test(word);
}

function headerOf(cells: readonly string[]): ListColumns | null {
  const words = cells.map((cell) => cell.normalize('NFKC').replace(/[\s*:：]/g, '').replace(/\(.*\)$/, ''));
  const name = words.findIndex((word) => headerOfNames.test(word));
  const code = words.findIndex((word) => headerOfCodes.test(word) && !isCodeLike(word));
  const known = words.filter((word) => word === '' || isHeaderWord(word)).length;
  if ((name < 0 && code < 0) || known * 2 <= words.length) return null;
  return { name: name < 0 ? null : name, code: code < 0 ? null : code };
}

interface ListRow {
  readonly name: string;
  /** As typed; empty when there is none. */
  readonly code: string;
}

function readRow(cells: readonly string[], columns: ListColumns): ListRow {
  const headed = columns.code === null ? '' : (cells[columns.code] ?? '');
  const code = /^[\dA-Z-]*\d[\dA-Z.+-]*$/.test(normaliseUscc(headed)) ? headed : (cells.find((cell) => isCodeLike(cell) || scientific.test(cell)) ?? '');
  const named = columns.name === null ? '' : (cells[columns.name] ?? '');
  const texts = cells.filter((cell) => cell !== code && /\p{L}/u.test(cell) && !isCodeLike(cell));
  const name = /\p{L}/u.test(named) && named !== code && !isCodeLike(named) ? named : likeliestName(texts);
  return { code, name: name.replace(numberBeforeName, '').trim() };
}

function likeliestName(texts: readonly string[]): string {
  return texts.find((text) => endOfOrganisation.test(text)) ?? texts.find((text) => text.length >= 4 && !address.test(text)) ?? texts[0] ?? '';
}

/** Adds a row to the list, or says what is wrong with it; a name without a good code is taken, and doubted. */
function takeRow(row: ListRow, attendances: Attendance[]): Omit<ListDoubt, 'line'> | null {
  if (row.name.length > longestName) return { rule: 'name_too_long', text: row.name };
  const code = normaliseUscc(row.code);
  if (isUscc(code)) return takeCoded(row.name, code, attendances);
  if (row.name === '') return { rule: row.code === '' ? 'not_understood' : 'name_missing', text: code };
  if (attendances.some((one) => nameKeyOf(one.name) === nameKeyOf(row.name))) return { rule: 'listed_twice', text: row.name };
  attendances.push({ uscc: null, name: row.name, reason: 'unknown_on_site' });
  if (row.code === '') return { rule: 'code_missing', text: row.name };
  return { rule: scientific.test(row.code) ? 'code_in_scientific_notation' : 'code_wrong', text: row.code };
}

function takeCoded(name: string, code: string, attendances: Attendance[]): Omit<ListDoubt, 'line'> | null {
  const same = attendances.find((one) => one.uscc === code);
  if (same !== undefined) {
    const sameName = name === '' || nameKeyOf(same.name) === nameKeyOf(name);
    return { rule: sameName ? 'listed_twice' : 'listed_twice_with_other_name', text: name === '' ? code : name };
  }
  if (name === '') return { rule: 'name_missing', text: code };
  const uncoded = attendances.findIndex((one) => one.uscc === null && nameKeyOf(one.name) === nameKeyOf(name));
  if (uncoded < 0) {
    attendances.push({ uscc: code, name, reason: null });
    return null;
  }
  attendances[uncoded] = { uscc: code, name, reason: null };
  return { rule: 'listed_twice', text: name };
}
