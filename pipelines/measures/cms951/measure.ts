import { defineMeasure } from '#contract/metric';
import { SHARED } from '../../engine/year-changes.ts';

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
  reasons: ['hospice care', 'palliative care', 'kidney failure'],
  rates: [{ id: '1', title: 'eGFR and uACR' }],
  betterIs: 'higher',
  grain: 'person',
  closures: [
    {
      id: 'kidney-evaluation',
      title: 'eGFR and uACR of one day',
      counts: 'in the year',
      entries: [
        { codeType: 'loinc', code: '98979-8', result: { title: 'eGFR', unit: 'mL/min/{1.73_m2}', low: 1, high: 200 } },
        { codeType: 'loinc', code: '9318-7', result: { title: 'uACR', unit: 'mg/g', low: 0, high: 20000 } },
      ],
    },
    {
      id: 'egfr',
      title: 'eGFR',
      counts: 'in the year, and closes the gap with a uACR of the year',
      entries: [
        { codeType: 'loinc', code: '98979-8', result: { title: 'eGFR', unit: 'mL/min/{1.73_m2}', low: 1, high: 200 } },
      ],
    },
    {
      id: 'uacr',
      title: 'uACR',
      counts: 'in the year, and closes the gap with an eGFR of the year',
      entries: [{ codeType: 'loinc', code: '9318-7', result: { title: 'uACR', unit: 'mg/g', low: 0, high: 20000 } }],
    },
  ],
  changes: [
    {
      from: '2026',
      part: 'Who counts',
      before: 'Diabetes in the year that is active still.',
      after: 'Diabetes that began before the year and lasts into it.',
    },
    {
      from: '2026',
      part: 'Numerator',
      before: 'A urine albumin-creatinine ratio with any result.',
      after:
        'A ratio with a number or the word undetectable, or urine albumin and urine creatinine at most four days apart.',
    },
    {
      from: '2026',
      part: 'Diagnoses',
      before: 'A diagnosis counts while its record calls it active.',
      after: 'A diagnosis counts unless it was refuted or entered in error.',
      applied: 'The rule of 2026, in every year.',
    },
    SHARED.laboratory,
  ],
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
