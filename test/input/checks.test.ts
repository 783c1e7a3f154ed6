import { DuckDBInstance } from '@duckdb/node-api';
import { beforeEach, describe, expect, it } from 'vitest';
import { parsePipeTable } from '../../pipelines/engine/cases.ts';
import { inputChecks, runInputChecks } from '../../pipelines/input/checks.ts';
import { createInput } from '../../pipelines/input/tables.ts';

/** Input tables as pipe tables; a column that is not listed is null. */
type Given = Readonly<Record<string, string>>;

let connection: Awaited<ReturnType<DuckDBInstance['connect']>>;
beforeEach(async () => {
  connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  await connection.run('create schema input');
  await createInput(connection, 'input');
});

async function violations(id: string, given: Given): Promise<string> {
  for (const [table, text] of Object.entries(given)) {
    for (const row of parsePipeTable(text)) {
      const names = Object.keys(row);
      const values = names.map((name) => `$${name}`).join(', ');
      await connection.run(`insert into input.${table} (${names.join(', ')}) values (${values})`, row);
    }
  }
  const found = (await runInputChecks(connection)).find((finding) => finding.id === id);
  return `${found?.violations} of ${found?.denominator}`;
}

/** For every check: rows of which exactly the first breaks it. */
const CASES: Readonly<Record<string, Given>> = {
  'eligibility-starts-before-it-ends': {
    eligibility: `
      person_id | enrollment_start_date | enrollment_end_date
      ann       | 2024-02-01            | 2024-01-31
      ann       | 2024-02-01            | 2024-02-01
      bob       | 2024-02-01            |`,
  },
  'eligibility-death-after-birth': {
    eligibility: `
      person_id | birth_date | death_date
      ann       | 1950-01-02 | 1950-01-01
      bob       | 1950-01-01 | 1950-01-01`,
  },
  'eligibility-not-after-death': {
    eligibility: `
      person_id | enrollment_start_date | death_date
      ann       | 2024-02-02            | 2024-02-01
      bob       | 2024-02-01            | 2024-02-01`,
  },
  'eligibility-birth-date-known': {
    eligibility: `
      person_id | birth_date
      ann       |
      bob       | 1950-01-01`,
  },
  'eligibility-sex-known': {
    eligibility: `
      person_id | gender
      ann       | f
      bob       | male`,
  },
  'eligibility-payer-type-known': {
    eligibility: `
      person_id | payer_type
      ann       | hmo
      bob       | medicare advantage`,
  },
  'eligibility-death-dated': {
    eligibility: `
      person_id | death_flag | death_date
      ann       | true       |
      bob       | true       | 2024-02-01
      cyd       | false      |`,
  },
  'medical-claim-starts-before-it-ends': {
    medical_claim: `
      claim_id | claim_start_date | claim_end_date
      1        | 2024-02-02       | 2024-02-01
      2        | 2024-02-01       | 2024-02-01`,
  },
  'medical-claim-line-starts-before-it-ends': {
    medical_claim: `
      claim_id | claim_line_start_date | claim_line_end_date
      1        | 2024-02-02            | 2024-02-01
      2        | 2024-02-01            | 2024-02-01`,
  },
  'medical-claim-admitted-before-discharged': {
    medical_claim: `
      claim_id | admission_date | discharge_date
      1        | 2024-02-02     | 2024-02-01
      2        | 2024-02-01     | 2024-02-01`,
  },
  'medical-claim-stay-below-a-year': {
    medical_claim: `
      claim_id | admission_date | discharge_date
      1        | 2023-01-01     | 2024-01-02
      2        | 2023-01-01     | 2024-01-01`,
  },
  'medical-claim-paid-not-negative': {
    medical_claim: `
      claim_id | paid_amount | claim_status
      1        | -0.01       | paid
      2        | 0.00        |
      3        | -5.00       | reversed`,
  },
  'medical-claim-paid-within-allowed': {
    medical_claim: `
      claim_id | paid_amount | allowed_amount
      1        | 5.01        | 5.00
      2        | 5.00        | 5.00
      3        | 5.00        |`,
  },
  'medical-claim-type-known': {
    medical_claim: `
      claim_id | claim_type
      1        | vision
      2        | professional`,
  },
  'medical-claim-institutional-has-bill-type': {
    medical_claim: `
      claim_id | claim_type    | bill_type_code
      1        | institutional | 0111
      2        | institutional | 111
      3        | professional  |`,
  },
  'medical-claim-professional-has-place': {
    medical_claim: `
      claim_id | claim_type    | place_of_service_code
      1        | professional  |
      2        | professional  | 11
      3        | institutional |`,
  },
  'medical-claim-professional-has-procedure': {
    medical_claim: `
      claim_id | claim_type   | hcpcs_code
      1        | professional |
      2        | professional | 99213`,
  },
  'medical-claim-revenue-code-whole': {
    medical_claim: `
      claim_id | revenue_center_code
      1        | 450
      2        | 0450
      3        |`,
  },
  'medical-claim-has-diagnosis': {
    medical_claim: `
      claim_id | diagnosis_code_1
      1        |
      2        | E119`,
  },
  'medical-claim-diagnosis-looks-like-icd-10': {
    medical_claim: `
      claim_id | diagnosis_code_type | diagnosis_code_1
      1        | icd-10-cm           | 250
      2        | icd-10-cm           | E119
      3        | icd-9-cm            | 250`,
  },
  'medical-claim-rendering-npi-whole': {
    medical_claim: `
      claim_id | rendering_npi
      1        | 123456789
      2        | 1234567890
      3        |`,
  },
  'medical-claim-facility-npi-whole': {
    medical_claim: `
      claim_id | facility_npi
      1        | 12345678901
      2        | 1234567890`,
  },
  'medical-claim-paid-after-service': {
    medical_claim: `
      claim_id | claim_start_date | paid_date
      1        | 2024-02-02       | 2024-02-01
      2        | 2024-02-02       | 2024-02-02`,
  },
  'pharmacy-claim-drug-known': {
    pharmacy_claim: `
      claim_id | ndc_code
      1        | 1234
      2        | 12345678901`,
  },
  'pharmacy-claim-paid-not-negative': {
    pharmacy_claim: `
      claim_id | paid_amount | claim_status
      1        | -1.00       |
      2        | -1.00       | reversed
      3        | 1.00        |`,
  },
  'pharmacy-claim-supply-plausible': {
    pharmacy_claim: `
      claim_id | days_supply
      1        | 0
      2        | 90
      3        |`,
  },
  'encounter-starts-before-it-ends': {
    encounter: `
      encounter_id | encounter_start_date | encounter_end_date
      1            | 2024-02-02           | 2024-02-01
      2            | 2024-02-02           | 2024-02-02`,
  },
  'condition-begins-before-it-ends': {
    condition: `
      condition_id | onset_date | resolved_date
      1            | 2024-02-02 | 2024-02-01
      2            | 2024-02-02 | 2024-02-02`,
  },
  'lab-result-has-code': {
    lab_result: `
      lab_result_id | source_order_code
      1             |
      2             | 4548-4`,
  },
  'lab-result-has-value': {
    lab_result: `
      lab_result_id | result
      1             |
      2             | 9.1`,
  },
  'person-has-one-sex': {
    eligibility: `
      person_id | gender
      ann       | female
      bob       | male
      bob       | male`,
    patient: `
      person_id | sex
      ann       | male
      bob       |`,
  },
  'person-has-one-birth-date': {
    eligibility: `
      person_id | birth_date
      ann       | 1950-01-01
      ann       | 1950-01-02
      bob       | 1950-01-01`,
    patient: `
      person_id | birth_date
      bob       | 1950-01-01`,
  },
  'person-has-one-death-date': {
    eligibility: `
      person_id | death_date
      ann       | 2024-01-01
      bob       |`,
    patient: `
      person_id | death_date
      ann       | 2024-01-02
      bob       | 2024-01-02`,
  },
  'eligibility-spans-do-not-overlap': {
    eligibility: `
      person_id | payer | plan | source_name | enrollment_start_date | enrollment_end_date
      ann       | m     | m    | s           | 2024-01-01            | 2024-03-31
      ann       | m     | m    | s           | 2024-02-01            | 2024-02-29
      ann       | m     | m    | s           | 2024-04-01            |
      ann       | m     | other| s           | 2024-02-01            | 2024-02-29`,
  },
  'medical-claim-has-one-person': {
    medical_claim: `
      claim_id | source_name | person_id
      1        | s           | ann
      1        | s           | bob
      2        | s           | bob
      2        | s           | bob
      2        | t           | ann`,
  },
  'medical-claim-while-covered': {
    eligibility: `
      person_id | enrollment_start_date | enrollment_end_date
      ann       | 2024-01-01            | 2024-01-31
      bob       | 2024-01-01            |`,
    medical_claim: `
      claim_id | person_id | claim_start_date
      1        | ann       | 2024-02-01
      2        | ann       | 2024-01-31
      3        | bob       | 2025-01-31`,
  },
  'medical-claim-not-after-death': {
    patient: `
      person_id | death_date
      ann       | 2024-01-01`,
    medical_claim: `
      claim_id | person_id | claim_start_date
      1        | ann       | 2024-02-02
      2        | ann       | 2024-02-01`,
  },
  ...Object.fromEntries(
    ['medical_claim', 'pharmacy_claim', 'encounter', 'condition', 'lab_result', 'observation'].map((table) => [
      `${table.replaceAll('_', '-')}-person-known`,
      {
        patient: 'person_id\nann',
        eligibility: 'person_id\nbob\nbob',
        [table]: 'person_id\ncyd\nann\nbob',
      },
    ]),
  ),
};

describe('an input check finds what breaks it and nothing else', () => {
  for (const [id, given] of Object.entries(CASES)) {
    it(inputChecks.find((check) => check.id === id)?.title ?? id, async () => {
      expect(await violations(id, given)).toMatch(/^1 of [2-9]$/);
    });
  }

  it('and each has its case', () => {
    expect(inputChecks.map(({ id }) => id).sort()).toEqual(Object.keys(CASES).sort());
  });

  it('and none applies to an empty input', async () => {
    const findings = await runInputChecks(connection);
    expect(findings.filter(({ violations: broken, denominator }) => broken !== 0 || denominator !== 0)).toEqual([]);
  });
});
