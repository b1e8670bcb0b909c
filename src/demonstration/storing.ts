// Writes planned ledgers: entries, versions, who attended, evidence, adjustments. Few statements; figures are rebuilt afterwards.
import { sql } from 'kysely';
import type { Tx } from '../kernel/database.ts';
import { keptContributionOf, type KeptContribution, titleKeyOf } from '../modules/activities/rules.ts';
import type { UnitEdition } from '../modules/editions/queries.ts';
import type { KeptFile } from '../modules/evidence/intake.ts';
import { adjustmentCounter, contributionOf } from '../modules/figures/rules.ts';
import type { PlannedEntry, PlannedLedger, PlannedVersion } from './ledger.ts';
import { type DemonstrationPerson, fillerOf } from './people.ts';
import type { EntryContent } from '../modules/activities/model.ts';
import type { Scene } from './scenes.ts';
import type { Instant } from '../shared/instant.ts';
import type { Trail } from './trail.ts';

export interface Storing {
  readonly editionCode: string;
  /** The edition as a province counts. */
  readonly editionOf: (p1: string | null) => UnitEdition;
  readonly enterpriseIds: ReadonlyMap<string, number>;
  readonly trail: Trail;
}

const batch = 1000;

/** Returns the number of entries, deleted ones included. */
export async function storeLedgers(tx: Tx, ledgers: readonly PlannedLedger[], storing: Storing): Promise<number> {
  const rows = ledgers.flatMap((ledger) => ledger.entries.map((entry) => entryRow(ledger, entry, storing)));
  for (let from = 0; from < rows.length; from += batch) await insertRows(tx, storing.editionCode, rows.slice(from, from + batch));
  for (const ledger of ledgers) await storeAdjustments(tx, ledger, storing);
  return rows.length;
}

function keptOf({ content }: PlannedVersion, edition: UnitEdition, enterpriseIds: ReadonlyMap<string, number>): KeptContribution {
  const ids = content.enterprises.flatMap(({ uscc }) => (uscc === null ? [] : [enterpriseIds.get(uscc) ?? 0]));
  return keptContributionOf(contributionOf(edition.indicators, edition.layout, content), ids);
}

function entryRow({ scene }: PlannedLedger, { id, versions }: PlannedEntry, { editionOf, enterpriseIds, trail }: Storing): object {
  const edition = editionOf(scene.p1);
  const by = fillerOf(scene);
  const first = versions[0];
  const last = versions.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('an entry has at least one version');
  const shown = versions.map((version, index) => {
    trailOf(trail, by, id, version, index, versions[index - 1]);
    const { counters, amounts, distinctCounters } = keptOf(version, edition, enterpriseIds);
    const { ledgerNo, change, content, at, reason } = version;
    return { version: index + 1, ledger_no: ledgerNo, change, content, counters, amounts, distinct_counters: distinctCounters, at, reason };
  });
  const kept = keptOf(last, edition, enterpriseIds);
  const { content } = last;
  const deleted = last.change === 'deleted';
  return {
    id, province_code: scene.provinceCode, unit_code: scene.unitCode, kind: content.kind, occurred_on: content.occurredOn, title: content.title, title_key: titleKeyOf(content.title),
    place: content.place, content, counters: kept.counters, amounts: kept.amounts, distinct_counters: kept.distinctCounters, enterprise_ids: deleted ? [] : kept.enterpriseIds,
    version: versions.length, ledger_no: last.ledgerNo, deleted_at: deleted ? last.at : null, account_id: by.accountId, account_name: by.name, created_at: first.at, changed_at: last.at,
    versions: shown,
  };
}

function trailOf(trail: Trail, by: DemonstrationPerson, id: string, version: PlannedVersion, index: number, before: PlannedVersion | undefined): void {
  const { content, change, ledgerNo, at, reason } = version;
  trail.add(by, at, {
    action: `activity_${change}`, unitCode: by.unitCode, subjectKind: 'activity', subjectId: id, basis: reason,
    ...(before === undefined ? {} : { before: { version: index, ledgerNo: before.ledgerNo } }),
    after: { version: index + 1, ledgerNo, kind: content.kind, occurredOn: content.occurredOn, title: content.title },
  });
}

