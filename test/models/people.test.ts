import { expect, it } from 'vitest';
import { rows } from '../../pipelines/engine/sql.ts';
import { make, warehouse } from '../support/warehouse.ts';
import { casesOf } from './cases-of.ts';

const claim =
  'person_id | claim_id | claim_line_number | claim_type | bill_type_code | place_of_service_code | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1';

casesOf('mart.person_month', {
  'people are told apart by the month, enrolled or not': {
    given: {
      'input.eligibility': `person_id | birth_date | gender | race | payer_type | dual_status_code | enrollment_start_date | enrollment_end_date
        grow | 1959-02-28 | female | white | medicare | 02 | 2024-01-01 | 2024-01-31
        grow | 1959-02-28 | female | white | medicare | 00 | 2024-04-01 | 2024-04-30`,
    },
    expect: `person_id | month | age_band | sex | race | dual_status | coverage | practice
      grow | 2024-01-01 | 40-64 | female | white | dual | medicare |
      grow | 2024-02-01 | 65-74 | female | white | | none |
      grow | 2024-03-01 | 65-74 | female | white | | none |
      grow | 2024-04-01 | 65-74 | female | white | not dual | medicare |`,
  },
  'with several payers in a month, fee-for-service Medicare is the coverage': {
    given: {
      'input.eligibility': `person_id | payer | payer_type | enrollment_start_date | enrollment_end_date
        many | a | medicaid | 2024-01-01 | 2024-02-29
        many | b | medicare | 2024-02-01 | 2024-02-29
        many | c | tricare | 2024-03-01 | 2024-03-31`,
    },
    expect: `person_id | month | coverage | payer
      many | 2024-01-01 | medicaid | a
      many | 2024-02-01 | medicare | b
      many | 2024-03-01 | other | c`,
  },
  'the contract is the payer and its plan; a month without is a month without, and an unnamed plan is its payer': {
    given: {
      'input.eligibility': `person_id | payer | plan | payer_type | enrollment_start_date | enrollment_end_date
        kept | acme | hmo | commercial | 2024-01-01 | 2024-01-31
        kept | acme | | commercial | 2024-03-01 | 2024-03-31`,
    },
    expect: `person_id | month | payer | contract
      kept | 2024-01-01 | acme | acme: hmo
      kept | 2024-02-01 | none | none
      kept | 2024-03-01 | acme | acme`,
  },
  'the practitioner is whom the payer names for the month': {
    given: {
      'input.eligibility': `person_id | payer_type | enrollment_start_date | enrollment_end_date
        seen | medicare | 2024-01-01 | 2024-02-29`,
      'input.provider_attribution': `person_id | year_month | payer_attributed_provider
        seen | 202402 | 1999999992`,
    },
    expect: `person_id | month | practitioner
      seen | 2024-01-01 |
      seen | 2024-02-01 | 1999999992`,
  },
});

casesOf('mart.person_area', {
  'deprivation is the fifth of the ZIP code, else of the county, by ADI before SVI; rurality by RUCA, else RUCC': {
    given: {
      'input.eligibility': `person_id | zip_code | county_fips | state | enrollment_start_date | enrollment_end_date
        near | 430011234 | 39041 | OH | 2024-01-01 | 2024-01-31
        county | 43999 | 39041 | OH | 2024-01-01 | 2024-01-31
        top | 43002 | 39049 | OH | 2024-01-01 | 2024-01-31
        nowhere | | | | 2024-01-01 | 2024-01-31`,
      'input.area_index': `area_kind | area_code | index_name | year | value | percentile
        zip | 43001 | adi | 2020 | | 79.9
        zip | 43001 | adi | 2019 | | 10
        zip | 43001 | svi | 2022 | | 5
        zip | 43001 | ruca | 2020 | 4 |
        zip | 43002 | svi | 2022 | | 100
        zip | 43002 | ruca | 2020 | 99 |
        county | 39041 | svi | 2022 | | 0
        county | 39041 | rucc | 2023 | 3 |`,
    },
    expect: `person_id | state | county | deprivation | rurality
      near | OH | 39041 | 4 | rural
      county | OH | 39041 | 1 | metropolitan
      top | OH | 39049 | 5 |
      nowhere | | | |`,
  },
});

casesOf('mart.person_summary', {
  'counts admissions over the same months as the risk beside them': {
    given: {
      'input.eligibility': `person_id | birth_date | payer_type | enrollment_start_date | enrollment_end_date
        same | 1990-01-01 | medicare | 2023-01-01 | 2024-12-31`,
      'input.medical_claim': `${claim}
        same | s1 | 1 | institutional | 111 | | | 2023-12-10 | 2023-12-14 | A419
        same | s2 | 1 | institutional | 111 | | | 2023-12-20 | 2023-12-24 | A419
        same | s3 | 1 | institutional | 111 | | | 2024-12-20 | 2024-12-24 | A419`,
    },
    expect: `person_id | admissions_12m | drivers
      same | 1 | [1 unplanned admission in 12 months]`,
  },
  'tells of the age that it shows, not of the next birthday': {
    given: {
      'input.eligibility': `person_id | birth_date | payer_type | enrollment_start_date | enrollment_end_date
        soon | 1940-01-15 | medicare | 2023-01-01 | 2024-12-31
        just | 1939-12-15 | medicare | 2023-01-01 | 2024-12-31`,
    },
    expect: `person_id | age | drivers
      soon | 84 | [age 84]
      just | 85 | [age 85]`,
  },
  'the 12 months to data-through, and what is known by then': {
    given: {
      'input.eligibility': `person_id | birth_date | gender | payer_type | enrollment_start_date | enrollment_end_date
        sum | 1950-01-01 | male | medicare | 2023-05-01 | 2025-12-31`,
      'input.medical_claim': `${claim} | revenue_center_code | paid_amount
        sum | h1 | 1 | institutional | 111 | | | 2023-12-31 | 2024-01-04 | I509 | 0120 | 1000
        sum | h2 | 1 | institutional | 111 | | | 2024-06-01 | 2024-06-04 | I509 | 0120 | 500
        sum | h3 | 1 | institutional | 131 | | | 2024-07-01 | 2024-07-01 | R079 | 0450 | 50
        sum | h4 | 1 | professional | | 11 | 99213 | 2024-08-01 | 2024-08-01 | I509 | | 5
        sum | h5 | 1 | professional | | 11 | 99213 | 2025-01-01 | 2025-01-01 | I509 | | 7`,
      'input.pharmacy_claim': `person_id | claim_id | claim_line_number | dispensing_date | ndc_code | paid_amount
        sum | f1 | 1 | 2024-09-01 | 00093512101 | 0.25`,
    },
    expect: `person_id | age | sex | conditions | admissions_12m | emergency_visits_12m | paid_12m | last_visit_date | enrolled_from | enrolled_to
      sum | 74 | male | [heart-failure] | 1 | 1 | 555.25 | 2024-08-01 | 2023-05-01 | 2024-12-31`,
  },
});

it('tells one service by one code: the sets service-* share no code and no prefix', async () => {
  const connection = await warehouse();
  await make(connection, 'core.service_code');
  const shared = await rows(
    connection,
    `select a.value_set, b.value_set as other, a.code_system, a.code, b.code as other_code
     from reference.value_set as a
     join reference.value_set as b on b.code_system = a.code_system and b.value_set <> a.value_set
       and (b.code = a.code or (a.is_prefix and starts_with(b.code, a.code)))
     where a.value_set like 'service-%' and b.value_set like 'service-%'`,
  );
  expect(shared).toEqual([]);
});
