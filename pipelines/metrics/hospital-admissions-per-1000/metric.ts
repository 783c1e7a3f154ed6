import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'hospital-admissions-per-1000',
  title: 'Hospital admissions of every kind',
  description: 'Admissions to hospitals of every kind for every 1,000 members over a year.',
  whyItMatters:
    'The kinds of hospital differ tenfold in length and price of a stay, so a change in one of them explains a change in cost.',
  numerator: 'Hospital stays that began in the month, by kind of hospital',
  denominator: 'Months of medical coverage, to the day: of a month in part, the part that is covered',
  exclusions: ['Admissions in a month without medical coverage: listed, not counted'],
  reasons: ['not enrolled that month'],
  topic: 'hospital',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  betterIs: 'lower',
  grain: 'member-month',
  maturesAfterDays: 90,
  components: [
    { id: 'short_term_admissions', title: 'Short-term and critical access (ADM_S_Trm)' },
    { id: 'psychiatric_admissions', title: 'Psychiatric (ADM_Psych)' },
    { id: 'rehabilitation_admissions', title: 'Rehabilitation (ADM_Rehab)' },
    { id: 'long_term_admissions', title: 'Long-term care (ADM_L_Trm)' },
    { id: 'other_admissions', title: 'Children’s and other hospitals' },
  ],
  source: {
    name: 'CMS Shared Savings Program results file, column ADM, its parts ADM_S_Trm, ADM_Psych, ADM_Rehab and ADM_L_Trm',
    version: '2024',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'The CMS columns count discharges; we count admissions, in the month of admission, and a stay in two short-term hospitals once.',
      'The kind of hospital is told by its CMS certification number, without one by the ward; a psychiatric or rehabilitation unit of a general hospital counts with its own kind.',
      'Critical access hospitals count as short-term; children’s, cancer and other hospitals outside the short-term series are a part of their own.',
      'Time counts to the day, an event by its month; CMS counts the whole months in which a beneficiary is assigned, that of death too.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-22',
});
