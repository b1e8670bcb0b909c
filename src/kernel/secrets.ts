// The secrets of an installation: random bytes in files that only its own user may read, beside the database and never in it.
// Made at first use. What is kept in the database (private keys of units, second factors) is wrapped under the newest root.
import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SealSuite } from '../shared/signature.ts';
import { type Root, rootOfWrapped, unwrapUnder, WrapRefused, wrappings, wrapUnder } from './suites.ts';

export interface Secrets {
  /** Of new keys and of what is wrapped from now on. */
  readonly suite: SealSuite;
  /** Random bytes of this name, always the same; made at first use. */
  get(name: string, bytes: number): Promise<Buffer>;
  /** Under the newest root. `bound` says what it belongs to (`unit_key/330106/1`) and must be given again to open it. */
  wrap(clear: Uint8Array, bound: string): Promise<string>;
  /** Throws WrapRefused when it was changed, belongs to something else, or its root is not here. */
  unwrap(wrapped: string, bound: string): Promise<Buffer>;
  /** Numbers of the roots that are here, the newest last. */
  roots(): Promise<readonly number[]>;
  /** A new root; from here on everything is wrapped under it. */
  renewRoot(): Promise<number>;
  /** When nothing needs the bytes of this name any more. */
  forget(name: string): Promise<void>;
  /** When nothing is wrapped under it any more. */
  forgetRoot(number: number): Promise<void>;
}

/** Where the bytes lie. */
interface Shelf {
  list(): Promise<readonly string[]>;
  read(name: string): Promise<Uint8Array | null>;
  /** Keeps what is there when somebody else was first. */
  add(name: string, content: Buffer): Promise<void>;
  remove(name: string): Promise<void>;
}

/** The folder or a file in it cannot be used as it is. */
export class SecretsRefused extends Error {
  readonly path: string;
  readonly fault: 'readable_by_others' | 'damaged' | 'not_writable';
  constructor(path: string, fault: SecretsRefused['fault'], cause?: unknown) {
    super(`${path}: ${fault}`, { cause });
    this.path = path;
    this.fault = fault;
  }
}

const rootBytes = 32;
const rootName = (number: number): string => `root-${number}`;

/** The folder is made when the first secret is; asked for nothing it does nothing. */
export function openSecrets(directory: string, suite: SealSuite): Secrets {
  return secretsOn(fileShelf(directory), suite);
}

/** Of this process alone, for tests. */
export function memorySecrets(suite: SealSuite = 'SM2-SM3'): Secrets {
  const held = new Map<string, Buffer>();
  return secretsOn({
    list: async () => [...held.keys()],
    read: async (name) => held.get(name) ?? null,
    add: async (name, content) => void (held.has(name) || held.set(name, content)),
    remove: async (name) => void held.delete(name),
  }, suite);
}

function secretsOn(shelf: Shelf, suite: SealSuite): Secrets {
  const get = async (name: string, bytes: number): Promise<Buffer> => {
    if (!/^[a-z][a-z0-9-]{0,60}$/.test(name) || bytes < 16) throw new RangeError(`no name or size of a secret: ${name}, ${bytes}`);
    const found = await shelf.read(name);
    if (found !== null) return held(found, name, bytes);
    await shelf.add(name, randomBytes(bytes));
    return held(await shelf.read(name), name, bytes);
  };
  const roots = async (): Promise<number[]> =>
    (await shelf.list()).flatMap((name) => (/^root-[1-9]\d{0,8}$/.test(name) ? [Number(name.slice('root-'.length))] : [])).toSorted((one, other) => one - other);
  const root = async (number: number): Promise<Root> => ({ number, secret: await get(rootName(number), rootBytes) });
  return {
    suite,
    get,
    roots,
    // The folder is looked at each time: another process may have renewed the root.
    wrap: async (clear, bound) => wrapUnder(await root((await roots()).at(-1) ?? 1), wrappings[suite], clear, bound),
    unwrap: async (wrapped, bound) => {
      const number = rootOfWrapped(wrapped);
      if (number === null) throw new WrapRefused('unreadable');
      if ((await shelf.read(rootName(number))) === null) throw new WrapRefused('no_root');
      return unwrapUnder(await root(number), wrapped, bound);
    },
    renewRoot: async () => {
      const number = ((await roots()).at(-1) ?? 0) + 1;
      await root(number);
      return number;
    },
    forget: async (name) => {
      if (name.startsWith('root-')) throw new RangeError('a root is forgotten by its number');
      await shelf.remove(name);
    },
    forgetRoot: async (number) => {
      if (number === (await roots()).at(-1)) throw new RangeError('the newest root is in use');
      await shelf.remove(rootName(number));
    },
  };
}

function held(content: Uint8Array | null, name: string, bytes: number): Buffer {
  if (content === null || content.length !== bytes) throw new SecretsRefused(name, 'damaged');
  return Buffer.from(content);
}

/** Anything for group or others. */
const others = 0o077;

function fileShelf(directory: string): Shelf {
  const refuseOpen = async (path: string): Promise<boolean> => {
    const found = await stat(path).catch(absent);
    if (found === null) return false;
    // Where a system keeps no such bits (Windows) the folder's own rights must do.
    if (process.platform !== 'win32' && (found.mode & others) !== 0) throw new SecretsRefused(path, 'readable_by_others');
    return true;
  };
  return {
    list: async () => ((await refuseOpen(directory)) ? readdir(directory) : []),
    read: async (name) => {
      if (!(await refuseOpen(directory)) || !(await refuseOpen(join(directory, name)))) return null;
      return readFile(join(directory, name));
    },
    add: async (name, content) => {
      await mkdir(directory, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
        throw new SecretsRefused(directory, 'not_writable', error);
      });
      await refuseOpen(directory);
      await addFile(directory, name, content);
    },
    remove: async (name) => rm(join(directory, name), { force: true }),
  };
}

/** Whole and on the disk before it has its name; whoever is second keeps what the first wrote. */
async function addFile(directory: string, name: string, content: Buffer): Promise<void> {
  const making = join(directory, `.${name}.${randomUUID()}`);
  try {
    await writeDurably(making, content);
    await link(making, join(directory, name)).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  } catch (error) {
    throw new SecretsRefused(join(directory, name), 'not_writable', error);
  } finally {
    await rm(making, { force: true });
  }
  const folder = await open(directory);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function writeDurably(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o400);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

function absent(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
