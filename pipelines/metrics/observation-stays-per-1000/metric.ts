import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'observation-stays-per-1000',
  title: 'Observation stays',
  description: 'Stays under observation in a hospital for every 1,000 members over a year.',
  whyItMatters:
    'Observation can stand in for an admission, so a fall in admissions means little when observation rises as much.',
  numerator: 'Observation stays that began in the month and did not become an admission to the same hospital',
  denominator: 'Months of medical coverage, to the day: of a month in part, the part that is covered',
  exclusions: ['Stays in a month without medical coverage: listed, not counted'],
  reasons: ['not enrolled that month'],
  topic: 'hospital',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  betterIs: 'neither',
  grain: 'member-month',
  maturesAfterDays: 90,
  source: {
    name: 'Own definition by revenue center 0762 and HCPCS G0378 and G0379; the CMS results file has no column for it',
    version: '1',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'An observation that became an admission to the same hospital is part of that admission.',
      'Time counts to the day, an event by its month; CMS counts the whole months in which a beneficiary is assigned, that of death too.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-22',
});
