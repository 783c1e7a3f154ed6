import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'ct-scans-per-1000',
  title: 'CT scans',
  description: 'Computed tomography scans for every 1,000 members over a year.',
  whyItMatters: 'Scans are costly and carry radiation; many for back pain or headache change nothing.',
  numerator: 'Computed tomography scans of the month, by part of the body',
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
    { id: 'ct_head', title: 'Head, brain and neck' },
    { id: 'ct_chest', title: 'Chest' },
    { id: 'ct_abdomen', title: 'Abdomen and pelvis' },
    { id: 'ct_other', title: 'Spine, limbs, heart and other' },
  ],
  source: {
    name: 'CMS Shared Savings Program results file, column P_CT_VIS',
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
