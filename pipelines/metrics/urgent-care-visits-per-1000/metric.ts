import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'urgent-care-visits-per-1000',
  title: 'Urgent care visits',
  description: 'Visits to urgent care centres for every 1,000 members over a year.',
  whyItMatters: 'Urgent care can spare an emergency visit, or show that no appointment was to be had.',
  numerator: 'Days of the month with a visit to an urgent care centre',
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
    name: 'Own definition by place of service 20, revenue center 0456 and HCPCS S9083 and S9088; the CMS results file has no column for it',
    version: '1',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'Time counts to the day, an event by its month; CMS counts the whole months in which a beneficiary is assigned, that of death too.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-22',
});
