// Looks over the folder of secrets without opening anything with them: what others may read, what is too short or no secret at all.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

export type SecretFault = 'readable_by_others' | 'too_short' | 'guessable' | 'unreadable';

export interface FaultyFile {
  readonly path: string;
  readonly fault: SecretFault;
}

/** 128 bits. */
const fewestBytes = 16;
/** Fewer different bytes than that in 16 or more are no chance. */
const fewestDifferent = 6;
const knownWords = /^(change.?me|secret|password|admin|example|default|test|123456|your[-_ ])/i;

/** Null when there is no such folder yet: it is made with the first secret. */
export async function faultySecrets(directory: string): Promise<readonly FaultyFile[] | null> {
  const folder = await stat(directory).catch(() => null);
  if (folder === null) return null;
  const faults: FaultyFile[] = isOpen(folder.mode) ? [{ path: directory, fault: 'readable_by_others' }] : [];
  const names = await readdir(directory).catch(() => null);
  if (names === null) return [...faults, { path: directory, fault: 'unreadable' }];
  for (const name of names.toSorted()) {
    const path = join(directory, name);
    const found = await stat(path).catch(() => null);
    if (found === null || !found.isFile()) continue;
    if (isOpen(found.mode)) faults.push({ path, fault: 'readable_by_others' });
    const content = await readFile(path).catch(() => null);
    const fault = content === null ? 'unreadable' : weakness(content);
    if (fault !== null) faults.push({ path, fault });
  }
  return faults;
}

function weakness(content: Buffer): SecretFault | null {
  const text = content.toString('latin1').trim();
  if (knownWords.test(text) && text.length < 32) return 'guessable';
  if (content.length < fewestBytes) return 'too_short';
  return new Set(content).size < fewestDifferent ? 'guessable' : null;
}

/** Where a system keeps no such bits (Windows) the folder's own rights must do. */
function isOpen(mode: number): boolean {
  return process.platform !== 'win32' && (mode & 0o077) !== 0;
}
