// What opens and locks files, from options and settings.
import { LockRefused, type Keys, type Lock, locking, noKeys, readIdentities, readPassphrase, recipientsOf } from '../backup/locking.ts';
import type { Config } from '../kernel/config.ts';
import { CommandFault } from './faults.ts';

export interface LockOptions {
  readonly to?: readonly string[];
  readonly passphraseFile?: string;
  readonly plain?: boolean;
}

export interface KeyOptions {
  readonly identity?: string;
  readonly passphraseFile?: string;
}

/** Recipients or passphrase that were said, else the recipients of the settings; null: not locked. */
export async function lockOf({ to = [], passphraseFile, plain = false }: LockOptions, { backup }: Pick<Config, 'backup'>): Promise<Lock | null> {
  if (to.length > 0 && passphraseFile !== undefined) throw new CommandFault(2, '--to 和 --passphrase-file 只能选一个。', 'Choose one of --to and --passphrase-file.');
  if (passphraseFile !== undefined) {
    const passphrase = await readable(passphraseFile, readPassphrase);
    if (passphrase.length < 12) throw new CommandFault(2, '口令太短，至少12个字符。', 'The passphrase is too short: 12 characters at least.');
    return { passphrase };
  }
  const recipients = to.length > 0 ? to.flatMap(recipientsOf) : plain ? [] : recipientsOf(backup.recipient ?? '');
  if (recipients.length === 0) return null;
  const lock = { recipients };
  try {
    locking(lock);
  } catch (error) {
    if (!(error instanceof LockRefused)) throw error;
    throw new CommandFault(2, `不是 age 公钥：${error.message}。公钥以 age1 开头，由 age-keygen 生成。`, `No age recipient: ${error.message}. It begins with age1 and is made by age-keygen.`);
  }
  return lock;
}

/** What was said, else the key of the settings. */
export async function keysOf({ identity, passphraseFile }: KeyOptions, backup: Config['backup'] | null = null): Promise<Keys> {
  const file = identity ?? backup?.identityFile ?? null;
  if (file === null && passphraseFile === undefined) return noKeys;
  return {
    identities: file === null ? [] : await readable(file, readIdentities),
    passphrases: passphraseFile === undefined ? [] : [await readable(passphraseFile, readPassphrase)],
  };
}

async function readable<T>(path: string, read: (path: string) => Promise<T>): Promise<T> {
  return read(path).catch(() => {
    throw new CommandFault(2, `读不到文件：${path}。`, `The file cannot be read: ${path}.`);
  });
}
