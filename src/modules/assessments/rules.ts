// What answers come to: deductions with their limits, the score, vetoes, the gate, the band, and what to do next. After the mechanics of a
// published scoring standard (domain 6.2): what an enterprise does not have is not deducted, what it lacks altogether stops the rest. Pure.
import { allowed, type Decision, refused } from '../../shared/decision.ts';
import { invalidInput, type InputIssue, problem } from '../../shared/problem.ts';
import type { Answer, Answers, AnswerStatus, BandCode, Dimension, Item, ItemBank, Peers, Quarter } from './model.ts';

/** Points are counted in tenths, so that halves add up exactly. */
const tenths = (points: number): number => Math.round(points * 10);

export interface ItemResult {
  readonly code: string;
  readonly status: AnswerStatus | 'unanswered';
  /** In tenths, as all of these. */
  readonly points: number;
  readonly lost: number;
}

export interface DimensionResult {
  readonly code: string;
  readonly weight: number;
  readonly points: number;
  readonly items: readonly ItemResult[];
}

export interface Result {
  readonly score: number;
  readonly dimensions: readonly DimensionResult[];
  /** Rules under which there is no protection at all. */
  readonly vetoes: readonly string[];
  /** A better band is out of reach until the yearly check is made. */
  readonly gated: boolean;
  readonly band: BandCode;
  readonly passes: boolean;
}

/** Whoever names a shortcoming has done it partly, whatever is ticked beside it. */
export function statusOf(item: Item, answer: Answer | undefined): ItemResult['status'] {
  if (answer === undefined) return 'unanswered';
  if (answer.status === 'not_applicable') return item.mayNotApply ? 'not_applicable' : 'unmet';
  return answer.status === 'met' && listedOf(item, answer) > 0 ? 'partly' : answer.status;
}

/** Shortcomings named, without limit. */
function listedOf(item: Item, answer: Answer): number {
  return item.shortcomings.reduce((sum, { code, points, counted }) => sum + tenths(points) * (Object.hasOwn(answer.shortcomings, code) ? (counted ? answer.shortcomings[code] ?? 0 : 1) : 0), 0);
}

/** What an item costs: at most its points; a key item at most the weight of its dimension. */
function lostBy(item: Item, weight: number, answer: Answer | undefined): number {
  const points = tenths(item.points);
  const status = statusOf(item, answer);
  if (status === 'met' || status === 'not_applicable') return 0;
  const listed = answer === undefined ? 0 : Math.min(listedOf(item, answer), item.key ? weight : points);
  if (status !== 'partly') return item.key ? Math.max(points, listed) : points;
  return listed > 0 ? listed : Math.ceil(points / 2);
}

function dimensionResult({ code, weight, items }: Dimension, answers: Answers): DimensionResult {
  const whole = tenths(weight);
  const results = items.map((item): ItemResult => ({ code: item.code, status: statusOf(item, answerTo(answers, item.code)), points: tenths(item.points), lost: lostBy(item, whole, answerTo(answers, item.code)) }));
  const lost = results.reduce((sum, one) => sum + one.lost, 0);
  return { code, weight: whole, points: whole - Math.min(whole, lost), items: results };
}

const answerTo = (answers: Answers, code: string): Answer | undefined => (Object.hasOwn(answers, code) ? answers[code] : undefined);

/** What is not answered counts as missing. */
export function evaluate(bank: ItemBank, answers: Answers): Result {
  const dimensions = bank.dimensions.map((one) => dimensionResult(one, answers));
  const score = dimensions.reduce((sum, { points }) => sum + points, 0);
  const lacks = new Set(dimensions.flatMap(({ items }) => items.flatMap(({ code, status }) => (status === 'unmet' || status === 'unanswered' ? [code] : []))));
  const vetoes = bank.vetoes.flatMap(({ code, items }) => (items.every((one) => lacks.has(one)) ? [code] : []));
  const reached = bank.bands.findIndex(({ from }) => score >= tenths(from));
  const limit = bank.gate.items.some((one) => lacks.has(one)) ? bank.bands.findIndex(({ code }) => code === bank.gate.band) : 0;
  const band = bank.bands[Math.max(reached, limit)]?.code ?? 'weak';
  return { score, dimensions, vetoes, gated: limit > reached, band: vetoes.length > 0 ? 'unprotected' : band, passes: vetoes.length === 0 && score >= tenths(bank.passes) };
}

export interface PlanStep {
  readonly code: string;
  readonly status: ItemResult['status'];
  readonly lost: number;
  /** Without it there is no protection in law, or no better band. */
  readonly urgent: boolean;
}

/** What to do, what weighs most first. */
export function planOf(bank: ItemBank, result: Result): PlanStep[] {
  const vetoed = new Set(bank.vetoes.flatMap(({ code, items }) => (result.vetoes.includes(code) ? items : [])));
  const open = result.dimensions.flatMap(({ items }) => items.filter(({ status }) => status !== 'met' && status !== 'not_applicable'));
  return open
    .map(({ code, status, lost }): PlanStep => ({ code, status, lost, urgent: vetoed.has(code) || (bank.gate.items.includes(code) && status !== 'partly') }))
    .toSorted((a, b) => Number(b.urgent) - Number(a.urgent) || b.lost - a.lost);
}

export interface Change {
  readonly code: string;
  readonly before: number;
  readonly after: number;
}

