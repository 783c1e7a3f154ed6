import { existsSync, readFileSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rows } from '../../pipelines/engine/sql.ts';
import { make, warehouse } from '../support/warehouse.ts';

const REFERENCE = new URL('../../../shared/reference/readmission/', import.meta.url).pathname;
const table = (name: string) => `read_csv('${REFERENCE}${name}.csv', all_varchar = true)`;

/** Classification, its code system, the published map. */
const CLASSIFICATIONS = [
  ['ccs-diagnosis', 'icd-10-cm', 'ccs_dx10_map'],
  ['ccs-procedure', 'icd-10-pcs', 'ccs_pr10_map'],
] as const;

/** Value set, and the codes that the publisher's tables put into it. */
const SETS = {
  'planned-always': `
    select 'icd-10-cm', code from ${table('ccs_dx10_map')}
      where ccs in (select ccs_diagnosis_category from ${table('always_planned_ccs_diagnosis_category')})
    union select 'icd-10-pcs', code from ${table('ccs_pr10_map')}
      where ccs in (select ccs_procedure_category from ${table('always_planned_ccs_procedure_category')})`,
  'planned-unless-acute': `
    select 'icd-10-pcs', code from ${table('ccs_pr10_map')}
      where ccs in (select ccs_procedure_category from ${table('potentially_planned_ccs_procedure_category')})
    union select 'icd-10-pcs', icd_10_pcs from ${table('potentially_planned_icd_10_pcs')}`,
  'acute-principal-diagnosis': `
    select 'icd-10-cm', code from ${table('ccs_dx10_map')}
      where ccs in (select ccs_diagnosis_category from ${table('acute_diagnosis_ccs')})
    union select 'icd-10-cm', icd_10_cm from ${table('acute_diagnosis_icd_10_cm')}`,
  'cohort-surgery': `
    select 'icd-10-pcs', code from ${table('ccs_pr10_map')}
      where ccs in (select ccs from ${table('specialty_cohort')} where procedure_or_diagnosis = 'Procedure')
    union select 'icd-10-pcs', icd_10_pcs from ${table('surgery_gynecology_cohort')}`,
  ...Object.fromEntries(
    ['Cardiorespiratory', 'Cardiovascular', 'Neurology'].map((cohort) => [
      `cohort-${cohort.toLowerCase()}`,
      `select 'icd-10-cm', code from ${table('ccs_dx10_map')}
        where ccs in (select ccs from ${table('specialty_cohort')} where specialty_cohort = '${cohort}')`,
    ]),
  ),
  ...Object.fromEntries(
    ['Psychiatric', 'Rehabilitation', 'Medical Treatment of Cancer'].map((reason) => [
      `${reason.toLowerCase().split(' ').at(-1)}-principal-diagnosis`,
      `select 'icd-10-cm', code from ${table('ccs_dx10_map')} where ccs in (
        select ccs_diagnosis_category from ${table('exclusion_ccs_diagnosis_category')}
        where exclusion_category = '${reason}')`,
    ]),
  ),
};

/** The lines of one of our code lists, behind its source and its header. */
const codeList = (name: string): string[][] =>
  readFileSync(new URL(`../../pipelines/value-sets/${name}.csv`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => line.split(','));

/** The publisher's short names of the Charlson conditions, and ours. */
const CHARLSON = {
  mi: 'MYOCARDIAL-INFARCTION',
  chf: 'HEART-FAILURE',
  pvd: 'PERIPHERAL-VASCULAR-DISEASE',
  cevd: 'CEREBROVASCULAR-DISEASE',
  dementia: 'DEMENTIA',
  cpd: 'CHRONIC-LUNG-DISEASE',
  rheumd: 'RHEUMATIC-DISEASE',
  pud: 'PEPTIC-ULCER',
  mld: 'MILD-LIVER-DISEASE',
  diab: 'DIABETES',
  diabwc: 'DIABETES-WITH-COMPLICATION',
  hp: 'PARALYSIS',
  rend: 'KIDNEY-DISEASE',
  canc: 'CANCER',
  msld: 'SEVERE-LIVER-DISEASE',
  metacanc: 'METASTATIC-CANCER',
  aids: 'HIV',
};

describe.skipIf(!existsSync(REFERENCE))(
  'code lists say of every published code what their publisher says (skipped without ../shared)',
  () => {
    let connection: DuckDBConnection;
    beforeAll(async () => {
      connection = await warehouse();
      const seen = (input: string, system: string, codes: string) =>
        connection.run(
          `insert into input.${input} (source_name, file_id, line_number, person_id, ${input}_id, source_code_type, source_code)
           select 'claims', 1, row_number() over (), 'ann', code, '${system}', code from (${codes})`,
        );
      await seen(
        'condition',
        'icd-10-cm',
        `select code from ${table('ccs_dx10_map')} union select icd_10_cm from ${table('acute_diagnosis_icd_10_cm')}`,
      );
      await seen('procedure', 'icd-10-pcs', `select code from ${table('ccs_pr10_map')}`);
      await make(connection, 'core.coded_concept');
    }, 120_000);
    afterAll(() => connection.closeSync());

    test.each(CLASSIFICATIONS)('%s', async (classification, system, map) => {
      const wrong = await rows(
        connection,
        `select published.code, published.ccs, match.category from ${table(map)} as published
         left join core.code_match as match on match.value_set = '${classification}'
           and match.code_system = '${system}' and match.code = published.code
         where match.category is distinct from published.ccs`,
      );
      expect(wrong).toEqual([]);
    });

    test.each(CLASSIFICATIONS)('codes that the map of %s lists', async (_, system, map) => {
      const published = await rows(connection, `select code from ${table(map)} order by code`);
      const listed = codeList('ccs-published-code')
        .filter(([of]) => of === system)
        .flatMap(([, beginning = '', places = '']) =>
          places
            .split('-')
            .reduce((codes, place) => codes.flatMap((code) => [...place].map((one) => code + one)), [beginning]),
        );
      expect(listed.sort()).toEqual(published.map(({ code }) => code));
    });

    test('charlson', async () => {
      const published = await rows(
        connection,
        `select category, icd10_prefix from read_csv('${REFERENCE}../chronic/charlson_elixhauser_quan_icd10_prefixes.csv', all_varchar = true)
         where map = 'charlson_icd10_quan'`,
      );
      const names = new Map(Object.entries(CHARLSON));
      expect(
        codeList('charlson')
          .map((line) => line.join())
          .sort(),
      ).toEqual(
        published
          .map(({ category, icd10_prefix }) => `icd-10-cm,${icd10_prefix}*,${names.get(String(category))}`)
          .sort(),
      );
    });

    test.each(Object.entries(SETS))('%s', async (valueSet, published) => {
      const ours = `select code_system, code from core.coded_concept where value_set = '${valueSet}'`;
      expect(await rows(connection, `(${published}) except (${ours})`)).toEqual([]);
      expect(await rows(connection, `(${ours}) except (${published})`)).toEqual([]);
      expect(await rows(connection, `select count(*) > 0 as some from (${ours})`)).toEqual([{ some: true }]);
    });
  },
);
