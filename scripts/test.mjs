// npm test: types, lint, unit and module tests, browser journeys with accessibility checks. Installs and builds what is missing.
// Arguments are handed to vitest (for example: npm test -- src/modules/figures).
import { spawn } from 'node:child_process';
import { bin, ensureBuilt, ensureInstalled, root, run, say } from './prepare.mjs';

ensureInstalled();
run(process.execPath, ['scripts/check.mjs']);
await ensureBuilt();
say('Tests: vitest');
const given = process.argv.slice(2);
if (given.length > 0) run(bin('vitest'), ['run', ...given], { cwd: root });
else await runBeside();

/** The journeys wait for a browser more than they work, so they run beside the other tests (docs/decisions/0043); what they say is told when the others are over. */
async function runBeside() {
  const told = [];
  const journeys = spawn(bin('vitest'), ['run', '--project', 'e2e'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const others = spawn(bin('vitest'), ['run', '--project', 'unit', '--project', 'module', '--project', 'reliability'], { cwd: root, stdio: 'inherit' });
  for (const stream of [journeys.stdout, journeys.stderr]) stream.on('data', (chunk) => told.push(chunk));
  const [ofOthers, ofJourneys] = [statusOf(others), statusOf(journeys)];
  const first = await ofOthers;
  say('Tests: journeys in the browser');
  const second = await ofJourneys;
  process.stdout.write(Buffer.concat(told));
  process.exitCode = first === 0 ? second : first;
}

function statusOf(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      say(`vitest could not be started: ${error.message}`);
      resolve(1);
    });
    child.once('close', (status) => resolve(status ?? 1));
  });
}
