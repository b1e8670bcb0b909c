// The exported log: one JSON document a line, everything needed to check it without the server, and the check. Holds hashes, keys
// and signatures only.
import { hexOf } from '../../../shared/signature.ts';
import { earlier, explain, firstRootFault, type KeptLeaf, type LeafFault, type LeafFaultKind, leafFaultWords, openLeafCheck, type Suspicion } from './checking.ts';
import { isHash } from './merkle.ts';
import { type Checkpoint, type NoteKey, type NoteTools, openCheckpoint, readKeyText, readNote } from './note.ts';

export const exportFormat = 'fuwuyue.log/1';

/** Lines in this order: export, then for each log: log, checkpoints, leaves; then end. */
export type ExportLine =
  | { readonly kind: 'export'; readonly format: string; readonly installation: string }
  | { readonly kind: 'log'; readonly origin: string; readonly size: number; readonly keys: readonly string[]; readonly witnesses: readonly string[] }
  | { readonly kind: 'checkpoint'; readonly note: string }
  | ({ readonly kind: 'leaf'; readonly digests: readonly string[] } & KeptLeaf)
  | { readonly kind: 'end'; readonly logs: number; readonly leaves: number; readonly checkpoints: number };

export interface CheckedLog {
  readonly origin: string;
  readonly size: number;
  readonly checkpoints: number;
  /** Size and root of the last signed checkpoint. */
  readonly signed: Checkpoint | null;
  /** The largest size a witness has cosigned, by its name. */
  readonly cosigned: { readonly [witness: string]: number };
  /** Ed25519 and SM2 keys of the log, in C2SP's form: to be held against what the installation gave out on paper. */
  readonly keys: readonly string[];
}

export type LogExportFault =
  | { readonly fault: 'no_export' | 'line_unreadable' | 'cut_off'; readonly line: number }
  | { readonly fault: 'key_not_trusted'; readonly origin: string }
  | { readonly fault: 'checkpoint_forged' | 'cosignature_forged'; readonly origin: string; readonly size: number }
  | { readonly fault: LeafFaultKind; readonly origin: string; readonly seq: number };

export interface LogExportVerdict {
  readonly installation: string | null;
  readonly logs: readonly CheckedLog[];
  readonly leaves: number;
  readonly fault: LogExportFault | null;
}

export interface LogExportTools extends NoteTools {
  /** Keys known from elsewhere, in C2SP's form; every log must be signed by those of its origin. Without any, the export's own keys are taken. */
  readonly trusted?: readonly string[];
  /** Checkpoints somebody kept from before: each of them a log in the export must lead to. */
  readonly kept?: readonly Checkpoint[];
}

type Log = Extract<ExportLine, { kind: 'log' }>;

/** Checks an export line by line and names the first fault. */
export async function verifyLogExport(lines: AsyncIterable<string> | Iterable<string>, tools: LogExportTools): Promise<LogExportVerdict> {
  const state: State = { number: 0, installation: null, logs: [], leaves: 0, open: null, ended: false };
  const verdict = (fault: LogExportFault | null): LogExportVerdict => ({ installation: state.installation, logs: state.logs, leaves: state.leaves, fault });
  for await (const text of lines) {
    if (text === '') continue;
    state.number += 1;
    const line = readLine(text);
    if (state.number === 1 && line?.kind !== 'export') return verdict({ fault: 'no_export', line: 1 });
    if (line === null || state.ended) return verdict({ fault: 'line_unreadable', line: state.number });
    const fault = await take(state, line, tools);
    if (fault !== null) return verdict(fault);
  }
  const gone = (tools.kept ?? []).find(({ origin }) => !state.logs.some((log) => log.origin === origin));
  if (state.ended && gone !== undefined) return verdict({ fault: 'truncated', origin: gone.origin, seq: 0 });
  return verdict(state.ended ? null : { fault: state.number === 0 ? 'no_export' : 'cut_off', line: state.number });
}

interface State {
  number: number;
  installation: string | null;
  readonly logs: CheckedLog[];
  leaves: number;
  open: OpenLog | null;
  ended: boolean;
}

interface OpenLog {
  readonly log: Log;
  readonly notes: string[];
  readonly leaves: Extract<ExportLine, { kind: 'leaf' }>[];
}

