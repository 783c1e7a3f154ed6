import { existsSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rows } from '../../pipelines/engine/sql.ts';
import { make, warehouse } from '../support/warehouse.ts';

const REFERENCE = new URL('../../../shared/reference/', import.meta.url).pathname;
const table = (path: string) => `read_csv('${REFERENCE}${path}.csv', all_varchar = true)`;
const NYU = table('utilization/nyu_johnston_icd10');
const PQI = table('utilization/pqi_v2024_value_sets');
/** Every code that was valid in fiscal year 2019 or 2020: a published table says of them that it leaves them out. */
const DIAGNOSES = `select code from ${table('readmission/ccs_dx10_map')}`;
const PROCEDURES = `select code from ${table('readmission/ccs_pr10_map')}`;

/** AHRQ's name of a list of principal diagnoses, and our category. */
const PRINCIPAL = {
  ACDIASD: 'DIABETES-SHORT',
  ACDIALD: 'DIABETES-LONG',
  ACDIAUD: 'DIABETES-UNCONTROLLED',
  ACCOPDD: 'COPD',
  ACSASTD: 'ASTHMA',
  ACSHYPD: 'HYPERTENSION',
  MRTCHFD: 'HEART-FAILURE',
  ACSBACD: 'PNEUMONIA',
  ACSUTID: 'URINARY',
  MDC14PRINDX: 'OBSTETRIC',
};

/** AHRQ's name of a list of other findings, and our value set. */
const FINDINGS = [
  ['RESPAN', 'pqi-respiratory-anomaly'],
  ['ACSHY2D', 'pqi-kidney-disease'],
  ['ACSBA2D', 'pqi-sickle-cell'],
  ['IMMUNID', 'pqi-immune-diagnosis'],
  ['KIDNEY', 'pqi-kidney-anomaly'],
  ['ACSLEAD', 'pqi-diabetes'],
  ['ACLEA2D', 'pqi-traumatic-amputation'],
  ['DIALY2P', 'pqi-dialysis-access'],
  ['ACSCARP', 'pqi-cardiac-procedure'],
  ['IMMUNIP', 'pqi-immune-procedure'],
  ['ACSLEAP', 'pqi-leg-amputation'],
] as const;

const PROCEDURE_LISTS = "('DIALY2P', 'ACSCARP', 'IMMUNIP', 'ACSLEAP')";

describe.skipIf(!existsSync(REFERENCE))(
  'code lists of utilization say of every published code what their publisher says (skipped without ../shared)',
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
        `${DIAGNOSES} union select icd10 from ${NYU}
         union select code from ${PQI} where value_set not in ${PROCEDURE_LISTS}`,
      );
      await seen(
        'procedure',
        'icd-10-pcs',
        `${PROCEDURES} union select code from ${PQI} where value_set in ${PROCEDURE_LISTS}`,
      );
      await seen('procedure', 'hcpcs', `select hcpcs as code from ${table('utilization/rbcs_2020')}`);
      await make(connection, 'core.coded_concept');
    }, 120_000);
    afterAll(() => connection.closeSync());

    const matched = (valueSet: string) =>
      `(select code, nullif(category, 'NONE') as category from core.code_match where value_set = '${valueSet}')`;

    test('the NYU algorithm: every probability of every code, and no class for a code that it leaves out', async () => {
      const wrong = await rows(
        connection,
        `with ours as (
           select code, category, case when category like '%-%' then string_split(category, '-')::integer[] end as parts
           from ${matched('emergency-need')}
         ),
         published as (
           select code, nyu.* exclude (icd10) from (${DIAGNOSES} union select icd10 from ${NYU}) as known
           left join ${NYU} as nyu on nyu.icd10 = known.code
         )
         select published.code, ours.category from published left join ours using (code)
         where case
           when noner is null then category is not null
           when category is null then true
           when parts is null then category <> case '1'
             when injury then 'INJURY' when psych then 'MENTAL' when alcohol then 'ALCOHOL' when drug then 'DRUG' end
           else abs(parts[1] / list_sum(parts) - noner::double) > 1e-9
             or abs(parts[2] / list_sum(parts) - epct::double) > 1e-9
             or abs(parts[3] / list_sum(parts) - edcnpa::double) > 1e-9
             or abs(parts[4] / list_sum(parts) - edcnnpa::double) > 1e-9
         end`,
      );
      expect(wrong).toEqual([]);
    });

    test('the principal diagnoses of the Prevention Quality Indicators', async () => {
      const published = Object.entries(PRINCIPAL)
        .map(([name, category]) => `select code, '${category}' as category from ${PQI} where value_set = '${name}'`)
        .join(' union all ');
      const ours = `select code, category from ${matched('pqi-principal-diagnosis')} where category is not null`;
      expect(await rows(connection, `(${published}) except (${ours})`)).toEqual([]);
      expect(await rows(connection, `(${ours}) except (${published})`)).toEqual([]);
    });

    test.each(FINDINGS)('list %s of the Prevention Quality Indicators', async (name, valueSet) => {
      const published = `select code from ${PQI} where value_set = '${name}'`;
      const ours = `select code from core.coded_concept where value_set = '${valueSet}'`;
      expect(await rows(connection, `(${published}) except (${ours})`)).toEqual([]);
      expect(await rows(connection, `(${ours}) except (${published})`)).toEqual([]);
      expect(await rows(connection, `select count(*) > 0 as some from (${ours})`)).toEqual([{ some: true }]);
    });

    test('families of computed tomography and magnetic resonance imaging', async () => {
      const published = `select hcpcs as code, case rbcs_id
          when 'IC62N' then 'CT-HEAD' when 'IC63N' then 'CT-CHEST' when 'IC61N' then 'CT-ABDOMEN' when 'IC99N' then 'CT-OTHER'
          when 'IM65N' then 'MRI-HEAD' when 'IM64N' then 'MRI-SPINE' when 'IM99N' then 'MRI-OTHER' end as category
        from ${table('utilization/rbcs_2020')} where left(rbcs_id, 2) in ('IC', 'IM')`;
      const ours = `select code, category from ${matched('cross-sectional-imaging')}`;
      expect(await rows(connection, `(${published}) except (${ours})`)).toEqual([]);
      expect(await rows(connection, `(${ours}) except (${published})`)).toEqual([]);
    });
  },
);
