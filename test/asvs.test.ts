// docs/asvs.md: every requirement of levels 1 and 2 stands there once, with one of four states; what it names is there; its sums are right;
// and its tables of keys, words, files and classes say what the program says. Whether a state is true is for readers to judge.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { maximumFormBytes } from '../src/documents/form-reading.ts';
import { maximumFileBytes, maximumPictureBytes } from '../src/modules/evidence/model.ts';
import { longestSide, maximumPdfPages, maximumPixels } from '../src/modules/evidence/rules.ts';
import { maximumSheetBytes } from '../src/modules/imports/model.ts';
import { wrappedColumns } from '../src/modules/keys/keeping.ts';

const page = readFileSync('docs/asvs.md', 'utf8');
const words = page.replaceAll(/\s+/g, ' ');

/** OWASP ASVS 5.0.0, levels 1 and 2, by section. */
const sections: { readonly [section: string]: readonly number[] } = {
  'V1.1': [1, 2], 'V1.2': [1, 2, 3, 4, 5, 6, 7, 8, 9], 'V1.3': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 'V1.4': [1, 2, 3], 'V1.5': [1, 2],
  'V2.1': [1, 2, 3], 'V2.2': [1, 2, 3], 'V2.3': [1, 2, 3, 4], 'V2.4': [1],
  'V3.2': [1, 2], 'V3.3': [1, 2, 3, 4], 'V3.4': [1, 2, 3, 4, 5, 6], 'V3.5': [1, 2, 3, 4, 5], 'V3.7': [1, 2],
  'V4.1': [1, 2, 3], 'V4.2': [1], 'V4.3': [1, 2], 'V4.4': [1, 2, 3, 4],
  'V5.1': [1], 'V5.2': [1, 2, 3], 'V5.3': [1, 2], 'V5.4': [1, 2, 3],
  'V6.1': [1, 2, 3], 'V6.2': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 'V6.3': [1, 2, 3, 4], 'V6.4': [1, 2, 3, 4], 'V6.5': [1, 2, 3, 4, 5], 'V6.6': [1, 2, 3], 'V6.8': [1, 2, 3, 4],
  'V7.1': [1, 2, 3], 'V7.2': [1, 2, 3, 4], 'V7.3': [1, 2], 'V7.4': [1, 2, 3, 4, 5], 'V7.5': [1, 2], 'V7.6': [1, 2],
  'V8.1': [1, 2], 'V8.2': [1, 2, 3], 'V8.3': [1], 'V8.4': [1],
  'V9.1': [1, 2, 3], 'V9.2': [1, 2, 3, 4],
  'V10.1': [1, 2], 'V10.2': [1, 2], 'V10.3': [1, 2, 3, 4], 'V10.4': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 'V10.5': [1, 2, 3, 4, 5], 'V10.6': [1, 2], 'V10.7': [1, 2, 3],
  'V11.1': [1, 2], 'V11.2': [1, 2, 3], 'V11.3': [1, 2, 3], 'V11.4': [1, 2, 3, 4], 'V11.5': [1], 'V11.6': [1],
  'V12.1': [1, 2, 3], 'V12.2': [1, 2], 'V12.3': [1, 2, 3, 4],
  'V13.1': [1], 'V13.2': [1, 2, 3, 4, 5], 'V13.3': [1, 2], 'V13.4': [1, 2, 3, 4, 5],
  'V14.1': [1, 2], 'V14.2': [1, 2, 3, 4], 'V14.3': [1, 2, 3],
  'V15.1': [1, 2, 3], 'V15.2': [1, 2, 3], 'V15.3': [1, 2, 3, 4, 5, 6, 7],
  'V16.1': [1], 'V16.2': [1, 2, 3, 4, 5], 'V16.3': [1, 2, 3, 4], 'V16.4': [1, 2, 3], 'V16.5': [1, 2, 3],
  'V17.1': [1], 'V17.2': [1, 2, 3, 4], 'V17.3': [1, 2],
};
const ids = Object.entries(sections).flatMap(([section, numbers]) => numbers.map((number) => `${section}.${number}`));

/** What was taken from level 3 (security plan A2). */
const level3 = [
  'V2.3.5', 'V3.4.7', 'V3.5.8', 'V5.2.4', 'V5.2.6', 'V6.3.5', 'V6.3.7', 'V6.3.8', 'V7.5.3', 'V8.2.4', 'V8.3.2', 'V11.3.4', 'V11.3.5', 'V13.3.4', 'V14.2.6', 'V14.2.7', 'V14.2.8', 'V15.4.2', 'V16.3.2', 'V16.5.4',
];

const states = ['met', 'partly', 'not applicable', 'not met'] as const;

interface Row {
  readonly id: string;
  readonly about: string;
  readonly state: string;
  readonly where: string;
  readonly test: string;
}

