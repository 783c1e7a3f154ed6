import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    globalSetup: [new URL('support/published.ts', import.meta.url).pathname],
    include: ['test/**/*.test.{ts,tsx}'],
    // One for each core: the rest that Vitest would keep free is half of a machine of two.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 300_000,
    reporters: ['default', new URL('support/count-reporter.ts', import.meta.url).pathname],
  },
});
