// Entries written by hand so that the screens have something to show: likely duplicates within a unit, with a neighbour and
// with the city above, and pictures. Pure.
import type { EntryContent } from '../modules/activities/model.ts';
import { recordId } from '../shared/province.ts';
import { identifierOf } from './dice.ts';
import type { DemonstrationEnterprise } from './enterprises.ts';
import type { Scene, Stage } from './scenes.ts';

type Entry = Pick<EntryContent, 'kind' | 'occurredOn' | 'title' | 'values'> & { readonly place?: string; readonly coHosts?: string[]; readonly picture?: boolean; readonly guests?: number };

/** By unit code. */
export function specialEntries(stage: Stage, scenes: readonly Scene[], around: (scene: Scene) => readonly DemonstrationEnterprise[]): Map<string, EntryContent[]> {
  const county = scenes.find(({ unitCode }) => unitCode === stage.tourCounty);
  if (county === undefined) return new Map();
  const upper = scenes.find(({ unitCode }) => unitCode === county.parentCode);
  const neighbour = scenes.find(({ parentCode, unitCode }) => parentCode === county.parentCode && unitCode !== county.unitCode);
  const square = `${upper?.shortName ?? county.shortName}会展中心广场`;
  const launch: Entry = { kind: 'publicity', occurredOn: '2023-06-09', title: '商业秘密保护集中宣传日活动', place: square, values: { mode: 'offline', attendances: 180, materials: 600, manner: 'stand' }, picture: true, guests: 12 };
  const lesson: Entry = { kind: 'training', occurredOn: '2023-06-15', title: `${county.shortName}生物医药企业涉密人员管理培训`, place: '生物医药产业园学术报告厅', values: { mode: 'offline', attendances: 56, topic: 'staff' }, picture: true, guests: 20 };
  const forum: Entry = { kind: 'symposium', occurredOn: '2023-06-19', title: '跨区商业秘密保护协作座谈会', place: '科技企业孵化器一号会议室', values: { mode: 'offline', attendances: 24, topic: 'remedy' }, guests: 8 };
  const talk: Entry = { kind: 'publicity', occurredOn: '2023-06-12', title: '老字号企业商业秘密保护宣讲', place: '老字号传承馆', values: { mode: 'offline', attendances: 48, materials: 120, manner: 'talk' }, picture: true, guests: 9 };
  const guidance: Entry = { kind: 'guidance_meeting', occurredOn: '2023-06-26', title: '高新技术企业商业秘密保护行政指导会', place: '企业服务中心', values: { mode: 'offline', attendances: 31, topic: 'system' }, picture: true, guests: 10 };
  const told = (scene: Scene, entries: readonly Entry[]): [string, EntryContent[]] => [scene.unitCode, entries.map((entry, index) => contentOf(scene, entry, index, around(scene)))];
  return new Map([
    told(county, [launch, talk, lesson, { ...lesson, title: `${county.shortName}生物医药企业“涉密人员管理”培训`, picture: false }, forum, guidance]),
    ...(upper === undefined ? [] : [told(upper, [{ ...launch, coHosts: [county.unitCode] }])]),
    ...(neighbour === undefined ? [] : [told(neighbour, [forum])]),
  ]);
}

function contentOf(scene: Scene, { picture, guests, ...entry }: Entry, index: number, around: readonly DemonstrationEnterprise[]): EntryContent {
  return {
    place: '', coHosts: [], windowReason: null, note: null, ...entry,
    enterprises: around.slice(0, guests ?? 0).map(({ uscc, name }) => ({ uscc, name, reason: null })),
    evidence: picture === true ? [recordId(scene.provinceCode, identifierOf(`evidence ${scene.unitCode} ${index}`))] : [],
  };
}
