import { expect, it } from 'vitest';
import condition from '../../pipelines/dimensions/condition.ts';
import { rows } from '../../pipelines/engine/sql.ts';
import { definitionsInOrder, make, warehouse } from '../support/warehouse.ts';
import { casesOf } from './cases-of.ts';

const claim =
  'person_id | claim_id | claim_line_number | claim_type | bill_type_code | place_of_service_code | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1';

casesOf('mart.chronic_condition', {
  'a claim of a stay establishes a condition, other claims on the second day': {
    given: {
      'input.medical_claim': `${claim}
        stay | s1 | 1 | institutional | 111 | | | 2024-03-01 | 2024-03-05 | I5022
        visit | v1 | 1 | professional | | 11 | 99213 | 2024-03-01 | 2024-03-01 | E119
        visit | v2 | 1 | professional | | 11 | 99213 | 2024-03-01 | 2024-03-01 | E1165
        visit | v3 | 1 | professional | | 11 | 99213 | 2024-05-01 | 2024-05-01 | E119
        once | n1 | 1 | professional | | 11 | 99213 | 2024-03-01 | 2024-03-01 | J449`,
    },
    expect: `person_id | condition | since_date
      stay | heart-failure | 2024-03-01
      visit | diabetes | 2024-05-01`,
  },
  'tests and equipment alone establish nothing': {
    given: {
      'input.medical_claim': `${claim}
        tests | w1 | 1 | professional | | 81 | 80053 | 2024-03-01 | 2024-03-01 | E119
        tests | w2 | 1 | professional | | 81 | 80053 | 2024-04-01 | 2024-04-01 | E119
        tests | w3 | 1 | professional | | 12 | E1390 | 2024-05-01 | 2024-05-01 | J449
        tests | w4 | 1 | professional | | 12 | E1390 | 2024-06-01 | 2024-06-01 | J449`,
    },
    expect: 'person_id | condition | since_date',
  },
  'a clinical statement establishes a condition from its onset; one after data-through does not': {
    given: {
      'input.condition': `source_name | condition_id | person_id | recorded_date | onset_date | source_code_type | source_code
        ehr | k1 | chart | 2024-03-01 | 2015-06-01 | snomed | 44054006
        ehr | k2 | chart | 2024-03-01 |            | icd-10-cm | I10
        ehr | k3 | chart | 2025-03-01 |            | icd-10-cm | J449`,
    },
    expect: `person_id | condition | since_date
      chart | diabetes | 2015-06-01
      chart | hypertension | 2024-03-01`,
  },
});

casesOf('mart.attribution', {
  'most primary care visits of the 12 months before decide, then the latest': {
    given: {
      'input.medical_claim': `person_id | claim_id | claim_line_number | claim_type | place_of_service_code | hcpcs_code | billing_tin | rendering_npi | claim_start_date | claim_end_date
        most | a1 | 1 | professional | 11 | 99213 | T1 | N1 | 2024-07-05 | 2024-07-05
        most | a2 | 1 | professional | 11 | 99213 | T2 | N2 | 2024-09-05 | 2024-09-05
        most | a3 | 1 | professional | 11 | 99213 | T1 | N1 | 2024-10-05 | 2024-10-05
        most | a4 | 1 | professional | 11 | 99213 | T2 | N2 | 2024-11-05 | 2024-11-05
        most | a5 | 1 | professional | 11 | 93000 | T3 | N3 | 2024-07-01 | 2024-07-01`,
    },
    expect: `person_id | month | practice_id | npi | basis
      most | 2024-08-01 | T1 | N1 | primary care visits
      most | 2024-09-01 | T1 | N1 | primary care visits
      most | 2024-10-01 | T2 | N2 | primary care visits
      most | 2024-11-01 | T1 | N1 | primary care visits
      most | 2024-12-01 | T2 | N2 | primary care visits`,
  },
  'a visit counts for 12 months': {
    given: {
      'input.medical_claim': `person_id | claim_id | claim_line_number | claim_type | place_of_service_code | hcpcs_code | rendering_npi | claim_start_date | claim_end_date
        year | b1 | 1 | professional | 11 | 99213 | N1 | 2023-10-31 | 2023-10-31
        year | b2 | 1 | professional | 11 | 99213 | N2 | 2024-11-30 | 2024-11-30`,
    },
    expect: `person_id | month | npi
      ${['2023-11', '2023-12', '2024-01', '2024-02', '2024-03', '2024-04', '2024-05', '2024-06', '2024-07', '2024-08', '2024-09', '2024-10'].map((month) => `year | ${month}-01 | N1`).join('\n')}
      year | 2024-12-01 | N2`,
  },
  'a person about whom anybody states attribution has that and no other; the payer comes first': {
    given: {
      'input.medical_claim': `person_id | claim_id | claim_line_number | claim_type | place_of_service_code | hcpcs_code | rendering_npi | claim_start_date | claim_end_date
        said | e1 | 1 | professional | 11 | 99213 | N1 | 2024-01-31 | 2024-01-31`,
      'input.provider_attribution': `person_id | year_month | custom_attributed_provider_practice | payer_attributed_provider_practice
        said | 202405 | own |
        said | 202406 | own | payers
        said | 202501 | own | payers`,
    },
    expect: `person_id | month | practice_id | basis
      said | 2024-05-01 | own | stated
      said | 2024-06-01 | payers | stated`,
  },
});

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
    expect: `person_id | month | coverage
      many | 2024-01-01 | medicaid
      many | 2024-02-01 | medicare
      many | 2024-03-01 | other`,
  },
});

