// npm test: types, lint, unit and module tests, browser journeys with accessibility checks. Installs and builds what is missing.
// Arguments are handed to vitest (for example: npm test -- src/modules/figures).
import { bin, ensureBuilt, ensureInstalled, root, run, say } from './prepare.mjs';

ensureInstalled();
run(process.execPath, ['scripts/check.mjs']);
await ensureBuilt();
say('Tests: vitest');
run(bin('vitest'), ['run', ...process.argv.slice(2)], { cwd: root });
