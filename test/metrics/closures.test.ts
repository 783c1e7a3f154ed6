import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { discover } from '../../pipelines/engine/discover.ts';

const { measures, valueSets } = await discover();

/** Whether a list that the SQL of a measure names holds the code. */
const reads = (sql: string, codeType: string, code: string): boolean =>
  valueSets
    .filter(({ name }) => sql.includes(`'${name}'`))
    .some(({ path }) => readFileSync(path, 'utf8').split('\n').includes(`${codeType},${code}`));

describe('what is entered by hand to close a gap', () => {
  for (const { declaration, model } of measures.filter(({ declaration }) => declaration.closures.length > 0)) {
    it(`of ${declaration.measureId} has the codes of a list that the measure reads, and ids of its own`, () => {
      const ids = declaration.closures.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { entries } of declaration.closures) {
        for (const { codeType, code } of entries) expect(reads(model.sql, codeType, code), code).toBe(true);
      }
    });
  }
});
