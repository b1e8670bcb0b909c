// Projects, one after the other; `npm test` runs the journeys (e2e) in a vitest of their own beside the others (docs/decisions/0043).
import { defineConfig } from 'vitest/config';

/** Files share a worker and what it has loaded: loading the program again for each took as long as many a test. They leave nothing behind. */
const shared = { pool: 'forks', isolate: false, maxWorkers: 2 } as const;

export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'unit', sequence: { groupOrder: 0 }, include: ['src/**/*.test.ts'], exclude: ['src/**/actions.test.ts', 'src/**/*.module.test.ts'], ...shared } },
      {
        extends: true,
        test: {
          name: 'module',
          sequence: { groupOrder: 1 },
          include: ['src/**/actions.test.ts', 'src/**/*.module.test.ts'],
          globalSetup: ['src/testing/global-database.ts'],
          ...shared,
        },
      },
      {
        extends: true,
        test: { name: 'reliability', sequence: { groupOrder: 2 }, include: ['test/**/*.test.ts'], globalSetup: ['src/testing/global-database.ts'], pool: 'forks', maxWorkers: 2, testTimeout: 120_000 },
      },
      {
        extends: true,
        test: { name: 'e2e', sequence: { groupOrder: 3 }, include: ['e2e/**/*.test.ts'], globalSetup: ['e2e/global-server.ts'], testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 10_000 } }, pool: 'forks', fileParallelism: false, maxConcurrency: 2 },
      },
    ],
  },
});
