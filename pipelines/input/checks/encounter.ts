import { onRows } from '../../engine/check.ts';
import { npis } from './identifiers.ts';
import { ADMIT_SOURCE, ADMIT_TYPE, DISPOSITION, ICD_10_CM, MS_DRG, matches } from './shapes.ts';

const DAYS = 'encounter_end_date - encounter_start_date';

const rules = onRows('input.encounter', 'encounter', 'clinical informatics', [
  {
    number: 451,
    id: 'starts-before-it-ends',
    title: 'An encounter starts before it ends',
    among: 'encounter_end_date is not null',
    broken: 'encounter_start_date > encounter_end_date',
  },
  {
    number: 452,
    id: 'type-known',
    title: 'An encounter says of which kind it is',
    broken: 'encounter_type is null',
  },
  {
    number: 453,
    id: 'stay-ends',
    title: 'A hospital stay that began more than a year before the newest encounter has ended',
    among: `encounter_type like '%inpatient%'
      and encounter_start_date < (select max(encounter_start_date) from input.encounter) - 365`,
    broken: 'encounter_end_date is null',
  },
  {
    number: 454,
    id: 'stay-below-a-year',
    title: 'A hospital stay lasts a year at the most',
    among: "encounter_type like '%inpatient%' and encounter_end_date is not null",
    broken: `${DAYS} > 365`,
  },
  {
    number: 455,
    id: 'visit-below-four-days',
    title: 'An office or emergency visit lasts three days at the most',
    among: `encounter_type in ('office visit', 'telehealth', 'urgent care', 'emergency department')
      and encounter_end_date is not null`,
    broken: `${DAYS} > 3`,
  },
  {
    number: 456,
    id: 'facility-known',
    title: 'An encounter says where it took place',
    severity: 'info',
    broken: 'coalesce(facility_npi, location_id, facility_name) is null',
  },
  {
    number: 458,
    id: 'practitioner-known',
    title: 'An encounter names who was responsible',
    severity: 'info',
    broken: 'attending_provider_id is null',
  },
  {
    number: 459,
    id: 'diagnosis-known',
    title: 'An encounter states its main reason',
    severity: 'info',
    broken: 'primary_diagnosis_code is null',
  },
  {
    number: 460,
    id: 'diagnosis-looks-like-icd-10',
    title: 'A main reason called ICD-10-CM looks like it',
    among: "primary_diagnosis_code_type = 'icd-10-cm' and primary_diagnosis_code is not null",
    broken: `not ${matches('primary_diagnosis_code', ICD_10_CM)}`,
  },
  {
    number: 461,
    id: 'admit-source-valid',
    title: 'The source of admission of an encounter is one of the list (NUBC)',
    among: 'admit_source_code is not null',
    broken: `not ${matches('admit_source_code', ADMIT_SOURCE)}`,
  },
  {
    number: 462,
    id: 'admit-type-valid',
    title: 'The type of admission of an encounter is 1 to 5 or 9 (NUBC)',
    among: 'admit_type_code is not null',
    broken: `not ${matches('admit_type_code', ADMIT_TYPE)}`,
  },
  {
    number: 463,
    id: 'disposition-valid',
    title: 'The discharge disposition of an encounter is one of the list (NUBC)',
    among: 'discharge_disposition_code is not null',
    broken: `not ${matches('discharge_disposition_code', DISPOSITION)}`,
  },
  {
    number: 464,
    id: 'ms-drg-valid',
    title: 'The MS-DRG of an encounter has three digits of the range in use (CMS)',
    among: "drg_code is not null and coalesce(drg_code_type, 'ms-drg') = 'ms-drg'",
    broken: `not ${matches('drg_code', MS_DRG)}`,
  },
  {
    number: 465,
    id: 'paid-not-negative',
    title: 'What was paid for an encounter is not negative',
    among: 'paid_amount is not null',
    broken: 'paid_amount < 0',
  },
]);

export const encounter = [
  ...rules,
  ...npis('encounter', 'facility_npi', 457, 'Identifiers of the facilities of encounters'),
];
