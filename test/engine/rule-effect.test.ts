import type { DuckDBConnection } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { everyRow } from '../../pipelines/engine/cases.ts';
import { boundaryOf, createRuleEffect, measureRuleEffect } from '../../pipelines/engine/rule-effect.ts';
import { rows } from '../../pipelines/engine/sql.ts';
import { definitionsInOrder, given, make, warehouse } from '../support/warehouse.ts';

/** Women of 45 and 55, screened or not, and one of 55 in hospice care, all seen in the year. */
const breastScreening = async (connection: DuckDBConnection, year: number) => {
  await given(connection, {
    'input.eligibility': everyRow(
      {
        ...{ gender: 'female', payer: 'medicare' },
        ...{ enrollment_start_date: `${year - 3}-01-01`, enrollment_end_date: `${year}-12-31` },
      },
      `
      person_id | birth_date
      ann       | ${year - 45}-05-05
      bea       | ${year - 45}-05-05
      cleo      | ${year - 55}-05-05
      dora      | ${year - 55}-05-05
      eve       | ${year - 55}-05-05`,
    ),
    'input.medical_claim': everyRow(
      { claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' },
      `
      claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
      1        | ann       | 99213      | ${year}-03-01    | ${year}-03-01
      2        | ann       | 77067      | ${year}-03-02    | ${year}-03-02
      3        | bea       | 99213      | ${year}-03-01    | ${year}-03-01
      4        | cleo      | 99213      | ${year}-03-01    | ${year}-03-01
      5        | cleo      | 77067      | ${year}-03-02    | ${year}-03-02
      6        | dora      | 99213      | ${year}-03-01    | ${year}-03-01
      7        | eve       | 99213      | ${year}-03-01    | ${year}-03-01
      8        | eve       | G9473      | ${year}-04-01    | ${year}-04-01`,
    ),
  });
  await make(connection, 'measure.cms125');
};

describe('the effect of changed rules', () => {
  it.each([2025, 2026])('is told of %i, whichever rules made its table', async (year) => {
    const { definitions } = await definitionsInOrder();
    const connection = await warehouse({ data_through: `${year}-12-31`, period: String(year) });
    await breastScreening(connection, year);
    await createRuleEffect(connection);
    for (const folder of definitions.measures) {
      if (folder.declaration.id === 'cms125') await measureRuleEffect(connection, folder, String(year));
    }
    const found = await rows(
      connection,
      'select metric_id, period, earlier, later, subjects::integer as subjects from catalogue.rule_effect order by all',
    );
    expect(found.map((row) => [row.metric_id, row.period, row.earlier, row.later, row.subjects])).toEqual(
      [
        ['does not count', 'in the numerator', 1],
        ['does not count', 'not in the numerator', 1],
        ['in the numerator', 'in the numerator', 1],
        ['left out', 'left out', 1],
        ['not in the numerator', 'not in the numerator', 1],
      ].map((row) => ['cms125-1', String(year), ...row]),
    );
    connection.closeSync();
  });

  it('is worked out for every measure whose SQL tells its years apart', async () => {
    const { definitions } = await definitionsInOrder();
    const years = /date '20\d\d-01-01'/g;
    for (const folder of definitions.measures) {
      const { id, changes } = folder.declaration;
      const told = new Set(folder.model.sql.match(years));
      expect([...told], id).toEqual(told.size === 0 ? [] : [boundaryOf(folder)?.text]);
      expect(new Set(changes?.map(({ from }) => from)).size, `${id}: one year of change`).toBeLessThanOrEqual(1);
    }
  });

  it('is told of every measure that has published logic of both years', async () => {
    const { definitions } = await definitionsInOrder();
    const published = definitions.measures.filter(({ declaration }) => /^CMS\d/.test(declaration.measureId));
    expect(published.filter(({ declaration }) => declaration.changes === null)).toEqual([]);
  });
});
