import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'specialist-visits-per-1000',
  title: 'Specialist visits',
  description: 'Visits to specialists for every 1,000 members over a year.',
  whyItMatters: 'Set beside primary care visits, it shows who leads the care of the members.',
  numerator:
    'Evaluation and management visits of the month to practitioners outside primary care; one for each practitioner and day',
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
    name: 'CMS Shared Savings Program results file, column P_EM_SP_Vis',
    version: '2024',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'Practitioners whose specialty no source states count as primary care, so visits to them are missing here.',
      'Visits within a hospital, nursing or emergency stay are left out; several services of one practitioner on one day are one visit, while CMS counts services.',
      'Time counts to the day, an event by its month; CMS counts the whole months in which a beneficiary is assigned, that of death too.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-22',
});
