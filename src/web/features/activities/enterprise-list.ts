// Adding enterprises to the list of an entry: each code once, each name without a code once, 500 at most. Pure.
import type { Attendance, UncodedReason } from '../../../modules/enterprises/model.ts';
import { isUscc, type ListDoubt, nameKeyOf, normaliseUscc, parseEnterpriseList } from '../../../modules/enterprises/rules.ts';

export const mostEnterprises = 500;

/** Where an enterprise stands in the list already: by its code, or by its name when it has none. */
export function placeInList(list: readonly Attendance[], one: Attendance): number {
  return list.findIndex((other) => (one.uscc === null ? other.uscc === null && nameKeyOf(other.name) === nameKeyOf(one.name) : other.uscc === one.uscc));
}

export interface Joined {
  readonly list: readonly Attendance[];
  readonly added: number;
  readonly already: readonly string[];
  readonly full: boolean;
}

/** The list with more enterprises, in the order given. One that was named without a code takes the code it is now given. */
export function joinList(list: readonly Attendance[], more: readonly Attendance[]): Joined {
  const joined = [...list];
  const already: string[] = [];
  let added = 0;
  let full = false;
  for (const one of more) {
    const uncoded = one.uscc === null ? -1 : joined.findIndex((other) => other.uscc === null && nameKeyOf(other.name) === nameKeyOf(one.name));
    if (placeInList(joined, one) >= 0) already.push(one.name);
    else if (uncoded >= 0) joined[uncoded] = one;
    else if (joined.length >= mostEnterprises) full = true;
    else {
      joined.push(one);
      added += 1;
    }
  }
  return { list: joined, added, already, full };
}

/** Whether pasted text is a list: several lines or cells, or one line with a code and a name in it. A single name or code is typed text. */
export function isPastedList(text: string): boolean {
  if (/[\n\t]/.test(text.trim())) return true;
  const { attendances } = parseEnterpriseList(text);
  return attendances.length > 0 && attendances.every(({ uscc }) => uscc !== null);
}

/** Doubts as they stand once the list is joined: a name that was listed before the paste was not added again. */
export function doubtsAfter(doubts: readonly ListDoubt[], already: readonly string[]): ListDoubt[] {
  return doubts.map((doubt) => (doubt.rule === 'code_missing' && already.includes(doubt.text) ? { ...doubt, rule: 'listed_twice' } : doubt));
}

/** Doubts that a look into the register may settle: a good code that came without a name. */
export function namelessCodes(doubts: readonly ListDoubt[]): string[] {
  return [...new Set(doubts.filter(({ rule }) => rule === 'name_missing').map(({ text }) => text))].filter(isUscc).slice(0, 200);
}

/** What is typed for one enterprise that is not chosen from the register. */
export interface EnterpriseText {
  readonly name: string;
  readonly code: string;
  readonly reason: UncodedReason | '';
}

export type EnterpriseFault = 'code_wrong' | 'name_missing' | 'reason_missing';

/** The enterprise that was typed, or what is missing. */
export function enterpriseOf({ name, code, reason }: EnterpriseText): Attendance | EnterpriseFault {
  const uscc = normaliseUscc(code);
  if (uscc !== '' && !isUscc(uscc)) return 'code_wrong';
  const named = name.normalize('NFC').trim();
  if (named === '') return 'name_missing';
  if (uscc !== '') return { uscc, name: named, reason: null };
  return reason === '' ? 'reason_missing' : { uscc: null, name: named, reason };
}

/** What was typed into the one field, as the start of a new enterprise: a text that looks like a code is one. */
export function startOf(typed: string): EnterpriseText {
  const code = normaliseUscc(typed);
  const isCode = /^[0-9A-Z]{15,20}$/.test(code) && code.replace(/\D/g, '').length >= 8;
  return isCode ? { name: '', code, reason: '' } : { name: typed.trim(), code: '', reason: '' };
}
