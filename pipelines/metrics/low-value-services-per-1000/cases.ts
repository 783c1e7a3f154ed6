import { type Cases, everyRow } from '../../engine/cases.ts';

/** Members of June 2024. */
const members = (table: string) =>
  everyRow({ payer: 'medicare', enrollment_start_date: '2024-06-01', enrollment_end_date: '2024-06-30' }, table);

/** Women of 74, members of June 2024. */
const women = (...names: string[]) =>
  members(['person_id | birth_date | gender', ...names.map((name) => `${name} | 1950-03-01 | female`)].join('\n'));

/** Claims of an office, one line each. */
const claims = (table: string) =>
  everyRow(
    {
      claim_line_number: '1',
      claim_type: 'professional',
      place_of_service_code: '11',
      diagnosis_code_type: 'icd-10-cm',
    },
    table,
  );

/** Claims of a hospital, one line each. */
const stays = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'institutional', diagnosis_code_type: 'icd-10-cm' }, table);

export default {
  'in numerator: a service counts in its month; denominator only: a member without one': {
    given: {
      'input.eligibility': women('ann', 'ben'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1
        1        | ann       | 93880      | 2024-06-10       | 2024-06-10     | I10`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion | carotid_imaging | psa_test
      ann       | 2024-06-01  | 1         | 1           |           | 1               | 0
      ben       | 2024-06-01  | 0         | 1           |           | 0               | 0`,
  },
  'excluded: a service in a month without coverage is kept with its reason': {
    given: {
      'input.eligibility': women('ann'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1
        1        | ann       | 93880      | 2024-07-10       | 2024-07-10     | I10`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 0         | 1           |
      ann       | 2024-07-01  | 1         | 0           | not enrolled that month`,
  },
  'excluded: months before ICD-10-CM, whose diagnoses the measures cannot read': {
    given: {
      'input.eligibility': everyRow(
        { payer: 'medicare', birth_date: '1935-03-01', gender: 'male' },
        `
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2015-09-01            | 2015-10-31`,
      ),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | G0103      | 2015-09-10       | 2015-09-10`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2015-09-01  | 1         | 0           | before ICD-10-CM (October 2015)
      ann       | 2015-10-01  | 0         | 1           |`,
  },
  'just inside: a service on the last day of the data': {
    given: {
      'input.eligibility': women('ann'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 93880      | 2024-06-20       | 2024-06-20`),
    },
    variables: { data_through: '2024-06-20' },
    expect: `
      person_id | numerator
      ann       | 1`,
  },
  'just outside: a service on the day after the data end': {
    given: {
      'input.eligibility': women('ann'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 93880      | 2024-06-21       | 2024-06-21`),
    },
    variables: { data_through: '2024-06-20' },
    expect: `
      person_id | numerator
      ann       | 0`,
  },
  'the hospital’s line and the reading of one day are one service; two days are two': {
    given: {
      'input.eligibility': women('ann'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 93880      | 2024-06-10       | 2024-06-10
        2        | ann       | 93880      | 2024-06-10       | 2024-06-10
        3        | ann       | 93880      | 2024-06-11       | 2024-06-11`),
    },
    expect: `
      person_id | numerator | carotid_imaging
      ann       | 2         | 2`,
  },
  'PSA test: men from 75, not with cancer of the prostate, a high PSA before or it in the family': {
    given: {
      'input.eligibility': members(`
        person_id | birth_date | gender
        ann       | 1949-06-10 | male
        ben       | 1949-06-11 | male
        cid       | 1949-06-10 | female
        dan       | 1940-01-01 | male
        eli       | 1940-01-01 | male
        fay       | 1940-01-01 | male`),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1
        1        | ann       | 84153      | 2024-06-10       | 2024-06-10     | Z125
        2        | ben       | 84153      | 2024-06-10       | 2024-06-10     | Z125
        3        | cid       | 84153      | 2024-06-10       | 2024-06-10     | Z125
        4        | dan       | G0103      | 2024-06-10       | 2024-06-10     | Z8546
        5        | eli       | 99213      | 2014-06-10       | 2014-06-10     | C61
        6        | eli       | G0103      | 2024-06-10       | 2024-06-10     | Z125
        7        | fay       | G0103      | 2024-06-10       | 2024-06-10     | Z125
        8        | fay       | 99213      | 2024-06-11       | 2024-06-11     | R9720`),
    },
    expect: `
      person_id | psa_test
      ann       | 1
      ben       | 0
      cid       | 0
      dan       | 0
      eli       | 0
      fay       | 1`,
  },
  'cervical screening: women from 66, not with cancer, changed cells or weakened immunity ever before': {
    given: {
      'input.eligibility': members(`
        person_id | birth_date | gender
        ann       | 1958-06-10 | female
        ben       | 1958-06-11 | female
        cid       | 1950-01-01 | female
        dot       | 1950-01-01 | female
        eve       | 1950-01-01 | female`),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1
        1        | ann       | 88175      | 2024-06-10       | 2024-06-10     | Z124
        2        | ben       | 88175      | 2024-06-10       | 2024-06-10     | Z124
        3        | cid       | Q0091      | 2024-06-10       | 2024-06-10     | Z8541
        4        | dot       | 99213      | 2019-06-10       | 2019-06-10     | N871
        5        | dot       | Q0091      | 2024-06-10       | 2024-06-10     | Z124
        6        | eve       | 99213      | 2019-06-10       | 2019-06-10     | B20
        7        | eve       | Q0091      | 2024-06-10       | 2024-06-10     | Z124`),
    },
    expect: `
      person_id | cervical_screening
      ann       | 1
      ben       | 0
      cid       | 0
      dot       | 0
      eve       | 0`,
  },
  'colorectal screening: from 85; a colonoscopy only when a diagnosis calls it screening; not after such a cancer': {
    given: {
      'input.eligibility': members(`
        person_id | birth_date | gender
        ann       | 1939-06-10 | female
        ben       | 1939-06-11 | female
        cid       | 1930-01-01 | female
        dot       | 1930-01-01 | female
        eve       | 1930-01-01 | female`),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1
        1        | ann       | G0121      | 2024-06-10       | 2024-06-10     | Z1211
        2        | ben       | G0121      | 2024-06-10       | 2024-06-10     | Z1211
        3        | cid       | 45385      | 2024-06-10       | 2024-06-10     | Z1211
        4        | dot       | 45385      | 2024-06-10       | 2024-06-10     | K921
        5        | eve       | 99213      | 2009-06-10       | 2009-06-10     | C189
        6        | eve       | 82270      | 2024-06-10       | 2024-06-10     | Z1211`),
    },
    expect: `
      person_id | colorectal_screening
      ann       | 1
      ben       | 0
      cid       | 1
      dot       | 0
      eve       | 0`,
  },
  'bone density: again 31 to 730 days after a test': {
    given: {
      'input.eligibility': women('ann', 'ben', 'cid', 'dot'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1
        1        | ann       | 77080      | 2022-06-11       | 2022-06-11     | M810
        2        | ann       | 77080      | 2024-06-10       | 2024-06-10     | M810
        3        | ben       | 77080      | 2022-06-10       | 2022-06-10     | M810
        4        | ben       | 77080      | 2024-06-10       | 2024-06-10     | M810
        5        | cid       | 77080      | 2024-05-10       | 2024-05-10     | M810
        6        | cid       | 77080      | 2024-06-10       | 2024-06-10     | M810
        7        | dot       | 77080      | 2024-05-11       | 2024-05-11     | M810
        8        | dot       | 77080      | 2024-06-10       | 2024-06-10     | M810`),
    },
    expect: `
      person_id | bone_density
      ann       | 1
      ben       | 0
      cid       | 1
      dot       | 0`,
  },
  'bone density: in osteoporosis, not with cancer ever or a fracture in two years': {
    given: {
      'input.eligibility': women('ann', 'ben', 'cid', 'dot'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1
        1        | ann       | 77080      | 2023-06-10       | 2023-06-10     | Z1382
        2        | ann       | 77080      | 2024-06-10       | 2024-06-10     | Z1382
        3        | ben       | 77080      | 2023-06-10       | 2023-06-10     | M810
        4        | ben       | 99213      | 2012-06-10       | 2012-06-10     | C50911
        5        | ben       | 77080      | 2024-06-10       | 2024-06-10     | M810
        6        | cid       | 77080      | 2023-06-10       | 2023-06-10     | M810
        7        | cid       | 99213      | 2022-06-11       | 2022-06-11     | S52501A
        8        | cid       | 77080      | 2024-06-10       | 2024-06-10     | M810
        9        | dot       | 77080      | 2023-06-10       | 2023-06-10     | M810
        10       | dot       | 99213      | 2022-06-10       | 2022-06-10     | S52501A
        11       | dot       | 77080      | 2024-06-10       | 2024-06-10     | M810`),
    },
    expect: `
      person_id | bone_density
      ann       | 0
      ben       | 0
      cid       | 0
      dot       | 1`,
  },
  'back imaging: pain of the last 42 days, and none in the year before that': {
    given: {
      'input.eligibility': women('ann', 'ben', 'cid', 'dot', 'eve'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1
        1        | ann       | 99213      | 2024-04-29       | 2024-04-29     | M5450
        2        | ann       | 72148      | 2024-06-10       | 2024-06-10     | Z0000
        3        | ben       | 99213      | 2024-04-28       | 2024-04-28     | M5450
        4        | ben       | 72148      | 2024-06-10       | 2024-06-10     | M5450
        5        | cid       | 99213      | 2023-06-11       | 2023-06-11     | M5450
        6        | cid       | 72100      | 2024-06-10       | 2024-06-10     | M5432
        7        | dot       | 99213      | 2023-06-10       | 2023-06-10     | M5450
        8        | dot       | 72100      | 2024-06-10       | 2024-06-10     | M5432
        9        | eve       | 72100      | 2024-06-10       | 2024-06-10     | M25551`),
    },
    expect: `
      person_id | back_imaging
      ann       | 1
      ben       | 0
      cid       | 0
      dot       | 1
      eve       | 0`,
  },
  'back imaging: injury, fever, nerve damage in 42 days and cancer within a year excuse it': {
    given: {
      'input.eligibility': women('ann', 'ben', 'cid', 'dot', 'eve', 'fay'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1 | diagnosis_code_2
        1        | ann       | 72148      | 2024-06-10       | 2024-06-10     | M5450            | W1830XA
        2        | ben       | 99213      | 2024-04-29       | 2024-04-29     | R509             |
        3        | ben       | 72148      | 2024-06-10       | 2024-06-10     | M5450            |
        4        | cid       | 99213      | 2024-04-28       | 2024-04-28     | R509             |
        5        | cid       | 72148      | 2024-06-10       | 2024-06-10     | M5450            |
        6        | dot       | 72148      | 2024-06-10       | 2024-06-10     | M5450            | M5416
        7        | eve       | 99213      | 2023-06-11       | 2023-06-11     | C7951            |
        8        | eve       | 72148      | 2024-06-10       | 2024-06-10     | M5450            |
        9        | fay       | 99213      | 2023-06-10       | 2023-06-10     | C7951            |
        10       | fay       | 72148      | 2024-06-10       | 2024-06-10     | M5450            |`),
    },
    expect: `
      person_id | back_imaging
      ann       | 0
      ben       | 0
      cid       | 1
      dot       | 0
      eve       | 0
      fay       | 1`,
  },
  'headache: a head scan on the day of the diagnosis or the next, by warning signs not': {
    given: {
      'input.eligibility': women('ann', 'ben', 'cid', 'dot', 'eve', 'fay'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1 | diagnosis_code_2
        1        | ann       | 99213      | 2024-06-09       | 2024-06-09     | R519             |
        2        | ann       | 70551      | 2024-06-10       | 2024-06-10     | Z0000            |
        3        | ben       | 99213      | 2024-06-08       | 2024-06-08     | R519             |
        4        | ben       | 70551      | 2024-06-10       | 2024-06-10     | Z0000            |
        5        | cid       | 70450      | 2024-06-10       | 2024-06-10     | R519             | S0990XA
        6        | dot       | 70450      | 2024-06-10       | 2024-06-10     | R519             | R4781
        7        | eve       | 70450      | 2024-06-10       | 2024-06-10     | G4453            |
        8        | fay       | 70450      | 2024-06-10       | 2024-06-10     | G43909           |`),
    },
    expect: `
      person_id | headache_imaging
      ann       | 1
      ben       | 0
      cid       | 0
      dot       | 0
      eve       | 0
      fay       | 1`,
  },
  'headache: cancer, stroke and epilepsy within a year excuse a head scan': {
    given: {
      'input.eligibility': women('ann', 'ben', 'cid', 'dot'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1
        1        | ann       | 99213      | 2023-06-11       | 2023-06-11     | C50911
        2        | ann       | 70450      | 2024-06-10       | 2024-06-10     | R519
        3        | ben       | 99213      | 2023-06-10       | 2023-06-10     | C50911
        4        | ben       | 70450      | 2024-06-10       | 2024-06-10     | R519
        5        | cid       | 99213      | 2023-06-11       | 2023-06-11     | I639
        6        | cid       | 70450      | 2024-06-10       | 2024-06-10     | R519
        7        | dot       | 99213      | 2023-06-11       | 2023-06-11     | G40909
        8        | dot       | 70450      | 2024-06-10       | 2024-06-10     | R519`),
    },
    expect: `
      person_id | headache_imaging
      ann       | 0
      ben       | 1
      cid       | 0
      dot       | 0`,
  },
  'fainting: a head scan counts here also with headache; speech trouble, injury, stroke or epilepsy excuse it': {
    given: {
      'input.eligibility': women('ann', 'ben', 'cid', 'dot', 'eve'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1 | diagnosis_code_2
        1        | ann       | 70450      | 2024-06-10       | 2024-06-10     | R55              | R519
        2        | ben       | 70450      | 2024-06-10       | 2024-06-10     | R55              | R4701
        3        | cid       | 70450      | 2024-06-10       | 2024-06-10     | R55              | S0990XA
        4        | dot       | 99213      | 2023-06-11       | 2023-06-11     | G459             |
        5        | dot       | 70450      | 2024-06-10       | 2024-06-10     | R55              |
        6        | eve       | 99213      | 2023-06-10       | 2023-06-10     | G459             |
        7        | eve       | 70450      | 2024-06-10       | 2024-06-10     | R55              |`),
    },
    expect: `
      person_id | numerator | syncope_imaging | headache_imaging
      ann       | 1         | 1               | 0
      ben       | 0         | 0               | 0
      cid       | 0         | 0               | 0
      dot       | 0         | 0               | 0
      eve       | 1         | 1               | 0`,
  },
  'sinusitis: a CT counts unless the illness is older than 30 days, polyps are there or immunity is weak': {
    given: {
      'input.eligibility': women('ann', 'ben', 'cid', 'dot', 'eve', 'fay'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1 | diagnosis_code_2
        1        | ann       | 99213      | 2024-05-12       | 2024-05-12     | J0190            |
        2        | ann       | 70486      | 2024-06-10       | 2024-06-10     | J0190            |
        3        | ben       | 99213      | 2024-05-11       | 2024-05-11     | J0190            |
        4        | ben       | 70486      | 2024-06-10       | 2024-06-10     | J0190            |
        5        | cid       | 70486      | 2024-06-10       | 2024-06-10     | J0190            | J339
        6        | dot       | 99213      | 2023-06-11       | 2023-06-11     | D849             |
        7        | dot       | 70486      | 2024-06-10       | 2024-06-10     | J0190            |
        8        | eve       | 99213      | 2023-06-10       | 2023-06-10     | J329             |
        9        | eve       | 70486      | 2024-06-10       | 2024-06-10     | J0190            |
        10       | fay       | 70486      | 2024-06-10       | 2024-06-10     | R519             |`),
    },
    expect: `
      person_id | sinus_ct
      ann       | 1
      ben       | 0
      cid       | 0
      dot       | 0
      eve       | 1
      fay       | 0`,
  },
  'carotid imaging: a stroke ever, a murmur or numbness that day or the day before excuse it': {
    given: {
      'input.eligibility': women('ann', 'ben', 'cid', 'dot', 'eve'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1
        1        | ann       | 99213      | 2014-06-10       | 2014-06-10     | Z8673
        2        | ann       | 93880      | 2024-06-10       | 2024-06-10     | I10
        3        | ben       | 93880      | 2024-06-10       | 2024-06-10     | R0989
        4        | cid       | 99213      | 2024-06-09       | 2024-06-09     | R202
        5        | cid       | 93880      | 2024-06-10       | 2024-06-10     | I10
        6        | dot       | 99213      | 2024-06-08       | 2024-06-08     | R202
        7        | dot       | 93880      | 2024-06-10       | 2024-06-10     | I10
        8        | eve       | 93880      | 2024-06-10       | 2024-06-10     | I6523`),
    },
    expect: `
      person_id | carotid_imaging
      ann       | 0
      ben       | 0
      cid       | 0
      dot       | 1
      eve       | 0`,
  },
  'on a day in hospital or an emergency department, carotid imaging, stress tests and injections do not count': {
    given: {
      'input.eligibility': women('ann', 'ben', 'cid', 'dot'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | revenue_center_code | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1
        1        | ann       | north        | 111            | 0120                |            | 2024-06-05       | 2024-06-10     | I10
        2        | ann       | south        | 131            | 0402                | 93880      | 2024-06-10       | 2024-06-10     | I10
        3        | ben       | south        | 131            | 0510                | G0463      | 2022-06-10       | 2022-06-10     | I2510
        4        | ben       | north        | 131            | 0450                | 99284      | 2024-06-10       | 2024-06-10     | I10
        5        | ben       | south        | 131            | 0482                | 93017      | 2024-06-10       | 2024-06-10     | I2510
        6        | cid       | north        | 131            | 0762                | G0378      | 2024-06-09       | 2024-06-10     | I10
        7        | cid       | south        | 131            | 0360                | 62323      | 2024-06-10       | 2024-06-10     | M5450
        8        | dot       | south        | 131            | 0360                | 62323      | 2024-06-10       | 2024-06-10     | M5450`),
    },
    expect: `
      person_id | carotid_imaging | coronary_stress_test | spinal_injection
      ann       | 0               | 0                    | 0
      ben       | 0               | 0                    | 0
      cid       | 0               | 0                    | 0
      dot       | 0               | 0                    | 1`,
  },
  'carotid imaging for fainting: within 14 days of it, not with a stroke ever or weakness since': {
    given: {
      'input.eligibility': women('ann', 'ben', 'cid', 'dot'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1
        1        | ann       | 99213      | 2024-05-27       | 2024-05-27     | R55
        2        | ann       | 93880      | 2024-06-10       | 2024-06-10     | I10
        3        | ben       | 99213      | 2024-05-26       | 2024-05-26     | R55
        4        | ben       | 93880      | 2024-06-10       | 2024-06-10     | I10
        5        | cid       | 99213      | 2014-05-26       | 2014-05-26     | I639
        6        | cid       | 93880      | 2024-06-10       | 2024-06-10     | R55
        7        | dot       | 99213      | 2024-05-27       | 2024-05-27     | R29810
        8        | dot       | 93880      | 2024-06-10       | 2024-06-10     | R55`),
    },
    expect: `
      person_id | numerator | carotid_syncope | carotid_imaging
      ann       | 1         | 1               | 0
      ben       | 1         | 0               | 1
      cid       | 0         | 0               | 0
      dot       | 0         | 0               | 0`,
  },
  'before surgery: tests 1 to 30 days before a low-risk operation, none on its day or before a hip operation': {
    given: {
      'input.eligibility': women('ann', 'ben', 'cid', 'dot'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 71046      | 2024-06-10       | 2024-06-10
        2        | ann       | 93306      | 2024-06-10       | 2024-06-10
        3        | ann       | 94010      | 2024-06-10       | 2024-06-10
        4        | ann       | 78452      | 2024-06-10       | 2024-06-10
        5        | ann       | 71046      | 2024-06-09       | 2024-06-09
        6        | ann       | 66984      | 2024-07-10       | 2024-07-10
        7        | ben       | 71046      | 2024-06-10       | 2024-06-10
        8        | ben       | 71046      | 2024-06-11       | 2024-06-11
        9        | ben       | 66984      | 2024-06-11       | 2024-06-11
        10       | cid       | 71046      | 2024-06-10       | 2024-06-10
        11       | cid       | 27130      | 2024-06-20       | 2024-06-20
        12       | dot       | 94010      | 2024-06-11       | 2024-06-11
        13       | dot       | 66984      | 2024-06-10       | 2024-06-10`),
    },
    expect: `
      person_id | numerator | surgery_chest_x_ray | surgery_echocardiogram | surgery_pulmonary_function | surgery_stress_test
      ann       | 4         | 1                   | 1                      | 1                          | 1
      ben       | 1         | 1                   | 0                      | 0                          | 0
      cid       | 0         | 0                   | 0                      | 0                          | 0
      dot       | 0         | 0                   | 0                      | 0                          | 0`,
  },
  'before surgery: tests on a day in hospital or in an emergency department do not count': {
    given: {
      'input.eligibility': women('ann', 'ben'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | revenue_center_code | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | north        | 131            | 0450                | 99284      | 2024-06-10       | 2024-06-10
        2        | ann       | south        | 131            | 0320                | 71046      | 2024-06-10       | 2024-06-10
        3        | ann       | south        | 131            | 0360                | 66984      | 2024-06-20       | 2024-06-20
        4        | ben       | north        | 111            | 0120                |            | 2024-06-05       | 2024-06-10
        5        | ben       | south        | 131            | 0320                | 71046      | 2024-06-10       | 2024-06-10
        6        | ben       | south        | 131            | 0320                | 71046      | 2024-06-11       | 2024-06-11
        7        | ben       | south        | 131            | 0360                | 66984      | 2024-06-20       | 2024-06-20`),
    },
    expect: `
      person_id | surgery_chest_x_ray
      ann       | 0
      ben       | 1`,
  },
  'stress test in coronary disease known for 180 days, unless it became unstable since; before surgery it counts there':
    {
      given: {
        'input.eligibility': women('ann', 'ben', 'cid', 'dot', 'eve'),
        'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1
        1        | ann       | 99213      | 2023-12-13       | 2023-12-13     | I2510
        2        | ann       | 93015      | 2024-06-10       | 2024-06-10     | I2510
        3        | ben       | 99213      | 2023-12-14       | 2023-12-14     | I2510
        4        | ben       | 93015      | 2024-06-10       | 2024-06-10     | I2510
        5        | cid       | 99213      | 2022-12-13       | 2022-12-13     | I2510
        6        | cid       | 99213      | 2023-12-14       | 2023-12-14     | I214
        7        | cid       | 93015      | 2024-06-10       | 2024-06-10     | I2510
        8        | dot       | 99213      | 2023-12-13       | 2023-12-13     | I214
        9        | dot       | 93015      | 2024-06-10       | 2024-06-10     | I252
        10       | eve       | 99213      | 2022-12-13       | 2022-12-13     | I2510
        11       | eve       | 93015      | 2024-06-10       | 2024-06-10     | I2510
        12       | eve       | 66984      | 2024-06-20       | 2024-06-20     | H2511`),
      },
      expect: `
      person_id | numerator | coronary_stress_test | surgery_stress_test
      ann       | 1         | 1                    | 0
      ben       | 0         | 0                    | 0
      cid       | 0         | 0                    | 0
      dot       | 1         | 1                    | 0
      eve       | 1         | 0                    | 1`,
    },
  'arthroscopy: of an osteoarthritic knee, not of a torn meniscus': {
    given: {
      'input.eligibility': women('ann', 'ben', 'cid'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1 | diagnosis_code_2
        1        | ann       | 29877      | 2024-06-10       | 2024-06-10     | M1711            |
        2        | ben       | 29881      | 2024-06-10       | 2024-06-10     | M1711            | S83241A
        3        | cid       | 29877      | 2024-06-10       | 2024-06-10     | M25561           |`),
    },
    expect: `
      person_id | knee_arthroscopy
      ann       | 1
      ben       | 0
      cid       | 0`,
  },
  'vertebroplasty: of a broken vertebra, not with cancer or a tumor of the bone within a year': {
    given: {
      'input.eligibility': women('ann', 'ben', 'cid', 'dot'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1
        1        | ann       | 22513      | 2024-06-10       | 2024-06-10     | M8008XA
        2        | ben       | 99213      | 2023-06-11       | 2023-06-11     | C9000
        3        | ben       | 22513      | 2024-06-10       | 2024-06-10     | M8008XA
        4        | cid       | 99213      | 2023-06-10       | 2023-06-10     | C9000
        5        | cid       | 22513      | 2024-06-10       | 2024-06-10     | M8008XA
        6        | dot       | 99213      | 2023-06-11       | 2023-06-11     | D1809
        7        | dot       | 22513      | 2024-06-10       | 2024-06-10     | M8008XA`),
    },
    expect: `
      person_id | vertebroplasty
      ann       | 1
      ben       | 0
      cid       | 1
      dot       | 0`,
  },
  'injection: for low back pain of the last 14 days, not for sciatica or nerve roots': {
    given: {
      'input.eligibility': women('ann', 'ben', 'cid', 'dot'),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1 | diagnosis_code_2
        1        | ann       | 99213      | 2024-05-27       | 2024-05-27     | M5450            |
        2        | ann       | 62323      | 2024-06-10       | 2024-06-10     | Z0000            |
        3        | ben       | 99213      | 2024-05-26       | 2024-05-26     | M5450            |
        4        | ben       | 62323      | 2024-06-10       | 2024-06-10     | Z0000            |
        5        | cid       | 62323      | 2024-06-10       | 2024-06-10     | M5450            | M5416
        6        | dot       | 62323      | 2024-06-10       | 2024-06-10     | M5450            | M5442`),
    },
    expect: `
      person_id | spinal_injection
      ann       | 1
      ben       | 0
      cid       | 0
      dot       | 0`,
  },
  'only adults count': {
    given: {
      'input.eligibility': members(`
        person_id | birth_date | gender
        ann       | 2006-06-10 | female
        ben       | 2006-06-11 | female`),
      'input.medical_claim': claims(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date | diagnosis_code_1
        1        | ann       | 70450      | 2024-06-10       | 2024-06-10     | R519
        2        | ben       | 70450      | 2024-06-10       | 2024-06-10     | R519`),
    },
    expect: `
      person_id | headache_imaging
      ann       | 1
      ben       | 0`,
  },
} satisfies Cases;
