import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'hospice-days-per-1000',
  title: 'Hospice days',
  description: 'Days in hospice care for every 1,000 members over a year.',
  whyItMatters:
    'Hospice in the last months of life eases dying at home; very few days near death mean that it comes too late.',
  numerator: 'Days of the month in hospice care, at home or in a facility',
  denominator: 'Months of medical coverage, to the day: of a month in part, the part that is covered',
  exclusions: ['Days in a month without medical coverage: listed, not counted'],
  reasons: ['not enrolled that month'],
  topic: 'post-acute',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  betterIs: 'neither',
  grain: 'member-month',
  maturesAfterDays: 90,
  source: {
    name: 'Own definition over the hospice claims of the CMS results file, column CapAnn_HSP, which holds dollars only',
    version: '1',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'Counted as nights, so the last day of care is left out; care whose end nobody has recorded counts its first day only.',
      'Time counts to the day, an event by its month; CMS counts the whole months in which a beneficiary is assigned, that of death too.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-22',
});
