// What may become of the tree: who may report to whom, new zones, successors, and which unit a query means.
import { allowed, type Decision, refused } from '../../shared/decision.ts';
import type { CalendarDate } from '../../shared/instant.ts';
import { type Json, problem } from '../../shared/problem.ts';
import type { UnitKind } from './model.ts';

export interface ReportingLine {
  readonly parentCode: string;
  readonly validFrom: CalendarDate;
  /** The first day it no longer holds; null while it does. */
  readonly validTo: CalendarDate | null;
}

export interface DatedUnit {
  readonly code: string;
  readonly kind: UnitKind;
  readonly provinceCode: number;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate | null;
}

const upperKinds: { readonly [K in UnitKind]: readonly UnitKind[] } = {
  nation: [],
  province: ['nation'],
  xpcc: ['nation'],
  prefecture: ['province', 'xpcc'],
  county: ['province', 'xpcc', 'prefecture'],
  zone: ['province', 'xpcc', 'prefecture', 'county'],
};

/** Whoever reports stands lower than whom it reports to, so no circle can be drawn. */
export function mayReportTo(kind: UnitKind, parent: UnitKind): boolean {
  return upperKinds[kind].includes(parent);
}

export function holdsOn(range: { readonly validFrom: CalendarDate; readonly validTo: CalendarDate | null }, day: CalendarDate): boolean {
  return range.validFrom <= day && (range.validTo === null || day < range.validTo);
}

const rule = (name: string, details: { readonly [key: string]: Json } = {}): Decision<never> => refused(problem('refused_by_rule', { rule: name, ...details }));

export interface LineFacts {
  readonly unit: DatedUnit;
  readonly parent: DatedUnit;
  readonly lines: readonly ReportingLine[];
  readonly from: CalendarDate;
  /** An open edition of that day or later in which the unit's return is on its way or received by whom it reports to now. */
  readonly underWay: string | null;
}

/** The unit's lines once it reports to `parent` from a day on. What was planned for later is given up. */
export function decideLine({ unit, parent, lines, from, underWay }: LineFacts): Decision<ReportingLine[]> {
  if (unit.kind === 'nation') return rule('nation_reports_to_nobody');
  if (parent.code === unit.code || !mayReportTo(unit.kind, parent.kind)) return rule('parent_not_above', { kind: unit.kind, parentKind: parent.kind });
  // Figures are kept by province: an entry never changes its province (docs/decisions/0004).
  if (parent.kind !== 'nation' && parent.provinceCode !== unit.provinceCode) return rule('other_province');
  if (!holdsOn(unit, from)) return rule('unit_not_valid', { unitCode: unit.code, day: from });
  if (!holdsOn(parent, from) || parent.validTo !== null) return rule('parent_not_valid', { unitCode: parent.code, day: from });
  if (underWay !== null) return rule('return_under_way', { unitCode: unit.code, edition: underWay });
  const kept = lines.filter(({ validFrom }) => validFrom < from).map((line) => (holdsOn(line, from) ? { ...line, validTo: from } : line));
  const later = lines.some(({ validFrom }) => validFrom > from);
  const last = lines.find((line) => holdsOn(line, from));
  if (last?.parentCode === parent.code && !later) return rule('line_unchanged');
  // The same parent goes on: what was planned is given up, and the line stays one.
  if (last?.parentCode === parent.code) return allowed(lines.filter(({ validFrom }) => validFrom <= from).map((line) => (line === last ? { ...line, validTo: unit.validTo } : line)));
  return allowed([...kept, { parentCode: parent.code, validFrom: from, validTo: unit.validTo }]);
}

/** Codes for zones in the order they are given: those that counties and cities never have come first. */
const zoneEndings = [...range(71, 80), ...range(90, 99), ...range(81, 89)];

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The next free code of a zone below a unit; a code that a unit or a place ever had is never given again. */
export function decideZoneCode(parent: DatedUnit, from: CalendarDate, taken: ReadonlySet<string>): Decision<string> {
  if (!mayReportTo('zone', parent.kind)) return rule('zone_has_no_place_here', { parentKind: parent.kind });
  if (!holdsOn(parent, from) || parent.validTo !== null) return rule('parent_not_valid', { unitCode: parent.code, day: from });
  const code = zoneEndings.map((ending) => `${parent.code.slice(0, 4)}${ending}`).find((candidate) => !taken.has(candidate));
  return code === undefined ? rule('no_zone_codes_left', { prefix: parent.code.slice(0, 4) }) : allowed(code);
}

