import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeArrow, encodeCsv, encodeTable } from '../../server/http/encode.ts';
import { type Column, objectsOf, texts } from '../../server/store/columns.ts';
import { DuckDB } from '../../server/store/duckdb.ts';
import { Queries } from '../../server/store/query.ts';
import { sql } from '../../server/store/sql.ts';

// More rows than two chunks of 2,048, nulls in every column, none of them on the same rows.
const EVERY_TYPE = sql`
  select n::integer as place, if(n % 3 = 0, null, n / 7) as number, if(n % 4 = 0, null, n::integer) as integer,
    if(n % 5 = 0, null, date '1969-12-01' + n::integer) as date, if(n % 6 = 0, null, n % 2 = 0) as boolean,
    if(n % 7 = 0, null, 'é "' || n) as text,
    if(n % 8 = 0, null, (['low', 'high'])[1 + n % 2])::enum('low', 'never', 'high') as category
  from range(0, 5000) as r(n)`;

describe('a result by columns', () => {
  let instance: DuckDBInstance;
  let queries: Queries;
  beforeAll(async () => {
    instance = await DuckDBInstance.create(':memory:');
    queries = new Queries(new DuckDB(instance));
  });
  afterAll(() => {
    queries.close();
  });

  test('holds what the database holds, over chunks and nulls, for every type', async () => {
    const connection = await instance.connect();
    const reader = await connection.runAndReadAll(EVERY_TYPE.statement);
    const expected = reader.getRowObjectsJson();
    const rows = objectsOf(await queries.columns(EVERY_TYPE));
    expect(rows.length).toBe(5000);
    expect(rows).toEqual(expected);
    connection.closeSync();
  });

  test('is the same after a filter has left chunks of odd sizes', async () => {
    const rows = objectsOf(
      await queries.columns(sql`select * from (${EVERY_TYPE}) where place % 97 <> 1 and (place < 100 or place > 2500)`),
    );
    for (const row of rows) {
      const place = Number(row.place);
      expect([row.integer, row.boolean, row.category]).toEqual([
        place % 4 === 0 ? null : place,
        place % 6 === 0 ? null : place % 2 === 0,
        place % 8 === 0 ? null : place % 2 === 0 ? 'low' : 'high',
      ]);
    }
  });

  test('keeps its types without a single row', async () => {
    const types = (columns: readonly Column[]) => columns.map(({ type }) => type);
    expect(types(await queries.columns(sql`select * from (${EVERY_TYPE}) where place < 0`))).toEqual(
      types(await queries.columns(EVERY_TYPE)),
    );
  });

  test('says the same in Arrow, a category as a dictionary', async () => {
    const columns = await queries.columns(EVERY_TYPE);
    const table = tableFromIPC(encodeArrow(columns, { snapshot: 'a' }));
    expect(table.schema.metadata.get('throughline')).toBe('{"snapshot":"a"}');
    expect(String(table.schema.fields.at(-1)?.type)).toContain('Dictionary');
    const rows = objectsOf(columns);
    table.toArray().forEach((row, at) => {
      const plain = { ...row.toJSON() };
      plain.date = plain.date === null ? null : new Date(plain.date).toISOString().slice(0, 10);
      expect(plain).toEqual(rows[at]);
    });
  });

  test('says the same in CSV', async () => {
    const columns = await queries.columns(EVERY_TYPE);
    const [header, ...lines] = parse(encodeCsv(columns));
    expect(header).toEqual(columns.map(({ name }) => name));
    objectsOf(columns).forEach((row, at) => {
      expect(lines[at]).toEqual(Object.values(row).map((value) => (value === null ? '' : String(value))));
    });
  });
});

describe('CSV', () => {
  test('says in a last column what the sources of its numbers do not tell', () => {
    const columns = [texts('a', ['x', 'y'])];
    const caveats = ['No "care" here.', 'No dollars.'];
    expect(parse(encodeTable('csv', columns, { caveats }))).toEqual([
      ['a', 'caveats'],
      ['x', 'No "care" here. No dollars.'],
      ['y', 'No "care" here. No dollars.'],
    ]);
    expect(parse(encodeTable('csv', columns, { caveats: [] }))[0]).toEqual(['a']);
  });

  test('ends every record with CRLF', () => {
    expect(encodeCsv([texts('a', ['x', null])]).toString()).toBe('"a"\r\n"x"\r\n\r\n');
  });

  test('gives a spreadsheet no formula, and gives the text back otherwise', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 12 })), (values) => {
        const lines = parse(
          encodeCsv([
            texts(
              'place',
              values.map(() => 'x'),
            ),
            texts('text', values),
          ]),
          { from: 2 },
        );
        values.forEach((value, at) => {
          const cell = String(lines[at]?.[1]);
          expect(cell).not.toMatch(/^(?!-\d+$)[=+\-@\t\r\n\0＝＋－＠]/);
          expect([value, `'${value}`]).toContain(cell);
        });
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  test.each(['=1+1', '+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＠x'])('guards %j', (text) => {
    expect(parse(encodeCsv([texts('a', [text])]))[1]).toEqual([`'${text}`]);
  });

  test('leaves a negative whole number as it is: ids are read back to the letter', () => {
    expect(parse(encodeCsv([texts('a', ['-10000010254618'])]))[1]).toEqual(['-10000010254618']);
  });
});
