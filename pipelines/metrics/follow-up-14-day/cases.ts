import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (...people: readonly string[]) =>
  everyRow(
    {
      gender: 'female',
      birth_date: '1950-03-01',
      payer: 'medicare',
      enrollment_start_date: '2022-01-01',
      enrollment_end_date: '2024-12-31',
    },
    ['person_id', ...people].join('\n'),
  );

/** Claims of hospital stays (a status) and of office visits (a place and code), one line each. */
const claims = (table: string) => everyRow({ claim_line_number: '1' }, table);

export default {
  'in numerator: an office visit after discharge to home; denominator only: none': {
    given: {
      'input.eligibility': members('ann', 'bob'),
      'input.medical_claim': claims(`
        claim_id | person_id | claim_type    | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | facility_npi | place_of_service_code | hcpcs_code
        1        | ann       | institutional | 111            | 2024-01-01       | 2024-01-05     | 01                         | north        |                       |
        2        | ann       | professional  |                | 2024-01-08       | 2024-01-08     |                            |              | 11                    | 99495
        3        | bob       | institutional | 111            | 2024-01-01       | 2024-01-05     | 06                         | north        |                       |`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion | facility | discharge_setting
      ann       | 2024-01-05  | 1         | 1           |           | north    | home
      bob       | 2024-01-05  | 0         | 1           |           | north    | home health`,
  },
  'just inside: a visit on day 14': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': claims(`
        claim_id | person_id | claim_type    | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | facility_npi | place_of_service_code | hcpcs_code
        1        | ann       | institutional | 111            | 2024-01-01       | 2024-01-05     | 01                         | north        |                       |
        2        | ann       | professional  |                | 2024-01-19       | 2024-01-19     |                            |              | 11                    | 99214`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-05  | 1         | 1           |`,
  },
  'just outside: a visit on day 15': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': claims(`
        claim_id | person_id | claim_type    | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | facility_npi | place_of_service_code | hcpcs_code
        1        | ann       | institutional | 111            | 2024-01-01       | 2024-01-05     | 01                         | north        |                       |
        2        | ann       | professional  |                | 2024-01-20       | 2024-01-20     |                            |              | 11                    | 99214`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-05  | 0         | 1           |`,
  },
  'just outside: a visit on the day of discharge': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': claims(`
        claim_id | person_id | claim_type    | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | facility_npi | place_of_service_code | hcpcs_code
        1        | ann       | institutional | 111            | 2024-01-01       | 2024-01-05     | 01                         | north        |                       |
        2        | ann       | professional  |                | 2024-01-05       | 2024-01-05     |                            |              | 11                    | 99214`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-05  | 0         | 1           |`,
  },
  'a telehealth visit of the practice’s own record counts; a blood test does not': {
    given: {
      'input.eligibility': members('ann', 'bob'),
      'input.medical_claim': claims(`
        claim_id | person_id | claim_type    | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | facility_npi | place_of_service_code | hcpcs_code
        1        | ann       | institutional | 111            | 2024-01-01       | 2024-01-05     | 01                         | north        |                       |
        2        | bob       | institutional | 111            | 2024-01-01       | 2024-01-05     | 01                         | north        |                       |
        3        | bob       | professional  |                | 2024-01-08       | 2024-01-08     |                            |              | 11                    | 80053`),
      'input.encounter': `
        encounter_id | person_id | encounter_type | encounter_start_date | encounter_end_date
        1            | ann       | telehealth     | 2024-01-09           | 2024-01-09`,
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-05  | 1         | 1           |
      bob       | 2024-01-05  | 0         | 1           |`,
  },
  'excluded: died in hospital, left against advice, sent to a nursing facility, status not stated': {
    given: {
      'input.eligibility': members('ann', 'bob', 'cal', 'dan'),
      'input.medical_claim': claims(`
        claim_id | person_id | claim_type    | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | facility_npi
        1        | ann       | institutional | 111            | 2024-01-01       | 2024-01-05     | 20                         | north
        2        | bob       | institutional | 111            | 2024-01-01       | 2024-01-05     | 07                         | north
        3        | cal       | institutional | 111            | 2024-01-01       | 2024-01-05     | 03                         | north
        4        | dan       | institutional | 111            | 2024-01-01       | 2024-01-05     |                            | north`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-05  | 0         | 1           | died in hospital
      bob       | 2024-01-05  | 0         | 1           | left against medical advice
      cal       | 2024-01-05  | 0         | 1           | not discharged home
      dan       | 2024-01-05  | 0         | 1           | discharge setting unknown`,
  },
  'excluded: admitted again or died within the window, visited or not': {
    given: {
      'input.eligibility': everyRow(
        {
          gender: 'female',
          birth_date: '1950-03-01',
          payer: 'medicare',
          enrollment_start_date: '2022-01-01',
          enrollment_end_date: '2024-12-31',
        },
        `
        person_id | death_date
        ann       |
        bob       | 2024-01-10`,
      ),
      'input.medical_claim': claims(`
        claim_id | person_id | claim_type    | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | facility_npi | place_of_service_code | hcpcs_code
        1        | ann       | institutional | 111            | 2024-01-01       | 2024-01-05     | 01                         | north        |                       |
        2        | ann       | professional  |                | 2024-01-07       | 2024-01-07     |                            |              | 11                    | 99214
        3        | ann       | institutional | 111            | 2024-01-09       | 2024-01-12     | 03                         | north        |                       |
        4        | bob       | institutional | 111            | 2024-01-01       | 2024-01-05     | 01                         | north        |                       |`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-05  | 1         | 1           | admitted again within 14 days
      ann       | 2024-01-12  | 0         | 1           | not discharged home
      bob       | 2024-01-05  | 0         | 1           | died within 14 days`,
  },
  'a transfer is followed from its last hospital': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': claims(`
        claim_id | person_id | claim_type    | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | facility_npi | place_of_service_code | hcpcs_code
        1        | ann       | institutional | 111            | 2024-01-01       | 2024-01-05     | 02                         | north        |                       |
        2        | ann       | institutional | 111            | 2024-01-05       | 2024-01-20     | 01                         | south        |                       |
        3        | ann       | professional  |                | 2024-01-25       | 2024-01-25     |                            |              | 11                    | 99495`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion | facility
      ann       | 2024-01-20  | 1         | 1           |           | south`,
  },
  'just inside: discharged 14 days before the data end; just outside, a day later': {
    given: {
      'input.eligibility': members('ann', 'bob'),
      'input.medical_claim': claims(`
        claim_id | person_id | claim_type    | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | facility_npi
        1        | ann       | institutional | 111            | 2024-12-10       | 2024-12-17     | 01                         | north
        2        | bob       | institutional | 111            | 2024-12-10       | 2024-12-18     | 01                         | north`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-12-17  | 0         | 1           |
      bob       | 2024-12-18  | 0         | 1           | follow-up incomplete`,
  },
  'excluded: coverage ends before the window does': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', birth_date: '1950-03-01', payer: 'medicare' },
        `
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2022-01-01            | 2024-01-31`,
      ),
      'input.medical_claim': claims(`
        claim_id | person_id | claim_type    | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | facility_npi
        1        | ann       | institutional | 111            | 2024-01-20       | 2024-01-28     | 01                         | north`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-28  | 0         | 1           | not enrolled through day 14`,
  },
} satisfies Cases;