/** By dimension, against an earlier one. */
export function changesSince(earlier: Result, later: Result): Change[] {
  const before = new Map(earlier.dimensions.map(({ code, points }) => [code, points]));
  return later.dimensions.flatMap(({ code, weight, points }) => (weight === 0 || !before.has(code) ? [] : [{ code, before: before.get(code) ?? 0, after: points }]));
}

/** Corners of a radar chart, the first on top, clockwise; `shares` from 0 to 1. */
export function radarCorners(shares: readonly number[], radius: number): { readonly x: number; readonly y: number }[] {
  return shares.map((share, at) => {
    const angle = (2 * Math.PI * at) / shares.length - Math.PI / 2;
    const round = (value: number): number => Math.round(value * 10) / 10;
    return { x: round(Math.cos(angle) * radius * share), y: round(Math.sin(angle) * radius * share) };
  });
}

/** Dimensions with points, as shares of their weight. */
export function sharesOf({ dimensions }: Result): { readonly code: string; readonly share: number }[] {
  return dimensions.flatMap(({ code, weight, points }) => (weight === 0 ? [] : [{ code, share: points / weight }]));
}

const itemsOf = (bank: ItemBank): Item[] => bank.dimensions.flatMap(({ items }) => items);

/** Items nobody has answered. */
export function unansweredOf(bank: ItemBank, answers: Answers): string[] {
  return itemsOf(bank).flatMap(({ code }) => (Object.hasOwn(answers, code) ? [] : [code]));
}

/** Whether answers fit the items; to be finished, all of them are answered. */
export function checkAnswers(bank: ItemBank, answers: Answers, finish: boolean): Decision<Answers> {
  const known = new Map(itemsOf(bank).map((item) => [item.code, item]));
  const issues = Object.entries(answers).flatMap(([code, answer]): InputIssue[] => {
    const item = known.get(code);
    const path = `answers.${code}`;
    if (item === undefined) return [{ path, rule: 'item_unknown' }];
    if (answer.status === 'not_applicable' && !item.mayNotApply) return [{ path, rule: 'item_applies' }];
    return Object.entries(answer.shortcomings).flatMap(([one, times]) => {
      const shortcoming = item.shortcomings.find((other) => other.code === one);
      return shortcoming !== undefined && (shortcoming.counted || times === 1) ? [] : [{ path: `${path}.shortcomings.${one}`, rule: 'shortcoming_unknown' }];
    });
  });
  if (issues.length > 0) return refused(invalidInput(issues));
  const missing = finish ? unansweredOf(bank, answers) : [];
  return missing.length > 0 ? refused(problem('refused_by_rule', { rule: 'items_unanswered', items: missing })) : allowed(answers);
}

/** Whether a bank holds together: weights add up to a hundred and to their items, and every rule names items that are there. Its faults. */
export function bankFaults(bank: ItemBank): string[] {
  const faults: string[] = [];
  const codes = itemsOf(bank).map(({ code }) => code);
  if (new Set(codes).size !== codes.length) faults.push('item_twice');
  if (bank.dimensions.reduce((sum, { weight }) => sum + tenths(weight), 0) !== 1000) faults.push('weights_not_100');
  for (const { code, weight, items } of bank.dimensions) if (items.reduce((sum, { points }) => sum + tenths(points), 0) !== tenths(weight)) faults.push(`dimension_${code}`);
  for (const code of [...bank.vetoes.flatMap(({ items }) => items), ...bank.gate.items]) if (!codes.includes(code)) faults.push(`unknown_${code}`);
  if (bank.bands.some(({ from }, at) => at > 0 && from >= (bank.bands[at - 1]?.from ?? 0)) || bank.bands.at(-1)?.from !== 0) faults.push('bands');
  if (!bank.bands.some(({ code }) => code === bank.gate.band)) faults.push('gate_band');
  return faults;
}

/** Fewer others are no group: each could be told by the rest. */
export const fewestPeers = 10;

export interface PeerGroup {
  readonly name: Extract<Peers, { state: 'compared' }>['group'];
  /** Of others, one each. */
  readonly scores: readonly number[];
}

const steps = [1000, 500, 200, 100, 50, 20, fewestPeers] as const;

/**
 * Where a score stands in the first group that is large enough. Of the group only its size in steps and its median in fives are told, so
 * that one more member, or two groups of which one holds the other, give nobody's score away.
 */
export function compareWithPeers(score: number, groups: readonly PeerGroup[]): Peers {
  const group = groups.find(({ scores }) => scores.length >= fewestPeers);
  if (group === undefined) return { state: 'too_few' };
  const sorted = group.scores.toSorted((a, b) => a - b);
  const below = sorted.filter((one) => one < score).length + sorted.filter((one) => one === score).length / 2;
  return {
    state: 'compared', group: group.name, atLeast: steps.find((step) => sorted.length >= step) ?? fewestPeers, quarter: quarterOf(below / sorted.length),
    median: Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) / 50) * 5,
  };
}

function quarterOf(share: number): Quarter {
  if (share < 0.25) return 'lowest';
  if (share < 0.5) return 'lower_middle';
  return share < 0.75 ? 'upper_middle' : 'highest';
}

/** `73.5` of tenths. */
export function pointsText(tenth: number): string {
  return tenth % 10 === 0 ? String(tenth / 10) : (tenth / 10).toFixed(1);
}
