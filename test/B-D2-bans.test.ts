// B-D2. Pass: none of what this program does without: code out of text, HTML out of text, processes started elsewhere than in the files
// named, chance that can be guessed, time read beside the clock, SQL out of text. Type checks and lint are `npm run check`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Source {
  readonly path: string;
  /** Without comments and without what stands in quotes, where a word is only a word. */
  readonly code: string;
  readonly text: string;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return /\.(tsx?|mjs)$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const program: readonly Source[] = ['src', 'bin', 'scripts'].flatMap(filesIn).filter((path) => !path.startsWith('src/testing/')).map((path) => {
  const text = readFileSync(path, 'utf8');
  return { path, text, code: text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '').replaceAll(/\s\/\/ .*$/gm, '') };
});

const found = (pattern: RegExp, among: readonly Source[] = program): string[] => among.filter(({ code }) => pattern.test(code)).map(({ path }) => path).toSorted();
const server = program.filter(({ path }) => !path.startsWith('src/web/'));
const web = program.filter(({ path }) => path.startsWith('src/web/'));

describe('what this program does without', () => {
  it('code out of text', () => {
    expect(found(/\beval\s*\(|new Function\s*\(|\bFunction\s*\(\s*['"`]|setTimeout\s*\(\s*['"`]|setInterval\s*\(\s*['"`]|node:vm\b/)).toEqual([]);
  });

  it('HTML out of text', () => {
    expect(found(/innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|createContextualFragment|DOMParser|\bsrcdoc\b/)).toEqual([]);
    expect(found(/javascript:|<style\b|setAttribute\(\s*'(?:style|on)/, web)).toEqual([]);
  });

  it('processes started elsewhere than here', () => {
    expect(found(/child_process/)).toEqual(mayStart.toSorted());
    console.log(`B-D2: ${program.length} files; ${mayStart.length} may start a process, ${mayAsk.length} may ask or listen`);
    expect(found(/\bexecSync|\bexec\s*\(\s*[`'"]|shell:\s*true/, server.filter(({ text }) => text.includes('child_process')))).toEqual([]);
  });

  it('chance that can be guessed', () => {
    expect(found(/Math\.random/)).toEqual([]);
  });

  it('time read beside the clock', () => {
    expect(found(/\bnew Date\s*\(\s*\)|\bDate\.now\s*\(/, server.filter(({ path }) => !path.startsWith('scripts/')))).toEqual(['src/kernel/clock.ts']);
  });

  it('SQL out of text', () => {
    // Kysely makes parameters of what a tagged template holds; a raw piece may hold what is fixed in the program only.
    const raw = server.flatMap(({ path, code }) => [...code.matchAll(/sql\.(?:raw|lit|id)\(([^)]*)\)/g)].map((match) => `${path}: ${match[1] ?? ''}`));
    expect(raw.filter((one) => !fixedPieces.some((known) => known.test(one)))).toEqual([]);
    const queries = server.flatMap(({ path, code }) => [...code.matchAll(/\.query\(\s*`[^`]*\$\{([^}]*)\}/g)].map((match) => `${path}: ${match[1] ?? ''}`));
    expect(queries.filter((one) => !fixedPieces.some((known) => known.test(one)))).toEqual([]);
  });

  it('patterns out of text', () => {
    // Each is put together of pieces that are fixed in the program.
    expect(found(/new RegExp\s*\(/)).toEqual(mayMakePatterns.toSorted());
  });

  it('requests to elsewhere', () => {
    const asking = found(/\bfetch\s*\(|node:https?'|XMLHttpRequest|new WebSocket|EventSource|sendBeacon/);
    expect(asking).toEqual(mayAsk.toSorted());
    // None is led on to another place, and none takes a certificate it cannot trust.
    const requests = server.flatMap(({ path, code }) => [...code.matchAll(/\bfetch\s*\([^;]*?;/g)].map(([text]) => `${path}: ${text}`));
    expect(requests.length).toBeGreaterThan(2);
    expect(requests.filter((text) => !text.includes("redirect: 'error'"))).toEqual([]);
    expect(found(/rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED/)).toEqual([]);
  });
});

/** Each starts one program of ours or the embedded database, by a path of the program and without a shell. */
const mayStart: readonly string[] = [
  'scripts/coverage.mjs', 'scripts/prepare.mjs', 'scripts/start.mjs', 'scripts/test.mjs',
  'src/documents/drawing.ts', 'src/documents/pdf.ts',
  'src/kernel/embedded-postgres.ts', 'src/kernel/own-command.ts',
];

/** The servers that listen, and the types of what they hear; the clients of witnesses and of the sign-in service; the browser's one client, the UKey beside it, and what keeps pages for where there is no line. */
const mayAsk: readonly string[] = [
  'src/kernel/crowd.ts', 'src/kernel/door.ts', 'src/kernel/http.ts', 'src/kernel/metrics.ts', 'src/main.ts',
  'src/cli/commands/witness.ts', 'src/modules/proofs/keeper.ts', 'src/modules/sign-in/provider.ts',
  'src/web/app/client.ts', 'src/web/features/sign-in/ukey/middleware.ts', 'src/web/offline/worker.ts',
];

const mayMakePatterns: readonly string[] = [
  'src/documents/sheets/xml.ts', 'src/kernel/config.ts', 'src/modules/forms/rules/figure-text.ts', 'src/shared/wire.ts', 'src/web/features/activities/pasted-notice.ts',
];

/** Names fixed in the program, numbers of the program, and statements the database wrote of its own catalogue. */
const fixedPieces: readonly RegExp[] = [
  /^src\/kernel\/database\.ts: (appRole|`reading_\$\{cursors\}`|`nested_\$\{depth\}`|String\(rowsAtOnce)$/,
  /^src\/kernel\/walls\.ts: (appRole|digest|await currentSchema\(client\))$/,
  /^src\/kernel\/(migrate\.ts: schemaLock|embedded-postgres\.ts: user|audit\.ts: logStart)$/,
  /^src\/modules\/proofs\/stored\.ts: provinceCode$/,
  /^src\/modules\/enterprises\/coverage-reading\.ts: 1 << index$/,
  /^src\/backup\/(laying\.ts: (text|statement)|writing\.ts: String\((rowsPerPart|rowsAtOnce))$/,
];
