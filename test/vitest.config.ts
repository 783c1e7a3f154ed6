import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    globalSetup: [new URL('support/published.ts', import.meta.url).pathname],
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    hookTimeout: 300_000,
    reporters: ['default', new URL('support/count-reporter.ts', import.meta.url).pathname],
  },
});
