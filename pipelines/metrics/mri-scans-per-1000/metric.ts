import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'mri-scans-per-1000',
  title: 'MRI scans',
  description: 'Magnetic resonance imaging scans for every 1,000 members over a year.',
  whyItMatters: 'Scans are costly, and an early one for uncomplicated back pain does not change its course.',
  numerator: 'Magnetic resonance imaging scans of the month, by part of the body',
  denominator: 'Months of medical coverage, to the day: of a month in part, the part that is covered',
  exclusions: ['Scans in a month without medical coverage: listed, not counted'],
  reasons: ['not enrolled that month'],
  topic: 'imaging',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  betterIs: 'neither',
  grain: 'member-month',
  maturesAfterDays: 90,
  components: [
    { id: 'mri_head', title: 'Brain and head' },
    { id: 'mri_spine', title: 'Spine' },
    { id: 'mri_other', title: 'Joints, breast and other' },
  ],
  source: {
    name: 'CMS Shared Savings Program results file, column P_MRI_VIS',
    version: '2024',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'Families are those of the CMS Restructured BETOS Classification System 2020, with the codes that later took the place of its codes.',
      'A scan counts once for each person, day and code, whoever bills it; a reading billed on another day than the scan counts again. Scans within hospital stays count when billed by code.',
      'Time counts to the day, an event by its month; CMS counts the whole months in which a beneficiary is assigned, that of death too.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-22',
});
