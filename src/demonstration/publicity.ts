// Publicity of the demonstration: two materials with their stock, and a repost of somebody else's text, which counts nothing.
import type { Tx } from '../kernel/database.ts';
import type { MaterialMove } from '../modules/publicity/model.ts';
import { insertItem, insertMaterial, insertMove, type PublicityActor, saveMaterial } from '../modules/publicity/queries.ts';
import { figuresWith } from '../modules/publicity/rules.ts';
import { addDays, dateOf } from '../shared/instant.ts';
import { recordId } from '../shared/province.ts';
import { identifierOf } from './dice.ts';
import { fillerOf } from './people.ts';
import type { Scene } from './scenes.ts';
import { demonstrationStart, later } from './times.ts';
import type { Trail } from './trail.ts';

const moved = [
  { name: '商业秘密保护折页（示例）', form: 'leaflet', moves: [['received', 1000, 12, '印刷厂'], ['handed_out', 360, 8, '园区宣讲'], ['handed_out', 200, 3, '企业走访']] },
  { name: '一图读懂商业秘密（示例）', form: 'online', moves: [['read', 820, 2, '公众号']] },
] as const;

export async function seedPublicity(tx: Tx, county: Scene, editionCode: string, trail: Trail): Promise<void> {
  const { accountId, name: accountName } = fillerOf(county);
  const { provinceCode, unitCode } = county;
  const key = { provinceCode, editionCode, unitCode };
  const today = dateOf(demonstrationStart);
  const by = (daysAgo: number): PublicityActor => ({ accountId, accountName, now: later(demonstrationStart, -daysAgo * 24 * 60) });
  for (const { name, form, moves } of moved) {
    let material = await insertMaterial(tx, key, recordId(provinceCode, identifierOf(`material ${unitCode} ${name}`)), { name, form }, by(12));
    for (const [kind, amount, daysAgo, occasion] of moves) {
      const move: MaterialMove = { kind, amount, onDay: addDays(today, -daysAgo), occasion, activityId: null, reason: '' };
      material = await saveMaterial(tx, material, { figures: figuresWith(material.figures, move) }, by(daysAgo));
      await insertMove(tx, material, move, by(daysAgo));
    }
    trail.add(fillerOf(county), by(12).now, { action: 'publicity.add_material', unitCode, subjectKind: 'material', subjectId: material.id, after: { version: 1, name, form } });
  }
  const id = recordId(provinceCode, identifierOf(`media item ${unitCode}`));
  await insertItem(tx, key, id, {
    title: '商业秘密保护服务月启动（示例）', outlet: '示例县融媒体中心', level: 'county', link: 'https://example.com/news/1', publishedOn: addDays(today, -9), origin: 'repost', originalId: null, evidence: [], windowReason: null,
  }, by(9));
  trail.add(fillerOf(county), by(9).now, { action: 'publicity.add_media', unitCode, subjectKind: 'media_item', subjectId: id, after: { version: 1, title: '商业秘密保护服务月启动（示例）', origin: 'repost' } });
  for (const table of ['material', 'mediaItem'] as const) await tx.updateTable(table).set({ demonstration: true }).where('provinceCode', '=', provinceCode).where('createdBy', '=', accountId).execute();
}
