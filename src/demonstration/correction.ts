// One county of the demonstration corrects its accepted table: an entry comes late, the table is reopened by the city, and the
// second version signs the difference. All through the real ways.
import type { Tx } from '../kernel/database.ts';
import { insertActivities } from '../modules/activities/queries.ts';
import { figureChangeOf, keptContributionOf } from '../modules/activities/rules.ts';
import { contributionOf } from '../modules/figures/rules.ts';
import type { ReturnActName } from '../modules/returns/model.ts';
import type { ReturnStatus } from '../modules/returns/rules.ts';
import { recordId } from '../shared/province.ts';
import type { Instant } from '../shared/instant.ts';
import { contentOf } from './contents.ts';
import { diceOf, identifierOf } from './dice.ts';
import type { Way } from './goals.ts';
import { fillerOf } from './people.ts';
import { type Walking, walkOn } from './returns.ts';
import type { Scene, Stage } from './scenes.ts';
import { later } from './times.ts';

// After every first seal, so that the chain of seals stays in order of time.
const start: Instant = '2023-07-04T19:00:00.000+08:00';

/** A neighbour of the tour's county whose table was accepted; null where there is none. */
export function correctedScene(stage: Stage, ways: readonly Way[]): Scene | null {
  const tour = ways.find(({ scene }) => scene.unitCode === stage.tourCounty);
  return ways.find(({ scene, goal }) => goal === 'accepted' && tour !== undefined && scene !== tour.scene && scene.parentCode === tour.scene.parentCode)?.scene ?? null;
}

export async function correctReturn(tx: Tx, scene: Scene, status: ReturnStatus, walking: Walking): Promise<ReturnStatus> {
  const timed = (acts: readonly ReturnActName[], from: number) => acts.map((act, index) => ({ act, at: later(start, from + index * 4) }));
  const reopened = await walkOn(tx, scene, timed(['request_correction', 'reopen'], 0), walking, status);
  await recordLateEntry(tx, scene, later(start, 10), walking);
  return walkOn(tx, scene, timed(['self_check', 'send_for_review', 'approve', 'sign', 'seal', 'submit', 'accept'], 14), walking, reopened);
}

async function recordLateEntry(tx: Tx, scene: Scene, now: Instant, { editionOf, trail }: Walking): Promise<void> {
  const edition = editionOf(scene.p1);
  const by = fillerOf(scene);
  const key = { provinceCode: scene.provinceCode, editionCode: edition.code, unitCode: scene.unitCode };
  const content = contentOf('gov_report', { dice: diceOf('correction'), unitName: scene.shortName, level: 'county', around: [], number: 90 }, '2023-06-30');
  const kept = keptContributionOf(contributionOf(edition.indicators, edition.layout, content), []);
  const change = { ...key, origin: 'records' as const, ...figureChangeOf(null, kept) };
  const id = recordId(scene.provinceCode, identifierOf(`correction ${scene.unitCode}`));
  const ledgerNo = await insertActivities(tx, key, { accountId: by.accountId, accountName: by.name, now, change }, [{ id, content, kept, source: null }]);
  await tx.updateTable('activity').set({ demonstration: true }).where('provinceCode', '=', scene.provinceCode).where('id', '=', id).execute();
  trail.add(by, now, { action: 'activity_recorded', unitCode: scene.unitCode, subjectKind: 'activity', subjectId: id, after: { version: 1, ledgerNo, kind: content.kind, occurredOn: content.occurredOn, title: content.title } });
}