async function take(state: State, line: ExportLine, tools: LogExportTools): Promise<LogExportFault | null> {
  const misplaced: LogExportFault = { fault: 'line_unreadable', line: state.number };
  switch (line.kind) {
    case 'export':
      if (line.format !== exportFormat || state.number !== 1) return misplaced;
      state.installation = line.installation;
      return null;
    case 'log': {
      const fault = await close(state, tools);
      state.open = { log: line, notes: [], leaves: [] };
      return fault;
    }
    case 'checkpoint':
      state.open?.notes.push(line.note);
      return state.open === null || state.open.leaves.length > 0 ? misplaced : null;
    case 'leaf':
      state.open?.leaves.push(line);
      state.leaves += 1;
      return state.open === null ? misplaced : null;
    case 'end':
      return takeEnd(state, line, tools);
  }
}

async function takeEnd(state: State, { logs, leaves, checkpoints }: Extract<ExportLine, { kind: 'end' }>, tools: LogExportTools): Promise<LogExportFault | null> {
  const fault = await close(state, tools);
  state.ended = true;
  if (fault !== null) return fault;
  const found = state.logs.reduce((sum, log) => sum + log.checkpoints, 0);
  return logs === state.logs.length && leaves === state.leaves && checkpoints === found ? null : { fault: 'cut_off', line: state.number };
}

/** Checks the log that has come to its end. */
async function close(state: State, tools: LogExportTools): Promise<LogExportFault | null> {
  const { open } = state;
  if (open === null) return null;
  state.open = null;
  const { origin, size, keys, witnesses } = open.log;
  const logKeys = keysOf(keys, origin, tools);
  const witnessKeys = witnesses.map((text) => readKeyText(text, tools.sha256)).filter((key) => key !== null);
  if (logKeys === null || witnessKeys.length < witnesses.length || !origin.startsWith(`${state.installation}/`)) return { fault: 'key_not_trusted', origin };
  const signed = await openNotes(open, logKeys, witnessKeys, tools);
  if ('fault' in signed) return signed;
  const found = await checkLeaves(open, signed.checkpoints, tools);
  if (found !== null) return { ...found, origin };
  state.logs.push({ origin, size, checkpoints: signed.checkpoints.length, signed: signed.checkpoints.at(-1) ?? null, cosigned: signed.cosigned, keys });
  return null;
}

/** The keys of a log; null where they cannot be read, are not of its origin, or are others than those known from elsewhere. */
function keysOf(texts: readonly string[], origin: string, tools: LogExportTools): NoteKey[] | null {
  const keys = texts.map((text) => readKeyText(text, tools.sha256)).filter((key) => key !== null);
  const isOwn = keys.length > 0 && keys.length === texts.length && keys.every(({ name, cosigner }) => name === origin && !cosigner);
  const known = (tools.trusted ?? []).filter((text) => text.startsWith(`${origin}+`));
  const isTrusted = tools.trusted === undefined || (known.length > 0 && known.every((text) => texts.includes(text)));
  return isOwn && isTrusted ? keys : null;
}

interface Signed {
  readonly checkpoints: readonly Checkpoint[];
  readonly cosigned: { readonly [witness: string]: number };
}

async function openNotes({ log, notes }: OpenLog, keys: readonly NoteKey[], witnesses: readonly NoteKey[], tools: NoteTools): Promise<Signed | LogExportFault> {
  const checkpoints: Checkpoint[] = [];
  const cosigned: Record<string, number> = {};
  for (const note of notes) {
    const opened = await openCheckpoint(note, keys, tools);
    const size = opened?.checkpoint.size ?? -1;
    // Every key of the log signs every checkpoint, and sizes only grow.
    const isWhole = opened !== null && opened.keys.length === keys.length && opened.checkpoint.origin === log.origin && size > (checkpoints.at(-1)?.size ?? 0);
    if (!isWhole) return { fault: 'checkpoint_forged', origin: log.origin, size };
    const seen = await openCheckpoint(note, witnesses, tools);
    // A line of nobody we know says nothing; one that was somebody's has been changed.
    const isKnown = seen !== null && readNote(note)?.signatures.length === keys.length + seen.keys.length;
    if (!isKnown) return { fault: 'cosignature_forged', origin: log.origin, size };
    for (const { name } of seen.keys) cosigned[name] = size;
    checkpoints.push(opened.checkpoint);
  }
  return { checkpoints, cosigned };
}

