import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATA, runOn, whyNot } from './recount.ts';

/** Folder -> exit code, and what the command line says of it. */
const RUNS: Readonly<Record<string, readonly [number, string]>> = {
  aco: [3, 'alr-py21-table1-header.csv'],
  desynpuf: [0, '19986 persons, data through 2010-12-31'],
  'rif/synthea': [0, '3 persons, data through 2021-05-14'],
};

describe.skipIf(whyNot !== '')(`runs on public data${whyNot}`, () => {
  it.each(Object.entries(RUNS))(
    '%s ends with its exit code and says why',
    (folder, [exitCode, words]) => {
      const { exitCode: found, said } = runOn(join(DATA, folder));
      expect(found, said).toBe(exitCode);
      expect(said).toContain(words);
    },
    240_000,
  );
});