casesOf('mart.risk_tier', {
  'points for age, conditions so far and admissions of the 12 months before': {
    given: {
      'input.eligibility': `person_id | birth_date | payer_type | enrollment_start_date | enrollment_end_date
        risk | 1949-06-15 | medicare | 2023-01-01 | 2024-12-31`,
      'input.medical_claim': `${claim}
        risk | g1 | 1 | institutional | 111 | | | 2023-03-10 | 2023-03-14 | I509
        risk | g2 | 1 | institutional | 111 | | | 2023-03-20 | 2023-03-24 | A419`,
    },
    expect: `person_id | month | until_month | score | tier | drivers
      risk | 2023-01-01 | 2023-04-01 | 1 | low | [age 65 to 74]
      risk | 2023-04-01 | 2024-04-01 | 10 | high | [2 admissions in 12 months, heart failure, age 65 to 74]
      risk | 2024-04-01 | 2024-07-01 | 4 | rising | [heart failure, age 65 to 74]
      risk | 2024-07-01 | 2025-01-01 | 5 | rising | [heart failure, age 75 to 84]
      risk | 2025-01-01 |            | 5 | rising | [heart failure, age 75 to 84]`,
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
      same | 1 | [1 admission in 12 months]`,
  },
  'tells of the age that it shows, not of the next birthday': {
    given: {
      'input.eligibility': `person_id | birth_date | payer_type | enrollment_start_date | enrollment_end_date
        soon | 1940-01-15 | medicare | 2023-01-01 | 2024-12-31
        just | 1939-12-15 | medicare | 2023-01-01 | 2024-12-31`,
    },
    expect: `person_id | age | drivers
      soon | 84 | [age 75 to 84]
      just | 85 | [age 85 or older]`,
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
    expect: `person_id | age | sex | risk_tier | risk_score | conditions | admissions_12m | emergency_visits_12m | paid_12m | last_visit_date | enrolled_from | enrolled_to
      sum | 74 | male | high | 7 | [heart-failure] | 1 | 1 | 555.25 | 2024-08-01 | 2023-05-01 | 2024-12-31`,
  },
});

it('offers a dimension value for every condition that is recognised and scored, and no other', async () => {
  const { definitions } = await definitionsInOrder();
  const offered = condition.values.map(({ value }) => value).sort();
  const sets = definitions.valueSets.flatMap(({ name }) => /^condition-(.+)$/.exec(name)?.[1] ?? []);
  const sql = definitions.models.find(({ name }) => name === 'mart.risk_tier')?.sql ?? '';
  const scored = [...sql.matchAll(/\('([a-z-]+)', \d+\)/g)].map(([, name]) => name);
  expect(sets.sort()).toEqual(offered);
  expect(scored.sort()).toEqual(offered);
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
