import { expect, it } from 'vitest';
import dimension from '../../pipelines/dimensions/condition.ts';
import { rows } from '../../pipelines/engine/sql.ts';
import { definitionsInOrder, make, warehouse } from '../support/warehouse.ts';
import { casesOf } from './cases-of.ts';

const claim =
  'person_id | claim_id | claim_line_number | claim_type | bill_type_code | place_of_service_code | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1';
const statement =
  'source_name | condition_id | person_id | recorded_date | onset_date | resolved_date | status | condition_type | source_code_type | source_code';

casesOf('mart.chronic_condition', {
  'one claim of a stay establishes a condition, claims of visits the second day on which they name it': {
    given: {
      'input.medical_claim': `${claim}
        stay | stay1 | 1 | institutional | 111 | | | 2024-03-01 | 2024-03-05 | I5022
        visit | visit1 | 1 | professional | | 11 | 99213 | 2024-03-01 | 2024-03-01 | E119
        visit | visit2 | 1 | institutional | 131 | | | 2024-03-01 | 2024-03-01 | E1165
        visit | visit3 | 1 | professional | | 11 | 99213 | 2024-03-02 | 2024-03-02 | E119
        once | once1 | 1 | professional | | 11 | 99213 | 2024-03-01 | 2024-03-01 | J449`,
    },
    expect: `person_id | condition | since_date | until_date | source | established_by | last_date
      stay | heart-failure | 2024-03-01 | 2026-02-28 | claim | one claim | 2024-03-01
      visit | diabetes | 2024-03-02 | 2026-02-28 | claim | repeated claims | 2024-03-02`,
  },
  'the second day is still in time on the last day of two years after the first, and no longer after it': {
    given: {
      'input.medical_claim': `${claim}
        intime | intime1 | 1 | professional | | 11 | 99213 | 2022-01-10 | 2022-01-10 | I10
        intime | intime2 | 1 | professional | | 11 | 99213 | 2024-01-09 | 2024-01-09 | I10
        late | late1 | 1 | professional | | 11 | 99213 | 2022-01-10 | 2022-01-10 | I10
        late | late2 | 1 | professional | | 11 | 99213 | 2024-01-10 | 2024-01-10 | I10`,
    },
    expect: `person_id | condition | since_date | until_date
      intime | hypertension | 2024-01-09 | 2024-01-09`,
  },
  'a condition ends with its look-back and may come again; claims that follow in time carry it on': {
    given: {
      'input.medical_claim': `${claim}
        again | again1 | 1 | institutional | 111 | | | 2020-03-01 | 2020-03-03 | I10
        again | again2 | 1 | institutional | 111 | | | 2022-03-02 | 2022-03-03 | I10
        on | on1 | 1 | institutional | 111 | | | 2020-03-01 | 2020-03-03 | I10
        on | on2 | 1 | institutional | 111 | | | 2022-03-01 | 2022-03-03 | I10
        on | on3 | 1 | professional | | 11 | 99213 | 2023-03-01 | 2023-03-01 | I10
        on | on4 | 1 | professional | | 11 | 99213 | 2024-03-01 | 2024-03-01 | I10`,
    },
    expect: `person_id | condition | since_date | until_date | last_date
      again | hypertension | 2020-03-01 | 2022-02-28 | 2020-03-01
      again | hypertension | 2022-03-02 | 2024-03-01 | 2022-03-02
      on | hypertension | 2020-03-01 | 2025-02-28 | 2024-03-01`,
  },
  'the setting is the claim’s own: a clinician’s claim within a stay is no claim of the stay': {
    given: {
      'input.medical_claim': `${claim}
        round | round1 | 1 | institutional | 111 | | | 2024-03-01 | 2024-03-05 | A419
        round | round2 | 1 | professional | | 21 | 99223 | 2024-03-02 | 2024-03-02 | I10`,
    },
    expect: 'person_id | condition',
  },
  'home health establishes hypertension but no cancer, hospice neither, an admission alone a heart attack': {
    given: {
      'input.medical_claim': `${claim} | diagnosis_code_2
        home | home1 | 1 | institutional | 329 | | | 2024-03-01 | 2024-03-20 | I10 | C50911
        nursing | nursing1 | 1 | institutional | 211 | | | 2024-03-01 | 2024-03-20 | I214 | C50911
        hospice | hospice1 | 1 | institutional | 812 | | | 2024-03-01 | 2024-03-20 | I10 | C50911
        hospice | hospice2 | 1 | institutional | 812 | | | 2024-04-01 | 2024-04-20 | I10 | C50911
        attack | attack1 | 1 | institutional | 111 | | | 2024-03-01 | 2024-03-20 | I214 |
        clinic | clinic1 | 1 | institutional | 131 | | | 2024-03-01 | 2024-03-01 | I214 |
        clinic | clinic2 | 1 | institutional | 131 | | | 2024-04-01 | 2024-04-01 | I214 |`,
    },
    expect: `person_id | condition | since_date | until_date
      home | hypertension | 2024-03-01 | 2026-02-28
      nursing | cancer | 2024-03-01 | 2026-02-28
      nursing | cancer-breast | 2024-03-01 | 2026-02-28
      attack | acute-myocardial-infarction | 2024-03-01 | 2025-02-28`,
  },
  'one visit is enough for a cataract, a glaucoma, a stroke and a hip fracture, but a nursing facility not for a stroke':
    {
      given: {
        'input.medical_claim': `${claim} | diagnosis_code_2
        eye | eye1 | 1 | professional | | 11 | 99213 | 2024-03-01 | 2024-03-01 | H2510 | H401111
        ward | ward1 | 1 | institutional | 111 | | | 2024-03-01 | 2024-03-05 | H2510 | H401111
        brain | brain1 | 1 | institutional | 131 | | | 2024-03-01 | 2024-03-01 | I639 |
        bone | bone1 | 1 | professional | | 11 | 99213 | 2024-03-01 | 2024-03-01 | S72001A |
        facility | facility1 | 1 | institutional | 211 | | | 2024-03-01 | 2024-03-20 | I639 |`,
      },
      expect: `person_id | condition | since_date | until_date
      eye | cataract | 2024-03-01 | 2025-02-28
      eye | glaucoma | 2024-03-01 | 2026-02-28
      brain | stroke | 2024-03-01 | 2025-02-28
      bone | hip-pelvic-fracture | 2024-03-01 | 2025-02-28`,
    },
  'equipment and ambulance claims need no clinician and do not count, laboratory claims do': {
    given: {
      'input.medical_claim': `${claim}
        oxygen | oxygen1 | 1 | professional | | 12 | E1390 | 2024-05-01 | 2024-05-01 | J449
        oxygen | oxygen2 | 1 | professional | | 12 | E1390 | 2024-06-01 | 2024-06-01 | J449
        ride | ride3 | 1 | professional | | 41 | A0428 | 2024-05-01 | 2024-05-01 | J449
        ride | ride4 | 1 | professional | | 11 | 99213 | 2024-06-01 | 2024-06-01 | J449
        tests | tests5 | 1 | professional | | 81 | 80053 | 2024-03-01 | 2024-03-01 | E119
        tests | tests6 | 1 | professional | | 81 | 80053 | 2024-04-01 | 2024-04-01 | E119`,
    },
    expect: `person_id | condition | since_date
      tests | diabetes | 2024-04-01`,
  },
  'a diagnosis counts at any position': {
    given: {
      'input.medical_claim': `${claim} | diagnosis_code_9
        ninth | ninth1 | 1 | institutional | 111 | | | 2024-03-01 | 2024-03-05 | A419 | I214`,
    },
    expect: `person_id | condition
      ninth | acute-myocardial-infarction`,
  },
  'a claim that also carries an excluding code does not count, another one does': {
    given: {
      'input.medical_claim': `${claim} | diagnosis_code_2
        injury | injury1 | 1 | institutional | 111 | | | 2024-03-01 | 2024-03-05 | I6201 | S065X0A
        both | both1 | 1 | institutional | 111 | | | 2024-03-01 | 2024-03-05 | I6201 | S065X0A
        both | both2 | 1 | institutional | 131 | | | 2024-04-01 | 2024-04-01 | I6201 |
        growth | growth1 | 1 | institutional | 111 | | | 2024-03-01 | 2024-03-05 | N401 | D291`,
    },
    expect: `person_id | condition | since_date
      both | stroke | 2024-04-01`,
  },
  'the other conditions take one admission or two claims of any other kind, hospice and equipment among them': {
    given: {
      'input.medical_claim': `${claim}
        bed | bed1 | 1 | institutional | 111 | | | 2024-03-01 | 2024-03-05 | F411
        any | any1 | 1 | institutional | 812 | | | 2024-03-01 | 2024-03-20 | G8220
        any | any2 | 1 | professional | | 12 | E1390 | 2024-06-01 | 2024-06-01 | G8220
        nurse | nurse1 | 1 | institutional | 211 | | | 2024-03-01 | 2024-03-20 | F411`,
    },
    expect: `person_id | condition | since_date
      bed | anxiety-disorders | 2024-03-01
      any | mobility-impairments | 2024-06-01`,
  },
  'sickle cell disease takes three days in five years, and stays': {
    given: {
      'input.medical_claim': `${claim}
        three | three1 | 1 | institutional | 111 | | | 2020-01-10 | 2020-01-12 | D5700
        three | three2 | 1 | professional | | 11 | 99213 | 2022-03-01 | 2022-03-01 | D571
        three | three3 | 1 | professional | | 11 | 99213 | 2024-12-01 | 2024-12-01 | D571
        second | second1 | 1 | institutional | 111 | | | 2022-01-10 | 2022-01-12 | D5700
        second | second2 | 1 | institutional | 111 | | | 2024-03-01 | 2024-03-04 | D5700`,
    },
    expect: `person_id | condition | since_date | until_date
      three | anemia | 2020-01-10 | 2022-01-09
      three | sickle-cell-disease | 2024-12-01 | 9999-12-31
      second | anemia | 2022-01-10 | 2024-01-09
      second | anemia | 2024-03-01 | 2026-02-28`,
  },
  'one emergency visit, treatment drug or service tells of an opioid use disorder, a detoxification of drug use, an MS-DRG of HIV':
    {
      given: {
        'input.medical_claim': `${claim} | revenue_center_code | drg_code | procedure_code_1
          room | room1 | 1 | institutional | 131 | | 99284 | 2024-03-01 | 2024-03-01 | F1120 | 0450 | |
          office | office1 | 1 | professional | | 11 | 99213 | 2024-03-01 | 2024-03-01 | F1120 | | |
          program | program1 | 1 | professional | | 58 | G2067 | 2024-03-01 | 2024-03-01 | Z0000 | | |
          detox | detox1 | 1 | institutional | 111 | | | 2024-03-01 | 2024-03-05 | R4182 | 0120 | | HZ2ZZZZ
          group | group1 | 1 | institutional | 111 | | | 2024-03-01 | 2024-03-05 | A419 | 0120 | 975 |`,
        'input.pharmacy_claim': `person_id | claim_id | claim_line_number | dispensing_date | ndc_code
          fill | fill1 | 1 | 2024-09-01 | 00054018813`,
      },
      expect: `person_id | condition | since_date | until_date
        room | opioid-use-disorder | 2024-03-01 | 2026-02-28
        program | opioid-use-disorder | 2024-03-01 | 2026-02-28
        detox | alcohol-use-disorders | 2024-03-01 | 2026-02-28
        detox | drug-use-disorders | 2024-03-01 | 2026-02-28
        group | hiv-aids | 2024-03-01 | 2026-02-28
        fill | opioid-use-disorder | 2024-09-01 | 2026-08-31`,
    },
  'a clinical statement establishes a condition from its onset and as long as it is open; one after data-through does not':
    {
      given: {
        'input.condition': `${statement}
        ehr | k1 | chart | 2024-03-01 | 2015-06-01 | | active | problem-list-item | snomed | 44054006
        ehr | k2 | chart | 2024-03-01 | | | | | icd-10-cm | I10
        ehr | k3 | chart | 2025-03-01 | | | | | icd-10-cm | J449
        ehr | k4 | over | 2024-03-01 | 2020-01-01 | 2022-05-31 | resolved | problem-list-item | icd-10-cm | I10
        ehr | k5 | over | 2024-03-01 | 2020-01-01 | | inactive | problem-list-item | icd-10-cm | E119
        ehr | k6 | untrue | 2024-03-01 | 2020-01-01 | | refuted | problem-list-item | icd-10-cm | E119`,
      },
      expect: `person_id | condition | since_date | until_date | source | established_by
      chart | diabetes | 2015-06-01 | 9999-12-31 | ehr | clinical statement
      chart | hypertension | 2024-03-01 | 9999-12-31 | ehr | clinical statement
      over | hypertension | 2020-01-01 | 2022-05-31 | ehr | clinical statement
      over | diabetes | 2020-01-01 | 2024-03-01 | ehr | clinical statement`,
    },
  'the diagnosis that a chart gives a visit counts as the claim of the visit: a second day is needed': {
    given: {
      'input.medical_claim': `${claim}
        same | same1 | 1 | professional | | 11 | 99213 | 2024-03-01 | 2024-03-01 | E119
        two | two2 | 1 | professional | | 11 | 99213 | 2024-03-01 | 2024-03-01 | E119`,
      'input.condition': `${statement}
        claims | k1 | same | 2024-03-01 | | | | encounter-diagnosis | icd-10-cm | E119
        claims | k2 | two | 2024-04-01 | | | | encounter-diagnosis | icd-10-cm | E119`,
    },
    expect: `person_id | condition | since_date | until_date | source | established_by
      two | diabetes | 2024-04-01 | 2026-02-28 | claim | repeated claims`,
  },
  'what never remits is for life; claims and statements of one person make one spell': {
    given: {
      'input.medical_claim': `${claim}
        life | life1 | 1 | institutional | 111 | | | 2018-03-01 | 2018-03-05 | G309
        one | one1 | 1 | institutional | 111 | | | 2020-03-01 | 2020-03-05 | J449`,
      'input.condition': `${statement}
        claims | k1 | one | 2021-06-01 | | | active | problem-list-item | icd-10-cm | J449`,
    },
    expect: `person_id | condition | since_date | until_date | source | last_date
      life | alzheimers-disease | 2018-03-01 | 9999-12-31 | claim | 2018-03-01
      life | dementia | 2018-03-01 | 9999-12-31 | claim | 2018-03-01
      one | copd | 2020-03-01 | 9999-12-31 | both | 2021-06-01`,
  },
});

it('offers a dimension value and a rule for every list of codes condition-*, and no other', async () => {
  const { definitions } = await definitionsInOrder();
  const connection = await warehouse();
  await make(connection, 'mart.condition_rule');
  const ruled = await rows(connection, 'select * from mart.condition_rule order by condition');
  const sets = definitions.valueSets.flatMap(({ name }) => /^condition-(.+)$/.exec(name)?.[1] ?? []);
  expect(sets.sort()).toEqual(ruled.map(({ condition }) => condition));
  expect(dimension.values.map(({ value }) => value).sort()).toEqual(sets);
  const named = (months: number) =>
    ruled.filter(({ look_back_months }) => look_back_months === months).map(({ condition }) => condition);
  expect(named(12)).toEqual([
    ...['acute-myocardial-infarction', 'cataract', 'hip-pelvic-fracture', 'pneumonia', 'stroke'],
  ]);
  expect(named(60)).toEqual(['sickle-cell-disease']);
  expect(named(24)).toHaveLength(ruled.length - 6);
  expect(ruled.filter(({ source }) => source === 'ccw-30')).toHaveLength(30);
});
