import { casesOf } from './cases-of.ts';

const span = 'person_id | payer | plan | payer_type | enrollment_start_date | enrollment_end_date';
const month = 'person_id | month | enrolled_days';

casesOf('core.member_month', {
  'a month with any day of coverage is a row with its days': {
    given: {
      'input.eligibility': `${span}
        part | P | A | medicare | 2024-01-30 | 2024-03-01`,
    },
    expect: `${month}
      part | 2024-01-01 | 2
      part | 2024-02-01 | 29
      part | 2024-03-01 | 1`,
  },
  'a day that several spans of a plan cover counts once': {
    given: {
      'input.eligibility': `${span}
        twice | P | A | medicare | 2024-01-05 | 2024-01-10
        twice | P | A | medicare | 2024-01-08 | 2024-01-20
        twice | P | A | medicare | 2024-01-09 | 2024-01-12
        twice | P | A | medicare | 2024-01-25 | 2024-01-25`,
    },
    expect: `${month}
      twice | 2024-01-01 | 17`,
  },
  'a span within another shares its months, however many lie between them; where they differ the latest statement holds, where it says nothing the one before':
    {
      given: {
        'input.eligibility': `${span} | dual_status_code | medicare_status_code | file_date
        ann | P | A | medicare | 2024-01-01 | 2024-12-31 | 02 | 10 | 2024-01-01
        ann | P | A | medicare | 2024-03-01 | 2024-03-31 | 08 |    | 2024-02-01
        ann | P | A | medicare | 2024-06-10 | 2024-07-31 |    | 20 | 2024-03-01
        bob | P | A | medicare | 2024-01-01 | 2024-01-31 | 02 | 10 | 2024-01-01
        bob | P | A | medicare | 2024-01-01 | 2024-01-31 |    | 20 | 2024-01-02
        bob | P | A | medicare | 2024-02-01 | 2024-02-29 | 08 | 10 | 2023-01-01`,
      },
      expect: `person_id | month | enrolled_days | dual_status_code | medicare_status_code
      ann | 2024-01-01 | 31 | 02 | 10
      ann | 2024-02-01 | 29 | 02 | 10
      ann | 2024-03-01 | 31 | 08 | 10
      ann | 2024-04-01 | 30 | 02 | 10
      ann | 2024-05-01 | 31 | 02 | 10
      ann | 2024-06-01 | 30 | 02 | 20
      ann | 2024-07-01 | 31 | 02 | 20
      ann | 2024-08-01 | 31 | 02 | 10
      ann | 2024-09-01 | 30 | 02 | 10
      ann | 2024-10-01 | 31 | 02 | 10
      ann | 2024-11-01 | 30 | 02 | 10
      ann | 2024-12-01 | 31 | 02 | 10
      bob | 2024-01-01 | 31 | 02 | 20
      bob | 2024-02-01 | 29 | 08 | 10`,
    },
  'two plans are two rows; a month without coverage is none': {
    given: {
      'input.eligibility': `${span}
        plans | P | A | medicare   | 2024-01-01 | 2024-01-31
        plans | P | B | commercial | 2024-01-16 | 2024-01-31
        plans | P | A | medicare   | 2024-03-01 | 2024-03-31`,
    },
    expect: `${month} | plan
      plans | 2024-01-01 | 31 | A
      plans | 2024-01-01 | 16 | B
      plans | 2024-03-01 | 31 | A`,
  },
  'coverage ends at death and at data-through; an open span reaches to data-through': {
    given: {
      'input.eligibility': `${span} | death_date
        died  | P | A | medicare | 2024-11-01 | 2024-12-31 | 2024-11-10
        open  | P | A | medicare | 2024-12-01 |            |
        ahead | P | A | medicare | 2025-01-01 | 2025-12-31 |
        after | P | A | medicare | 2024-12-15 | 2025-06-30 |`,
    },
    expect: `${month}
      died  | 2024-11-01 | 10
      open  | 2024-12-01 | 31
      after | 2024-12-01 | 17`,
  },
  'fee-for-service Medicare is Parts A and B unless the extract says otherwise': {
    given: {
      'input.eligibility': `${span} | is_part_a | is_part_b
        fee    | P | A | medicare           | 2024-01-01 | 2024-01-31 |       |
        bpart  | P | A | medicare           | 2024-01-01 | 2024-01-31 | false | true
        choice | P | A | medicare advantage | 2024-01-01 | 2024-01-31 |       |
        work   | P | A | commercial         | 2024-01-01 | 2024-01-31 |       |
        bare   | medicare | A |             | 2024-01-01 | 2024-01-31 |       |`,
    },
    expect: `person_id | is_part_a | is_part_b | is_medicare_advantage | is_medical
      fee    | true  | true  | false | true
      bpart  | false | true  | false | true
      choice | true  | true  | true  | true
      work   | false | false | false | true
      bare   | true  | true  | false | true`,
  },
  'where spans of a month differ, the latest statement holds': {
    given: {
      'input.eligibility': `${span} | dual_status_code | hospice_flag
        change | P | A | medicare | 2024-01-01 | 2024-01-15 | 00 | false
        change | P | A | medicare | 2024-01-16 | 2024-01-31 | 02 | true`,
    },
    expect: `person_id | month | enrolled_days | dual_status_code | is_hospice
      change | 2024-01-01 | 31 | 02 | true`,
  },
  'the stated practitioner and practice of the month are attached': {
    given: {
      'input.eligibility': `${span}
        stated | P | A | medicare | 2024-01-01 | 2024-02-29`,
      'input.practice': `practice_id | name | tin
        pr1 | First Practice | 123456789`,
      'input.provider_attribution': `person_id | year_month | payer_attributed_provider | payer_attributed_provider_practice
        stated | 202402 | 1999999992 | pr1`,
    },
    expect: `person_id | month | attributed_npi | attributed_tin
      stated | 2024-01-01 | |
      stated | 2024-02-01 | 1999999992 | 123456789`,
  },
});

