import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'office-visits-per-1000',
  title: 'Office visits',
  description: 'Visits in offices and clinics for every 1,000 members over a year.',
  whyItMatters: 'Office care is where most conditions are found and kept in check.',
  numerator: 'Office visits of the month to any specialty; one for each practice and day',
  denominator: 'Months of medical coverage, to the day: of a month in part, the part that is covered',
  exclusions: ['Visits in a month without medical coverage: listed, not counted'],
  reasons: ['not enrolled that month'],
  topic: 'office',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  betterIs: 'neither',
  grain: 'member-month',
  maturesAfterDays: 90,
  source: {
    name: 'CMS Shared Savings Program results file, column P_EM_Total',
    version: '2024',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'CMS counts evaluation and management services in every ambulatory place; we count visits in offices and clinics, and show those at a distance as telehealth visits.',
      'Several services of one practice on one day are one visit; tests, drugs or equipment alone are none.',
      'Time counts to the day, an event by its month; CMS counts the whole months in which a beneficiary is assigned, that of death too.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-22',
});
