// Brings an installation to life: units, editions, the first three administrators, or the demonstration. All of one kind in one
// transaction, so that an interrupted first start leaves nothing half done.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { saveAudit } from '../kernel/audit.ts';
import { fileBlobStore } from '../kernel/blobs.ts';
import { systemClock } from '../kernel/clock.ts';
import type { Config } from '../kernel/config.ts';
import type { Database, Tx } from '../kernel/database.ts';
import { packageRoot } from '../kernel/package-root.ts';
import { openSecrets } from '../kernel/secrets.ts';
import { createDemonstrationLinks, type DemonstrationLink } from '../demonstration/people.ts';
import { drawPictures } from '../demonstration/pictures.ts';
import { removeDemonstration, type RemovalReport } from '../demonstration/removal.ts';
import { realStage } from '../demonstration/scenes.ts';
import { demonstrationEdition, seedDemonstration, type SeedReport } from '../demonstration/seed.ts';
import { demonstrationStart, setUp } from '../demonstration/times.ts';
import { demonstrationTime, isDemonstration } from '../demonstration/state.ts';
import { readEditionFiles } from '../modules/editions/files.ts';
import { type EditionsLoaded, loadEditions } from '../modules/editions/loading.ts';
import { type LinkedAdministrator, seedAdministrators } from '../modules/people/seeding.ts';
import { forgetWitnessed } from '../modules/proofs/accepting.ts';
import { loadRealUnits } from '../modules/units/loading.ts';
import { findPlacement } from '../modules/units/queries.ts';
import type { Instant } from '../shared/instant.ts';
import { nationUnit } from '../shared/wire.ts';
import { CommandFault } from './faults.ts';
import type { Terminal } from './terminal.ts';

export async function isEmpty(tx: Tx): Promise<boolean> {
  return (await tx.selectFrom('unit').select('code').limit(1).executeTakeFirst()) === undefined;
}

/** Units and editions from the data files. Done again it changes only what the files changed. */
export async function loadCountry(tx: Tx, now: Instant = systemClock.now()): Promise<EditionsLoaded> {
  await loadRealUnits(tx, now);
  return loadEditions(tx, await readEditionFiles(join(packageRoot, 'data', 'editions')), now);
}

const stepWords = {
  people: ['演示账号', 'demonstration accounts'], enterprises: ['虚构企业', 'invented enterprises'], ledgers: ['台账记录', 'ledger entries'],
  figures: ['单位的统计数', 'units counted'], returns: ['报送步骤', 'acts on returns'], audit: ['审计记录', 'audit records'],
} as const;

/** Fills an installation without real work with the demonstration. */
export async function installDemonstration(database: Database, config: Pick<Config, 'dataDirectory' | 'secretsDirectory' | 'suite'>, terminal: Terminal): Promise<SeedReport> {
  await database.read(refuseRealWork);
  terminal.say('正在准备演示数据……  Preparing the demonstration …\n');
  const pictures = await drawPictures(fileBlobStore(join(config.dataDirectory, 'blobs')));
  return database.write(async (tx) => {
    // By the demonstration's own time: a log never goes back.
    const { added } = await loadCountry(tx, setUp);
    terminal.say(`  单位和届次已载入  units and editions loaded${added.length > 0 ? `: ${added.join(', ')}` : ''}\n`);
    const report = await seedDemonstration(tx, {
      pictures,
      secrets: openSecrets(config.secretsDirectory, config.suite),
      progress: (step, count) => terminal.say(`  ${count} ${stepWords[step][0]}  ${stepWords[step][1]}\n`),
    });
    const record = { action: 'demonstration.seed', unitCode: nationUnit, subjectKind: 'installation', subjectId: 'demonstration', after: { ...report } };
    await saveAudit(tx, { accountId: null, accountName: 'system', requestId: randomUUID(), at: demonstrationStart }, [record]);
    return report;
  });
}

async function refuseRealWork(tx: Tx): Promise<void> {
  if (await isDemonstration(tx)) throw new CommandFault(1, '这里已有演示数据。', 'The demonstration is here already.');
  const entry = await tx.selectFrom('activityVersion').select('activityId').limit(1).executeTakeFirst();
  const act = await tx.selectFrom('returnAct').select('unitCode').limit(1).executeTakeFirst();
  if (entry !== undefined || act !== undefined) {
    throw new CommandFault(1, '这里已有正式记录，不能再载入演示数据。请另设 DATA_DIR 或 DATABASE_URL。', 'There are real records here; the demonstration goes into another DATA_DIR or DATABASE_URL.');
  }
}

/** Removes the demonstration and the bytes of its pictures. */
export async function uninstallDemonstration(database: Database, dataDirectory: string): Promise<RemovalReport> {
  const report = await database.write((tx) => removeDemonstration(tx, systemClock.now()));
  if (report.outcome === 'removed') await forgetWitnessed(database, dataDirectory);
  for (const sha256 of report.orphans) {
    for (const name of [sha256, `${sha256}-thumbnail`]) await rm(join(dataDirectory, 'blobs', sha256.slice(0, 2), name), { force: true });
  }
  return report;
}

/** Links for whoever starts the demonstration, valid by its own clock. */
export async function freshDemonstrationLinks(database: Database, startsAt: string | null): Promise<DemonstrationLink[]> {
  return database.write(async (tx) => {
    const now = startsAt ?? (await demonstrationTime(tx)) ?? systemClock.now();
    const county = await findPlacement(tx, demonstrationEdition, realStage.tourCounty);
    const line = county === undefined ? [nationUnit] : [...new Set([county.unitCode, county.p3, county.p2, county.p1, nationUnit])].filter((code) => code !== null);
    return createDemonstrationLinks(tx, line, now);
  });
}

/** One-time links of the first three administrators; of each only until that person has a password. */
export async function administratorLinks(database: Database): Promise<LinkedAdministrator[]> {
  return database.write((tx) => seedAdministrators(tx, systemClock.now()));
}
