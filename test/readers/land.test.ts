import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoted, rows } from '../../pipelines/engine/sql.ts';
import { land, survey } from '../../pipelines/readers/land.ts';
import { Lanes } from '../../pipelines/readers/lanes.ts';
import type { Identity } from '../../pipelines/readers/recognise.ts';
import { temporaryFolder } from './harness.ts';

describe('the landed text', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '0', ' ', ',', '"', '\n', '\r\n', 'é', '|', '~'), maxLength: 5 });
  const table = fc.record({
    cells: fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 10 }),
    end: fc.constantFrom('\n', '\r\n'),
    blanks: fc.integer({ min: 0, max: 2 }),
    gzip: fc.boolean(),
  });
  const written = (text: string) => (/[",\r\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text);

  it('is what an independent parser reads, field for field, on any well-formed CSV', async () => {
    const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
    const folder = temporaryFolder();
    let files = 0;
    await fc.assert(
      fc.asyncProperty(table, async ({ cells, end, blanks, gzip }) => {
        const lines = [['a', 'b', 'c'], ...cells].map((row) => row.map(written).join(','));
        const text = lines.join(end) + end.repeat(blanks);
        files += 1;
        const path = join(folder, `${files}.csv`);
        writeFileSync(path, gzip ? gzipSync(text) : text);
        const identity: Identity = {
          ...{ container: gzip ? 'gzip' : 'text', columns: ['a', 'b', 'c'] },
          ...{ shape: { kind: 'delimited', delimiter: ',' }, stated: {} },
          ...{ format: undefined, table: undefined, refusal: undefined },
        };
        const surveyed = await survey(new Lanes([connection]), path, identity);
        expect(surveyed.bad).toEqual([]);
        const landed = await land(connection, path, identity, surveyed, folder, join(folder, 'scratch'));
        const found = await rows(
          connection,
          `select coalesce(a, '') as a, coalesce(b, '') as b, coalesce(c, '') as c
           from read_parquet(${quoted(landed.path)}, file_row_number = true) order by file_row_number`,
        );
        const wanted: unknown = parse(text, { columns: true, record_delimiter: end, skip_empty_lines: true });
        expect(found).toEqual(wanted);
        expect(found.length).toBe(surveyed.records);
      }),
      { numRuns: 80 },
    );
  });
});
