// When the keys of the logs are replaced, the logs go on under a new name, so that a name has one pair of keys for ever (decision 0042).
// The keys of before sign the new name with its keys, as a note of C2SP: whoever knew the old ones follows, and needs no paper.
import { type NoteKey, type NoteTools, readKeyText, readNote, signatureHolds } from './note.ts';

export interface Handover {
  /** The installation's name before, in front of its logs'. */
  readonly from: string;
  readonly to: string;
  /** Those of the new name, in C2SP's form under the name `log`. */
  readonly keys: readonly string[];
}

const head = 'fuwuyue-log-handover/1';

export function handoverText({ from, to, keys }: Handover): string {
  return `${[head, from, to, ...keys].join('\n')}\n`;
}

export function readHandover(text: string): Handover | null {
  const [first, from = '', to = '', ...keys] = text.slice(0, -1).split('\n');
  return first === head && keys.length > 0 ? { from, to, keys } : null;
}

/** What somebody knows of logs: their name, and the keys that sign under it (under the name `log`). */
export interface KnownLogs {
  readonly installation: string;
  readonly keys: readonly string[];
}

/** The name the logs have now with its keys, by handovers that each were signed with all keys of the name before; null where none leads there. */
export async function followHandovers(known: KnownLogs, notes: readonly string[], installation: string, tools: NoteTools): Promise<KnownLogs | null> {
  let at = known;
  // Each leads to another name; whoever goes round in a circle gets nowhere.
  for (let steps = 0; at.installation !== installation; steps += 1) {
    const next = steps > notes.length ? null : await nextOf(at, notes, tools);
    if (next === null) return null;
    at = next;
  }
  return at;
}

async function nextOf({ installation, keys }: KnownLogs, notes: readonly string[], tools: NoteTools): Promise<KnownLogs | null> {
  const known = keys.flatMap((text) => readKeyText(text, tools.sha256) ?? []).map((key) => ({ ...key, name: installation }));
  for (const text of notes) {
    const note = readNote(text);
    const handover = note === null ? null : readHandover(note.text);
    if (note === null || handover?.from !== installation || known.length < 2) continue;
    const held = await Promise.all(known.map((key) => isSigned(note, key, tools)));
    if (!held.includes(false)) return { installation: handover.to, keys: handover.keys };
  }
  return null;
}

async function isSigned({ text, signatures }: NonNullable<ReturnType<typeof readNote>>, key: NoteKey, tools: NoteTools): Promise<boolean> {
  for (const signature of signatures) if (await signatureHolds(text, signature, key, tools)) return true;
  return false;
}
