// What is done with tasks and reminders.
import { randomUUID } from 'node:crypto';
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { dateOf } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import { recordId } from '../../shared/province.ts';
import type { Verb } from '../access/model.ts';
import { authorise, authoriseMember } from '../access/queries.ts';
import { verbsAt } from '../access/rules.ts';
import { getDeadlines, getEditionByCode, getUnitEdition } from '../editions/queries.ts';
import { isLate } from '../editions/rules.ts';
import { getPlacedUnit } from '../figures/standing.ts';
import { owesAttestation, yearOf } from '../people/rules.ts';
import { findAttestation, listUnattested } from '../people/substitutions.ts';
import { countWaitingFor } from '../people/waiting.ts';
import { assembleLive, findingsOn } from '../returns/assembly.ts';
import { keyOf, listActs, listChildReturns, listNotes } from '../returns/queries.ts';
import { statusOf, stepsLeft } from '../returns/rules.ts';
import { isFrozen } from '../returns/view.ts';
import { listTasks, readReminder, remindUnits } from './contract.ts';
import { insertReminders, listRemindable, listReminders, lockReminder, lockReminding, markReminderRead } from './queries.ts';
import { decideReminders, mayRemind, type TaskFacts, tasksOf } from './rules.ts';

const list = implement(listTasks, async (context, input) => {
  const unit = await authoriseMember(context, input.edition, input.unitCode);
  const edition = await getUnitEdition(context.tx, input.edition, unit.p1);
  const key = keyOf(edition.code, unit);
  const status = statusOf(await listActs(context.tx, key));
  const live = await assembleLive(context.tx, edition, unit);
  const findings = isFrozen(status.state) ? [] : findingsOn(edition, live, await listNotes(context.tx, key));
  const children = await listChildReturns(context.tx, edition.code, unit);
  const reminders = await listReminders(context.tx, edition.code, unit);
  const deadlines = await getDeadlines(context.tx, edition, unit);
  const placed = await getPlacedUnit(context.tx, edition.code, unit.unitCode);
  const verbs: ReadonlySet<Verb> = new Set(verbsAt(context.actor, unit));
  const tasks = tasksOf({
    closed: edition.closedAt !== null,
    unitCode: unit.unitCode,
    unitName: placed.name,
    hasUpper: unit.parentCode !== null,
    accountId: context.actor.accountId,
    verbs,
    status,
    entries: live.entries,
    // No note makes up for a hard finding.
    openFindings: findings.filter(({ note, severity }) => note === null || severity === 'hard').length,
    hardFindings: findings.filter(({ severity }) => severity === 'hard').length,
    children: {
      all: children.length,
      submitted: children.filter(({ state }) => state === 'submitted').length,
      missing: children.filter(({ submittedVersion }) => submittedVersion === null).length,
      corrections: children.filter(({ state }) => state === 'correction_requested').length,
    },
    unreadReminders: reminders.filter(({ read }) => !read).length,
    deadlineForBelowSet: deadlines.forBelow !== null,
    deadlinePassed: isLate(context.now, deadlines.due),
    accounts: await accountsOf(context, edition.code, unit.unitCode, verbs),
  });
  return { tasks, due: deadlines.due, editionDeadline: deadlines.edition, stepsLeft: edition.closedAt === null ? stepsLeft(status.state, unit.parentCode !== null) : 0, reminders };
});

/** What of the unit's accounts waits for this person; asked only for whom it may concern. */
async function accountsOf(context: Context, edition: string, unitCode: string, verbs: ReadonlySet<Verb>): Promise<TaskFacts['accounts']> {
  const today = dateOf(context.now);
  const isDue = owesAttestation(today, []);
  const attested = verbs.has('attest_accounts') && isDue ? await findAttestation(context.tx, unitCode, yearOf(today)) : undefined;
  return {
    waiting: verbs.has('read_accounts') ? await countWaitingFor(context, edition, unitCode) : 0,
    owesAttestation: isDue && attested === undefined,
    unattestedBelow: verbs.has('set_deadline') && isDue ? (await listUnattested(context.tx, edition, unitCode, yearOf(today))).length : 0,
  };
}

const remind = implement(remindUnits, async (context, input) => {
  const unit = await authorise(context, 'read_figures', input.edition, input.unitCode);
  await lockReminding(context.tx, input.edition, unit.unitCode);
  const wanted = await listRemindable(context.tx, input.edition, unit, input.unitCodes);
  if (wanted.some((one) => !mayRemind(context.actor, unit.unitCode, one))) raise(problem('not_permitted', { verb: 'remind', unitCode: unit.unitCode }));
  const unknown = input.unitCodes.find((code) => !wanted.some(({ unitCode }) => unitCode === code));
  if (unknown !== undefined) raise(problem('not_found', { kind: 'unit', id: unknown }));
  if ((await getEditionByCode(context.tx, input.edition)).closedAt !== null) raise(problem('refused_by_rule', { rule: 'edition_closed' }));
  const { due, submitted, tooSoon } = decideReminders(wanted, context.now);
  const reminders = due.map(({ unitCode, provinceCode }) => ({
    provinceCode, id: recordId(provinceCode, randomUUID()), editionCode: input.edition, unitCode, fromUnitCode: unit.unitCode, accountName: context.actor.name, text: input.text, at: context.now,
  }));
  if (reminders.length > 0) await insertReminders(context.tx, reminders);
  const outcome = { reminded: codesOf(due), leftOut: codesOf(submitted), tooSoon: codesOf(tooSoon) };
  context.record({ action: 'units_reminded', unitCode: unit.unitCode, subjectKind: 'reminder', subjectId: unit.unitCode, after: outcome });
  return outcome;
});

function codesOf(units: readonly { readonly unitCode: string }[]): string[] {
  return units.map(({ unitCode }) => unitCode);
}

const readOne = implement(readReminder, async (context, input) => {
  const reminder = found(await lockReminder(context.tx, input.id), 'reminder', input.id);
  await authoriseMember(context, reminder.editionCode, reminder.unitCode);
  if (reminder.readAt === null) await markReminderRead(context.tx, input.id, context.now);
  context.record({ action: 'reminder_read', unitCode: reminder.unitCode, subjectKind: 'reminder', subjectId: input.id });
  return { done: true as const };
});

export const taskActions: readonly Implementation[] = [list, remind, readOne];
