import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'preventable-admissions-per-1000',
  title: 'Preventable admissions',
  description:
    'Admissions for conditions that good care outside the hospital often prevents, for every 1,000 adults over a year.',
  whyItMatters: 'A high rate points to late or missing care for diabetes, heart and lung disease, or infections.',
  numerator: 'Admissions of the month that any of ten Prevention Quality Indicators counts',
  denominator:
    'Months of medical coverage of people of 18 years and over, to the day: of a month in part, the part that is covered',
  exclusions: [
    'Admissions in a month without medical coverage: listed, not counted',
    'Months before ICD-10-CM (October 2015), of people of unknown age or sex, and of a year without any ICD-10-CM diagnosis of an admission: listed, not counted',
    'Admissions without an ICD-10-CM principal diagnosis: listed, not counted',
    'Admissions from another hospital, a nursing or another health facility, or that no DRG can group: not counted',
    'Admissions that an indicator rules out, such as those with cystic fibrosis, a cardiac procedure, dialysis access or a weakened immune system: not counted',
  ],
  topic: 'preventable',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  betterIs: 'lower',
  grain: 'member-month',
  maturesAfterDays: 90,
  components: [
    { id: 'pqi_01', title: 'Diabetes, short-term complications (PQI 01)' },
    { id: 'pqi_03', title: 'Diabetes, long-term complications (PQI 03)' },
    { id: 'pqi_05', title: 'COPD or asthma, from 40 years (PQI 05)' },
    { id: 'pqi_07', title: 'Hypertension (PQI 07)' },
    { id: 'pqi_08', title: 'Heart failure (PQI 08)' },
    { id: 'pqi_11', title: 'Pneumonia (PQI 11)' },
    { id: 'pqi_12', title: 'Urinary tract infection (PQI 12)' },
    { id: 'pqi_14', title: 'Diabetes, uncontrolled (PQI 14)' },
    { id: 'pqi_15', title: 'Asthma, 18 to 39 years (PQI 15)' },
    { id: 'pqi_16', title: 'Leg amputation with diabetes (PQI 16)' },
  ],
  source: {
    name: 'AHRQ Prevention Quality Indicators, PQI 90',
    version: 'v2024',
    url: 'https://qualityindicators.ahrq.gov/measures/pqi_resources',
    deviations: [
      'Each part is for every 1,000 adults; AHRQ divides PQI 05 by those of 40 and over and PQI 15 by those of 18 to 39.',
      'An amputation that a diabetes indicator counts too stands under PQI 16 only, so that the parts add up.',
      'AHRQ counts discharges of the residents of an area for every 100,000 people; we count admissions of members in the month of admission, for every 1,000 a year, without its risk adjustment.',
      'A chain of transfers is one admission, judged by the diagnoses, procedures and DRG that the first hospital recorded; a diagnosis of a clinical source counts like one of the hospital’s claim.',
      'Stays in short-term acute and critical access hospitals; a stay whose hospital has no CMS certification number counts as one.',
      'A code newer than the published lists follows its family.',
      'Time counts to the day, an event by its month.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-22',
});
