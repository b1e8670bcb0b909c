// Service points of the demonstration: one named, one due for its yearly check, one on its way; with a line in the service log.
import type { Tx } from '../kernel/database.ts';
import type { ServicePointContent, ServicePointState } from '../modules/service-points/model.ts';
import { insertPoint, insertService, insertStep, type PointActor, savePoint } from '../modules/service-points/queries.ts';
import { addDays, dateOf } from '../shared/instant.ts';
import { recordId } from '../shared/province.ts';
import { identifierOf } from './dice.ts';
import { fillerOf } from './people.ts';
import type { Scene } from './scenes.ts';
import { demonstrationStart, later } from './times.ts';
import type { Trail } from './trail.ts';

interface Shown {
  readonly content: Pick<ServicePointContent, 'kind' | 'name' | 'body' | 'address' | 'coverage' | 'position'>;
  /** States it came through, with how many days ago. */
  readonly way: readonly (readonly [act: string, to: ServicePointState, daysAgo: number])[];
}

const shown: readonly Shown[] = [
  {
    content: { kind: 'service_station', name: '示例科技园商业秘密保护服务站', body: '示例科技园管理处', address: '示例路 1 号 A 座 2 楼', coverage: '园区 86 家企业（示例）', position: { latitude: 30.42, longitude: 120.3 } },
    way: [['apply', 'applied', 120], ['pass_inspection', 'inspected', 100], ['name', 'named', 90]],
  },
  {
    content: { kind: 'contact_point', name: '示例精密制造商业秘密保护联络点', body: '示例精密制造有限公司', address: '示例大道 88 号', coverage: '本企业和上下游企业（示例）', position: { latitude: 30.38, longitude: 120.25 } },
    way: [['apply', 'applied', 430], ['pass_inspection', 'inspected', 410], ['name', 'named', 400]],
  },
  {
    content: { kind: 'demo_site', name: '示例医药商业秘密保护示范点', body: '示例医药有限公司', address: '示例街 5 号', coverage: '', position: null },
    way: [['nurture', 'nurturing', 40], ['apply', 'applied', 5]],
  },
];

export async function seedServicePoints(tx: Tx, county: Scene, trail: Trail): Promise<void> {
  const by = fillerOf(county);
  const today = dateOf(demonstrationStart);
  const act = (daysAgo: number): PointActor => ({ accountId: by.accountId, accountName: by.name, now: later(demonstrationStart, -daysAgo * 24 * 60) });
  for (const [index, { content, way }] of shown.entries()) {
    const first = way[0]?.[2] ?? 0;
    const id = recordId(county.provinceCode, identifierOf(`service point ${county.unitCode} ${index}`));
    let point = await insertPoint(tx, id, county.unitCode, { ...content, uscc: null, hours: '工作日 9:00 至 17:00', telephone: '' }, act(first));
    await insertStep(tx, point, { act: 'propose', from: null, onDay: addDays(today, -first), note: '' }, act(first));
    for (const [step, state, daysAgo] of way) {
      const onDay = addDays(today, -daysAgo);
      const from = point.state;
      point = await savePoint(tx, point, { standing: { state, stateBefore: null, namedOn: step === 'name' ? onDay : point.namedOn, reviewedOn: null } }, act(daysAgo));
      await insertStep(tx, point, { act: step, from, onDay, note: '' }, act(daysAgo));
    }
    if (point.state === 'named') {
      await insertService(tx, point, { id: recordId(county.provinceCode, identifierOf(`point service ${id}`)), occurredOn: addDays(today, -2), topic: 'system', enterpriseName: '', what: '帮助企业修改保密制度和员工保密协议（示例）' }, act(2));
    }
    trail.add(by, act(first).now, { action: 'service_points.add', unitCode: county.unitCode, subjectKind: 'service_point', subjectId: id, after: { version: 1, state: 'candidate', name: content.name, kind: content.kind } });
  }
  await tx.updateTable('servicePoint').set({ demonstration: true }).where('provinceCode', '=', county.provinceCode).where('createdBy', '=', by.accountId).execute();
}
