// Which names may be one enterprise's, and what becomes of an entry's enterprises when two are taken for one. Pure.
import type { Attendance, LikenessSign } from '../model.ts';
import { nameKeyOf } from '../rules.ts';

/** Forms of company: left out where names are written short. */
const forms = /(?:集团)?(?:股份有限公司|有限责任公司|有限公司|股份公司|公司|集团|厂|店|合作社)$/;

/** A name without the form of company at its end; the whole key where nothing would be left. */
export function nameStemOf(name: string): string {
  const key = nameKeyOf(name);
  const stem = key.replace(forms, '');
  return Array.from(stem).length < 2 ? key : stem;
}

/** What two names have in common; null when nothing that would make them one. */
export function likenessOf(one: string, other: string): LikenessSign | null {
  const [a, b] = [nameKeyOf(one), nameKeyOf(other)];
  if (a === '' || b === '') return null;
  if (a === b) return 'same_name';
  if (nameStemOf(one) === nameStemOf(other)) return 'same_stem';
  const [short, long] = a.length < b.length ? [nameStemOf(one), b] : [nameStemOf(other), a];
  return Array.from(short).length >= 4 && long.includes(short) ? 'part_of_name' : null;
}

const strength: { readonly [S in LikenessSign]: number } = { same_name: 0, same_stem: 1, part_of_name: 2 };

/** The surer first. */
export function bySureness(a: { readonly sign: LikenessSign }, b: { readonly sign: LikenessSign }): number {
  return strength[a.sign] - strength[b.sign];
}

/** Who is taken for another: by code, or by the name written down without one. */
export type Taken = { readonly uscc: string } | { readonly name: string };

export function isTaken(one: Attendance, taken: Taken): boolean {
  return 'uscc' in taken ? one.uscc === taken.uscc : one.uscc === null && one.name === taken.name;
}

/** An entry's enterprises with `into` in the place of whom is taken for it; each once. */
export function attendancesMerged(attendances: readonly Attendance[], taken: Taken, into: { readonly uscc: string; readonly name: string }): Attendance[] {
  const merged: Attendance[] = [];
  const there = attendances.some((one) => one.uscc === into.uscc);
  for (const one of attendances) {
    if (!isTaken(one, taken)) merged.push(one);
    else if (!there && !merged.some(({ uscc }) => uscc === into.uscc)) merged.push({ ...into, reason: null });
  }
  return merged;
}

interface Known {
  readonly tags: readonly string[];
  readonly industry: string;
  readonly address: string;
  readonly note: string;
}

/** What is known of both: tags together, and of each field what the one that stays has, else the other's. */
export function recordsMerged<R extends Known>(into: R | undefined, from: R): Known {
  if (into === undefined) return from;
  const notes = into.note === '' || from.note === '' || into.note === from.note ? into.note || from.note : `${into.note}；${from.note}`.slice(0, 500);
  return { tags: [...new Set([...into.tags, ...from.tags])].sort(), industry: into.industry || from.industry, address: into.address || from.address, note: notes };
}
