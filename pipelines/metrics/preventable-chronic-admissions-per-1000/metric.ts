import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'preventable-chronic-admissions-per-1000',
  title: 'Preventable chronic admissions',
  description:
    'Admissions for diabetes, lung disease, hypertension or heart failure for every 1,000 adults over a year.',
  whyItMatters: 'They are what programs for chronic disease set out to prevent.',
  numerator: 'Admissions of the month that any of PQI 01, 03, 05, 07, 08, 14, 15 and 16 counts',
  denominator:
    'Months of medical coverage of people of 18 years and over, to the day: of a month in part, the part that is covered',
  exclusions: [
    'Admissions in a month without medical coverage: listed, not counted',
    'Months before ICD-10-CM (October 2015), of people of unknown age or sex, and of a year without any ICD-10-CM diagnosis of an admission: listed, not counted',
    'Admissions without an ICD-10-CM principal diagnosis: listed, not counted',
    'Admissions from another hospital, a nursing or another health facility, or that no DRG can group: not counted',
    'Admissions that an indicator rules out, such as those with cystic fibrosis, a cardiac procedure, dialysis access or a weakened immune system: not counted',
  ],
  reasons: [
    'not enrolled that month',
    'before ICD-10-CM (October 2015)',
    'no admission of the year has an ICD-10-CM diagnosis',
    'age or sex unknown',
  ],
  topic: 'preventable',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  betterIs: 'lower',
  grain: 'member-month',
  maturesAfterDays: 90,
  source: {
    name: 'AHRQ Prevention Quality Indicators, PQI 92',
    version: 'v2024',
    url: 'https://qualityindicators.ahrq.gov/measures/pqi_resources',
    deviations: [
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
