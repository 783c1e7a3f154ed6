import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) =>
  everyRow({ gender: 'female', birth_date: '1950-05-05', enrollment_start_date: '2024-01-01' }, table);

/** Lines of professional claims, by code: G0439 an annual wellness visit, 99213 an office visit. */
const services = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' }, table);

export default {
  'in numerator: each of the three codes; denominator only: other visits': {
    given: {
      'input.eligibility': members(`
        person_id | payer              | payer_type         | enrollment_end_date
        ann       | medicare           | medicare           | 2024-12-31
        bea       | medicare           | medicare           | 2024-12-31
        cyn       | medicare advantage | medicare advantage | 2024-12-31
        dot       | medicare           | medicare           | 2024-12-31`),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | G0402      | 2024-03-01       | 2024-03-01
        2        | bea       | G0438      | 2024-03-01       | 2024-03-01
        3        | cyn       | G0439      | 2024-03-01       | 2024-03-01
        4        | dot       | 99213      | 2024-03-01       | 2024-03-01`),
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | initial_population | denominator | denominator_exclusion | numerator | status  | reason                        | evidence_date | evidence                                      | due_date
      ann        | ann       | AWV        | 1       | 2024-01-01   | true               | true        | false                 | true      | closed  | wellness visit in the year    | 2024-03-01    | wellness visit (HCPCS G0402, claim 2024-03-01) |
      bea        | bea       | AWV        | 1       | 2024-01-01   | true               | true        | false                 | true      | closed  | wellness visit in the year    | 2024-03-01    | wellness visit (HCPCS G0438, claim 2024-03-01) |
      cyn        | cyn       | AWV        | 1       | 2024-01-01   | true               | true        | false                 | true      | closed  | wellness visit in the year    | 2024-03-01    | wellness visit (HCPCS G0439, claim 2024-03-01) |
      dot        | dot       | AWV        | 1       | 2024-01-01   | true               | true        | false                 | false     | overdue | no wellness visit in the year |               |                                                | 2024-12-31`,
  },
  'just inside: on 1 January and on 31 December; enrolled in December only': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', birth_date: '1950-05-05', payer: 'medicare', payer_type: 'medicare' },
        `
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-12-31
        bea       | 2024-12-31            | 2024-12-31`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | G0439      | 2024-01-01       | 2024-01-01
        2        | bea       | G0439      | 2024-12-31       | 2024-12-31`),
    },
    expect: `
      person_id | period_start | initial_population | numerator
      ann       | 2024-01-01   | true               | true
      bea       | 2024-01-01   | true               | true`,
  },
  'just outside: on 31 December before the year; without Part B; in Medicaid': {
    given: {
      'input.eligibility': everyRow(
        {
          gender: 'female',
          birth_date: '1950-05-05',
          enrollment_start_date: '2024-01-01',
          enrollment_end_date: '2024-12-31',
        },
        `
        person_id | payer    | payer_type | is_part_b
        ann       | medicare | medicare   |
        bea       | medicare | medicare   | false
        cyn       | medicaid | medicaid   |`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | G0439      | 2023-12-31       | 2023-12-31
        2        | bea       | G0439      | 2024-03-01       | 2024-03-01
        3        | cyn       | G0439      | 2024-03-01       | 2024-03-01`),
    },
    expect: `
      person_id | period_start | numerator | status  | reason                                                            | evidence
      ann       | 2024-01-01   | false     | overdue | no wellness visit in the year; Medicare pays again from 2024-12 | last wellness visit (HCPCS G0439, claim 2023-12-31)`,
  },
  'while the year runs a gap is open; the reason says when Medicare pays again, if that is in the year': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', birth_date: '1950-05-05', payer: 'medicare', payer_type: 'medicare' },
        `
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-12-31
        bea       | 2024-01-01            | 2024-12-31`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | G0439      | 2023-02-01       | 2023-02-01
        2        | bea       | G0439      | 2023-01-31       | 2023-01-31`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | period_start | numerator | status | reason
      ann       | 2024-01-01   | false     | open   | no wellness visit in the year; Medicare pays again from 2024-02
      bea       | 2024-01-01   | false     | open   | no wellness visit in the year`,
  },
  'excluded: hospice in the year, died in the year, though seen': {
    given: {
      'input.eligibility': everyRow(
        {
          gender: 'female',
          birth_date: '1950-05-05',
          payer: 'medicare',
          payer_type: 'medicare',
          enrollment_start_date: '2024-01-01',
          enrollment_end_date: '2024-12-31',
        },
        `
        person_id | death_date
        ann       |
        bea       | 2024-12-31
        cyn       | 2025-01-01`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | G0439      | 2024-03-01       | 2024-03-01
        2        | ann       | G0182      | 2024-06-01       | 2024-06-01
        3        | bea       | G0439      | 2024-03-01       | 2024-03-01`),
    },
    variables: { data_through: '2025-01-31', period: '2024' },
    expect: `
      person_id | period_start | denominator_exclusion | numerator | status   | reason                        | evidence
      ann       | 2024-01-01   | true                  | false     | excluded | hospice care                  | hospice care (HCPCS G0182, claim 2024-06-01)
      bea       | 2024-01-01   | true                  | false     | excluded | died in the year              | died on 2024-12-31
      cyn       | 2024-01-01   | false                 | false     | overdue  | no wellness visit in the year |`,
  },
} satisfies Cases;
