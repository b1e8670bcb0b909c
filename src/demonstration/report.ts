// A summary report of the demonstration, drafted by the real rules from the county's own ledger and not yet finished.
import type { Tx } from '../kernel/database.ts';
import type { UnitEdition } from '../modules/editions/queries.ts';
import { readBoundTable, readLedgerFacts } from '../modules/reports/facts.ts';
import { insertReport } from '../modules/reports/queries.ts';
import { shownBy } from '../modules/reports/rules.ts';
import { draftOf } from '../modules/reports/rules/drafting.ts';
import { recordId } from '../shared/province.ts';
import type { Instant } from '../shared/instant.ts';
import { identifierOf } from './dice.ts';
import { fillerOf } from './people.ts';
import { leafOf, type Scene } from './scenes.ts';
import type { Trail } from './trail.ts';

const draftedAt: Instant = '2023-07-04T17:20:00.000+08:00';

export async function draftSummary(tx: Tx, scene: Scene, upper: Scene, edition: UnitEdition, trail: Trail): Promise<void> {
  const by = fillerOf(scene);
  const bound = await readBoundTable(tx, edition, scene, 'own');
  const document = draftOf({
    kind: 'summary', edition: edition.definition, unit: { name: scene.name, depth: scene.depth, upperName: upper.name, hasUnitsBelow: !leafOf(scene) }, figures: bound.table,
    ledger: await readLedgerFacts(tx, edition, scene, bound.cut),
  });
  const id = recordId(scene.provinceCode, identifierOf(`report ${scene.unitCode}`));
  const report = { id, kind: 'summary' as const, editionCode: edition.code, unit: scene, demonstration: true, acts: bound.acts };
  await insertReport(tx, report, { accountId: by.accountId, accountName: by.name, now: draftedAt }, { change: 'drafted', document, shown: shownBy(document, bound.table) });
  trail.add(by, draftedAt, { action: 'report_drafted', unitCode: scene.unitCode, subjectKind: 'report', subjectId: id, after: { kind: 'summary', version: 1, title: document.title } });
}
