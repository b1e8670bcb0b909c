// npm run check: the type walls, lint, and formatting rules; no tests.
import { bin, ensureInstalled, run, say } from './prepare.mjs';

ensureInstalled();
for (const project of ['pure', 'server', 'browser', 'test']) {
  say(`Types: tsconfig.${project}.json`);
  run(bin('tsc'), ['-p', `tsconfig.${project}.json`, '--noEmit']);
}
say('Lint: oxlint');
run(bin('oxlint'), ['--type-aware', '--deny-warnings']);
