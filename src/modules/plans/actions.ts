// What is done with local plans: begun from the one above, saved by version, issued by the head; what of them became entries.
import { beyondReach, type Tx } from '../../kernel/database.ts';
import { type Context, found, implement, implementInStages, type Implementation, raise } from '../../kernel/context.ts';
import { dateOf, type Instant } from '../../shared/instant.ts';
import { invalidInput, problem } from '../../shared/problem.ts';
import { provinceOfUnit } from '../../shared/province.ts';
import { authorise } from '../access/queries.ts';
import { may } from '../access/rules.ts';
import { getUnitEdition, type UnitEdition } from '../editions/queries.ts';
import { getPlacedUnit } from '../figures/standing.ts';
import type { Placement } from '../units/queries.ts';
import { calendarAction } from './calendar.ts';
import * as contract from './contract.ts';
import type { IssuedPlan, PlanContent, PlanView } from './model.ts';
import { findPlan, isOwnEntry, type PlanStep, savePlanStep, type StoredPlan } from './queries.ts';
import { behindOf, fromUpper, keepEntries, outlineOf } from './rules.ts';
import { writePlan } from './word.ts';

async function findUpper(tx: Tx, edition: string, { parentCode }: Placement): Promise<IssuedPlan | null> {
  if (parentCode === null) return null;
  const upper = await beyondReach(tx, 'plans_above', () => findPlan(tx, edition, { provinceCode: provinceOfUnit(parentCode), unitCode: parentCode }));
  return upper?.issued ?? null;
}

/** A draft is seen by the people of the unit only. */
const isOwn = ({ actor }: Pick<Context, 'actor'>, { unitCode }: Placement): boolean => actor.grants.some((grant) => grant.unitCode === unitCode);

async function viewOf(context: Pick<Context, 'tx' | 'actor' | 'now'>, edition: string, unit: Placement): Promise<PlanView> {
  const own = isOwn(context, unit);
  const plan = await findPlan(context.tx, edition, unit);
  const shown = own ? plan?.content : plan?.issued?.content;
  return {
    draft: own && plan !== undefined ? { version: plan.version, content: plan.content, changedByName: plan.changedByName, changedAt: plan.changedAt, demonstration: plan.demonstration } : null,
    issued: plan?.issued ?? null, upper: own ? await findUpper(context.tx, edition, unit) : null, behind: shown === undefined ? [] : behindOf(shown, dateOf(context.now)),
    mayWrite: may(context.actor, 'write_report', unit), mayIssue: may(context.actor, 'issue_plan', unit),
  };
}

const get = implement(contract.getPlan, async (context, { edition, unitCode }) => viewOf(context, edition, await authorise(context, 'read_return', edition, unitCode)));

/** A unit the caller may write the plan of, in an edition that is open. */
async function open(context: Context, verb: 'write_report' | 'issue_plan', editionCode: string, unitCode: string): Promise<{ readonly unit: Placement; readonly edition: UnitEdition }> {
  const unit = await authorise(context, verb, editionCode, unitCode);
  const edition = await getUnitEdition(context.tx, editionCode, unit.p1);
  if (edition.closedAt !== null) raise(problem('refused_by_rule', { rule: 'edition_closed' }));
  return { unit, edition };
}

async function hold(context: Context, edition: string, unit: Placement, seen: number): Promise<StoredPlan> {
  const plan = found(await findPlan(context.tx, edition, unit, true), 'work_plan', unit.unitCode);
  if (plan.version !== seen) raise(problem('stale_version', { version: plan.version, changedByName: plan.changedByName, changedAt: plan.changedAt }));
  return plan;
}

function refuseForeignKinds({ definition }: UnitEdition, { activities }: PlanContent): void {
  const index = activities.findIndex(({ kind }) => !definition.kinds.some(({ code }) => code === kind));
  if (index >= 0) raise(invalidInput([{ path: `content.activities.${index}.kind`, rule: 'unknown_kind' }]));
}

async function step(context: Context, edition: string, unit: Placement, { change, version, content }: Pick<PlanStep, 'change' | 'version' | 'content'>): Promise<{ version: number }> {
  const { actor, now } = context;
  const saved = await savePlanStep(context.tx, edition, unit, { change, version, content, accountId: actor.accountId, accountName: actor.name, now });
  if (!saved) raise(problem('refused_by_rule', { rule: 'plan_there_already' }));
  context.record({
    action: `plans.${change}`, unitCode: unit.unitCode, subjectKind: 'work_plan', subjectId: `${edition} ${unit.unitCode}`, ...(version === 1 ? {} : { before: { version: version - 1 } }),
    after: { version, title: content.title, tasks: content.tasks.length, activities: content.activities.length },
  });
  return { version };
}

