import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'inpatient-days-per-1000',
  title: 'Acute hospital days',
  description: 'Days spent in short-term acute hospitals for every 1,000 members over a year.',
  whyItMatters: 'Days join how often people are admitted with how long they stay, so they show the use of beds.',
  numerator: 'Nights of the month spent in an acute hospital; a stay that begins and ends on one day counts as one',
  denominator: 'Months of medical coverage, to the day: of a month in part, the part that is covered',
  exclusions: ['Days in a month without medical coverage: listed, not counted'],
  reasons: ['not enrolled that month'],
  topic: 'hospital',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  betterIs: 'lower',
  grain: 'member-month',
  maturesAfterDays: 90,
  source: {
    name: 'Own definition over the stays of the CMS results file, column ADM_S_Trm',
    version: '2024',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'The CMS file has no column for acute hospital days; days divided by admissions give the mean stay.',
      'Days count in the month in which they were spent, not all in the month of discharge.',
      'A stay whose discharge nobody has recorded counts its first day only.',
      'Time counts to the day, an event by its month.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-21',
});
