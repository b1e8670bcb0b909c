// The reporting tree as one edition knows it: where each unit stands, from who reports to whom. A circle, a missing parent, a fifth
// level or a line across provinces is refused, never repaired.
import { allowed, type Decision, refused } from '../../../shared/decision.ts';
import { problem } from '../../../shared/problem.ts';

export interface Member {
  readonly code: string;
  readonly provinceCode: number;
  readonly parentCode: string | null;
}

export interface PlacedUnit {
  readonly unitCode: string;
  readonly provinceCode: number;
  readonly parentCode: string | null;
  readonly depth: number;
  readonly p1: string | null;
  readonly p2: string | null;
  readonly p3: string | null;
  /** Codes from depth 1 down: text order is tree order, parents first. */
  readonly sort: string;
}

export const deepest = 4;

/** Places every member, in tree order. Only the nation has no parent. */
export function placeMembers(members: readonly Member[], nationCode: string): Decision<PlacedUnit[]> {
  const byCode = new Map(members.map((member) => [member.code, member]));
  const placed: PlacedUnit[] = [];
  for (const member of members) {
    const line = lineOf(member, byCode, nationCode);
    if (typeof line === 'string') return refused(problem('refused_by_rule', { rule: line, unitCode: member.code }));
    const [p1 = null, p2 = null, p3 = null] = line;
    const { code: unitCode, provinceCode, parentCode } = member;
    if (p1 !== null && byCode.get(p1)?.provinceCode !== provinceCode) return refused(problem('refused_by_rule', { rule: 'other_province', unitCode }));
    placed.push({ unitCode, provinceCode, parentCode, depth: line.length, p1, p2, p3, sort: line.length === 0 ? nationCode : line.join('') });
  }
  return allowed(placed.sort((a, b) => (a.sort < b.sort ? -1 : 1)));
}

/** The unit and those above it from depth 1 down, or the rule that forbids it. */
function lineOf(member: Member, byCode: ReadonlyMap<string, Member>, nationCode: string): string[] | string {
  const line: string[] = [];
  let at: Member | undefined = member;
  while (at !== undefined && at.code !== nationCode) {
    if (line.includes(at.code)) return 'reporting_circle';
    line.unshift(at.code);
    at = at.parentCode === null ? undefined : byCode.get(at.parentCode);
  }
  if (at === undefined) return 'parent_not_in_tree';
  if (at.parentCode !== null) return 'reporting_circle';
  return line.length > deepest ? 'too_deep' : line;
}
