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
import { listCurrentKeys, listInstallationKeys, publicPartOf } from '../../modules/keys/queries.ts';
import { fingerprintShown, fingerprintText } from '../../modules/keys/rules.ts';
import { NothingToRotate, rotateInstallationKey, type Signing } from '../../modules/keys/signing.ts';
import { LogBroken } from '../../modules/proofs/queries.ts';
import { rotateLogKeys } from '../../modules/proofs/rotating.ts';
import { nationUnit } from '../../shared/wire.ts';
import { CommandFault } from '../faults.ts';
import type { Opened } from '../store.ts';
import type { Outcome } from '../terminal.ts';

export async function listKeys(tx: Tx): Promise<Outcome> {
  const installation = (await listInstallationKeys(tx)).map((key) => ({ ...publicPartOf(key), retired: key.privateKey === null, fingerprint: fingerprintShown(sha256Of(fingerprintText(key))) }));
  const units = (await listCurrentKeys(tx)).map(({ privateKey: _private, certificate: _certificate, retiredAt: _retired, ...key }) => key);
  return {
    held: true,
    document: { installation, units },
    lines: [
      `平台公钥 ${installation.length} 个，${units.length} 个单位有签名密钥。${installation.length} keys of the installation, ${units.length} units with a key.`,
      ...installation.map(({ number, suite, from, fingerprint, retired }) => `  ${number}  ${suite}  ${from}  ${fingerprint}${retired ? '  已停用 retired' : ''}`),
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

export interface ReplaceOptions {
  readonly reason: string;
  readonly compromised: boolean;
}

/** The key that certifies those of units. Certificates of before verify for ever. */
export async function rotateInstallation({ store, config }: Opened, asked: ReplaceOptions): Promise<Outcome> {
  const secrets = openSecrets(config.secretsDirectory, config.suite);
  const { made, keys } = await store.database.write(async (tx) => ({ made: await recorded(tx, secrets, (signing) => rotateInstallationKey(signing, said(asked))), keys: await listInstallationKeys(tx) })).catch(refuseNothing);
  const key = keys.find(({ number }) => number === made.number);
  const fingerprint = key === undefined ? '' : fingerprintShown(sha256Of(fingerprintText(key)));
  return {
    held: true,
    document: { ...made, fingerprint },
    lines: [
      `平台公钥已由第 ${made.before} 号换为第 ${made.number} 号，旧私钥已删除，以前的证书照样可以验证。Key ${made.number} of the installation takes the place of key ${made.before}; the old private half is gone, and certificates of before verify as before.`,
      `  ${fingerprint}`,
      made.linked
        ? '新旧公钥已互相签名：知道其中一个指纹的人，可以验证另一个。请公布新指纹。The two vouch for each other: whoever knows one fingerprint knows the other. Give out the new one.'
        : '新旧公钥没有互相签名。请书面公布新指纹，再运行 fuwuyue keys rotate --all 给各单位换密钥。They do not vouch for each other: give the new fingerprint out on paper, then run fuwuyue keys rotate --all.',
    ],
  };
}

function refuseNothing(error: unknown): never {
  if (!(error instanceof NothingToRotate)) throw error;
  throw new CommandFault(1, '平台还没有公钥，或另一条命令正在更换。', 'The installation has no key yet, or another command replaces it.');
}

function said({ reason, compromised }: ReplaceOptions): ReplaceOptions {
  if (reason.trim().length < 2) throw new CommandFault(2, '请用 --reason 写明原因。', 'Say why with --reason.');
  return { reason, compromised };
}

/** The keys checkpoints are signed with; a running server uses the new ones from its next checkpoint. */
export async function rotateLog({ store, config }: Opened, asked: ReplaceOptions): Promise<Outcome> {
  const secrets = openSecrets(config.secretsDirectory, config.suite);
  const now = (await store.database.read(demonstrationTime)) ?? systemClock.now();
  try {
    const rotated = await rotateLogKeys({ database: store.database, secrets, dataDirectory: config.dataDirectory, now, ...said(asked) });
    return {
      held: true,
      document: rotated,
      lines: [
        `日志密钥已更换，旧私钥已删除。日志改名为 ${rotated.after}，原名 ${rotated.before}；内容接续，以前的检查点和报送包照样可以验证。`,
        `New keys for the logs; the old private halves are gone. The logs go on as ${rotated.after}, before ${rotated.before}; checkpoints and packages of before verify as before.`,
        ...rotated.keys.map((key) => `  ${key}`),
        rotated.handedOver
          ? '旧密钥已为新密钥签名：审计员的见证程序自动接续；其他平台作见证的，请其重新登记新公钥。The old keys signed for the new: auditors’ witnesses follow by themselves; other installations that witness register the new keys.'
          : '旧密钥没有为新密钥签名。请书面通知见证人，并请其加 --accept。The old keys did not sign for the new: tell the witnesses on paper, who then add --accept.',
      ],
    };
  } catch (error) {
    if (!(error instanceof LogBroken)) throw error;
    throw new CommandFault(1, `日志与其检查点不符（${error.message}），不能更换密钥。请先运行 fuwuyue log check。`, `A log does not lead to its checkpoint (${error.message}); its keys cannot be replaced. Run fuwuyue log check first.`);
  }
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
