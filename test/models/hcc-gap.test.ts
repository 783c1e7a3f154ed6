import { everyRow } from '../../pipelines/engine/cases.ts';
import { casesOf, type ModelCase } from './cases-of.ts';

const members = (...people: readonly string[]): string =>
  everyRow(
    {
      ...{
        enrollment_start_date: '2023-01-01',
        enrollment_end_date: '2024-12-31',
        payer: 'medicare',
        plan: 'medicare',
      },
      ...{ payer_type: 'medicare', gender: 'female', birth_date: '1950-06-15', original_reason_entitlement_code: '0' },
    },
    ['person_id | member_id', ...people.map((person) => `${person} | ${person}`)].join('\n'),
  );

/** `person claim day codes`, each an office visit; a bill type makes it institutional. */
const claims = (...lines: readonly string[]): string =>
  [
    'person_id | claim_id | claim_line_number | claim_type | bill_type_code | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1 | diagnosis_code_2',
    ...lines.map((line) => {
      const [person, claim, day, code, second = '', procedure = '99213'] = line.split(' ');
      return `${person} | ${claim} | 1 | professional |  | ${procedure} | ${day} | ${day} | ${code} | ${second === '-' ? '' : second}`;
    }),
  ].join('\n');

const results = (...lines: readonly string[]): string =>
  everyRow(
    { source_code_type: 'loinc' },
    [
      'observation_id | person_id | source_code | observation_date | result',
      ...lines.map((line, at) => {
        const [person, code, day, value] = line.split(' ');
        return `o${at}${person} | ${person} | ${code} | ${day} | ${value}`;
      }),
    ].join('\n'),
  );

