import { defineMeasure } from '#contract/metric';
import { SHARED } from '../../engine/year-changes.ts';

export default defineMeasure({
  id: 'cms122',
  measureId: 'CMS122',
  qualityId: '001',
  title: 'Glycemic status above 9%',
  description:
    'Share of people aged 18 to 75 with diabetes whose last A1c of the year is above 9%, unknown or missing.',
  whyItMatters: 'Blood sugar that stays high harms eyes, kidneys, nerves and vessels; a missing test hides it.',
  numerator:
    'People whose lowest A1c or GMI on the last test day of the year is above 9%, has no value, or was never done',
  denominator: 'People aged 18 to 75 on 31 December with a diabetes diagnosis and an outpatient visit in the year',
  exclusions: [
    'Hospice care in the year',
    'Palliative care in the year',
    'Aged 66 or older and living in a nursing home',
    'Aged 66 or older with frailty in the year and advanced illness in the year or the year before',
  ],
  reasons: ['hospice care', 'palliative care', 'lives in a nursing home', 'frailty and advanced illness'],
  rates: [{ id: '1', title: 'Above 9%, unknown or not tested' }],
  betterIs: 'lower',
  grain: 'person',
  closures: [
    {
      id: 'a1c',
      title: 'Hemoglobin A1c',
      counts: 'in the year, and closes the gap where it is the last of the year and 9% or below',
      entries: [{ codeType: 'loinc', code: '4548-4', result: { title: 'Result', unit: '%', low: 2, high: 25 } }],
    },
  ],
  changes: [
    {
      from: '2026',
      part: 'Who counts',
      before: 'Virtual visits count as visits, nutrition visits do not.',
      after: 'Nutrition visits and medical nutrition therapy count as visits, virtual visits do not.',
    },
    SHARED.problemList,
    SHARED.refuted,
    SHARED.laboratory,
  ],
  source: {
    name: 'CMS122v14, aligned to the electronic clinical quality measure of CMS and NCQA',
    version: 'measurement year 2026',
    url: 'https://ecqi.healthit.gov/ecqm/ec/2026/cms0122v14',
    deviations: [
      'Not certified by NCQA. The logic of 2025 is applied to the years before it, that of 2026 to those after it: virtual visits count up to 2025, nutrition visits from 2026.',
      'Computed from claims as well as the EHR: CPT category II codes give the range of the A1c; a billed test without a value counts in the numerator with the status tested, value unknown.',
      'A result counts as a percentage only between 2 and 25 with a percent unit or none; any other result (mg/dL, mmol/mol, a fraction) has no usable value.',
      'Of an EHR that codes in SNOMED only the most frequent code of diabetes is known without a licensed list.',
      'A result that is given as a code, such as positive, has no usable value.',
      'Of several results of the last day the lowest that is known decides; the published logic takes one without a value first.',
      'Until a licensed list of office visits is supplied, an EHR office or telehealth visit without a HCPCS code counts as one.',
      'Frailty devices are read from HCPCS codes of claims, where the measure reads SNOMED orders.',
      'Dementia medication is read from RxNorm codes of the EHR, not from NDC codes of pharmacy claims.',
      'Nursing home: a long-term institutional month, the last housing status of the EHR, at least 100 skilled nursing days in the year, or visits in a custodial nursing facility at least 100 days apart.',
      'Inverse: a person in the numerator has an open gap, due on the last day of the year.',
    ],
  },
  version: '2.0.0',
  reviewedOn: '2026-11-22',
});
