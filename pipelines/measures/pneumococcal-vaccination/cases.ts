import { type Cases, everyRow } from '../../engine/cases.ts';

/** People in Medicare in 2024, 70 years old in May. */
const members = (...people: readonly string[]) =>
  everyRow(
    {
      gender: 'female',
      birth_date: '1954-05-05',
      payer: 'medicare',
      enrollment_start_date: '2024-01-01',
      enrollment_end_date: '2024-12-31',
    },
    ['person_id', ...people].join('\n'),
  );

/** Lines of professional claims, by code: 99213 an office visit, 90677 and 90732 vaccines, G0009 their administration. */
const services = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' }, table);

export default {
  'in numerator: vaccinated in the year or long before, by claim or by the EHR; denominator only: never': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-01       | 2024-03-01
        2        | ann       | G0009      | 2024-03-01       | 2024-03-01
        3        | bea       | 99213      | 2024-03-01       | 2024-03-01
        4        | cyn       | 99213      | 2024-03-01       | 2024-03-01`),
      'input.immunization': `
        immunization_id | person_id | occurrence_date | source_code_type | source_code | status
        1               | bea       | 2014-05-05      | cvx              | 33          | completed`,
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | initial_population | denominator | numerator | status             | reason                                         | evidence_date | evidence                                                 | due_date
      ann        | ann       | PNEUMO     | 1       | 2024-01-01   | true               | true        | true      | closed             | vaccinated against pneumococcal disease        | 2024-03-01    | pneumococcal vaccination (HCPCS G0009, claim 2024-03-01) |
      bea        | bea       | PNEUMO     | 1       | 2024-01-01   | true               | true        | true      | closed             | vaccinated against pneumococcal disease        | 2014-05-05    | pneumococcal vaccination (CVX 33, EHR 2014-05-05)        |
      cyn        | cyn       | PNEUMO     | 1       | 2024-01-01   | true               | true        | false     | history incomplete | no vaccination since the data begin in 2024-01 |               |                                                          | 2024-12-31`,
  },
  'just inside: 66 on the day of a visit; vaccinated on the 60th birthday, from 2026 on on the 19th, and on 31 December':
    {
      given: {
        'input.eligibility': everyRow(
          { gender: 'male', payer: 'medicare', enrollment_start_date: '2025-01-01', enrollment_end_date: '2026-12-31' },
          `
        person_id | birth_date
        abe       | 1959-03-01
        bob       | 1959-03-01
        cal       | 1959-03-01`,
        ),
        'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | abe       | 99213      | 2025-03-01       | 2025-03-01
        2        | bob       | 99213      | 2025-03-01       | 2025-03-01
        3        | bob       | 90677      | 2025-12-31       | 2025-12-31
        4        | cal       | 99213      | 2026-03-01       | 2026-03-01`),
        'input.immunization': `
        immunization_id | person_id | occurrence_date | source_code_type | source_code | status
        1               | abe       | 2019-03-01      | cvx              | 33          | completed
        2               | cal       | 1978-03-01      | cvx              | 33          | completed`,
      },
      variables: { data_through: '2026-12-31', period: '2026' },
      expect: `
      person_id | period_start | initial_population | numerator | status
      abe       | 2025-01-01   | true               | true      | closed
      abe       | 2026-01-01   | false              | false     | not eligible
      bob       | 2025-01-01   | true               | true      | closed
      bob       | 2026-01-01   | false              | false     | not eligible
      cal       | 2025-01-01   | false              | false     | not eligible
      cal       | 2026-01-01   | true               | true      | closed`,
    },
  'just outside: 65 at the last visit; vaccinated at 59, from 2026 on as a child, or after the year; no visit': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'male', payer: 'medicare', enrollment_start_date: '2025-01-01', enrollment_end_date: '2025-12-31' },
        `
        person_id | birth_date
        abe       | 1959-03-02
        bob       | 1958-03-01
        cal       | 1958-03-01
        dan       | 1958-03-01`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | abe       | 99213      | 2025-03-01       | 2025-03-01
        2        | bob       | 99213      | 2025-03-01       | 2025-03-01
        3        | bob       | 99213      | 2026-03-01       | 2026-03-01
        4        | cal       | 99213      | 2025-03-01       | 2025-03-01
        5        | cal       | 90677      | 2027-01-01       | 2027-01-01
        6        | cal       | 99213      | 2026-03-01       | 2026-03-01
        7        | dan       | 90677      | 2025-03-01       | 2025-03-01`),
      'input.immunization': `
        immunization_id | person_id | occurrence_date | source_code_type | source_code | status
        1               | bob       | 1977-02-28      | cvx              | 33          | completed
        2               | cal       | 2018-02-28      | cvx              | 33          | completed`,
    },
    variables: { data_through: '2027-01-31', period: '2026' },
    expect: `
      person_id | period_start | initial_population | numerator | status             | reason
      abe       | 2025-01-01   | false              | false     | not eligible       | no outpatient visit from the age of 66 on
      bob       | 2025-01-01   | true               | false     | history incomplete | no vaccination since the data begin in 2025-01
      bob       | 2026-01-01   | true               | false     | history incomplete | no vaccination since the data begin in 2025-01
      cal       | 2025-01-01   | true               | false     | history incomplete | no vaccination since the data begin in 2025-01
      cal       | 2026-01-01   | true               | true      | closed             | vaccinated against pneumococcal disease
      dan       | 2025-01-01   | false              | false     | not eligible       | no outpatient visit in the year`,
  },
  'refused: declined in the year, still an open gap; open where the data reach back to the age of 65': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'male', payer: 'medicare', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date | enrollment_start_date
        abe       | 1954-05-05 | 2024-01-01
        bob       | 1958-05-05 | 2023-05-01`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | abe       | 99213      | 2024-03-01       | 2024-03-01
        2        | bob       | 99213      | 2024-06-01       | 2024-06-01`),
      'input.immunization': `
        immunization_id | person_id | occurrence_date | source_code_type | source_code | status   | not_done_reason_code_type | not_done_reason_code
        1               | abe       | 2024-03-01      | cvx              | 216         | not done | act-reason                | PATOBJ`,
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | period_start | denominator | numerator | status  | reason               | evidence                                       | due_date
      abe       | 2024-01-01   | true        | false     | refused | vaccination declined | vaccination declined (CVX 216, EHR 2024-03-01) | 2024-12-31
      bob       | 2024-01-01   | true        | false     | open    | no vaccination       |                                                | 2024-12-31`,
  },
  'excepted: a medical reason on a claim or in the EHR; what was declined is not excepted': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-01       | 2024-03-01
        2        | ann       | G9989      | 2024-03-01       | 2024-03-01
        3        | bea       | 99213      | 2024-03-01       | 2024-03-01
        4        | bea       | G8866      | 2024-03-01       | 2024-03-01
        5        | cyn       | 99213      | 2024-03-01       | 2024-03-01`),
      'input.immunization': `
        immunization_id | person_id | occurrence_date | source_code_type | source_code | status   | not_done_reason_code_type | not_done_reason_code
        1               | cyn       | 2024-03-01      | cvx              | 216         | not done | act-reason                | MEDPREC`,
    },
    expect: `
      person_id | period_start | denominator_exception | status   | evidence
      ann       | 2024-01-01   | true                  | excepted | not vaccinated (HCPCS G9989, claim 2024-03-01)
      bea       | 2024-01-01   | false                 | refused  | vaccination declined (HCPCS G8866, claim 2024-03-01)
      cyn       | 2024-01-01   | true                  | excepted | not vaccinated (CVX 216, EHR 2024-03-01)`,
  },
  'excluded: hospice in the year, though vaccinated': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-01       | 2024-03-01
        2        | ann       | 90677      | 2024-03-01       | 2024-03-01
        3        | ann       | G0182      | 2024-06-01       | 2024-06-01`),
    },
    expect: `
      person_id | period_start | denominator_exclusion | numerator | status   | evidence
      ann       | 2024-01-01   | true                  | false     | excluded | hospice care (HCPCS G0182, claim 2024-06-01)`,
  },
} satisfies Cases;