function rowsUnder(heading: string): Row[] {
  const from = page.indexOf(`\n## ${heading}\n`);
  const text = page.slice(from, page.indexOf('\n## ', from + 4));
  return [...text.matchAll(/^\| (V[\d.]+) \| (.*)$/gm)].map((match) => {
    const [about = '', state = '', where = '', test = '', ...more] = (match[2] ?? '').replace(/ \|$/, '').split(' | ').map((cell) => cell.trim());
    expect(more, match[1]).toEqual([]);
    return { id: match[1] ?? '', about, state, where, test };
  });
}

const rows = rowsUnder('Levels 1 and 2');
const further = rowsUnder('Level 3, what was taken from it');
const count = (among: readonly Row[], state: string): number => among.filter((row) => row.state === state).length;
const testsOf = (text: string): string[] => [...text.matchAll(/`([^`]+\.test\.ts)`/g)].map((match) => match[1] ?? '');

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts')).map((path) => readFileSync(join(folder, path), 'utf8'));
}

describe('docs/asvs.md', () => {
  it('has every requirement of levels 1 and 2 once, in order, and those taken from level 3', () => {
    expect(ids).toHaveLength(253);
    expect(rows.map(({ id }) => id)).toEqual(ids);
    expect(further.map(({ id }) => id)).toEqual(level3);
  });

  it('knows four states, and says of each what it rests on', () => {
    const all = [...rows, ...further];
    expect(all.filter(({ state }) => !(states as readonly string[]).includes(state)).map(({ id }) => id)).toEqual([]);
    expect(all.filter(({ about, test }) => about === '' || test === '').map(({ id }) => id)).toEqual([]);
    expect(all.filter(({ state, where }) => (state === 'met' || state === 'partly') && where === '').map(({ id }) => id)).toEqual([]);
  });

  it('adds up', () => {
    const line = (name: string, among: readonly Row[]): string => `| ${name} | ${states.map((state) => count(among, state)).join(' | ')} | ${among.length} |`;
    for (let chapter = 1; chapter <= 17; chapter += 1) {
      const name = new RegExp(`^\\| (V${chapter} [^|]*) \\|`, 'm').exec(page)?.[1] ?? '';
      expect(page).toContain(line(name, rows.filter(({ id }) => id.startsWith(`V${chapter}.`))));
    }
    expect(page).toContain(`| **Sum** | ${states.map((state) => `**${count(rows, state)}**`).join(' | ')} | **${rows.length}** |`);
    expect(page).toContain(`\n${states.map((state) => `${count(further, state)} ${state}`).join(', ')}.\n`);
    expect(page).toContain(`Not met: ${rows.filter(({ state }) => state === 'not met').map(({ id }) => id).join(', ')}.`);
    const untested = rows.filter(({ state, test }) => state === 'met' && testsOf(test).length === 0).map(({ id }) => id);
    expect(page).toContain(`(${untested.length}): ${untested.join(', ')}.`);
    const onlyRead = rows.filter(({ state, test }) => state === 'met' && testsOf(test).length > 0 && testsOf(test).every((path) => path === 'test/asvs.test.ts')).map(({ id }) => id);
    expect(page).toContain(`(${onlyRead.length}): ${onlyRead.join(', ')}.`);
    console.log(`ASVS: ${states.map((state) => `${count(rows, state)} ${state}`).join(', ')}; ${untested.length} met without a test`);
  });

  it('names files that are there', () => {
    const named = [...page.matchAll(/`((?:src|test|e2e|docs|deploy|data|bench)\/[^`\s]+|\.?[\w-]+\.(?:json|md))`/g)].map((match) => match[1] ?? '').filter((name) => name !== 'witnessed.json');
    expect(named.length).toBeGreaterThan(300);
    expect([...new Set(named)].filter((path) => !existsSync(path) || !statSync(path).isFile())).toEqual([]);
  });
});

