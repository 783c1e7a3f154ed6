import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'acute-admissions-per-1000',
  title: 'Acute hospital admissions',
  description: 'Admissions to short-term acute hospitals for every 1,000 members over a year.',
  whyItMatters:
    'Hospital stays are the largest part of cost, and many of them can be prevented by good care outside the hospital.',
  numerator: 'Acute hospital stays that began in the month, a transfer between hospitals counted once',
  denominator: 'Months of medical coverage, to the day: of a month in part, the part that is covered',
  exclusions: ['Admissions in a month without medical coverage: listed, not counted'],
  reasons: ['not enrolled that month'],
  topic: 'hospital',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  betterIs: 'lower',
  grain: 'member-month',
  maturesAfterDays: 90,
  source: {
    name: 'CMS Shared Savings Program results file, column ADM_S_Trm',
    version: '2024',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'The CMS column counts discharges; we count admissions, in the month of admission, and a stay in two hospitals once.',
      'A stay whose hospital has no CMS certification number in the data counts as acute.',
      'Critical access hospitals count as short-term acute hospitals.',
      'Time counts to the day, an event by its month; CMS counts the whole months in which a beneficiary is assigned, that of death too.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-21',
});
