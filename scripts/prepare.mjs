// Installs what is missing and builds what is stale, with nothing but Node and npm. Used by start, test and check.
import './node-version.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Runs a command in the project; ends this process with its exit code when it does not succeed. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error !== undefined) {
    say(`${command} could not be started: ${result.error.message}`);
    process.exit(1);
  }
  if (result.status !== 0) process.exit(result.status ?? 1);
}

export function bin(name) {
  return join(root, 'node_modules', '.bin', name);
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

function filesUnder(directory) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(directory, entry.name)) : [join(directory, entry.name)]))
    .sort();
}

/** Installs exactly what package-lock.json says, unless that is what is installed. */
export function ensureInstalled() {
  const stamp = join(root, 'node_modules', '.fuwuyue-installed');
  const wanted = hashOf([join(root, 'package.json'), join(root, 'package-lock.json')]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Installing packages (npm ci) …');
  run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, wanted);
}

/** Runs several commands at the same time; ends this process with the exit code of the first that does not succeed. */
async function runTogether(commands) {
  const children = commands.map(([command, ...args]) => spawn(command, args, { cwd: root, stdio: 'inherit' }));
  const ended = children.map((child, at) =>
    new Promise((resolve, reject) => {
      child.once('error', (error) => reject(Object.assign(error, { told: `${commands[at][0]} could not be started: ${error.message}` })));
      child.once('exit', (status) => (status === 0 ? resolve() : reject(Object.assign(new Error('failed'), { status: status ?? 1 }))));
    }),
  );
  await Promise.all(ended).catch((error) => {
    for (const child of children) child.kill();
    if (error.told !== undefined) say(error.told);
    process.exit(error.status ?? 1);
  });
}

/** Emits the server with tsc and the staff application with vite, unless the sources are those of the last build. */
export async function ensureBuilt() {
  const stamp = join(root, 'dist', '.fuwuyue-built');
  const sources = filesUnder(join(root, 'src')).concat(filesUnder(join(root, 'bench'))).filter((path) => !path.endsWith('.test.ts') && statSync(path).isFile());
  const settings = ['package-lock.json', 'tsconfig.json', 'tsconfig.server.json', 'vite.config.ts', 'vite.verifier.config.ts', 'vite.site.config.ts'].map((name) => join(root, name)).filter((path) => existsSync(path));
  const wanted = hashOf([...sources, ...settings]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Building the server (tsc) and the staff application (vite) …');
  await runTogether([
    [bin('tsc'), '-p', 'tsconfig.server.json'],
    [bin('vite'), 'build', '--logLevel', 'warn'],
    [bin('vite'), 'build', '--config', 'vite.verifier.config.ts', '--logLevel', 'warn'],
    [bin('vite'), 'build', '--config', 'vite.site.config.ts', '--logLevel', 'warn'],
  ]);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}
