import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'skilled-nursing-admissions-per-1000',
  title: 'Skilled nursing admissions',
  description: 'Stays in skilled nursing facilities for every 1,000 members over a year.',
  whyItMatters:
    'Whether people go to a nursing facility or home after a hospital stay is one of the largest choices in the cost of an episode.',
  numerator: 'Skilled nursing stays that began in the month, swing beds among them',
  denominator: 'Months of medical coverage, to the day: of a month in part, the part that is covered',
  exclusions: ['Admissions in a month without medical coverage: listed, not counted'],
  reasons: ['not enrolled that month'],
  topic: 'post-acute',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  betterIs: 'lower',
  grain: 'member-month',
  maturesAfterDays: 90,
  source: {
    name: 'CMS Shared Savings Program results file, column P_SNF_ADM',
    version: '2024',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'Bills of one facility that follow on each other are one stay; a stay in another facility is a new one.',
      'Bills under type 22 (Part B services of residents) are no stay.',
      'Time counts to the day, an event by its month; CMS counts the whole months in which a beneficiary is assigned, that of death too.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-22',
});
