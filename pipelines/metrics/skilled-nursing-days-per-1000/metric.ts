import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'skilled-nursing-days-per-1000',
  title: 'Skilled nursing days',
  description: 'Days spent in skilled nursing facilities for every 1,000 members over a year.',
  whyItMatters:
    'Days join how often people go to a nursing facility with how long they stay; long stays can delay the return home.',
  numerator:
    'Nights of the month spent in a skilled nursing facility; a stay that begins and ends on one day counts as one',
  denominator: 'People with medical coverage in the month',
  exclusions: ['Days in a month without medical coverage: listed, not counted'],
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
      'A month counts whole when a person is covered on any day of it; CMS counts person-years of assigned beneficiaries.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
