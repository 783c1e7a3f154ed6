import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A home folder with a snapshot of `sample-data/extract`, published once for all tests; read only. */
    publishedHome: string;
  }
}

const ROOT = join(import.meta.dirname, '../..');

/** The product's own command line, from the checkout. Returns standard output. */
export const throughline = (...args: string[]): string =>
  execFileSync(process.execPath, [join(ROOT, 'server/launch.mjs'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, THROUGHLINE_THREADS: '2' },
  });

/** Temporary files of all tests lie in one folder, which goes with the run: workers are ended without a word. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-'));
  process.env.TMPDIR = folder;
  const home = join(folder, 'home');
  throughline('run', '--source', join(ROOT, 'sample-data/extract'), '--home', home);
  project.provide('publishedHome', home);
  return () => rmSync(folder, { recursive: true });
}