const draft = implement(contract.draftPlan, async (context, { edition: code, unitCode, from }) => {
  const { unit, edition } = await open(context, 'write_report', code, unitCode);
  const { name } = await getPlacedUnit(context.tx, code, unitCode);
  const title = `${edition.definition.ordinal.zh}服务月活动`;
  if (from === 'outline') return step(context, code, unit, { change: 'drafted', version: 1, content: outlineOf(name, title, edition.definition.window.to) });
  const upper = await findUpper(context.tx, code, unit);
  if (upper === null) return raise(problem('refused_by_rule', { rule: 'no_plan_above' }));
  return step(context, code, unit, { change: 'drafted', version: 1, content: fromUpper(upper, name, title) });
});

const save = implement(contract.savePlan, async (context, { edition: code, unitCode, version, content: wanted }) => {
  const { unit, edition } = await open(context, 'write_report', code, unitCode);
  const plan = await hold(context, code, unit, version);
  refuseForeignKinds(edition, wanted);
  const { content, lost } = keepEntries(plan.content, wanted);
  if (lost !== null) raise(problem('refused_by_rule', { rule: 'plan_activity_held', name: lost }));
  return step(context, code, unit, { change: 'saved', version: version + 1, content });
});

const issue = implement(contract.issuePlan, async (context, { edition: code, unitCode, version }) => {
  const { unit } = await open(context, 'issue_plan', code, unitCode);
  const { content } = await hold(context, code, unit, version);
  return step(context, code, unit, { change: 'issued', version: version + 1, content });
});

const finish = implement(contract.finishActivity, async (context, { edition: code, unitCode, version, activity, entry }) => {
  const { unit } = await open(context, 'write_report', code, unitCode);
  const { content } = await hold(context, code, unit, version);
  found(content.activities.find(({ id }) => id === activity), 'planned_activity', activity);
  if (entry !== null && !(await isOwnEntry(context.tx, code, unit, entry))) raise(problem('not_found', { kind: 'activity', id: entry }));
  return step(context, code, unit, { change: 'activity', version: version + 1, content: { ...content, activities: content.activities.map((one) => (one.id === activity ? { ...one, entry } : one)) } });
});

const file = implementInStages(
  contract.readPlanFile,
  async (context, { edition: code, unitCode }) => {
    const actor = context.actor ?? raise(problem('not_signed_in'));
    const material = await context.read(async (tx) => {
      const unit = await authorise({ tx, actor }, 'read_return', code, unitCode);
      const plan = found(await findPlan(tx, code, unit), 'work_plan', unitCode);
      const own = isOwn({ actor }, unit);
      const content = found(own ? plan.content : plan.issued?.content, 'work_plan', unitCode);
      const asIssued = plan.issued !== null && (!own || plan.issued.version === plan.version);
      return { content, issuedAt: asIssued ? (plan.issued?.issuedAt ?? null) : null, demonstration: plan.demonstration, unitName: (await getPlacedUnit(tx, code, unitCode)).name, kinds: (await getUnitEdition(tx, code, unit.p1)).definition.kinds };
    });
    const { content, issuedAt, demonstration, unitName, kinds } = material;
    const bytes = await writePlan({
      content, unitName, date: issuedAt === null ? '' : chineseDay(issuedAt), marks: [...(issuedAt === null ? ['草稿'] : []), ...(demonstration ? ['演示'] : [])], kindName: (kind) => kinds.find(({ code: one }) => one === kind)?.name.zh ?? kind,
    });
    await context.write(async (_tx, record) => record({ action: 'plans.file', unitCode, subjectKind: 'work_plan', subjectId: `${code} ${unitCode}`, after: { title: content.title } }));
    return { mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', fileName: `${content.title}.docx`, inline: false, bytes };
  },
  async (_context, _input, made) => made,
);

function chineseDay(at: Instant): string {
  const [year, month, day] = dateOf(at).split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

export const planActions: readonly Implementation[] = [get, draft, save, issue, finish, file, calendarAction];