async function checkLeaves({ log, leaves }: OpenLog, checkpoints: readonly Checkpoint[], tools: LogExportTools): Promise<LeafFault | null> {
  const known = [...checkpoints, ...(tools.kept ?? []).filter(({ origin }) => origin === log.origin)];
  const check = openLeafCheck(new Set(known.map(({ size }) => size)), tools.sha256);
  let suspicion: Suspicion | null = null;
  for (const leaf of leaves) {
    suspicion = check.add(leaf, leaf.digests);
    if (suspicion !== null) break;
  }
  const bySeq = new Map(leaves.map((leaf) => [leaf.seq, leaf]));
  const atLeaf = suspicion === null ? null : await explain(suspicion, { leafAt: async (seq) => bySeq.get(seq) ?? null }, tools.sha256);
  const atRoot = firstRootFault(known, check, suspicion === null);
  const found = earlier(atRoot, atLeaf);
  if (found !== null || check.size === log.size) return found;
  return { seq: Math.min(check.size, log.size), fault: check.size < log.size ? 'truncated' : 'inserted' };
}

function readLine(text: string): ExportLine | null {
  try {
    const line: unknown = JSON.parse(text);
    return isLine(line) ? line : null;
  } catch {
    return null;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const shapes: { readonly [K in ExportLine['kind']]: { readonly [field: string]: (value: unknown) => boolean } } = {
  export: { format: isText, installation: isText },
  log: { origin: isText, size: isCount, keys: isTexts, witnesses: isTexts },
  checkpoint: { note: isText },
  leaf: { seq: isCount, at: isText, payload: isText, previous: isText, records: isCount, hash: isHash, digests: isTexts },
  end: { logs: isCount, leaves: isCount, checkpoints: isCount },
};

/** Exactly the fields of its kind: a line that says more than is checked is not taken. */
function isLine(line: unknown): line is ExportLine {
  if (typeof line !== 'object' || line === null || !('kind' in line) || !isText(line.kind) || !Object.hasOwn(shapes, line.kind)) return false;
  const shape = shapes[line.kind as ExportLine['kind']];
  const entries = Object.entries(line).filter(([field]) => field !== 'kind');
  return entries.length === Object.keys(shape).length && entries.every(([field, value]) => shape[field]?.(value) ?? false);
}

/** A fault in a sentence of each language, without the full stop. */
export function logFaultSentence(fault: LogExportFault): { readonly chinese: string; readonly english: string } {
  if ('seq' in fault) {
    const [chinese, english] = leafFaultWords[fault.fault];
    return { chinese: `日志 ${fault.origin} 第 ${fault.seq} 条${chinese}`, english: `log ${fault.origin}: leaf ${fault.seq} ${english}` };
  }
  if ('size' in fault) {
    return fault.fault === 'checkpoint_forged'
      ? { chinese: `日志 ${fault.origin} 的检查点（${fault.size} 条）签名不成立`, english: `log ${fault.origin}: the checkpoint of ${fault.size} leaves was not signed by it` }
      : { chinese: `日志 ${fault.origin} 的检查点（${fault.size} 条）上的见证签名不成立`, english: `log ${fault.origin}: a cosignature on the checkpoint of ${fault.size} leaves does not hold` };
  }
  if ('origin' in fault) return { chinese: `日志 ${fault.origin} 的公钥不是已知的公钥`, english: `log ${fault.origin}: its keys are not the ones known` };
  const words = { no_export: ['这不是导出的日志', 'this is no exported log'], line_unreadable: ['读不懂', 'cannot be read'], cut_off: ['之后不完整', 'is where the file is cut off'] } as const;
  const [chinese, english] = words[fault.fault];
  return fault.fault === 'no_export' ? { chinese, english } : { chinese: `第 ${fault.line} 行${chinese}`, english: `line ${fault.line} ${english}` };
}

/** 16 hexadecimal digits of a root in groups of four, as it is read aloud or written down. */
export function rootShort(root: string): string {
  return (root.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
}

/** A public key as it is compared by eye. */
export function fingerprintOf(key: NoteKey): string {
  return hexOf(key.publicKey);
}