export interface SuccessionFacts {
  readonly unit: DatedUnit;
  readonly successors: readonly DatedUnit[];
  /** Units that report to it on the day, or will. */
  readonly below: readonly DatedUnit[];
  readonly endsOn: CalendarDate;
  /** An open edition that counts the unit on its day although it would be gone. */
  readonly recordedIn: string | null;
}

/**
 * Whether a unit may end on a day. Its ledger and its returns stay its own: an edition in which it has recorded anything must
 * be over by then, so that no figure loses its place in the tree. With one successor the units below go there.
 */
export function decideSuccession({ unit, successors, below, endsOn, recordedIn }: SuccessionFacts): Decision<{ readonly follow: string | null }> {
  if (unit.kind === 'nation') return rule('nation_has_no_successor');
  if (unit.validTo !== null) return rule('unit_ended', { unitCode: unit.code, validTo: unit.validTo });
  if (endsOn <= unit.validFrom) return rule('unit_not_valid', { unitCode: unit.code, day: endsOn });
  const fault = successorFault(unit, successors, endsOn);
  if (fault !== null) return fault;
  if (recordedIn !== null) return rule('edition_under_way', { edition: recordedIn });
  if (below.length === 0) return allowed({ follow: null });
  const only = successors.length === 1 ? (successors[0] ?? null) : null;
  if (only === null || below.some(({ code, kind }) => code === only.code || !mayReportTo(kind, only.kind))) return rule('units_below', { unitCodes: below.slice(0, 20).map(({ code }) => code) });
  return allowed({ follow: only.code });
}

function successorFault(unit: DatedUnit, successors: readonly DatedUnit[], endsOn: CalendarDate): Decision<never> | null {
  const codes = successors.map(({ code }) => code);
  if (new Set(codes).size < codes.length) return rule('successor_twice');
  if (codes.includes(unit.code)) return rule('successor_is_itself');
  for (const successor of successors) {
    if (!holdsOn(successor, endsOn) || successor.validTo !== null) return rule('successor_not_valid', { unitCode: successor.code, day: endsOn });
    if (successor.kind === 'nation' || successor.provinceCode !== unit.provinceCode) return rule('other_province');
  }
  return null;
}

export interface Named {
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly pinyin: string;
  readonly initials: string;
  /** Short names of the units above, the nation left out. */
  readonly above: string;
}

/** What was typed as words: lower case, full-width letters and digits made half-width. */
export function termsOf(query: string): string[] {
  return query.normalize('NFKC').toLowerCase().split(/\s+/).filter((term) => term !== '').slice(0, 6);
}

/** How well a unit answers: 0 is best; null when it does not. Every word must be found, one of them in the unit itself. */
export function rankOf(terms: readonly string[], unit: Named): number | null {
  const ranks = terms.map((term) => rankOfTerm(term, unit));
  const own = ranks.filter((rank) => rank !== null);
  const foundAll = terms.every((term, index) => ranks[index] !== null || unit.above.includes(term));
  if (foundAll && own.length > 0) return Math.min(...own);
  const joined = terms.join('');
  return /^\p{Script=Han}{3,}$/u.test(joined) && inOrder(joined, `${unit.above}${unit.shortName}`) && unit.shortName.includes(lastCharacter(joined)) ? grades.length : null;
}

/** Whole, also where it takes two code units. */
export function lastCharacter(text: string): string {
  return Array.from(text).at(-1) ?? '';
}

const grades: readonly ((term: string, unit: Named) => boolean)[] = [
  (term, { code, shortName, name }) => term === code || term === shortName || term === name,
  (term, { shortName }) => shortName.startsWith(term),
  (term, { code }) => /^\d+$/.test(term) && code.startsWith(term),
  (term, { initials, pinyin }) => term === initials || term === pinyin,
  (term, { pinyin }) => pinyin.startsWith(term),
  (term, { initials }) => initials.startsWith(term),
  (term, { shortName, name }) => shortName.includes(term) || name.toLowerCase().includes(term),
  (term, { pinyin }) => term.length > 2 && pinyin.includes(term),
];

function rankOfTerm(term: string, unit: Named): number | null {
  const rank = grades.findIndex((fits) => fits(term, unit));
  return rank < 0 ? null : rank;
}

/** Characters in the same order, others between: 杭州余杭 in 浙江省杭州市余杭区. */
function inOrder(characters: string, text: string): boolean {
  let at = 0;
  for (const character of characters) {
    const next = text.indexOf(character, at);
    if (next < 0) return false;
    at = next + 1;
  }
  return true;
}
