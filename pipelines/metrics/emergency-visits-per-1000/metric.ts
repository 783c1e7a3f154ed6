import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'emergency-visits-per-1000',
  title: 'Emergency visits',
  description: 'Emergency department visits that ended without a hospital stay, for every 1,000 members over a year.',
  whyItMatters: 'A high rate can mean that primary care is hard to reach.',
  numerator: 'Days in the month with an emergency visit after which the person went home; one a day at the most',
  denominator: 'Months of medical coverage, to the day: of a month in part, the part that is covered',
  exclusions: ['Visits in a month without medical coverage: listed, not counted'],
  reasons: ['not enrolled that month'],
  topic: 'emergency',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  betterIs: 'lower',
  grain: 'member-month',
  maturesAfterDays: 90,
  source: {
    name: 'CMS Shared Savings Program results file, column P_EDV_Vis less P_EDV_Vis_HOSP',
    version: '2024',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'P_EDV_Vis also counts visits that led to a hospital stay (P_EDV_Vis_HOSP); ours are treat-and-release only.',
      'A visit that went on to an observation stay is an observation stay here.',
      'Two emergency visits of a person on one day count once.',
      'Time counts to the day, an event by its month; CMS counts the whole months in which a beneficiary is assigned, that of death too.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-21',
});
