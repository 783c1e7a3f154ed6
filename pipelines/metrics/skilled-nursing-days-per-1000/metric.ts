import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'skilled-nursing-days-per-1000',
  title: 'Skilled nursing days',
  description: 'Days spent in skilled nursing facilities for every 1,000 members over a year.',
  whyItMatters:
    'Days join how often people go to a nursing facility with how long they stay; long stays can delay the return home.',
  numerator:
    'Nights of the month spent in a skilled nursing facility; a stay that begins and ends on one day counts as one',
  denominator: 'Months of medical coverage, to the day: of a month in part, the part that is covered',
  exclusions: ['Days in a month without medical coverage: listed, not counted'],
  reasons: ['not enrolled that month'],
  topic: 'post-acute',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  betterIs: 'lower',
  grain: 'member-month',
  maturesAfterDays: 90,
  source: {
    name: 'CMS Shared Savings Program results file, column P_SNF_ADM times SNF_LOS',
    version: '2024',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'The CMS file gives the mean length of a stay; days divided by admissions give it here.',
      'Days count in the month in which they were spent, and a day in two facilities once; a stay whose end nobody has recorded counts its first day only.',
      'Time counts to the day, an event by its month; CMS counts the whole months in which a beneficiary is assigned, that of death too.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-22',
});
