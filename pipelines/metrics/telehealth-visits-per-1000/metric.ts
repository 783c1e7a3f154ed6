import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'telehealth-visits-per-1000',
  title: 'Telehealth visits',
  description: 'Visits at a distance for every 1,000 members over a year.',
  whyItMatters: 'Telehealth reaches people for whom a practice is far, and can add to or replace office visits.',
  numerator: 'Visits of the month by video, telephone or message; one for each practice and day',
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
    name: 'Own definition by place of service 02 and 10, modifiers 93, 95, FQ, GQ and GT, and codes of care at a distance; the CMS results file has no column for it',
    version: '1',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'Time counts to the day, an event by its month; CMS counts the whole months in which a beneficiary is assigned, that of death too.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-22',
});
