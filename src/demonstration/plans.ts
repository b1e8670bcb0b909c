// Plans and a notice of the demonstration: the city issued its plan, the county began from it and is behind with a task; a notice nobody read yet.
import type { Tx } from '../kernel/database.ts';
import type { PlanContent } from '../modules/plans/model.ts';
import { insertNotice } from '../modules/notices/queries.ts';
import { findPlan, savePlanStep } from '../modules/plans/queries.ts';
import { fromUpper, outlineOf } from '../modules/plans/rules.ts';
import { addDays, dateOf } from '../shared/instant.ts';
import { recordId } from '../shared/province.ts';
import { identifierOf } from './dice.ts';
import { fillerOf } from './people.ts';
import type { Scene } from './scenes.ts';
import { demonstrationStart, later } from './times.ts';
import type { Trail } from './trail.ts';

export async function seedPlans(tx: Tx, editionCode: string, county: Scene | undefined, scenes: ReadonlyMap<string, Scene>, trail: Trail): Promise<void> {
  const city = scenes.get(county?.p2 ?? '');
  if (county === undefined || city === undefined) return;
  const today = dateOf(demonstrationStart);
  const by = (scene: Scene, daysAgo: number) => {
    const { accountId, name } = fillerOf(scene);
    return { accountId, accountName: name, now: later(demonstrationStart, -daysAgo * 24 * 60) };
  };
  const begin = async (scene: Scene, content: PlanContent, daysAgo: number): Promise<void> => {
    const step = by(scene, daysAgo);
    await savePlanStep(tx, editionCode, scene, { change: 'drafted', version: 1, content, ...step });
    trail.add(fillerOf(scene), step.now, { action: 'plans.drafted', unitCode: scene.unitCode, subjectKind: 'work_plan', subjectId: `${editionCode} ${scene.unitCode}`, after: { version: 1, title: content.title } });
  };
  const due = addDays(today, 3);
  await begin(city, outlineOf(city.name, '服务月活动（示例）', due), 20);
  await savePlanStep(tx, editionCode, city, { change: 'issued', version: 2, content: outlineOf(city.name, '服务月活动（示例）', due), ...by(city, 18) });
  const upper = (await findPlan(tx, editionCode, city))?.issued;
  if (upper === null || upper === undefined) return;
  const drafted = fromUpper(upper, county.name, '服务月活动（示例）');
  await begin(county, {
    ...drafted,
    tasks: drafted.tasks.map((task, index) => ({ ...task, body: '商业秘密保护科（示例）', state: index === 0 ? 'done' : 'under_way', dueOn: index === 1 ? addDays(today, -2) : task.dueOn })),
    activities: [
      { id: 'a1', kind: 'publicity', onDay: addDays(today, 1), title: '进园区宣传商业秘密保护（示例）', place: '示例科技园', entry: null },
      { id: 'a2', kind: 'training', onDay: addDays(today, 2), title: '企业保密管理员培训（示例）', place: '示例培训中心', entry: null },
    ],
  }, 15);
  const id = recordId(city.provinceCode, identifierOf(`notice ${city.unitCode}`));
  await insertNotice(tx, editionCode, city.unitCode, { id, title: '关于报送服务月进展情况的通知（示例）', text: '请各单位核对台账，补齐图片材料，并于下列日期前报送进展情况。', onDay: due }, [county], by(city, 1));
  trail.add(fillerOf(city), by(city, 1).now, { action: 'notices.send', unitCode: city.unitCode, subjectKind: 'notice', subjectId: id, after: { title: '关于报送服务月进展情况的通知（示例）', units: 1 } });
  for (const table of ['workPlan', 'notice', 'noticeReceipt'] as const) await tx.updateTable(table).set({ demonstration: true }).where('provinceCode', '=', county.provinceCode).where('editionCode', '=', editionCode).execute();
}
