import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'unit', sequence: { groupOrder: 0 }, include: ['src/**/*.test.ts'], exclude: ['src/**/actions.test.ts', 'src/**/*.module.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'module',
          sequence: { groupOrder: 1 },
          include: ['src/**/actions.test.ts', 'src/**/*.module.test.ts'],
          globalSetup: ['src/testing/global-database.ts'],
          pool: 'forks',
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: { name: 'reliability', sequence: { groupOrder: 2 }, include: ['test/**/*.test.ts'], globalSetup: ['src/testing/global-database.ts'], pool: 'forks', maxWorkers: 2, testTimeout: 120_000 },
      },
      {
        extends: true,
        test: { name: 'e2e', sequence: { groupOrder: 3 }, include: ['e2e/**/*.test.ts'], globalSetup: ['e2e/global-server.ts'], testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 10_000 } }, pool: 'forks', fileParallelism: false },
      },
    ],
  },
});