async function insertRows(tx: Tx, editionCode: string, rows: readonly object[]): Promise<void> {
  await sql`
    with entry as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(
        id text, province_code smallint, unit_code text, kind text, occurred_on date, title text, title_key text, place text, content jsonb, counters smallint[], amounts bigint[],
        distinct_counters smallint[], enterprise_ids integer[], version integer, ledger_no bigint, deleted_at timestamptz, account_id text, account_name text,
        created_at timestamptz, changed_at timestamptz, versions jsonb)
    ), kept_versions as (
      insert into activity_version (province_code, activity_id, version, edition_code, unit_code, ledger_no, change, content, counters, amounts, distinct_counters,
        account_id, account_name, at, reason)
      select e.province_code, e.id, v.version, ${editionCode}, e.unit_code, v.ledger_no, v.change, v.content, v.counters, v.amounts, v.distinct_counters,
        e.account_id, e.account_name, v.at, v.reason
      from entry e, jsonb_to_recordset(e.versions) as v(version integer, ledger_no bigint, change text, content jsonb, counters smallint[], amounts bigint[],
        distinct_counters smallint[], at timestamptz, reason text)
    ), attended as (
      insert into participation (province_code, activity_id, enterprise_id, edition_code, unit_code)
      select province_code, id, enterprise_id, ${editionCode}, unit_code from entry, unnest(enterprise_ids) as enterprise_id
    )
    insert into activity (province_code, id, edition_code, unit_code, kind, occurred_on, title, title_key, place, content, counters, amounts, distinct_counters, version,
      ledger_no, deleted_at, demonstration, created_by, created_by_name, created_at, changed_at)
    select province_code, id, ${editionCode}, unit_code, kind, occurred_on, title, title_key, place, content, counters, amounts, distinct_counters, version,
      ledger_no, deleted_at, true, account_id, account_name, created_at, changed_at from entry`.execute(tx);
}

async function storeAdjustments(tx: Tx, { scene, adjustments }: PlannedLedger, { editionCode, editionOf, trail }: Storing): Promise<void> {
  const by = fillerOf(scene);
  for (const { id, indicator, delta, reason, at, ledgerNo } of adjustments) {
    const place = editionOf(scene.p1).layout.places.get(indicator);
    if (place === undefined) continue;
    await tx
      .insertInto('adjustment')
      .values({
        provinceCode: scene.provinceCode, id, editionCode, unitCode: scene.unitCode, indicator, counter: adjustmentCounter(place), delta, reason, ledgerNo,
        removedLedgerNo: null, removalReason: null, accountId: by.accountId, accountName: by.name, at,
      })
      .execute();
    trail.add(by, at, { action: 'adjustment_added', unitCode: scene.unitCode, subjectKind: 'adjustment', subjectId: id, after: { indicator, delta }, basis: reason });
  }
}

/** Rows for the pictures that entries name; pictures are used round and round. Returns how many. */
export async function storeEvidence(tx: Tx, ledgers: readonly PlannedLedger[], pictures: readonly Picture[], storing: Storing): Promise<number> {
  const shown = ledgers.flatMap(({ scene, entries }) =>
    entries.flatMap(({ id: activityId, versions }) =>
      versions.slice(-1).flatMap(({ content, at }) => content.evidence.map((id): ShownPicture => ({ scene, activityId, id, at, file: pictures[pictureNumber(content) % pictures.length] }))),
    ),
  );
  for (const picture of shown) await storePicture(tx, picture, storing);
  return shown.length;
}

export type Picture = Omit<KeptFile, 'thumbnail'>;

interface ShownPicture {
  readonly scene: Scene;
  readonly activityId: string;
  readonly id: string;
  readonly at: Instant;
  readonly file: Picture | undefined;
}

async function storePicture(tx: Tx, { scene, activityId, id, at, file }: ShownPicture, { editionCode, trail }: Storing): Promise<void> {
  if (file === undefined) throw new RangeError('an entry names a picture, but there are none');
  const by = fillerOf(scene);
  const { name, mediaType, sha256, sm3, perceptualHash, width, height } = file;
  const { length } = file.bytes;
  await tx
    .insertInto('evidence')
    .values({
      provinceCode: scene.provinceCode, id, editionCode, unitCode: scene.unitCode, activityId, name, mediaType, bytes: length, sha256, sm3, perceptualHash, width, height,
      uploadedBy: by.accountId, uploadedAt: at, removedAt: null,
    })
    .execute();
  trail.add(by, at, { action: 'evidence.upload', unitCode: scene.unitCode, subjectKind: 'evidence', subjectId: id, after: { name, mediaType, bytes: length, sha256, sm3 } });
}

/** The same activity, whoever recorded it, shows the same picture: so the likely duplicates have one in common. */
function pictureNumber({ occurredOn }: EntryContent): number {
  return Number(occurredOn.slice(8));
}
