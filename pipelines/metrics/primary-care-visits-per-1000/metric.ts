import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'primary-care-visits-per-1000',
  title: 'Primary care visits',
  description: 'Visits to primary care for every 1,000 members over a year.',
  whyItMatters: 'Regular primary care prevents emergencies, and it is where care is coordinated.',
  numerator:
    'Visits of the month to a practice of primary care, in person or at a distance; one for each practice and day',
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
    name: 'CMS Shared Savings Program results file, column P_EM_PCP_Vis',
    version: '2024',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'Nurse practitioners, physician assistants, clinical nurse specialists and FQHC or rural clinic visits count too; CMS shows them as P_Nurse_Vis and P_FQHC_RHC_Vis.',
      'A practitioner whose specialty no source states counts as primary care.',
      'Several services of one practice on one day are one visit; CMS counts services.',
      'Time counts to the day, an event by its month; CMS counts the whole months in which a beneficiary is assigned, that of death too.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-21',
});
