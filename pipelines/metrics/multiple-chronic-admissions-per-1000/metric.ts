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
    'Months of medical coverage, to the day, at risk of an admission, of people aged 65 or older on 1 January who had two or more of nine groups of chronic conditions on the day before',
  exclusions: [
    'Admissions in a month without medical coverage: listed, not counted',
    'Months wholly in hospital, nursing facility or hospice, or within 10 days of leaving: listed, not counted',
    'Planned admissions, and those for complications of procedures, accidents or injuries: not counted',
    'Admissions from a hospital or nursing facility, or within 10 days of leaving one: not counted',
  ],
  reasons: ['not enrolled that month', 'not at risk that month'],
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
      'The groups are those of CMS: acute myocardial infarction, dementia, atrial fibrillation, chronic kidney disease, COPD or asthma, depression, diabetes, heart failure, stroke or TIA. Each is found by the algorithm of the Chronic Conditions Warehouse, with its look-back of one or two years; an open problem of an EHR establishes one as well.',
      'Planned means planned by the algorithm of the readmission measures. The day of an admission is at risk, the days after it are not.',
      "Held against the publisher's summary for 2025 and descriptions of the years before: the age, the nine groups, two of them, acute unplanned admissions, person-time at risk. Its methodology was not at hand: the day on which the age counts, the 10 days after a discharge, hospice, nursing facilities, and which complications and injuries do not count are as we know them.",
      'Not attributed to practices by the visits of the year, as CMS does; admissions before the first visit with the practice count too.',
    ],
  },
  version: '2.0.0',
  reviewedOn: '2026-11-22',
});