describe('what it says of the program', () => {
  it('is so of passwords: each word that may not be guessed', () => {
    const source = readFileSync('src/modules/sign-in/rules.ts', 'utf8');
    const guessed = /guessedFirst = \[([\s\S]*?)\]/.exec(source)?.[1] ?? '';
    expect(words).toContain(`${[...guessed.matchAll(/'([a-z]+)'/g)].map((match) => match[1]).join(', ')}.`);
  });

  it('is so of keys: every secret and every wrapped column has its line', () => {
    const secrets = sourcesIn('src').flatMap((source) => [...source.matchAll(/secrets\.get\('([a-z0-9-]+)'/g)].map((match) => match[1] ?? ''));
    // Those of trainings are named by what they are for.
    secrets.push(...sourcesIn('src').flatMap((source) => [...(/type Purpose = ('[a-z-]+'(?: \| '[a-z-]+')+);/.exec(source)?.[1] ?? '').matchAll(/'(training-[a-z-]+)'/g)].map((match) => match[1] ?? '')));
    expect(secrets).toEqual(expect.arrayContaining(['log-witness', 'answer-tickets', 'training-venues']));
    for (const name of [...secrets, ...wrappedColumns.map(({ table }) => table)]) expect(page).toMatch(new RegExp(`^\\|[^|]*\`${name}\``, 'm'));
  });

  it('is so of files: sizes and limits', () => {
    const megabytes = (bytes: number): string => `${bytes / 1024 / 1024} MB`;
    const lineOf = (what: string): string => new RegExp(`^\\| ${what} \\|.*$`, 'm').exec(page)?.[0] ?? '';
    expect(lineOf('pictures behind entries')).toContain(`| ${megabytes(maximumPictureBytes)} | ${maximumPixels / 1_000_000} million pixels; drawn anew, at most ${longestSide.toLocaleString('en')} a side`);
    expect(lineOf('documents behind entries')).toContain(`| ${megabytes(maximumFileBytes)} | ${maximumPdfPages} pages`);
    expect(lineOf('filled forms')).toContain(`| ${megabytes(maximumFormBytes)} |`);
    expect(lineOf('sheets of the ledger and of enterprises')).toContain(`| ${megabytes(maximumSheetBytes)} |`);
  });

  it('is so of settings that name somebody outside', () => {
    const config = readFileSync('src/kernel/config.ts', 'utf8');
    const outside = [...config.matchAll(/^ {2}([A-Z_]*(?:_URL|_ADDRESS|_ISSUER|_HOST))\b/gm)].map((match) => match[1] ?? '').filter((name) => name !== 'PUBLIC_URL');
    expect(outside.length).toBeGreaterThan(3);
    for (const name of outside) expect(page).toContain(`\`${name}\``);
  });

  it('is so of pages: passwords are masked, may be pasted and kept by a manager; who is in can get out', () => {
    const pages = ['src/web/features/people', 'src/web/features/sign-in'].flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.tsx')).map((name) => readFileSync(join(folder, name), 'utf8')));
    const fields = pages.flatMap((text) => text.split('\n').filter((line) => /autoComplete="(?:current|new)-password"/.test(line)));
    expect(fields.length).toBeGreaterThan(4);
    expect(fields.filter((line) => !/type=(?:"password"|\{type\})/.test(line))).toEqual([]);
    for (const text of pages.filter((one) => one.includes('type={type}'))) expect(text).toMatch(/const type = \w+ \? 'text' : 'password'/);
    expect(pages.filter((text) => /onPaste|onCopy|onDrop/.test(text))).toEqual([]);
    expect(readFileSync('src/web/app/frame.tsx', 'utf8')).toContain('<AccountMenu');
    for (const path of ['src/web/app/account-menu.tsx', 'src/web/features/sign-in/enrol-page.tsx']) expect(readFileSync(path, 'utf8')).toContain('useCommand(signOut)');
  });

  it('is so of what is checked before anything runs', () => {
    expect(readFileSync('tsconfig.json', 'utf8')).toMatch(/"strict": true[\s\S]*"noUncheckedIndexedAccess": true/);
    expect(readFileSync('.oxlintrc.json', 'utf8')).toMatch(/"typescript\/no-explicit-any": "error"[\s\S]*"eqeqeq": "error"/);
  });

  it('is so of the delivered proxies: TLS, what is refused in clear, logs, and their own page', () => {
    const [nginx, caddy] = ['deploy/nginx/fuwuyue.conf', 'deploy/caddy/Caddyfile'].map((path) => readFileSync(path, 'utf8')) as [string, string];
    expect(nginx).toContain('ssl_protocols TLSv1.2 TLSv1.3;');
    expect(/ssl_ciphers ([^;]+);/.exec(nginx)?.[1]?.split(':').filter((suite) => !/^ECDHE-.*-GCM-/.test(suite))).toEqual([]);
    expect(caddy).toContain('protocols tls1.2 tls1.3');
    expect(nginx.match(/location \/(?:api|witness)\/ \{\s*return 403;/g)).toHaveLength(2);
    expect(caddy).toContain('@programs path /api/* /witness/*');
    expect(/log_format fuwuyue '([^']+)'/.exec(nginx)?.[1]).not.toMatch(/\$(request|request_uri|args|query_string|http_referer)\b/);
    expect(nginx).toContain('access_log /var/log/nginx/fuwuyue.access.log fuwuyue;');
    expect(caddy).toContain('request>uri regexp \\?.* ""');
    for (const proxy of [nginx, caddy]) for (const said of ['max-age=31536000; includeSubDomains', "default-src 'none'; base-uri 'none'; frame-ancestors 'none'", 'nosniff', 'no-referrer']) expect(proxy).toContain(said);
  });
});
