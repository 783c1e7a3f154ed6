import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'home-health-episodes-per-1000',
  title: 'Home health episodes',
  description: 'Episodes of home health care for every 1,000 members over a year.',
  whyItMatters:
    'Home health after a hospital stay can take the place of a nursing facility, at a fraction of its cost.',
  numerator: 'Episodes that began in the month: care by one agency whose bills follow on each other',
  denominator: 'Months of medical coverage, to the day: of a month in part, the part that is covered',
  exclusions: ['Episodes in a month without medical coverage: listed, not counted'],
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
      'Bills of an agency that follow on each other without a gap are one episode, whatever their 30-day or 60-day payment periods.',
      'Time counts to the day, an event by its month; CMS counts the whole months in which a beneficiary is assigned, that of death too.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-22',
});
