import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'multiple-chronic-admissions-per-1000',
  title: 'Unplanned admissions with multiple chronic conditions',
  description:
    'Unplanned hospital admissions for every 1,000 people of 65 years and over with two or more chronic conditions, over a year at risk.',
  whyItMatters: 'They tell how well care outside the hospital keeps the sickest people from getting worse.',
  numerator:
    'Unplanned admissions of the month to short-term acute hospitals, of people at risk of one: not in a hospital, nursing facility or hospice, nor within 10 days of leaving one',
  denominator:
    'Months of medical coverage, to the day, at risk of an admission, of people aged 65 or older on 1 January with two or more of nine groups of chronic conditions established before',
  exclusions: [
    'Admissions in a month without medical coverage: listed, not counted',
    'Months wholly in hospital, nursing facility or hospice, or within 10 days of leaving: listed, not counted',
    'Planned admissions, and those for complications of procedures, accidents or injuries: not counted',
    'Admissions from a hospital or nursing facility, or within 10 days of leaving one: not counted',
  ],
  topic: 'hospital',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  betterIs: 'lower',
  grain: 'member-month',
  maturesAfterDays: 90,
  source: {
    name: 'After CMS quality measure 484, hospital admission rates for patients with multiple chronic conditions',
    version: '2025',
    url: 'https://p4qm.org/measures/3597',
    deviations: [
      'Not risk standardized: CMS adjusts for age, conditions, frailty and social risk, and reports a ratio times the national rate.',
      'For every 1,000 person-years; CMS states it for every 100.',
      'By month of any medical coverage; CMS takes a calendar year of people in fee-for-service Medicare Parts A and B who were so the year before as well.',
      'The groups are those of CMS (acute myocardial infarction, dementia, atrial fibrillation, chronic kidney disease, COPD or asthma, depression, diabetes, heart failure, stroke or TIA), by our compact lists and from any time before the year; a myocardial infarction must lie in the year before. CMS uses the algorithms of the Chronic Conditions Warehouse and two years.',
      'Planned means planned by the algorithm of the readmission measures. The day of an admission is at risk, the days after it are not.',
      'Not attributed to practices by the visits of the year, as CMS does; admissions before the first visit with the practice count too.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
