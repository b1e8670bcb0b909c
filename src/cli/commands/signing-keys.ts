// fuwuyue keys: which keys units sign with, new ones for them, and a new root for what is kept wrapped.
import { randomUUID } from 'node:crypto';
import { demonstrationTime } from '../../demonstration/state.ts';
import { saveAudit } from '../../kernel/audit.ts';
import { systemClock } from '../../kernel/clock.ts';
import type { AuditRecord } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import { sha256Of } from '../../kernel/digest.ts';
import { openSecrets, type Secrets } from '../../kernel/secrets.ts';
import { forgetRoots, rewrapAll, rotateUnitKeys } from '../../modules/keys/keeping.ts';
import { listCurrentKeys, listInstallationKeys } from '../../modules/keys/queries.ts';
import { fingerprintShown, fingerprintText } from '../../modules/keys/rules.ts';
import type { Signing } from '../../modules/keys/signing.ts';
import { nationUnit } from '../../shared/wire.ts';
import { CommandFault } from '../faults.ts';
import type { Opened } from '../store.ts';
import type { Outcome } from '../terminal.ts';

export async function listKeys(tx: Tx): Promise<Outcome> {
  const installation = (await listInstallationKeys(tx)).map(({ privateKey: _private, ...key }) => ({ ...key, fingerprint: fingerprintShown(sha256Of(fingerprintText(key))) }));
  const units = (await listCurrentKeys(tx)).map(({ privateKey: _private, certificate: _certificate, retiredAt: _retired, ...key }) => key);
  return {
    held: true,
    document: { installation, units },
    lines: [
      `平台公钥 ${installation.length} 个，${units.length} 个单位有签名密钥。${installation.length} keys of the installation, ${units.length} units with a key.`,
      ...installation.map(({ number, suite, from, fingerprint }) => `  ${number}  ${suite}  ${from}  ${fingerprint}`),
      ...units.map(({ unit, number, suite, from, issuer }) => `  ${unit}  ${number}  ${suite}  ${from}  ${issuer}`),
    ],
  };
}

export interface RotateOptions {
  readonly unit?: readonly string[];
  readonly all?: boolean;
  readonly reason?: string;
}

/** Old seals verify for ever: only private keys go. */
export async function rotateKeys({ store, config }: Opened, { unit, all = false, reason = 'rotated' }: RotateOptions): Promise<Outcome> {
  if ((unit === undefined) !== all) throw new CommandFault(2, '请用 --unit 写明单位，或用 --all。', 'Name a unit with --unit, or say --all.');
  const secrets = openSecrets(config.secretsDirectory, config.suite);
  const made = await store.database.write((tx) => recorded(tx, secrets, (signing) => rotateUnitKeys(signing, unit ?? null, reason)));
  const lines = [`已为 ${made.size} 个单位换上新密钥，以前的签章照样可以验证。New keys for ${made.size} units; earlier seals verify as before.`, ...[...made].map(([code, number]) => `  ${code}  ${number}`)];
  return { held: true, document: { rotated: Object.fromEntries(made) }, lines };
}

/** Works with audit records of the machine, in the same transaction. */
async function recorded<T>(tx: Tx, secrets: Secrets, work: (signing: Signing) => Promise<T>): Promise<T> {
  const now = (await demonstrationTime(tx)) ?? systemClock.now();
  const records: AuditRecord[] = [];
  const value = await work({ tx, secrets, now, record: (event) => void records.push(event) });
  if (records.length > 0) await saveAudit(tx, { accountId: null, accountName: 'system', requestId: randomUUID(), at: now }, records);
  return value;
}

export async function rewrapKeys({ store, config }: Opened): Promise<Outcome> {
  const secrets = openSecrets(config.secretsDirectory, config.suite);
  const { root, tables, lost } = await store.database.write((tx) =>
    recorded(tx, secrets, async ({ record }) => {
      const done = await rewrapAll(tx, secrets);
      record({ action: 'root_renewed', unitCode: nationUnit, subjectKind: 'installation', subjectId: `root/${done.root}`, after: { root: done.root, tables: done.tables, lost: done.lost } });
      return done;
    }));
  const count = Object.values(tables).reduce((sum, one) => sum + one, 0);
  const missing = lost === 0 ? [] : [`${lost} 项打不开（当时的根密钥已不在），没有改动。${lost} could not be opened, for their root is gone; they were left.`];
  return {
    held: lost === 0,
    document: { root, tables, lost },
    lines: [
      `已换第 ${root} 号根密钥，重新加密 ${count} 项。Root ${root} is in use, ${count} things wrapped under it.`, ...missing,
      '旧的根密钥还留着。一小时后，或重新启动服务器后，请运行 fuwuyue keys forget 删除。The old root is still there: remove it with fuwuyue keys forget an hour later, or after restarting the server.',
    ],
  };
}

export async function forgetOldRoots({ store, config }: Opened): Promise<Outcome> {
  const secrets = openSecrets(config.secretsDirectory, config.suite);
  const forgotten = await store.database.read((tx) => forgetRoots(tx, secrets));
  return { held: true, document: { forgotten, roots: await secrets.roots() }, lines: [`已删除 ${forgotten.length} 个不再使用的根密钥。${forgotten.length} roots nothing is wrapped under any more are gone.`] };
}
