// How much of the rules that must not be wrong tests reach (B-D4): who may do what, seals, totals and deadlines. Runs their unit and
// module tests, prints a table, and fails below 95 % of branches. Beside `npm test`, not part of it; needs nothing built.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { spawnSync } from 'node:child_process';
import { bin, ensureInstalled, root, say } from './prepare.mjs';

const measured = ['access', 'seals', 'figures', 'editions'];
const target = 95;
/** Tests that act through what is measured; a whole return goes through all four. */
const tests = [
  ...measured.map((module) => `src/modules/${module}/`),
  ...measured.map((module) => `src/web/features/${module}/`),
  'src/policy.test.ts', 'src/upward.module.test.ts', 'src/walls.module.test.ts', 'src/bad-input.module.test.ts', 'src/cli/commands.module.test.ts', 'src/modules/activities/',
  'src/modules/returns/', 'src/modules/operations/', 'src/modules/units/', 'src/modules/validation/',
];

ensureInstalled();
const directory = mkdtempSync(join(tmpdir(), 'fuwuyue-coverage-'));
const { status } = spawnSync(bin('vitest'), [
  'run', '--project', 'unit', '--project', 'module', ...tests, '--coverage.enabled', '--coverage.provider=v8', '--coverage.reporter=json', '--coverage.reportOnFailure',
  `--coverage.reportsDirectory=${directory}`, `--coverage.include=src/modules/{${measured.join(',')}}/**/*.ts`, '--coverage.exclude=**/*.test.ts',
], { cwd: root, stdio: 'inherit' });
const files = JSON.parse(readFileSync(join(directory, 'coverage-final.json'), 'utf8'));
rmSync(directory, { recursive: true });

const rows = Object.entries(files).map(([path, file]) => ({ file: relative(join(root, 'src', 'modules'), path).split(sep).join('/'), ...reached(file) })).sort((a, b) => a.file.localeCompare(b.file));
for (const row of rows) say(line(row));
const modules = measured.map((module) => sum(`${module}/`, rows.filter(({ file }) => file.startsWith(`${module}/`))));
const all = sum('all', rows);
say('');
for (const row of [...modules, all]) say(line(row));
const below = [...modules, all].filter((row) => share(row) < target);
if (below.length > 0) say(`Below ${target} % of branches: ${below.map(({ file }) => file).join(', ')}`);
if (status !== 0) say('Not all of the tests succeeded.');
process.exitCode = status === 0 && below.length === 0 ? 0 : 1;

/** Branches there are and were taken, and the lines of those never taken. */
function reached({ b: taken, branchMap }) {
  const branches = Object.entries(branchMap).flatMap(([id, { locations }]) => locations.map(({ start }, index) => ({ line: start.line, taken: (taken[id]?.[index] ?? 0) > 0 })));
  return { branches: branches.length, taken: branches.filter((one) => one.taken).length, missing: [...new Set(branches.filter((one) => !one.taken).map((one) => one.line))] };
}

function sum(file, parts) {
  const total = (key) => parts.reduce((before, part) => before + part[key], 0);
  return { file, branches: total('branches'), taken: total('taken'), missing: [] };
}

function share({ branches, taken }) {
  return branches === 0 ? 100 : (taken * 100) / branches;
}

function line(row) {
  const missing = row.missing.length === 0 ? '' : `  never: ${row.missing.map((one) => `L${one}`).join(' ')}`;
  return `${row.file.padEnd(32)} ${String(row.taken).padStart(4)} of ${String(row.branches).padStart(4)}  ${share(row).toFixed(1).padStart(5)} %${missing}`;
}
