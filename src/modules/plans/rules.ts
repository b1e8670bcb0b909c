// What a local plan begins with, what of it is behind, and what saving may not change. Pure.
import type { CalendarDate } from '../../shared/instant.ts';
import type { BehindLine, IssuedPlan, PlanContent, PlanTask } from './model.ts';

/** Our own words, after the four kinds of work of the notice. */
const outlineTasks = [
  '开展调研走访，摸清企业商业秘密保护现状和需求', '组织线上线下宣传，提高企业保护意识', '上门指导企业建立保护制度，开展专项培训', '收集维权诉求，建立诉求台账，筛查案件线索', '总结工作成效，按时报送总结报告和统计表',
] as const;

export function outlineOf(unitName: string, editionTitle: string, due: CalendarDate): PlanContent {
  return {
    title: `${unitName}${editionTitle}实施方案`.slice(0, 80),
    goals: '围绕企业商业秘密保护的实际困难和需求，开展走访、宣传、指导和维权服务，明确任务、责任单位和完成时限，让企业切身感受到服务成效。',
    tasks: outlineTasks.map((title, index) => ({ id: `t${index + 1}`, title, person: '', body: '', dueOn: due, state: 'to_do', from: null })),
    activities: [],
  };
}

/** Tasks of the upper unit as a start, each with where it came from; who does them is for the unit to say. */
export function fromUpper(upper: IssuedPlan, unitName: string, editionTitle: string): PlanContent {
  const tasks = upper.content.tasks.map(({ id, title, dueOn }): PlanTask => ({ id, title, person: '', body: '', dueOn, state: 'to_do', from: { unitCode: upper.unitCode, task: id } }));
  return { title: `${unitName}${editionTitle}实施方案`.slice(0, 80), goals: upper.content.goals, tasks, activities: [] };
}

export function behindOf(content: PlanContent, today: CalendarDate): BehindLine[] {
  const tasks = content.tasks.flatMap(({ id, title, dueOn, state }) => (state !== 'done' && dueOn !== null && dueOn < today ? [{ of: 'task' as const, id, title, day: dueOn }] : []));
  const activities = content.activities.flatMap(({ id, title, onDay, entry }) => (entry === null && onDay < today ? [{ of: 'activity' as const, id, title, day: onDay }] : []));
  return [...tasks, ...activities].sort((a, b) => a.day.localeCompare(b.day));
}

/** Which entry an activity became is not saved with the text: what was linked before stays linked, nothing else gets a link. An activity that was held cannot be struck out. */
export function keepEntries(before: PlanContent, after: PlanContent): { readonly content: PlanContent; readonly lost: string | null } {
  const linked = new Map(before.activities.map(({ id, entry }) => [id, entry]));
  const lost = before.activities.find(({ id, entry }) => entry !== null && !after.activities.some((one) => one.id === id));
  return { content: { ...after, activities: after.activities.map((one) => ({ ...one, entry: linked.get(one.id) ?? null })) }, lost: lost?.title ?? null };
}
