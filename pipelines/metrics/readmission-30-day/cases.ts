import { type Cases, everyRow } from '../../engine/cases.ts';

/** People born on 1 March 1950, in fee-for-service Medicare from 2022 to 2024. */
const medicare = (...people: readonly string[]) =>
  everyRow(
    {
      gender: 'female',
      birth_date: '1950-03-01',
      payer: 'medicare',
      payer_type: 'medicare',
      enrollment_start_date: '2022-01-01',
      enrollment_end_date: '2024-12-31',
    },
    ['person_id', ...people].join('\n'),
  );

const coverage = (table: string) => everyRow({ gender: 'female', payer: 'medicare' }, table);

/** Claims of hospital stays, one line each. I5021 is heart failure, J189 pneumonia, A419 sepsis. */
const stays = (table: string) =>
  everyRow(
    { claim_line_number: '1', claim_type: 'institutional', bill_type_code: '111', diagnosis_code_type: 'icd-10-cm' },
    table,
  );

/** Institutional claims of other kinds: the bill type is a column. */
const facilityClaims = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'institutional', diagnosis_code_type: 'icd-10-cm' }, table);

export default {
  'two rules at once: both are listed in the order in which they are asked, and the first is kept; a stay that counts lists none':
    {
      given: {
        'input.eligibility': coverage(`
        person_id | birth_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 1970-03-01 | medicare   | 2024-01-01            | 2024-12-31
        bob       | 1950-03-01 | medicare   | 2022-01-01            | 2024-12-31`),
        'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 07                         | F329
        2        | bob       | north        | 2024-12-10       | 2024-12-14     | 07                         | I5021
        3        | bob       | north        | 2024-06-01       | 2024-06-05     | 01                         | I5021`),
      },
      expect: `
      person_id | anchor_date | exclusion                   | exclusions
      ann       | 2024-03-05  | left against medical advice | [left against medical advice, psychiatric principal diagnosis, under 65 at admission, not in fee-for-service Part A for 12 months before admission]
      bob       | 2024-12-14  | left against medical advice | [left against medical advice, follow-up incomplete]
      bob       | 2024-06-05  |                             | []`,
    },
  'in numerator: an unplanned return to the hospital; the return is an index stay of its own': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021
        2        | ann       | south        | 2024-01-20       | 2024-01-24     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion | facility | discharge_setting | specialty_cohort  | return_day | return_condition
      ann       | 2024-01-05  | 1         | 1           |           | north    | home              | cardiorespiratory | 15         | pneumonia
      ann       | 2024-01-24  | 0         | 1           |           | south    | home              | cardiorespiratory |            |`,
  },
  'denominator only: nobody came back': {
    given: {
      'input.eligibility': medicare('ann', 'bob'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 06                         | I5021
        2        | bob       | north        | 2024-01-06       | 2024-01-09     | 03                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion | discharge_setting
      ann       | 2024-01-05  | 0         | 1           |           | home health
      bob       | 2024-01-09  | 0         | 1           |           | nursing facility`,
  },
  'just inside: a return on day 30': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021
        2        | ann       | north        | 2024-02-04       | 2024-02-06     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-05  | 1         | 1           |
      ann       | 2024-02-06  | 0         | 1           |`,
  },
  'just outside: a return on day 31': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021
        2        | ann       | north        | 2024-02-05       | 2024-02-06     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-05  | 0         | 1           |
      ann       | 2024-02-06  | 0         | 1           |`,
  },
  'just inside: a return on the day of discharge, same hospital, for another diagnosis': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021
        2        | ann       | north        | 2024-01-05       | 2024-01-08     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-05  | 1         | 1           |
      ann       | 2024-01-08  | 0         | 1           |`,
  },
  'just outside: back on the day of discharge, same hospital and same diagnosis, is one continuous stay': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021
        2        | ann       | north        | 2024-01-05       | 2024-01-08     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-08  | 0         | 1           |`,
  },
  'back the next day at the same hospital is a readmission on day 1': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021
        2        | ann       | north        | 2024-01-06       | 2024-01-08     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-05  | 1         | 1           |
      ann       | 2024-01-08  | 0         | 1           |`,
  },
  'a transfer on the same day is one stay, and the last hospital answers for it': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 02                         | I5021
        2        | ann       | south        | 2024-01-05       | 2024-01-09     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion | facility
      ann       | 2024-01-09  | 0         | 1           |           | south`,
  },
  'a transfer is told by its dates: next day at another hospital, though coded as sent home': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021
        2        | ann       | south        | 2024-01-06       | 2024-01-09     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion | facility
      ann       | 2024-01-09  | 0         | 1           |           | south`,
  },
  'two days later at another hospital is a readmission, no transfer': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 02                         | I5021
        2        | ann       | south        | 2024-01-07       | 2024-01-09     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-05  | 1         | 1           |
      ann       | 2024-01-09  | 0         | 1           |`,
  },
  'transferred, then home, then back: one index stay with one readmission, counted from the last discharge': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 02                         | I5021
        2        | ann       | south        | 2024-01-05       | 2024-01-20     | 01                         | I5021
        3        | ann       | north        | 2024-02-10       | 2024-02-14     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion | facility
      ann       | 2024-01-20  | 1         | 1           |           | south
      ann       | 2024-02-14  | 0         | 1           |           | north`,
  },
  'only the first of two returns within the window counts, and it is an index stay for the second': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021
        2        | ann       | north        | 2024-01-10       | 2024-01-12     | 01                         | J189
        3        | ann       | north        | 2024-01-20       | 2024-01-22     | 01                         | A419`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-05  | 1         | 1           |
      ann       | 2024-01-12  | 1         | 1           |
      ann       | 2024-01-22  | 0         | 1           |`,
  },
  'a return for maintenance chemotherapy is planned and does not count; as an index stay it is excluded': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021
        2        | ann       | north        | 2024-01-20       | 2024-01-22     | 01                         | Z5111`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-05  | 0         | 1           |
      ann       | 2024-01-22  | 0         | 1           | medical treatment of cancer`,
  },
  'a return for a knee replacement is planned; with an acute reason for it, it is not': {
    given: {
      'input.eligibility': medicare('ann', 'bob', 'cid'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | procedure_code_type | procedure_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021            |                     |
        2        | ann       | north        | 2024-01-20       | 2024-01-22     | 01                         | M1711            | icd-10-pcs          | 0SRC0J9
        3        | bob       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021            |                     |
        4        | bob       | north        | 2024-01-20       | 2024-01-22     | 01                         | A419             | icd-10-pcs          | 0SRC0J9
        5        | cid       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021            |                     |
        6        | cid       | north        | 2024-01-20       | 2024-01-22     | 01                         | M1711            | icd-10-pcs          | 30233N1`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion | specialty_cohort
      ann       | 2024-01-05  | 0         | 1           |           | cardiorespiratory
      ann       | 2024-01-22  | 0         | 1           |           | surgery/gynecology
      bob       | 2024-01-05  | 1         | 1           |           | cardiorespiratory
      bob       | 2024-01-22  | 0         | 1           |           | surgery/gynecology
      cid       | 2024-01-05  | 1         | 1           |           | cardiorespiratory
      cid       | 2024-01-22  | 0         | 1           |           | medicine`,
  },
  'a fracture is acute in its first episode of care only': {
    given: {
      'input.eligibility': medicare('ann', 'bob'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | procedure_code_type | procedure_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021            |                     |
        2        | ann       | north        | 2024-01-20       | 2024-01-22     | 01                         | S82201A          | icd-10-pcs          | 0QSG04Z
        3        | bob       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021            |                     |
        4        | bob       | north        | 2024-01-20       | 2024-01-22     | 01                         | S82201K          | icd-10-pcs          | 0QSG04Z`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator
      ann       | 2024-01-05  | 1         | 1
      ann       | 2024-01-22  | 0         | 1
      bob       | 2024-01-05  | 0         | 1
      bob       | 2024-01-22  | 0         | 1`,
  },
  'when the first return is planned, a later unplanned one in the window does not count': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021
        2        | ann       | north        | 2024-01-10       | 2024-01-11     | 01                         | Z5111
        3        | ann       | north        | 2024-01-20       | 2024-01-22     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-05  | 0         | 1           |
      ann       | 2024-01-11  | 0         | 1           | medical treatment of cancer
      ann       | 2024-01-22  | 0         | 1           |`,
  },
  'a return for a kidney transplant is planned': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | procedure_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021            |
        2        | ann       | north        | 2024-01-20       | 2024-01-27     | 01                         | N186             | 0TY00Z0`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion | return_day | return_condition
      ann       | 2024-01-05  | 0         | 1           |           |            |
      ann       | 2024-01-27  | 0         | 1           |           |            |`,
  },
  'excluded: left against medical advice': {
    given: {
      'input.eligibility': medicare('bob'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | bob       | north        | 2024-01-01       | 2024-01-05     | 07                         | I5021
        2        | bob       | north        | 2024-01-08       | 2024-01-09     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      bob       | 2024-01-05  | 0         | 1           | left against medical advice
      bob       | 2024-01-09  | 0         | 1           |`,
  },
  'excluded: died in hospital, but the stay counts as the readmission of the one before': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date
        bob       | 1950-03-01 | 2024-01-25 | medicare   | 2022-01-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | bob       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021
        2        | bob       | north        | 2024-01-20       | 2024-01-25     | 20                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      bob       | 2024-01-05  | 1         | 1           |
      bob       | 2024-01-25  | 0         | 1           | died in hospital`,
  },
  'who dies at home within 30 days stays in the denominator': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date
        bob       | 1950-03-01 | 2024-01-15 | medicare   | 2022-01-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | bob       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      bob       | 2024-01-05  | 0         | 1           |`,
  },
  'just inside: discharged 30 days before the data end': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-11-28       | 2024-12-01     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-12-01  | 0         | 1           |`,
  },
  'just outside: discharged 29 days before the data end; a return already seen does not count either': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-11-28       | 2024-12-02     | 01                         | I5021
        2        | ann       | north        | 2024-12-10       | 2024-12-12     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-12-02  | 0         | 1           | follow-up incomplete
      ann       | 2024-12-12  | 0         | 1           | follow-up incomplete`,
  },
  'a stay that begins after the data end is nobody’s readmission': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-05-01       | 2024-05-31     | 01                         | I5021
        2        | ann       | north        | 2024-07-01       | 2024-07-03     | 01                         | J189`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-05-31  | 0         | 1           |`,
  },
  'just inside: admitted on the 65th birthday': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 1959-01-10 | medicare   | 2022-01-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-10       | 2024-01-12     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-12  | 0         | 1           |`,
  },
  'just outside: admitted the day before the 65th birthday': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 1959-01-10 | medicare   | 2022-01-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-09       | 2024-01-12     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-12  | 0         | 1           | under 65 at admission`,
  },
  'excluded: joined Medicare less than 12 months before admission': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 1950-03-01 | medicare   | 2023-06-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-10       | 2024-03-12     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-12  | 0         | 1           | not in fee-for-service Part A for 12 months before admission`,
  },
  'excluded: in Medicare Advantage': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | payer_type         | enrollment_start_date | enrollment_end_date
        ann       | 1950-03-01 | medicare advantage | 2022-01-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-10       | 2024-03-12     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-12  | 0         | 1           | not in fee-for-service Part A for 12 months before admission`,
  },
  'excluded: a gap in enrollment inside the 30 days after discharge': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 1950-03-01 | medicare   | 2022-01-01            | 2024-03-31
        ann       | 1950-03-01 | medicare   | 2024-05-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-10       | 2024-03-12     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-12  | 0         | 1           | not in fee-for-service Part A for 30 days after discharge`,
  },
  'coverage in two spans that touch is unbroken': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 1950-03-01 | medicare   | 2022-01-01            | 2024-03-31
        ann       | 1950-03-01 | medicare   | 2024-04-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-10       | 2024-03-12     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-12  | 0         | 1           |`,
  },
  'excluded: psychiatric, rehabilitation and medical cancer stays by principal diagnosis': {
    given: {
      'input.eligibility': medicare('ann', 'bob', 'cal'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-10       | 2024-03-12     | 01                         | F322
        2        | bob       | north        | 2024-03-10       | 2024-03-12     | 01                         | Z448
        3        | cal       | north        | 2024-03-10       | 2024-03-12     | 01                         | C3490`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-12  | 0         | 1           | psychiatric principal diagnosis
      bob       | 2024-03-12  | 0         | 1           | rehabilitation principal diagnosis
      cal       | 2024-03-12  | 0         | 1           | medical treatment of cancer`,
  },
  'cancer that was operated on stays an index stay': {
    given: {
      'input.eligibility': medicare('cal'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | drg_code
        1        | cal       | north        | 2024-03-10       | 2024-03-15     | 01                         | C189             | 330`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion | specialty_cohort
      cal       | 2024-03-15  | 0         | 1           |           | surgery/gynecology`,
  },
  'excluded: a cancer hospital outside prospective payment': {
    given: {
      'input.eligibility': medicare('cal'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_ccn | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | cal       | 330154       | 2024-03-10       | 2024-03-15     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      cal       | 2024-03-15  | 0         | 1           | cancer hospital outside prospective payment`,
  },
  'psychiatric, rehabilitation and long-term hospitals make neither index stays nor readmissions': {
    given: {
      'input.eligibility': medicare('ann', 'bob', 'cal'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_ccn | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | 220001       | 2024-03-01       | 2024-03-05     | 65                         | I5021
        2        | ann       | 224001       | 2024-03-12       | 2024-03-20     | 01                         | F322
        3        | bob       | 220001       | 2024-03-01       | 2024-03-05     | 62                         | I6340
        4        | bob       | 223025       | 2024-03-05       | 2024-03-20     | 01                         | I69351
        5        | cal       | 220001       | 2024-03-01       | 2024-03-05     | 63                         | J9601
        6        | cal       | 222001       | 2024-03-05       | 2024-03-25     | 01                         | J9610`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion | discharge_setting
      ann       | 2024-03-05  | 0         | 1           |           | other
      bob       | 2024-03-05  | 0         | 1           |           | rehabilitation
      cal       | 2024-03-05  | 0         | 1           |           | other`,
  },
  'a critical access hospital is a short-term hospital': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_ccn | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | 221300       | 2024-03-01       | 2024-03-05     | 01                         | I5021
        2        | ann       | 220001       | 2024-03-12       | 2024-03-20     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 1         | 1           |
      ann       | 2024-03-20  | 0         | 1           |`,
  },
  'a nursing facility or swing bed after the hospital is no readmission, and the hospital after it is': {
    given: {
      'input.eligibility': medicare('ann', 'bob'),
      'input.medical_claim': facilityClaims(`
        claim_id | person_id | facility_ccn | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | 220001       | 111            | 2024-03-01       | 2024-03-05     | 03                         | I5021
        2        | ann       | 225001       | 211            | 2024-03-05       | 2024-03-25     | 02                         | I5021
        3        | ann       | 220001       | 111            | 2024-03-25       | 2024-03-28     | 01                         | A419
        4        | bob       | 220001       | 111            | 2024-03-01       | 2024-03-05     | 61                         | I5021
        5        | bob       | 22U001       | 181            | 2024-03-05       | 2024-03-20     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion | discharge_setting
      ann       | 2024-03-05  | 1         | 1           |           | nursing facility
      ann       | 2024-03-28  | 0         | 1           |           | home
      bob       | 2024-03-05  | 0         | 1           |           | nursing facility`,
  },
  'an emergency visit or an observation stay after discharge is no readmission': {
    given: {
      'input.eligibility': medicare('ann', 'bob'),
      'input.medical_claim': facilityClaims(`
        claim_id | person_id | facility_npi | bill_type_code | revenue_center_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 111            | 0120                | 2024-03-01       | 2024-03-05     | 01                         | I5021
        2        | ann       | north        | 131            | 0450                | 2024-03-10       | 2024-03-10     | 01                         | R079
        3        | bob       | north        | 111            | 0120                | 2024-03-01       | 2024-03-05     | 01                         | I5021
        4        | bob       | north        | 131            | 0762                | 2024-03-10       | 2024-03-11     | 01                         | R079`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |
      bob       | 2024-03-05  | 0         | 1           |`,
  },
  'observation that became an admission is one stay, and one readmission of the stay before': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': facilityClaims(`
        claim_id | person_id | facility_npi | bill_type_code | revenue_center_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 111            | 0120                | 2024-03-01       | 2024-03-05     | 01                         | I5021
        2        | ann       | north        | 131            | 0762                | 2024-03-10       | 2024-03-11     | 09                         | R079
        3        | ann       | north        | 111            | 0120                | 2024-03-11       | 2024-03-14     | 01                         | I214`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 1         | 1           |
      ann       | 2024-03-14  | 0         | 1           |`,
  },
  'interim bills are one stay': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': facilityClaims(`
        claim_id | person_id | facility_npi | bill_type_code | admission_date | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 112            | 2024-01-10     | 2024-01-10       | 2024-01-31     | 30                         | I5021
        2        | ann       | north        | 113            | 2024-01-10     | 2024-02-01       | 2024-02-29     | 30                         | I5021
        3        | ann       | north        | 114            | 2024-01-10     | 2024-03-01       | 2024-03-09     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-09  | 0         | 1           |`,
  },
  'excluded: the last interim bill says that the person is still in hospital': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': facilityClaims(`
        claim_id | person_id | facility_npi | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 112            | 2024-03-10       | 2024-03-31     | 30                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-31  | 0         | 1           | still in hospital`,
  },
  'a claim and the hospital’s own record of one stay are one stay': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021`),
      'input.encounter': `
        encounter_id | person_id | facility_npi | encounter_type  | encounter_start_date | encounter_end_date
        adt-1        | ann       | north        | acute inpatient | 2024-03-01           | 2024-03-05`,
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |`,
  },
  'a return that only the hospital’s own record tells of counts': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021`),
      'input.encounter': `
        encounter_id | person_id | facility_npi | encounter_type  | encounter_start_date | encounter_end_date | discharge_disposition_code | primary_diagnosis_code_type | primary_diagnosis_code
        adt-1        | ann       | north        | acute inpatient | 2024-03-10           | 2024-03-12         | 01                         | icd-10-cm                   | J189`,
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 1         | 1           |
      ann       | 2024-03-12  | 0         | 1           |`,
  },
  'a denied or reversed claim is no stay': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_status | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | paid         | 2024-03-01       | 2024-03-05     | 01                         | I5021
        2        | ann       | north        | denied       | 2024-03-10       | 2024-03-12     | 01                         | J189
        3        | ann       | north        | reversed     | 2024-03-20       | 2024-03-22     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |`,
  },
  'admitted and discharged on one day is a stay': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-01     | 01                         | I5021
        2        | ann       | north        | 2024-03-09       | 2024-03-09     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-01  | 1         | 1           |
      ann       | 2024-03-09  | 0         | 1           |`,
  },
  'a stay for rehabilitation in between is passed over': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 01                         | I5021
        2        | ann       | north        | 2024-01-10       | 2024-01-12     | 01                         | Z448
        3        | ann       | north        | 2024-01-20       | 2024-01-22     | 01                         | A419`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-05  | 1         | 1           |
      ann       | 2024-01-12  | 0         | 1           | rehabilitation principal diagnosis
      ann       | 2024-01-22  | 0         | 1           |`,
  },
  'sent on to psychiatric care (status 65): the psychiatric stay of the next day does not count': {
    given: {
      'input.eligibility': medicare('ann', 'bob'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 65                         | I5021
        2        | ann       | north        | 2024-01-06       | 2024-01-12     | 01                         | F322
        3        | bob       | north        | 2024-01-01       | 2024-01-05     | 65                         | I5021
        4        | bob       | north        | 2024-01-07       | 2024-01-12     | 01                         | F322`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-05  | 0         | 1           |
      ann       | 2024-01-12  | 0         | 1           | psychiatric principal diagnosis
      bob       | 2024-01-05  | 1         | 1           |
      bob       | 2024-01-12  | 0         | 1           | psychiatric principal diagnosis`,
  },
  'a chain of three hospitals is one stay': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-01-01       | 2024-01-03     | 02                         | I214
        2        | ann       | south        | 2024-01-03       | 2024-01-06     | 02                         | I214
        3        | ann       | west         | 2024-01-07       | 2024-01-11     | 01                         | I214`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion | facility | specialty_cohort
      ann       | 2024-01-11  | 0         | 1           |           | west     | cardiovascular`,
  },
  'excluded: no principal diagnosis': {
    given: {
      'input.eligibility': medicare('ann'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code
        1        | ann       | north        | 2024-01-01       | 2024-01-05     | 01`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-05  | 0         | 1           | principal diagnosis missing`,
  },
} satisfies Cases;
