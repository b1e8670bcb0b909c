// Visits of the demonstration: a plan for the first day of its clock, and two of the county's ledger entries as the visits they come from.
import type { Tx } from '../kernel/database.ts';
import { entryContent } from '../modules/activities/model.ts';
import { visitContent } from '../modules/visits/model.ts';
import { insertMade, insertPlanned, type VisitAct } from '../modules/visits/queries.ts';
import { followUpsOf, visitSourceKind } from '../modules/visits/rules.ts';
import { dateOf } from '../shared/instant.ts';
import { recordId } from '../shared/province.ts';
import { identifierOf } from './dice.ts';
import { fillerOf } from './people.ts';
import type { Scene } from './scenes.ts';
import { demonstrationStart, later } from './times.ts';
import type { Trail } from './trail.ts';

const purposes = ['回访制度整改情况（示例）', '了解涉密人员管理（示例）', '送政策上门（示例）'];

/** `editionCode` is the demonstration's; the county is the one people look around in. */
export async function seedVisits(tx: Tx, county: Scene, editionCode: string, trail: Trail): Promise<void> {
  const by = fillerOf(county);
  const act: VisitAct = { accountId: by.accountId, accountName: by.name, now: later(demonstrationStart, -16 * 60) };
  const ledger = { provinceCode: county.provinceCode, editionCode, unitCode: county.unitCode };
  const officers = [{ id: by.accountId, name: by.name }];
  const rows = await tx
    .selectFrom('activity')
    .select(['id', 'content', 'createdAt'])
    .where('provinceCode', '=', ledger.provinceCode)
    .where('editionCode', '=', editionCode)
    .where('unitCode', '=', county.unitCode)
    .where('kind', '=', 'visit')
    .where('deletedAt', 'is', null)
    .where('version', '=', 1)
    .orderBy('occurredOn')
    .orderBy('id')
    .limit(5)
    .execute();
  const visited = rows.map(({ id, content, createdAt }) => ({ id, createdAt, content: entryContent.parse(content) })).filter(({ content }) => (content.enterprises[0]?.uscc ?? null) !== null);
  const idOf = (name: string): string => recordId(county.provinceCode, identifierOf(`visit ${county.unitCode} ${name}`));
  const planned = visited.slice(2).flatMap(({ content: { enterprises } }, index) => enterprises.map((enterprise) => ({ id: idOf(`planned ${index}`), day: dateOf(demonstrationStart), position: index + 1, enterprise, officers, purpose: purposes[index] ?? '' })));
  if (planned.length > 0) await insertPlanned(tx, ledger, act, planned);
  for (const { id, day, enterprise } of planned) trail.add(by, act.now, { action: 'visit_planned', unitCode: county.unitCode, subjectKind: 'visit', subjectId: id, after: { version: 1, state: 'planned', day, name: enterprise.name } });
  for (const [index, { id: entry, content, createdAt }] of visited.slice(0, 2).entries()) {
    const { occurredOn, enterprises: [enterprise], place, values, evidence, windowReason, note } = content;
    if (enterprise === undefined) continue;
    const said = visitContent.parse({ occurredOn, enterprise, place, values, evidence, windowReason, found: note ?? '', met: ['法务负责人', '研发负责人'], topics: ['system', 'staff'], tags: ['示例'], assessment: index === 0 });
    const id = idOf(`made ${index}`);
    await insertMade(tx, ledger, { ...act, now: createdAt }, { id, day: occurredOn, position: 1, enterprise, officers, purpose: '' }, { content: said, followUps: followUpsOf(said, {}), recordKey: identifierOf(`visit record ${id}`) });
    await tx.updateTable('activity').set({ sourceKind: visitSourceKind, sourceId: id, sourcePart: 'visit' }).where('provinceCode', '=', county.provinceCode).where('id', '=', entry).execute();
    trail.add(by, createdAt, { action: 'visit_recorded', unitCode: county.unitCode, subjectKind: 'visit', subjectId: id, after: { version: 1, state: 'made', day: occurredOn, name: enterprise.name, suggestions: 0, pictures: evidence.length } });
  }
  await tx.updateTable('visit').set({ demonstration: true }).where('provinceCode', '=', county.provinceCode).where('createdBy', '=', by.accountId).execute();
}
