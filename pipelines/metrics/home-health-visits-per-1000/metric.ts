import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'home-health-visits-per-1000',
  title: 'Home health visits',
  description: 'Visits of home health agencies for every 1,000 members over a year.',
  whyItMatters: 'The number of visits shows how much care an episode holds.',
  numerator: 'Visits of the month billed by home health agencies: nursing, therapy, social work and aides',
  denominator: 'Months of medical coverage, to the day: of a month in part, the part that is covered',
  exclusions: ['Visits in a month without medical coverage: listed, not counted'],
  reasons: ['not enrolled that month'],
  topic: 'post-acute',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  betterIs: 'neither',
  grain: 'member-month',
  maturesAfterDays: 90,
  source: {
    name: 'Own definition over the home health claims of the CMS results file, column CapAnn_HHA, which holds dollars only',
    version: '1',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'A visit is a billed line of a therapy, nursing, social work or aide revenue center; sources without such lines show none.',
      'Time counts to the day, an event by its month; CMS counts the whole months in which a beneficiary is assigned, that of death too.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-22',
});