casesOf('core.person', {
  'each fact is its latest statement that is not null': {
    given: {
      'input.eligibility': `person_id | file_date | enrollment_start_date | gender | race | birth_date | zip_code | dual_status_code
        ann | 2023-01-01 | 2022-01-01 | female | white | 1940-01-01 | 43001 | 00
        ann | 2024-01-01 | 2022-01-01 |        |       | 1940-01-02 |       | 02`,
    },
    expect: `person_id | sex | race | birth_date | zip_code | dual_status_code
      ann | female | white | 1940-01-02 | 43001 | 02`,
  },
  'what a payer says comes after what an undated clinical source says': {
    given: {
      'input.eligibility': `person_id | enrollment_start_date | gender | race | birth_date
        bob | 2022-01-01 | male | | 1940-01-01`,
      'input.patient': `source_name | person_id | sex | race | birth_date | language
        ehr | bob | female | black or african american | 1941-01-01 | es`,
    },
    expect: `person_id | sex | race | birth_date | language
      bob | male | black | 1940-01-01 | es`,
  },
  'a person whom only a fact mentions is a person': {
    given: {
      'input.lab_result': `source_name | person_id | lab_result_id
        lab | stray | l1`,
    },
    expect: `person_id | sex | birth_date
      stray | unknown | `,
  },
  'races are told in the groups of OMB': {
    given: {
      'input.patient': `person_id | race
        r1 | white
        r2 | asian
        r3 | native hawaiian or other pacific islander
        r4 | american indian or alaska native
        r5 | other race
        r6 | asked but unknown`,
    },
    expect: `person_id | race
      r1 | white
      r2 | asian
      r3 | native hawaiian or pacific islander
      r4 | american indian or alaska native
      r5 | other
      r6 | `,
  },
});
