import { type Fixtures, onRows } from './fixture.ts';

const CODED = 'source_code | source_code_type';
const LAB = 'source_component_code | result | source_units';
const SIGN = 'source_code | result | source_units';

const SPAN = 'encounter_type | encounter_start_date | encounter_end_date';

const staffed = (practice: string, practitioners: string) => ({
  'input.practice': `practice_id\n${practice}`,
  'input.practitioner': `practitioner_id | practice_id\n1 | ${practitioners}`,
});

const held = (practice: string) => ({
  'input.practice': 'practice_id\np1',
  'input.provider_attribution': `person_id | custom_attributed_provider_practice\nann | ${practice}`,
});

export const clinical: Fixtures = {
  ...onRows('encounter', {
    'starts-before-it-ends': [
      'encounter_start_date | encounter_end_date',
      '2024-02-02 | 2024-02-01',
      '2024-02-02 | 2024-02-02',
    ],
    'type-known': ['encounter_id | encounter_type', '1 |', '1 | office visit'],
    'stay-ends': [
      SPAN,
      'acute inpatient | 2022-01-01 |\noffice visit | 2024-01-01 | 2024-01-01',
      'acute inpatient | 2022-01-01 | 2022-01-02',
      'acute inpatient | 2023-12-31 |',
      'office visit | 2024-01-01 | 2024-01-01',
    ],
    'stay-below-a-year': [
      SPAN,
      'acute inpatient | 2023-01-01 | 2024-01-02',
      'acute inpatient | 2023-01-01 | 2024-01-01',
    ],
    'visit-below-four-days': [
      SPAN,
      'emergency department | 2024-01-01 | 2024-01-05',
      'emergency department | 2024-01-01 | 2024-01-04',
    ],
    'facility-known': ['encounter_id | facility_name | location_id', '1 | |', '1 | North |', '1 | | l1'],
    'facility-npi-whole': ['facility_npi', '1234567890', '1234567893'],
    'practitioner-known': ['encounter_id | attending_provider_id', '1 |', '1 | dr'],
    'diagnosis-known': ['encounter_id | primary_diagnosis_code', '1 |', '1 | E119'],
    'diagnosis-looks-like-icd-10': [
      'primary_diagnosis_code | primary_diagnosis_code_type',
      '250 | icd-10-cm',
      'E119 | icd-10-cm',
    ],
    'admit-source-valid': ['admit_source_code', 'Z', '1'],
    'admit-type-valid': ['admit_type_code', '7', '1'],
    'disposition-valid': ['discharge_disposition_code', '99', '01'],
    'ms-drg-valid': ['drg_code | drg_code_type', '47 | ms-drg', '470 | ms-drg'],
    'paid-not-negative': ['paid_amount', '-0.01', '0.00'],
  }),
  ...onRows('condition', {
    'has-code': ['condition_id | source_code', '1 |', '1 | E119'],
    'code-system-known': [CODED, 'E119 |', 'E119 | icd-10-cm'],
    'looks-like-icd-10': [CODED, '250 | icd-10-cm', 'E119 | icd-10-cm'],
    'looks-like-icd-9': [CODED, '2500000 | icd-9-cm', '25000 | icd-9-cm'],
    'looks-like-snomed': [CODED, 'E119 | snomed', '44054006 | snomed'],
    'icd-9-ended': ['source_code_type | recorded_date', 'icd-9-cm | 2015-10-01', 'icd-9-cm | 2015-09-30'],
    dated: ['condition_id | onset_date | recorded_date', '1 | |', '1 | 2024-01-01 |', '1 | | 2024-01-01'],
    'begins-before-it-ends': ['onset_date | resolved_date', '2024-02-02 | 2024-02-01', '2024-02-02 | 2024-02-02'],
    'recorded-after-onset': ['onset_date | recorded_date', '2024-02-02 | 2024-02-01', '2024-02-02 | 2024-02-02'],
    'active-not-ended': [
      'status | recorded_date | resolved_date',
      'active | 2024-02-02 | 2024-02-01',
      'active | 2024-02-02 |',
    ],
    'rank-positive': ['condition_rank', '0', '1'],
    'present-on-admission-valid': ['present_on_admit_code', 'X', 'Y'],
  }),
  ...onRows('procedure', {
    'has-code': ['procedure_id | source_code', '1 |', '1 | 99213'],
    'code-system-known': [CODED, '99213 |', '99213 | hcpcs'],
    dated: ['procedure_id | procedure_date', '1 |', '1 | 2024-01-01'],
    'looks-like-hcpcs': [CODED, '9921 | hcpcs', '99213 | hcpcs'],
    'looks-like-icd-10': [CODED, '0SRO019 | icd-10-pcs', '0SR9019 | icd-10-pcs'],
    'looks-like-snomed': [CODED, 'X710824005 | snomed', '710824005 | snomed'],
    'modifier-whole': ['modifier_1 | modifier_2', 'L |', 'LT | 59'],
    'practitioner-known': ['procedure_id | practitioner_id', '1 |', '1 | dr'],
  }),
  ...onRows('lab_result', {
    'has-code': ['lab_result_id | source_order_code', '1 |', '1 | 4548-4'],
    'has-value': ['lab_result_id | result', '1 |', '1 | 9.1'],
    'loinc-whole': ['source_component_code | source_component_type', '4548-5 | loinc', '4548-4 | loinc'],
    dated: ['lab_result_id | collection_datetime', '1 |', '1 | 2024-01-01 08:00:00'],
    'collected-before-reported': [
      'collection_datetime | result_datetime',
      '2024-01-01 08:00:00 | 2024-01-01 07:59:59',
      '2024-01-01 08:00:00 | 2024-01-01 08:00:00',
    ],
    'unit-known': ['result | source_units', '9.1 |', '9.1 | %'],
    'a1c-has-number': [LAB, '4548-4 | high | %', '4548-4 | 9.1 | %'],
    'a1c-in-percent': [LAB, '4548-4 | 53 | mmol/mol', '4548-4 | 9.1 | %', '4548-4 | 9.1 | % of total'],
    'a1c-plausible': [LAB, '4548-4 | 53 | %', '4548-4 | 25 | %', '4548-4 | 2 |'],
    'creatinine-plausible': [LAB, '2160-0 | 88 | mg/dL', '2160-0 | 1.1 | mg/dL'],
    'glucose-plausible': [LAB, '2345-7 | 1 | mg/dL', '2345-7 | 100 | mg/dL'],
    'potassium-plausible': [LAB, '2823-3 | 42 | mmol/L', '2823-3 | 4.2 | mmol/L'],
    'sodium-plausible': [LAB, '2951-2 | 14 | mmol/L', '2951-2 | 140 | mmol/L'],
    'ldl-plausible': [LAB, '13457-7 | -5 | mg/dL', '13457-7 | 100 | mg/dL'],
    'hdl-plausible': [LAB, '2085-9 | 500 | mg/dL', '2085-9 | 50 | mg/dL'],
    'hemoglobin-plausible': [LAB, '718-7 | 140 | g/dL', '718-7 | 14 | g/dL'],
    'gfr-plausible': [LAB, '98979-8 | 999 | mL/min', '98979-8 | 80 | mL/min'],
  }),
  ...onRows('observation', {
    'has-code': ['observation_id | source_code', '1 |', '1 | 8480-6'],
    'has-value': ['observation_id | result', '1 |', '1 | 120'],
    'loinc-whole': [CODED, '8480-5 | loinc', '8480-6 | loinc'],
    dated: ['observation_id | observation_date', '1 |', '1 | 2024-01-01'],
    'vital-sign-is-number': ['observation_type | result', 'vital-signs | normal', 'vital-signs | 120'],
    'vital-sign-has-unit': [
      'observation_type | result | source_units',
      'vital-signs | 120 |',
      'vital-signs | 120 | mm[Hg]',
    ],
    'systolic-plausible': [SIGN, '8480-6 | 12 | mm[Hg]', '8480-6 | 120 | mm[Hg]'],
    'diastolic-plausible': [SIGN, '8462-4 | 800 | mm[Hg]', '8462-4 | 80 | mm[Hg]'],
    'heart-rate-plausible': [SIGN, '8867-4 | 0 | /min', '8867-4 | 80 | /min'],
    'breathing-rate-plausible': [SIGN, '9279-1 | 140 | /min', '9279-1 | 14 | /min'],
    'temperature-plausible': [SIGN, '8310-5 | 98.6 | Cel', '8310-5 | 37 | Cel'],
    'oxygen-plausible': [SIGN, '59408-5 | 110 | %', '59408-5 | 98 | %'],
    'height-plausible': [SIGN, '8302-2 | 1.7 | cm', '8302-2 | 170 | cm'],
    'weight-plausible': [SIGN, '29463-7 | 800 | kg', '29463-7 | 80 | kg'],
    'body-mass-index-plausible': [SIGN, '39156-5 | 300 | kg/m2', '39156-5 | 30 | kg/m2'],
    'phq-9-plausible': [SIGN, '44261-6 | 28 | {score}', '44261-6 | 27 | {score}'],
    'phq-2-plausible': [SIGN, '55758-7 | 7 | {score}', '55758-7 | 6 | {score}'],
    'systolic-above-diastolic': [
      'person_id | observation_date | panel_id | source_code | result',
      'ann | 2024-01-01 | | 8480-6 | 80\nann | 2024-01-01 | | 8462-4 | 120',
      'ann | 2024-01-01 | | 8480-6 | 120',
      'ann | 2024-01-01 | | 8462-4 | 80',
      'ann | 2024-01-02 | | 8480-6 | 80',
    ],
  }),
  ...onRows('medication', {
    'has-code': ['medication_id | source_code', '1 |', '1 | 860975'],
    dated: ['medication_id | prescribing_date', '1 |', '1 | 2024-01-01'],
    'ndc-whole': ['ndc_code', '1234', '12345678901'],
    'rxnorm-whole': ['rxnorm_code', 'N860975', '860975'],
    'supply-plausible': ['days_supply', '900', '90'],
    'quantity-positive': ['quantity', '0', '30'],
    'starts-before-it-ends': ['prescribing_date | end_date', '2024-02-02 | 2024-02-01', '2024-02-02 | 2024-02-02'],
    'ordered-before-dispensed': [
      'prescribing_date | dispensing_date',
      '2024-02-02 | 2024-02-01',
      '2024-02-02 | 2024-02-02',
    ],
  }),
  ...onRows('immunization', {
    'has-code': ['immunization_id | source_code', '1 |', '1 | 140'],
    'cvx-whole': [CODED, '8 | cvx', '08 | cvx', '140 | cvx'],
    dated: ['immunization_id | occurrence_date', '1 |', '1 | 2024-01-01'],
    'refusal-explained': ['status | status_reason', 'not-done |', 'not-done | declined'],
  }),
  ...onRows('appointment', {
    dated: ['appointment_id | start_datetime', '1 |', '1 | 2024-01-01 08:00:00'],
    'starts-before-it-ends': [
      'start_datetime | end_datetime',
      '2024-01-01 08:00:00 | 2024-01-01 07:59:00',
      '2024-01-01 08:00:00 | 2024-01-01 08:20:00',
    ],
    'below-a-day': [
      'start_datetime | end_datetime',
      '2024-01-01 08:00:00 | 2024-01-02 08:00:00',
      '2024-01-01 08:00:00 | 2024-01-01 08:20:00',
    ],
    'duration-agrees': [
      'start_datetime | end_datetime | duration',
      '2024-01-01 08:00:00 | 2024-01-01 08:20:00 | 60',
      '2024-01-01 08:00:00 | 2024-01-01 08:20:00 | 20',
    ],
    'status-known': ['appointment_id | status_code', '1 |', '1 | booked'],
  }),
  ...onRows('allergy', {
    'has-code': ['allergy_id | source_code', '1 |', '1 | 609328004'],
    dated: ['allergy_id | recorded_date', '1 |', '1 | 2024-01-01'],
    'begins-before-it-ends': ['recorded_date | resolved_date', '2024-02-02 | 2024-02-01', '2024-02-02 | 2024-02-02'],
  }),
  ...onRows('care_plan', {
    'has-code': ['care_plan_id | source_code', '1 |', '1 | 53950000'],
    dated: ['care_plan_id | start_date', '1 |', '1 | 2024-01-01'],
    'starts-before-it-ends': ['start_date | end_date', '2024-02-02 | 2024-02-01', '2024-02-02 | 2024-02-02'],
  }),
  ...onRows('location', {
    named: ['location_id | name', '1 |', '1 | North'],
    'npi-whole': ['npi', '1234567890', '1234567893'],
    'ccn-whole': ['ccn', '36085', '360851'],
    'zip-whole': ['zip_code', '2139', '02139'],
    'state-known': ['state', 'XX', 'PA'],
    numbered: ['location_id | npi | ccn', '1 | |', '1 | | 360851'],
    'ccn-has-one-name': ['ccn | name', '360851 | North\n360851 | South', '360851 | North', '360851 | NORTH'],
  }),
  ...onRows('practitioner', {
    'npi-whole': ['npi', '1234567890', '1234567893'],
    'specialty-known': ['practitioner_id | specialty', '1 |', '1 | cardiology'],
    'specialty-whole': ['specialty_code', '6', '06'],
    'practice-known': ['practitioner_id | practice_id', '1 |', '1 | p1'],
    'npi-has-one-name': ['npi | last_name', '1 | Lee\n1 | Poe', '1 | Lee', '1 | LEE'],
    'npi-has-one-specialty': ['npi | specialty_code', '1 | 08\n1 | 11', '1 | 08', '1 | 08'],
  }),
  ...onRows('practice', {
    named: ['practice_id | name', '1 |', '1 | North'],
    'tin-whole': ['tin', '12345678', '012345678'],
    'has-own-tin': ['practice_id | tin', 'p1 | 1\np2 | 1', 'p1 | 1', 'p1 | 1', 'p2 | 2'],
  }),
  'practitioner-practice-listed': { fails: staffed('p1', 'p2'), passes: staffed('p1', 'p1') },
  'practice-has-practitioner': { fails: staffed('p1', 'p2'), passes: staffed('p1', 'p1') },
  'provider-attribution-practice-listed': { fails: held('p2'), passes: held('p1') },
  ...onRows('provider_attribution', {
    'one-practitioner': [
      'person_id | year_month | payer | payer_attributed_provider',
      'ann | 202401 | m | 1\nann | 202401 | m | 2',
      'ann | 202401 | m | 1',
      'ann | 202402 | m | 2',
      'ann | 202401 | x | 2',
    ],
  }),
};
