import { existsSync } from 'node:fs';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadReferenceTables } from '../../pipelines/engine/reference-tables.ts';
import { rows } from '../../pipelines/engine/sql.ts';

const REFERENCE = new URL('../../../shared/reference/hcc/', import.meta.url).pathname;
const published = (name: string) => `read_csv('${REFERENCE}${name}.csv', all_varchar = true)`;

/** What the publisher's table says, what ours says of the same models and years, in the same columns. */
const TABLES: Readonly<Record<string, readonly [string, string]>> = {
  'diagnoses of V24 2020-2025 and V28 2024, 2026, 2027': [
    `select model, payment_year::integer, icd10cm, hcc::integer from ${published('dx_to_hcc_by_year')}`,
    `select version, payment_year, code, hcc from reference.hcc_diagnosis
     where (version = 'V24' and payment_year <= 2025) or (version = 'V28' and payment_year <> 2025)`,
  ],
  'diagnoses of V28 2025: those that 2024 and 2026 map alike': [
    `with published as (
       select icd10cm as code, payment_year, list(distinct hcc::integer order by hcc::integer) as hccs
       from ${published('dx_to_hcc_by_year')} where model = 'V28' and payment_year in ('2024', '2026') group by all
     ), pair as (
       select code, max(case payment_year when '2024' then hccs end) as a, max(case payment_year when '2026' then hccs end) as b
       from published group by code
     )
     select code, unnest(case when a is not distinct from b then a else [null] end) from pair`,
    `select code, hcc from reference.hcc_diagnosis where version = 'V28' and payment_year = 2025`,
  ],
  'relative factors of V24 and V28': [
    `select model, segment, variable, coefficient::decimal(9, 4) from ${published('coefficients_v24_v28')}`,
    `select model, segment, variable, coefficient from reference.hcc_coefficient
     where (model, payment_year) in (('V24', 2025), ('V28', 2026))`,
  ],
  'relative factors of the ESRD models': [
    `select model, variable, coefficient::decimal(9, 4) from ${published('coefficients_esrd_v21_v24')}`,
    `select replace(model, 'ESRD V', 'D'), if(segment = 'any', '', segment || '_') || variable, coefficient
     from reference.hcc_coefficient where starts_with(model, 'ESRD') and payment_year = 2026`,
  ],
  hierarchies: [
    `select model, seq::integer, parent_hcc::integer, child_hcc::integer from ${published('hierarchies_v24_v28')}`,
    `select version, step, hcc, drops from reference.hcc_hierarchy where version <> 'V21' and payment_year = 2026`,
  ],
  edits: [
    `select model, icd10cm, sex, age_min::integer, age_max::integer, override_hcc::integer from ${published('dx_edits')}`,
    `select version, code, if(sex = 'female', 'F', sex), age_from, age_to, hcc
     from reference.hcc_edit where version <> 'V21' and payment_year = 2026`,
  ],
  interactions: [
    `with definition as (
       select model, variable, unnest(string_split(definition, '*')) as factor
       from ${published('interactions_v24_v28')} where not starts_with(variable, 'group:')
     ), category as (
       select model, replace(variable, 'group:', '') as factor, unnest(string_split(definition, ',')) as hcc
       from ${published('interactions_v24_v28')} where starts_with(variable, 'group:')
     )
     select model, variable, factor, coalesce(hcc, replace(factor, 'HCC', '')) from definition left join category using (model, factor)`,
    `select model, variable, factor, hcc from reference.hcc_interaction
     where not starts_with(model, 'ESRD') and payment_year = 2025`,
  ],
  categories: [
    `select model, hcc::integer from ${published('labels_v24_v28')}`,
    `select version, hcc from reference.hcc_label where version <> 'V21' and payment_year = 2026`,
  ],
  normalization: [
    `select if(model like 'ESRD%', model, model), payment_year::integer, "group", normalization_factor::decimal(9, 4)
     from ${published('normalization')} where model in ('V24', 'V28', 'ESRD V24')`,
    `select model, payment_year, status, normalization from reference.hcc_payment where model <> 'ESRD V21'`,
  ],
  'payment of Medicare Advantage': [
    `unpivot (
       select payment_year::integer as payment_year, ma_coding_intensity::decimal(9, 4) as intensity,
         nullif(v24_weight::decimal(9, 4), 0) as "V24", nullif(v28_weight::decimal(9, 4), 0) as "V28"
       from ${published('payment_parameters')}
     ) on "V24", "V28" into name model value weight`,
    `select payment_year, coding_intensity, model, blend from reference.hcc_payment where blend is not null`,
  ],
  ...Object.fromEntries(
    [2025, 2026].map((year) => [
      `eligible procedures of ${year}`,
      [
        `select code from ${published(`eligible_cpt_hcpcs_${year}`)}`,
        `select code from reference.hcc_procedure where service_year = ${year}`,
      ] as const,
    ]),
  ),
};

describe.skipIf(!existsSync(REFERENCE))(
  'our risk adjustment tables (skipped where the reference tables are missing)',
  () => {
    let connection: DuckDBConnection;
    beforeAll(async () => {
      connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
      await connection.run('create schema reference');
      await loadReferenceTables(connection);
    });
    afterAll(() => connection.closeSync());

    it.each(Object.entries(TABLES))('hold every row of the published %s, and no other', async (_, [theirs, ours]) => {
      const sides = `theirs as (${theirs}), ours as (${ours})`;
      const [counts] = await rows(
        connection,
        `with ${sides} select (select count(*) from theirs) as theirs, (select count(*) from ours) as ours`,
      );
      const different = await rows(
        connection,
        `with ${sides}
       select 'missing' as side, * from (select * from theirs except select * from ours)
       union all select 'invented', * from (select * from ours except select * from theirs) limit 10`,
      );
      expect(different).toEqual([]);
      expect(Number(counts?.theirs)).toBeGreaterThan(4);
      expect(counts?.ours).toBe(counts?.theirs);
    });
  },
);
