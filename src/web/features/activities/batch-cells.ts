// What a cell of the grid means: dates as sheets write them, words of choices, lists of enterprises. Pure; nothing is guessed
// that could be two things.
import type { EditionDefinition, KindField } from '../../../modules/editions/model.ts';
import type { Attendance } from '../../../modules/enterprises/model.ts';
import { isUscc, type ListDoubt, nameKeyOf, normaliseUscc, parseEnterpriseList } from '../../../modules/enterprises/rules.ts';

// oxlint-disable-next-line no-control-regex -- what sheets and chats leave between the characters is what is taken out here
const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0085\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** A cell as one line of text. */
export function cleanCell(text: string): string {
  return text.replace(invisible, '').replace(/\u00a0/g, ' ').replace(/[ \t]*[\r\n]+[ \t]*/g, ' ').normalize('NFC').trim();
}

type Dates = Pick<EditionDefinition, 'window' | 'grace'>;

/** `2023-06-05` for 2023/6/5, 2023.6.5, 2023年6月5日, 20230605, 6月5日, 6/5, or a sheet's number of days; null when it is none. */
export function readDate(text: string, dates: Dates): string | null {
  const bare = text.normalize('NFKC').replace(/\(?(?:星期|周)[一二三四五六日天]\)?/, '').replace(/[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/, '').replace(/\s/g, '');
  const full = /^(\d{4}|\d{2})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})(?:日|号)?$/.exec(bare) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(bare);
  if (full !== null) return dateOf(Number(full[1]), Number(full[2]), Number(full[3]));
  const short = /^(\d{1,2})(?:月|[-/.])(\d{1,2})(?:日|号)?$/.exec(bare);
  if (short !== null) return dateOfEdition(Number(short[1]), Number(short[2]), dates);
  return /^\d{5}(?:\.0+)?$/.test(bare) ? dateOfSheet(Number(bare), dates) : null;
}

function dateOf(year: number, month: number, day: number): string | null {
  const full = year < 100 ? 2000 + year : year;
  const time = Date.UTC(full, month - 1, day);
  const date = new Date(time);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
}

/** A day without a year is of the year in which the edition takes it, else of the campaign's own. */
function dateOfEdition(month: number, day: number, { window, grace }: Dates): string | null {
  const years = [...new Set([window.from, window.to, grace.from, grace.to].map((date) => Number(date.slice(0, 4))))];
  const candidates = years.flatMap((year) => dateOf(year, month, day) ?? []);
  return candidates.find((date) => date >= grace.from && date <= grace.to) ?? candidates[0] ?? null;
}

/** Days since 1899-12-30, as a cell holds a date whose format was lost; only when it is a day the edition takes. */
function dateOfSheet(days: number, { grace }: Dates): string | null {
  const date = new Date(Date.UTC(1899, 11, 30) + days * 86_400_000).toISOString().slice(0, 10);
  return date >= grace.from && date <= grace.to ? date : null;
}

/** The code of the option that the words mean: the same words in either language, or the only one that begins with them. What is none stays as it is. */
export function readChoice(text: string, field: Pick<KindField, 'options'>): string {
  const key = nameKeyOf(text);
  const options = field.options ?? [];
  if (key === '') return '';
  const same = options.find(({ code, name }) => code === text.trim() || nameKeyOf(name.zh) === key || nameKeyOf(name.en) === key);
  if (same !== undefined) return same.code;
  const beginning = options.filter(({ name }) => key.length > 1 && (nameKeyOf(name.zh).startsWith(key) || nameKeyOf(name.en).startsWith(key)));
  const [only] = beginning;
  return beginning.length === 1 && only !== undefined ? only.code : text;
}

/** Why a list of enterprises cannot be taken as it is. */
export type EnterpriseFault = { readonly rule: 'code_wrong' | 'code_in_scientific_notation' | 'name_missing' | 'name_too_long' | 'not_understood'; readonly text: string };

export interface EnterprisesRead {
  readonly attendances: readonly Attendance[];
  readonly faults: readonly EnterpriseFault[];
  /** Named without a code: they are taken as 现场未获取, and the person is told. */
  readonly uncoded: number;
}

/** Enterprises of a cell, apart by 、 ; or line ends. `register` gives the names of codes that stand alone; a wrong code is never passed over. */
export function readEnterprises(text: string, register: ReadonlyMap<string, string>): EnterprisesRead {
  const parts = partsOf(text).map((part) => {
    const code = normaliseUscc(part);
    const name = isUscc(code) ? register.get(code) : undefined;
    return name === undefined ? part : `${code}\t${name}`;
  });
  const { attendances, doubts } = parseEnterpriseList(parts.join('\n'));
  const faults = doubts.filter(isFault).map(({ rule, text: about }) => ({ rule, text: about }));
  return { attendances, faults, uncoded: attendances.filter(({ uscc }) => uscc === null).length };
}

function isFault(doubt: ListDoubt): doubt is ListDoubt & EnterpriseFault {
  return doubt.rule !== 'code_missing' && doubt.rule !== 'listed_twice' && doubt.rule !== 'listed_twice_with_other_name';
}

function partsOf(text: string): string[] {
  return text.replace(/\r\n?/g, '\n').split(/[、;；\n]/).map((part) => part.trim()).filter((part) => part !== '');
}

/** Good codes of a cell that stand without a name, to be looked up. */
export function lonelyCodes(text: string): string[] {
  return partsOf(text).map(normaliseUscc).filter(isUscc);
}
