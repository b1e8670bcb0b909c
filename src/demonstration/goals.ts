// How far each unit's return has come in the demonstration, and when: bottom-up, so that a parent includes its accepted children. Pure.
import type { ReturnActName } from '../modules/returns/model.ts';
import type { Instant } from '../shared/instant.ts';
import { diceOf } from './dice.ts';
import { leafOf, type Scene, type Stage } from './scenes.ts';
import { later, officeSlot } from './times.ts';

export const goals = {
  untouched: [],
  draft: [],
  self_checked: ['self_check'],
  in_review: ['self_check', 'send_for_review'],
  returned: ['self_check', 'send_for_review', 'return_for_correction'],
  approved: ['self_check', 'send_for_review', 'approve'],
  signed: ['self_check', 'send_for_review', 'approve', 'sign'],
  sealed: ['self_check', 'send_for_review', 'approve', 'sign', 'seal'],
  submitted: ['self_check', 'send_for_review', 'approve', 'sign', 'seal', 'submit'],
  returned_by_upper: ['self_check', 'send_for_review', 'approve', 'sign', 'seal', 'submit', 'return_by_upper'],
  accepted: ['self_check', 'send_for_review', 'approve', 'sign', 'seal', 'submit', 'accept'],
  accepted_at_second_try: ['self_check', 'send_for_review', 'return_for_correction', 'self_check', 'send_for_review', 'approve', 'sign', 'seal', 'submit', 'accept'],
  correction_requested: ['self_check', 'send_for_review', 'approve', 'sign', 'seal', 'submit', 'accept', 'request_correction'],
} as const satisfies { readonly [goal: string]: readonly ReturnActName[] };
export type Goal = keyof typeof goals;

/** Minutes from the beginning of a return's way to each act; the same for all, so that seals follow each other in time. */
const minutesTo: { readonly [A in ReturnActName]: number } = {
  self_check: 0, send_for_review: 12, withdraw: 14, return_for_correction: 20, approve: 35, sign: 48, seal: 50, submit: 55, accept: 110, return_by_upper: 110, request_correction: 140, decline_correction: 150, reopen: 150,
};

const secondTime: { readonly [act: string]: number } = { self_check: 26, send_for_review: 30 };

/** The acts of a way with their times. */
export function actsOf({ goal, start }: Way): { readonly act: ReturnActName; readonly at: Instant }[] {
  const acts: readonly ReturnActName[] = goals[goal];
  return acts.map((act, index) => ({ act, at: later(start, acts.indexOf(act) === index ? minutesTo[act] : (secondTime[act] ?? minutesTo[act])) }));
}

/** Whether a unit's table has been frozen: its ledger was complete before. */
export function isFilling(goal: Goal): boolean {
  return goal === 'untouched' || goal === 'draft';
}

export interface Way {
  readonly scene: Scene;
  readonly goal: Goal;
  readonly start: Instant;
}

const done: readonly Goal[] = ['submitted', 'accepted', 'accepted_at_second_try', 'correction_requested'];

/** Goals of a city's counties while the city is still collecting. */
const mixed: readonly Goal[] = [
  'accepted', 'accepted', 'accepted', 'accepted', 'accepted', 'accepted', 'accepted_at_second_try', 'accepted', 'submitted', 'submitted', 'in_review', 'in_review', 'approved', 'signed', 'returned', 'returned_by_upper', 'self_checked',
  'draft', 'draft', 'untouched',
];
const aroundTheTour: readonly Goal[] = ['submitted', 'returned_by_upper', 'in_review', 'correction_requested', 'submitted', 'returned', 'accepted', 'untouched'];

