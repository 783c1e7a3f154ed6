import { defineMeasure } from '#contract/metric';

export default defineMeasure({
  id: 'cms951',
  measureId: 'CMS951',
  qualityId: '488',
  title: 'Kidney evaluation in diabetes',
  description:
    'Share of people aged 18 to 85 with diabetes whose kidneys were checked by an eGFR and a urine albumin-creatinine ratio in the year.',
  whyItMatters: 'Diabetes harms kidneys in silence; both tests together find it while treatment can slow it.',
  numerator: 'People with an eGFR and a urine albumin-creatinine ratio (uACR) in the year',
  denominator:
    'People aged 18 to 85 on 1 January with an outpatient visit in the year and diabetes that began before the year and lasts into it (before 2026: diabetes in the year)',
  exclusions: [
    'Chronic kidney disease stage 5 or end-stage kidney disease in the year',
    'Hospice care in the year',
    'Palliative care in the year',
  ],
  rates: [{ id: '1', title: 'eGFR and uACR' }],
  betterIs: 'higher',
  grain: 'person',
  source: {
    name: 'CMS951v4, aligned to the electronic clinical quality measure of CMS and the National Kidney Foundation',
    version: 'measurement year 2026',
    url: 'https://ecqi.healthit.gov/ecqm/ec/2026/cms0951v4',
    deviations: [
      'Not certified. The logic of 2025 is applied to the years before it, that of 2026 to those after it: from 2026 urine albumin and urine creatinine at most four days apart count as a ratio, and a ratio needs a number or the word undetectable.',
      'Computed from claims as well as the EHR: a billed blood creatinine, alone or in a panel, counts as an eGFR; billed urine albumin and urine creatinine at most four days apart count as a ratio, in every year; their values cannot be checked.',
      'In claims diabetes lasts into a year when it is billed before the year and in it.',
      'EHR office visits and telehealth visits count as outpatient visits whatever their code.',
      'Undetectable is known in SNOMED by its most frequent code, or by all with licensed lists.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
