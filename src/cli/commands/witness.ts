// fuwuyue witness: on the auditor's own machine. Remembers the last size and root of every log of an installation, checks that each only
// grew, cosigns it, and refuses loudly when it did not. Needs nothing of the installation but its address.
import { randomBytes, randomUUID } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { sha256Of } from '../../kernel/digest.ts';
import { listLogs, proveConsistency } from '../../modules/proofs/contract.ts';
import { followHandovers } from '../../modules/proofs/rules/handover.ts';
import { consistencyHolds, emptyRoot } from '../../modules/proofs/rules/merkle.ts';
import { rootShort } from '../../modules/proofs/rules/exported.ts';
import { keyTextOf, keyNamePattern, type NoteKey, openCheckpoint, readKeyText, type SignedBy } from '../../modules/proofs/rules/note.ts';
import { type Cosigner, cosign, cosignerKey, cosignerOf, nodeNoteTools } from '../../modules/proofs/signing.ts';
import type { Endpoint, OutputOf, SentInputOf } from '../../shared/endpoint.ts';
import { requestOf } from '../../shared/request.ts';
import { CommandFault } from '../faults.ts';

const seenLog = z.object({ size: z.number().int(), root: z.string(), note: z.string() });
const stateFile = z.object({
  format: z.literal('fuwuyue.witness/1'),
  name: z.string().regex(keyNamePattern),
  seed: z.string().regex(/^[0-9a-f]{64}$/),
  /** By address. */
  installations: z.record(z.string(), z.object({ installation: z.string(), keys: z.array(z.string()), logs: z.record(z.string(), seenLog) })),
});
type WitnessState = z.output<typeof stateFile>;
type SeenInstallation = WitnessState['installations'][string];

export interface WitnessRound {
  /** The witness's own key, to be registered. */
  readonly key: string;
  readonly installation: string;
  readonly logs: readonly { readonly origin: string; readonly size: number; readonly root: string; readonly taken: boolean }[];
}

/** A log that is not what it was. */
export class LogRefused extends CommandFault {
  constructor(chinese: string, english: string) {
    super(1, `【见证拒绝】${chinese} 请立即报告安全保密管理员，保留本机状态文件。`, `WITNESS REFUSES: ${english} Tell the security administrator now, and keep the state file of this machine.`);
  }
}

export interface Witnessing {
  readonly of: string;
  readonly state: string;
  /** Only at first use. */
  readonly name: string | undefined;
  /** Forgets what was seen of this address: after the installation declared, on paper, that its logs go on under another name. */
  readonly accept: boolean;
  readonly fetch: typeof fetch;
  /** POSIX seconds. */
  readonly time: number;
}

/** One look at every log. Throws LogRefused when one is not what it was. */
export async function witnessOnce(asked: Witnessing): Promise<WitnessRound> {
  const state = await openState(asked);
  const cosigner = cosignerOf(state.name, Buffer.from(state.seed, 'hex'));
  const site = asked.of.replace(/\/$/, '');
  const told = await ask(asked, site, listLogs, {});
  const installation = told.installation ?? '';
  const known = asked.accept ? undefined : await followed(state.installations[site], installation, told.handovers);
  refuseOther(known, { installation, keys: told.keys });
  const seen: SeenInstallation = known ?? { installation, keys: told.keys, logs: {} };
  const keys = seen.keys.flatMap((text) => readKeyText(text, sha256Of) ?? []);
  const origins = new Set(told.logs.map(({ origin }) => origin));
  for (const origin of Object.keys(seen.logs)) if (!origins.has(origin)) await refuse(asked, site, seen.logs[origin], cosigner, `日志 ${origin} 不见了。`, `log ${origin} is gone.`);
  const logs: WitnessRound['logs'][number][] = [];
  for (const { origin, provinceCode, checkpoint } of told.logs) {
    const before = seen.logs[origin];
    if (checkpoint === null && before === undefined) continue;
    const opened = checkpoint === null ? null : await openSigned(checkpoint.note, origin, keys);
    if (opened === null) return refuse(asked, site, before, cosigner, `日志 ${origin} 的检查点没有签名。`, `the checkpoint of log ${origin} is not signed by it.`);
    await refuseFork({ asked, site, cosigner, before, opened, provinceCode });
    // Remembered before it is said, so that it is never said of two.
    seen.logs[origin] = { size: opened.checkpoint.size, root: opened.checkpoint.root, note: checkpoint?.note ?? '' };
    await saveState(asked.state, { ...state, installations: { ...state.installations, [site]: seen } });
    logs.push({ origin, size: opened.checkpoint.size, root: rootShort(opened.checkpoint.root), taken: await send(asked, site, checkpoint?.note ?? '', opened.text, cosigner) });
  }
  await saveState(asked.state, { ...state, installations: { ...state.installations, [site]: seen } });
  return { key: keyTextOf(cosignerKey(cosigner), sha256Of), installation, logs };
}