/** The way of every return, in the order in which they are to be walked. */
export function planWays(stage: Stage, scenes: readonly Scene[]): Way[] {
  const wanted = wantedGoals(stage, scenes);
  const leaves = scenes.filter(leafOf);
  const lateLeaves = lateOnes(scenes, wanted);
  const numbers = new Map(leaves.map(({ unitCode }, index) => [unitCode, index]));
  const middles = scenes.filter((scene) => !leafOf(scene) && scene.depth > 1);
  const middleNumbers = new Map(middles.map(({ unitCode }, index) => [unitCode, index]));
  const startOf = (scene: Scene): Instant => {
    if (lateLeaves.includes(scene.unitCode)) return later('2023-07-04T13:30:00.000+08:00', lateLeaves.indexOf(scene.unitCode) * 3);
    if (leafOf(scene)) return officeSlot(numbers.get(scene.unitCode) ?? 0, leaves.length);
    if (scene.depth > 1) return later('2023-07-04T08:00:00.000+08:00', (middleNumbers.get(scene.unitCode) ?? 0) * 2);
    return '2023-07-04T16:00:00.000+08:00';
  };
  return scenes
    .map((scene) => ({ scene, goal: wanted.get(scene.unitCode) ?? 'untouched', start: startOf(scene) }))
    .sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : b.scene.depth - a.scene.depth));
}

function wantedGoals(stage: Stage, scenes: readonly Scene[]): Map<string, Goal> {
  const byCode = new Map(scenes.map((scene) => [scene.unitCode, scene]));
  const wanted = new Map<string, Goal>();
  for (const scene of scenes) {
    const upper = byCode.get(scene.parentCode ?? '');
    const upperGoal = upper === undefined ? null : (wanted.get(upper.unitCode) ?? null);
    wanted.set(scene.unitCode, goalOf(stage, scene, upper ?? null, upperGoal));
  }
  return wanted;
}

/** Scenes come in tree order: the unit above has its goal already. */
function goalOf(stage: Stage, scene: Scene, upper: Scene | null, upperGoal: Goal | null): Goal {
  const dice = diceOf(`goal ${scene.unitCode}`);
  if (upper === null) return scene.standing === 'complete' ? 'submitted' : 'draft';
  if (upperGoal !== null && done.includes(upperGoal)) return finishedBelow(scene, upper);
  if (scene.unitCode === stage.tourCounty || scene.children.includes(stage.tourCounty)) return 'draft';
  if (upper.children.includes(stage.tourCounty)) return aroundTheTour[upper.children.filter((code) => code !== stage.tourCounty).indexOf(scene.unitCode)] ?? 'accepted';
  if (leafOf(scene)) return dice.pick(mixed);
  const begun: readonly Goal[] = ['accepted', 'draft', 'draft', 'submitted', 'draft', 'draft', 'draft', 'draft'];
  const underWay: readonly Goal[] = ['draft', 'accepted', 'draft', 'accepted', 'submitted', 'accepted', 'draft', 'in_review'];
  const list = scene.standing === 'under_way' ? underWay : begun;
  return list[upper.children.indexOf(scene.unitCode) % list.length] ?? 'draft';
}

/** Below a table that is through nearly everybody is; one in a large family is missing, and the table says so. */
function finishedBelow(scene: Scene, upper: Scene): Goal {
  const place = upper.children.indexOf(scene.unitCode);
  if (place === 5 && upper.children.length > 6 && upper.standing === 'begun') return 'draft';
  return place % 4 === 3 ? 'accepted_at_second_try' : 'accepted';
}

/** The last counties of each collecting city start after the date their city or province has set. */
function lateOnes(scenes: readonly Scene[], wanted: ReadonlyMap<string, Goal>): string[] {
  return scenes
    .filter((scene) => !leafOf(scene) && scene.depth > 1 && wanted.get(scene.unitCode) === 'draft')
    .flatMap((scene) => scene.children.slice(-1).filter((code) => done.includes(wanted.get(code) ?? 'draft')));
}

/** Units that set an earlier date for those below: the provinces that are not through. */
export function internalDeadlines(stage: Stage, scenes: readonly Scene[]): { readonly scene: Scene; readonly dueAt: Instant }[] {
  return scenes.flatMap((scene) => {
    // Whoever takes the tour has the day of the start left.
    const dueAt = scene.children.includes(stage.tourCounty) ? '2023-07-05T17:00:00.000+08:00' : '2023-07-04T12:00:00.000+08:00';
    if (scene.depth === 2 && !leafOf(scene) && scene.standing !== 'complete') return [{ scene, dueAt }];
    return scene.depth === 1 && scene.standing !== 'complete' ? [{ scene, dueAt: '2023-07-06T12:00:00.000+08:00' }] : [];
  });
}
