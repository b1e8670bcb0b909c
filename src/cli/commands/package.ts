// fuwuyue package: the package of a unit's sealed return as a file, with pictures of its own entries, verified.
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { demonstrationTime, isDemonstration } from '../../demonstration/state.ts';
import { saveAudit } from '../../kernel/audit.ts';
import { fileBlobStore } from '../../kernel/blobs.ts';
import { systemClock } from '../../kernel/clock.ts';
import { raise } from '../../kernel/context.ts';
import { openSecrets } from '../../kernel/secrets.ts';
import { writeDocuments } from '../../modules/packages/documents.ts';
import { gather, getSealed, readStatus, standingOf } from '../../modules/packages/gathering.ts';
import { contentsOf, type Made, writeMade } from '../../modules/packages/making.ts';
import { mostEvidence, plainEvidenceBytes } from '../../modules/packages/model.ts';
import { savePackage } from '../../modules/packages/queries.ts';
import { nodeTools, withFileReader } from '../../modules/packages/reading.ts';
import { plainChoice } from '../../modules/packages/rules/choosing.ts';
import { verifyPackage } from '../../modules/packages/rules/verifying.ts';
import { findPlacement } from '../../modules/units/queries.ts';
import { problem } from '../../shared/problem.ts';
import { recordId } from '../../shared/province.ts';
import { CommandFault } from '../faults.ts';
import type { Opened } from '../store.ts';
import type { Outcome } from '../terminal.ts';
import { packageOutcome } from './verify.ts';

export async function writePackageFile({ store, config }: Opened, asked: { readonly edition: string; readonly unit: string; readonly out: string }): Promise<Outcome> {
  const { edition, out } = asked;
  if (existsSync(out)) throw new CommandFault(2, `文件已经存在：${out}。请换一个文件名。`, `The file exists already: ${out}. Choose another name.`);
  const { gathered, demonstration } = await store.database.read(async (tx) => {
    const unit = await findPlacement(tx, edition, asked.unit);
    if (unit === undefined) raise(problem('not_found', { kind: 'unit', id: asked.unit }));
    const { status } = await readStatus(tx, edition, unit);
    if (standingOf(status) !== 'sealed') throw new CommandFault(1, `${asked.unit} 现在没有已盖章的统计表，不能生成报送包。`, `${asked.unit} has no sealed return now, so there is nothing to make a package of.`);
    const marked = await isDemonstration(tx);
    return { gathered: await gather(tx, await getSealed(tx, edition, unit), { secrets: openSecrets(config.secretsDirectory, config.suite), demonstration: marked }), demonstration: marked };
  });
  const blobs = fileBlobStore(join(config.dataDirectory, 'blobs'));
  const wanted = plainChoice(gathered.packables, { bytes: plainEvidenceBytes, count: mostEvidence });
  const chosen = gathered.packables.filter(({ id }) => wanted.has(id));
  const contents = await contentsOf({ gathered, chosen, documents: await writeDocuments(gathered, blobs), blobs, demonstration });
  const made = await writeBeside(out, (append) => writeMade(contents, append));
  const verdict = await withFileReader(out, (reader) => verifyPackage(reader, nodeTools));
  if (verdict.firstFault !== null) {
    await rm(out, { force: true });
    return packageOutcome(out, verdict);
  }
  const { files, ...about } = made;
  const { unit, seal } = gathered;
  await store.database.write(async (tx) => {
    const now = (await demonstrationTime(tx)) ?? systemClock.now();
    const id = recordId(unit.provinceCode, randomUUID());
    await savePackage(tx, { ...about, files, id, unit, editionCode: edition, returnVersion: seal.version, receiptCode: seal.receiptCode, kept: false, accountId: null, accountName: 'system', at: now });
    const record = { action: 'package_made', unitCode: unit.unitCode, subjectKind: 'package', subjectId: id, after: { edition, returnVersion: seal.version, files: files.length, ...about } };
    await saveAudit(tx, { accountId: null, accountName: 'system', requestId: randomUUID(), at: now }, [record]);
  });
  const held = packageOutcome(out, verdict);
  const line = `已生成并核对：${out}，${made.bytes} 字节，照片和材料 ${made.evidence} 份。Made and verified: ${out}, ${made.bytes} bytes, ${made.evidence} pictures.`;
  return { held: true, document: { ...held.document, sha256: made.sha256, sm3: made.sm3 }, lines: [line, `SHA-256 ${made.sha256}`, `SM3     ${made.sm3}`] };
}

/** A file of that name is never half written. */
async function writeBeside(path: string, fill: (append: (bytes: Uint8Array) => Promise<void>) => Promise<Made>): Promise<Made> {
  const temporary = `${path}.part`;
  const file = await open(temporary, 'w', 0o600);
  try {
    const made = await fill((bytes) => file.writeFile(bytes));
    await file.sync();
    await file.close();
    await rename(temporary, path);
    return made;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
}
