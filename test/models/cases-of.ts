import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { parsePipeTable } from '../../pipelines/engine/cases.ts';
import { quoted } from '../../pipelines/engine/sql.ts';
import { found, given, make, warehouse } from '../support/warehouse.ts';

export interface ModelCase {
  readonly given: Readonly<Record<string, string>>;
  readonly expect: string;
}

/** Each case stands in a file of its own, so that the lines of two cases never share a place. */
const inFile = (text: string, file: number): string =>
  text
    .trim()
    .split('\n')
    .map((line, at) => `${line} | ${at === 0 ? 'file_id' : file}`)
    .join('\n');

const peopleOf = (tables: ModelCase['given']): string[] => [
  ...new Set(Object.values(tables).flatMap((text) => parsePipeTable(text).flatMap((row) => row.person_id ?? []))),
];

/** One warehouse (data through 2024-12-31) for all cases of a table. Every case has people of its own and sees only their rows. */
export function casesOf(table: string, cases: Readonly<Record<string, ModelCase>>): void {
  describe(table, () => {
    let connection: DuckDBConnection;
    beforeAll(async () => {
      connection = await warehouse();
      for (const [at, { given: tables }] of Object.values(cases).entries()) {
        const placed = Object.entries(tables).map(([name, text]) => [name, inFile(text, at + 1)]);
        await given(connection, Object.fromEntries(placed));
      }
      await make(connection, table, 'core.person_source');
    });
    it('has people of its own in every case', () => {
      const people = Object.values(cases).flatMap(({ given: tables }) => peopleOf(tables));
      expect(people.filter((person, at) => people.indexOf(person) !== at)).toEqual([]);
    });
    for (const [rule, { given: tables, expect: expected }] of Object.entries(cases)) {
      it(rule, async () => {
        const rows = `(
          select * from ${table} where person_id in (
            select person_id from core.person_source where source_person_id in (${peopleOf(tables).map(quoted).join(', ')})
          )
        )`;
        const { got, wanted } = await found(connection, rows, expected);
        expect(got).toEqual(wanted);
      });
    }
  });
}
