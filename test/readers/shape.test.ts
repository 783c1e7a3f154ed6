import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { quoted, rows } from '../../pipelines/engine/sql.ts';
import { land, survey } from '../../pipelines/readers/land.ts';
import { Lanes } from '../../pipelines/readers/lanes.ts';
import type { Identity } from '../../pipelines/readers/recognise.ts';
import type { Shape } from '../../pipelines/readers/shape.ts';
import { temporaryFolder } from './harness.ts';

const FIXED: Shape = {
  kind: 'fixed',
  shortest: 3,
  fields: [
    { name: 'id', start: 1, length: 3 },
    { name: 'name', start: 4, length: 4 },
    { name: 'cents', start: 8, length: 5 },
  ],
};
const LINES: Shape = { kind: 'lines' };
const DOCUMENT: Shape = {
  kind: 'document',
  recordsOf: (document) => {
    const records: { bytes: Buffer }[] = [];
    document.elements(() => records.push({ bytes: document.value() }));
    return records;
  },
};

async function landed(bytes: string | Buffer, shape: Shape, columns: readonly string[]) {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const folder = temporaryFolder();
  const path = join(folder, 'delivered');
  writeFileSync(path, bytes);
  const identity: Identity = {
    ...{ container: Buffer.isBuffer(bytes) ? 'gzip' : 'text', shape, columns, stated: {} },
    ...{ format: undefined, table: undefined, refusal: undefined },
  };
  const surveyed = await survey(new Lanes([connection]), path, identity);
  const file = await land(connection, path, identity, surveyed, folder, join(folder, 'scratch'));
  const found = await rows(connection, `select * from read_parquet(${quoted(file.path)})`);
  return { ...surveyed, found, bad: surveyed.bad.map(({ line, rule }) => [line, rule]) };
}

describe('fixed-width records', () => {
  const columns = ['id', 'name', 'cents'];

  it.each(['\n', '\r\n'])(
    'are cut by position, whatever quotes and commas they hold, up to line end %j',
    async (end) => {
      const { physical, header, blank, records, found } = await landed(
        ['001"A,B  120', '', '002  C "  -5', ''].join(end),
        FIXED,
        columns,
      );
      expect({ physical, header, blank, records }).toEqual({ physical: 3, header: 0, blank: 1, records: 2 });
      expect(found).toEqual([
        { id: '001', name: '"A,B', cents: '  120' },
        { id: '002', name: '  C ', cents: '"  -5' },
      ]);
    },
  );

  it('may lack their trailing blanks', async () => {
    expect((await landed('001\n002AB\n', FIXED, columns)).found).toEqual([
      { id: '001', name: '', cents: '' },
      { id: '002', name: 'AB', cents: '' },
    ]);
  });

  it('are refused one by one when they are too long, too short, or not ASCII', async () => {
    const { physical, records, bad, lines } = await landed(
      '001AAAA00001\n002AAAA000011\n03\n004ÄÄ00001\n005AAAA00005\n',
      FIXED,
      columns,
    );
    expect({ physical, records, bad, lines }).toEqual({
      ...{ physical: 5, records: 2, lines: [0, 1, 1, 5] },
      bad: [
        [2, 'R06'],
        [3, 'R06'],
        [4, 'R07'],
      ],
    });
  });
});

describe('lines of text', () => {
  it('land whole, quotes, tabs and delimiters and all', async () => {
    const text = '{"a": "x, y",\t"b": "\\"q\\""}\n\n{"a": 2}';
    const { physical, blank, records, found } = await landed(text, LINES, ['record']);
    expect({ physical, blank, records }).toEqual({ physical: 3, blank: 1, records: 2 });
    expect(found).toEqual([{ record: '{"a": "x, y",\t"b": "\\"q\\""}' }, { record: '{"a": 2}' }]);
  });

  it('are refused one by one when they hold control characters or are not UTF-8', async () => {
    const text = Buffer.concat([
      Buffer.from('{"a":1}\n{"a":"\u0001"}\n{"a":"'),
      Buffer.from([0xe9]),
      Buffer.from('"}\n{}\n'),
    ]);
    const { bad, found } = await landed(gzipSync(text), LINES, ['record']);
    expect(bad).toEqual([
      [2, 'R04'],
      [3, 'R03'],
    ]);
    expect(found).toEqual([{ record: '{"a":1}' }, { record: '{}' }]);
  });
});

describe('a JSON document', () => {
  it('gives each of its records a place, whatever its line breaks', async () => {
    const { physical, records, found, lines } = await landed('[\n {"a":\n 1},\n {"a": "é"}\n]', DOCUMENT, ['record']);
    expect({ physical, records, lines }).toEqual({ physical: 2, records: 2, lines: [0, 1] });
    expect(found).toEqual([{ record: '{"a":  1}' }, { record: '{"a": "é"}' }]);
  });

  it('is refused when it is not valid JSON or not UTF-8', async () => {
    await expect(landed('{"a": 1', DOCUMENT, ['record'])).rejects.toThrow('not valid JSON');
    const latin = gzipSync(Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xe9]), Buffer.from('"}')]));
    await expect(landed(latin, DOCUMENT, ['record'])).rejects.toThrow('not UTF-8');
  });
});