/** Where the keys of before signed that the logs go on under this name: the same logs, and all that was seen of them counts. */
async function followed(known: SeenInstallation | undefined, installation: string, handovers: readonly string[]): Promise<SeenInstallation | undefined> {
  if (known === undefined || known.installation === installation) return known;
  const now = await followHandovers(known, handovers, installation, nodeNoteTools);
  if (now === null) return known;
  const logs = Object.entries(known.logs).map(([origin, seen]) => [`${installation}${origin.slice(known.installation.length)}`, seen] as const);
  return { installation, keys: [...now.keys], logs: Object.fromEntries(logs) };
}

function refuseOther(known: SeenInstallation | undefined, told: Pick<SeenInstallation, 'installation' | 'keys'>): void {
  if (known === undefined) return;
  if (known.installation !== told.installation) {
    throw new LogRefused(`日志已改名：原为 ${known.installation}，现为 ${told.installation}。如该平台已书面声明，请加 --accept。`, `the logs bear another name: ${told.installation} instead of ${known.installation}. If the installation declared it on paper, add --accept.`);
  }
  if (!known.keys.every((key) => told.keys.includes(key))) throw new LogRefused('日志的公钥变了。', 'the keys of the logs have changed.');
}

interface Compared {
  readonly asked: Witnessing;
  readonly site: string;
  readonly cosigner: Cosigner;
  readonly before: z.output<typeof seenLog> | undefined;
  readonly opened: SignedBy;
  readonly provinceCode: number;
}

async function refuseFork({ asked, site, cosigner, before, opened, provinceCode }: Compared): Promise<void> {
  const { origin, size, root } = opened.checkpoint;
  const first = before?.size ?? 0;
  if (size < first) return refuse(asked, site, before, cosigner, `日志 ${origin} 只有 ${size} 条，此前见到 ${first} 条。`, `log ${origin} has ${size} leaves, and had ${first}.`);
  const { consistency } = await ask(asked, site, proveConsistency, { provinceCode, first, second: size });
  const held = consistency !== null && consistencyHolds({ first, second: size, firstRoot: before?.root ?? emptyRoot(sha256Of), secondRoot: root, path: consistency.path }, sha256Of);
  if (!held) return refuse(asked, site, before, cosigner, `日志 ${origin} 的 ${size} 条不是从此前见到的 ${first} 条续写的。`, `the ${size} leaves of log ${origin} do not go on from the ${first} that were seen.`);
}

/** Shows the server what was seen, so that it stops writing, and ends. */
async function refuse(asked: Witnessing, site: string, before: z.output<typeof seenLog> | undefined, cosigner: Cosigner, chinese: string, english: string): Promise<never> {
  if (before !== undefined) await send(asked, site, before.note, `${before.note.split('\n\n')[0] ?? ''}\n`, cosigner).catch(() => false);
  throw new LogRefused(chinese, english);
}

async function openSigned(note: string, origin: string, keys: readonly NoteKey[]): Promise<SignedBy | null> {
  const opened = await openCheckpoint(note, keys.map((key) => ({ ...key, name: origin })), nodeNoteTools);
  return opened === null || new Set(opened.keys.map(({ suite }) => suite)).size < 2 || opened.checkpoint.origin !== origin ? null : opened;
}

/** Whether the server took the cosignature; it does not before the key is registered. */
async function send(asked: Witnessing, site: string, note: string, text: string, cosigner: Cosigner): Promise<boolean> {
  const response = await asked.fetch(`${site}/witness/cosignature`, {
    method: 'POST', body: `${note}${cosign(text, asked.time, cosigner)}`, headers: { 'content-type': 'text/plain' }, signal: AbortSignal.timeout(10_000), redirect: 'error',
  });
  return response.status === 200;
}

async function ask<E extends Endpoint>(asked: Witnessing, site: string, endpoint: E, input: SentInputOf<E>): Promise<OutputOf<E>> {
  const { path, method } = requestOf(endpoint, input);
  const response = await asked.fetch(`${site}${path}`, { method, signal: AbortSignal.timeout(10_000), redirect: 'error' }).catch(() => null);
  if (response === null || !response.ok) throw new CommandFault(1, `${site} 没有应答。请检查地址和网络。`, `${site} does not answer. Check the address and the network.`);
  return endpoint.output.parse(await response.json()) as OutputOf<E>;
}

async function openState({ state: path, name }: Witnessing): Promise<WitnessState> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text !== null) {
    const read = stateFile.safeParse(jsonOf(text));
    if (!read.success) throw new CommandFault(2, `读不懂状态文件 ${path}。`, `The state file ${path} cannot be read.`);
    return read.data;
  }
  const made: WitnessState = { format: 'fuwuyue.witness/1', name: name ?? `witness-${randomUUID().slice(0, 8)}`, seed: randomBytes(32).toString('hex'), installations: {} };
  if (!keyNamePattern.test(made.name)) throw new CommandFault(2, '--name 只能用英文字母、数字和常用符号，不能有空格和加号。', '--name takes ASCII letters, digits and signs, without blanks and plus.');
  await saveState(path, made);
  return made;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function saveState(path: string, state: WitnessState): Promise<void> {
  const file = await open(`${path}.part`, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(state, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
}
