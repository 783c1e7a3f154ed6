import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silent } from '../../pipelines/engine/progress.ts';
import { rows } from '../../pipelines/engine/sql.ts';
import { load } from '../../pipelines/readers/load.ts';
import { emptyHome } from '../readers/harness.ts';
import { make, warehouse } from '../support/warehouse.ts';
import { DATA, whyNot } from './recount.ts';

/** Percent of what the published tables are asked about of which they know; null where there is nothing to ask about. */
interface Coverage {
  /** Hospital stays whose principal diagnosis has a CCS category. */
  readonly stays: number | null;
  /** Hospital stays whose principal diagnosis the CCS map itself lists. */
  readonly listed: number | null;
  /** Procedures of hospital stays with a CCS category. */
  readonly procedures: number | null;
  /** Hospital stays that the Prevention Quality Indicators can judge: those with a principal diagnosis in ICD-10-CM. */
  readonly judged: number | null;
  /** Emergency visits that the NYU algorithm classes. */
  readonly emergency: number | null;
  /** Diagnoses in ICD-10-CM, in which the Charlson conditions are listed. */
  readonly comorbidity: number | null;
}

function percent(of: string): string {
  return `round(100 * count_if(${of}) / nullif(count(*), 0), 1)::double`;
}

const COVERAGE = `
  with stay as (
    select code.category, code.decided_by, part.primary_diagnosis_code_type
    from mart.inpatient_stay_part as part
    left join mart.ccs_code as code
      on code.classification = 'ccs-diagnosis'
      and code.code_system = part.primary_diagnosis_code_type
      and code.code = part.primary_diagnosis_code
  ),
  procedure as (
    select code.category
    from core.procedure as procedure
    join mart.inpatient_stay_part as part on part.encounter_id = procedure.encounter_id
    left join mart.ccs_code as code
      on code.classification = 'ccs-procedure' and code.code_system = procedure.code_system and code.code = procedure.code
  )
  from (select ${percent('category is not null')} as stays from stay),
    (select ${percent("decided_by = 'published'")} as listed from stay),
    (select ${percent('category is not null')} as procedures from procedure),
    (select ${percent("primary_diagnosis_code_type = 'icd-10-cm'")} as judged from stay),
    (select ${percent('class is not null')} as emergency from mart.emergency_visit),
    (select ${percent("code_system = 'icd-10-cm'")} as comorbidity from core.condition)`;

async function coverageOf(sources: readonly string[]): Promise<unknown> {
  const connection = await warehouse({ data_through: '2030-12-31', period: '2030' });
  const request = { connection, home: emptyHome(), runId: 'run-1', sources, skip: [], format: undefined };
  await load({ ...request, progress: silent });
  await make(connection, 'mart.ccs_code', 'mart.emergency_visit');
  const [found] = await rows(connection, COVERAGE);
  connection.closeSync();
  return found;
}

const EXTRACT = resolve(import.meta.dirname, '../../sample-data/extract');
const ALL = { stays: 100, listed: 100, procedures: 100, judged: 100, emergency: 100, comorbidity: 100 };
const NONE = { stays: 0, listed: 0, procedures: null, judged: 0, emergency: 0, comorbidity: 0 };

/** What the tables know of the samples, and why they do not know more. */
const SAMPLES: readonly (readonly [sample: string, sources: readonly string[], known: Coverage])[] = [
  ['our own sample population', [EXTRACT], ALL],
  [
    'Medicare RIF, without procedures and emergency visits',
    [join(DATA, 'rif/synthea')],
    { ...ALL, procedures: null, emergency: null },
  ],
  [
    'DE-SynPUF in ICD-9-CM, which states diagnoses as procedures too',
    ['sample-1', 'sample-2'].map((sample) => join(DATA, 'desynpuf', sample)),
    { ...NONE, stays: 100, listed: 100, procedures: 50.6, emergency: null },
  ],
  [
    'Tuva seeds, which call most of their diagnoses ICD-10-PCS',
    [join(DATA, 'tuva')],
    { ...NONE, stays: 16.7, listed: 16.7, judged: 16.7, comorbidity: 7.1 },
  ],
  ['Synthea, which speaks SNOMED CT', [join(DATA, 'synthea/small-28')], NONE],
];

describe.skipIf(whyNot !== '')(`codes that the published tables know${whyNot}`, () => {
  it.each(SAMPLES)('of %s', async (_, sources, known) => {
    expect(await coverageOf(sources)).toEqual(known);
  });
});