const CASES: Readonly<Record<string, ModelCase>> = {
  'a lasting category of last year that no claim of this year has brought is to be recaptured': {
    given: {
      'input.eligibility': members('g1'),
      'input.medical_claim': claims('g1 a1 2023-03-01 G35', 'g1 a2 2023-05-01 G35', 'g1 a3 2024-05-01 I10'),
    },
    expect: `person_id | model | payment_year | hcc | kind | evidence | evidence_date
      g1 | V24 | 2025 | 77 | recapture | G35 on a claim of 2023-05-01 (a2), none in 2024 yet | 2023-05-01
      g1 | V28 | 2025 | 198 | recapture | G35 on a claim of 2023-05-01 (a2), none in 2024 yet | 2023-05-01`,
  },
  'neither a category that came again, nor one below a graver one, nor an episode is': {
    given: {
      'input.eligibility': members('g2'),
      'input.medical_claim': claims(
        'g2 b1 2023-03-01 G35 E119',
        'g2 b2 2023-04-01 I2101',
        'g2 b3 2024-05-01 G35 E1122',
      ),
    },
    expect: 'person_id | model | payment_year | hcc | kind',
  },
  'a diagnosis in the chart that no counting claim holds is suspected; one that a claim holds is not': {
    given: {
      'input.eligibility': members('g3'),
      'input.medical_claim': claims('g3 c1 2024-03-01 E119'),
      'input.condition': everyRow(
        { source_code_type: 'icd-10-cm', status: 'active' },
        `condition_id | person_id | source_code | recorded_date
         c1 | g3 | G35 | 2024-06-01
         c2 | g3 | E1122 | 2024-06-01
         c3 | g3 | J449 | 2021-06-01`,
      ),
    },
    expect: `person_id | model | payment_year | hcc | kind | evidence
      g3 | V24 | 2025 | 77 | suspect | G35 on 2024-06-01, recorded in the chart, on no claim that counts
      g3 | V28 | 2025 | 198 | suspect | G35 on 2024-06-01, recorded in the chart, on no claim that counts`,
  },
  'a diagnosis that was billed only where it does not count is suspected': {
    given: {
      'input.eligibility': members('g4'),
      'input.medical_claim': claims('g4 d1 2024-03-01 G35 - 80053', 'g4 d2 2024-05-01 I10'),
    },
    expect: `person_id | model | payment_year | hcc | kind | evidence
      g4 | V24 | 2025 | 77 | suspect | G35 on 2024-03-01, billed only where it does not count: no eligible procedure on the claim
      g4 | V28 | 2025 | 198 | suspect | G35 on 2024-03-01, billed only where it does not count: no eligible procedure on the claim`,
  },
  'two results of the diagnostic range hint at diabetes, one does not': {
    given: {
      'input.eligibility': members('g5', 'g6'),
      'input.observation': results('g5 4548-4 2024-02-01 6.5', 'g5 4548-4 2024-08-01 7.1', 'g6 4548-4 2024-02-01 9'),
    },
    expect: `person_id | model | payment_year | hcc | kind | evidence
      g5 | V24 | 2025 | 19 | suspect | hemoglobin A1c of 6.5% or more on 2 days, last 7.1% on 2024-08-01
      g5 | V28 | 2025 | 38 | suspect | hemoglobin A1c of 6.5% or more on 2 days, last 7.1% on 2024-08-01`,
  },
  'a filtration rate below 60 for 90 days hints at kidney disease of the stage of the best': {
    given: {
      'input.eligibility': members('g7', 'g8', 'g9'),
      'input.observation': results(
        ...['g7 98979-8 2024-02-01 28', 'g7 98979-8 2024-05-01 41'],
        ...['g8 98979-8 2024-02-01 28', 'g8 98979-8 2024-04-30 41'],
        ...['g9 98979-8 2024-02-01 28', 'g9 98979-8 2024-05-01 60'],
      ),
    },
    expect: `person_id | model | payment_year | hcc | kind | evidence
      g7 | V24 | 2025 | 138 | suspect | every estimated filtration rate from 2024-02-01 to 2024-05-01 below 60, best 41.0
      g7 | V28 | 2025 | 328 | suspect | every estimated filtration rate from 2024-02-01 to 2024-05-01 below 60, best 41.0`,
  },
  'the last body mass index hints at severe obesity': {
    given: {
      'input.eligibility': members('g10', 'g11'),
      'input.observation': results(
        ...['g10 39156-5 2024-02-01 38', 'g10 39156-5 2024-05-01 41.5'],
        ...['g11 39156-5 2024-02-01 41', 'g11 39156-5 2024-05-01 39'],
      ),
    },
    expect: `person_id | model | payment_year | hcc | kind | evidence
      g10 | V24 | 2025 | 22 | suspect | body mass index 41.5 on 2024-05-01
      g10 | V28 | 2025 | 48 | suspect | body mass index 41.5 on 2024-05-01`,
  },
  'a medicine for dementia hints at dementia': {
    given: {
      'input.eligibility': members('g12'),
      'input.medication': `medication_id | person_id | rxnorm_code | prescribing_date
        m1 | g12 | 1100184 | 2024-05-01`,
    },
    expect: `person_id | model | payment_year | hcc | kind | evidence
      g12 | V24 | 2025 | 52 | suspect | a medicine for dementia on 2024-05-01
      g12 | V28 | 2025 | 127 | suspect | a medicine for dementia on 2024-05-01`,
  },
  'fills of insulin hint at diabetes': {
    given: {
      'input.eligibility': members('g13'),
      'input.medication': `medication_id | person_id | ndc_code | ndc_description | prescribing_date
        m2 | g13 | 00088222033 | insulin glargine | 2022-05-01`,
      'input.pharmacy_claim': `person_id | claim_id | claim_line_number | ndc_code | dispensing_date
        g13 | f1 | 1 | 00088222033 | 2024-02-01
        g13 | f2 | 1 | 00088222033 | 2024-03-01`,
    },
    expect: `person_id | model | payment_year | hcc | kind | evidence
      g13 | V24 | 2025 | 19 | suspect | 2 fills of insulin, last on 2024-03-01
      g13 | V28 | 2025 | 38 | suspect | 2 fills of insulin, last on 2024-03-01`,
  },
};

casesOf('mart.hcc_gap', CASES);
