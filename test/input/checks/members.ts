import { type Fixtures, onRows } from './fixture.ts';

const SPAN = 'enrollment_start_date | enrollment_end_date';

/** Coverage in one plan that ends, and begins again. */
const plan = (end: string, start: string) => `
  person_id | payer | plan | source_name | ${SPAN}
  ann       | m     | m    | s           | 2024-01-01 | ${end}
  ann       | m     | m    | s           | ${start} | 2024-03-31`;

/** Medicare to the end of February, and Medicare Advantage from a day on. */
const kinds = (start: string) => `
  person_id | payer_type         | ${SPAN}
  ann       | medicare           | 2024-01-01 | 2024-02-29
  ann       | medicare advantage | ${start} |`;

export const members: Fixtures = {
  ...onRows('eligibility', {
    'starts-before-it-ends': [SPAN, '2024-02-01 | 2024-01-31', '2024-02-01 | 2024-02-01', '2024-02-01 |'],
    'mostly-in-order': [SPAN, '2024-02-01 | 2024-01-31', '2024-02-01 | 2024-02-01'],
    'not-after-death': ['enrollment_start_date | death_date', '2024-02-02 | 2024-02-01', '2024-02-01 | 2024-02-01'],
    'ends-with-death': [
      `${SPAN} | death_date`,
      '2024-01-01 | 2024-03-04 | 2024-02-01',
      '2024-01-01 | 2024-03-03 | 2024-02-01',
    ],
    'not-before-birth': ['enrollment_start_date | birth_date', '2024-02-01 | 2024-02-02', '2024-02-01 | 2024-02-01'],
    'starts-before-delivery': [
      'enrollment_start_date | file_date',
      '2025-02-02 | 2024-02-01',
      '2025-02-01 | 2024-02-01',
    ],
    'payer-named': ['person_id | payer', 'ann |', 'ann | medicare'],
    'payer-type-known': ['payer_type', 'dental', 'medicare', 'medicare advantage', 'medicaid', 'commercial'],
    'advantage-has-both-parts': [
      'payer_type | is_part_a | is_part_b',
      'medicare advantage | true | false',
      'medicare advantage | true |',
    ],
    'member-number-known': ['person_id | member_id', 'ann |', 'ann | 1'],
    'mbi-whole': ['member_id', '1EG4TE5LK73', '1EG4TE5MK73', '1S00A00AA00'],
    'no-old-medicare-number': ['member_id', '123456789A', '1EG4TE5MK73', '123456789'],
    'birth-date-known': ['person_id | birth_date', 'ann |', 'ann | 1950-01-01'],
    'birth-date-mostly-known': ['person_id | birth_date', 'ann |', 'ann | 1950-01-01'],
    'birth-plausible': ['enrollment_start_date | birth_date', '2024-01-02 | 1904-01-01', '2024-01-01 | 1904-01-01'],
    'death-after-birth': ['birth_date | death_date', '1950-01-02 | 1950-01-01', '1950-01-01 | 1950-01-01'],
    'death-before-delivery': ['death_date | file_date', '2024-02-02 | 2024-02-01', '2024-02-01 | 2024-02-01'],
    'death-dated': ['death_flag | death_date', 'true |', 'true | 2024-02-01'],
    'death-marked': ['death_flag | death_date', 'false | 2024-02-01', 'true | 2024-02-01'],
    'sex-known': ['gender', 'unknown', 'female', 'male'],
    'sex-worded': ['gender', 'femal', 'female', 'm', 'unknown'],
    'race-known': ['person_id | race', 'ann |', 'ann | white'],
    'zip-whole': ['zip_code', '2139', '02139', '02139-1234', '021391234', '00501'],
    'county-whole': ['county_fips', '9049', '39049'],
    'state-known': ['state', 'XX', 'OH', 'Ohio', 'pr'],
    'dual-status-valid': ['dual_status_code', '07', '02', '2.0', '00', 'NA'],
    'medicare-status-valid': ['medicare_status_code', '12', '10', '31'],
    'entitlement-valid': ['original_reason_entitlement_code', '4', '0', '3'],
    'spans-do-not-overlap': [
      `person_id | payer | plan | source_name | ${SPAN}`,
      'ann | m | m | s | 2024-01-01 | 2024-03-31\nann | m | m | s | 2024-02-01 | 2024-02-29',
      'ann | m | m | s | 2024-01-01 | 2024-03-31',
      'ann | m | m | s | 2024-04-01 |',
      'ann | m | other | s | 2024-02-01 | 2024-02-29',
    ],
  }),
  ...onRows('patient', {
    'birth-date-known': ['person_id | birth_date', 'ann |', 'ann | 1950-01-01'],
    'birth-plausible': ['birth_date', '1899-12-31', '1900-01-01'],
    'death-after-birth': ['birth_date | death_date', '1950-01-02 | 1950-01-01', '1950-01-01 | 1950-01-01'],
    'death-dated': ['death_flag | death_date', 'true |', 'true | 2024-02-01'],
    'sex-known': ['sex', 'unknown', 'female', 'male'],
    'name-known': ['person_id | last_name', 'ann |', 'ann | Lee'],
    'zip-whole': ['zip_code', '00000', '02139'],
    'county-whole': ['county_fips', '00000', '42101'],
    'state-known': ['state', 'ZZ', 'Pennsylvania'],
  }),
  ...onRows('provider_attribution', {
    'month-whole': ['year_month', '202413', '202412'],
    'somebody-named': [
      'person_id | payer_attributed_provider | payer_attributed_provider_practice',
      'ann | |',
      'ann | | p1',
    ],
    'payer-attributed-provider-whole': ['payer_attributed_provider', '1234567890', '1234567893'],
  }),
  'person-has-one-sex': {
    fails: {
      'input.eligibility': 'person_id | gender\nann | female',
      'input.patient': 'person_id | sex\nann | male',
    },
    passes: {
      'input.eligibility': 'person_id | gender\nann | f\nann | unknown',
      'input.patient': 'person_id | sex\nann | female\nbob | male',
    },
  },
  'person-has-one-birth-date': {
    fails: { 'input.eligibility': 'person_id | birth_date\nann | 1950-01-01\nann | 1950-01-02' },
    passes: {
      'input.eligibility': 'person_id | birth_date\nann | 1950-01-01\nann |',
      'input.patient': 'person_id | birth_date\nann | 1950-01-01',
    },
  },
  'person-has-one-death-date': {
    fails: {
      'input.eligibility': 'person_id | death_date\nann | 2024-01-01',
      'input.patient': 'person_id | death_date\nann | 2024-01-02',
    },
    passes: {
      'input.eligibility': 'person_id | death_date\nann |',
      'input.patient': 'person_id | death_date\nann | 2024-01-02',
    },
  },
  'person-is-one-person': {
    fails: {
      'input.patient': `
        person_id | first_name | last_name | birth_date
        ann       | Ann        | Lee       | 1950-01-01
        annie     | ANN        | LEE       | 1950-01-01`,
    },
    passes: {
      'input.eligibility': 'person_id | first_name | last_name | birth_date\nann | Ann | Lee | 1950-01-01',
      'input.patient': `
        person_id | first_name | last_name | birth_date
        ann       | Ann        | Lee       | 1950-01-01
        bob       | Ann        | Lee       | 1960-01-01`,
    },
  },
  'eligibility-no-short-gap': {
    fails: { 'input.eligibility': plan('2024-01-31', '2024-03-02') },
    passes: { 'input.eligibility': `${plan('2024-01-31', '2024-03-03')}\nann | m | m | s | 2024-04-01 |` },
  },
  'person-has-one-member-number': {
    fails: { 'input.eligibility': 'person_id | source_name | payer | member_id\nann | s | m | 1\nann | s | m | 2' },
    passes: { 'input.eligibility': 'person_id | source_name | payer | member_id\nann | s | m | 1\nann | s | x | 2' },
  },
  'eligibility-one-kind-of-medicare': {
    fails: { 'input.eligibility': kinds('2024-02-28') },
    passes: { 'input.eligibility': kinds('2024-02-29') },
  },
  'person-has-own-member-number': {
    fails: { 'input.eligibility': 'person_id | source_name | payer | member_id\nann | s | m | 1\nbob | s | m | 1' },
    passes: {
      'input.eligibility': `
        person_id | source_name | payer | member_id
        ann       | s           | m     | 1
        ann       | s           | m     | 1
        bob       | s           | other | 1`,
    },
  },
};
