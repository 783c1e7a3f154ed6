import { defineMeasure } from '#contract/metric';
import { SHARED } from '../../engine/year-changes.ts';

export default defineMeasure({
  id: 'cms125',
  measureId: 'CMS125',
  qualityId: '112',
  title: 'Breast cancer screening',
  description:
    'Share of women aged 42 to 74 (before 2026: 52 to 74) who had a mammogram in the 27 months to the end of the year.',
  whyItMatters: 'Mammograms find breast cancer while it is small, when treatment is lighter and works better.',
  numerator: 'Women with a mammogram between 1 October two years before the year and 31 December of the year',
  denominator: 'Women aged 42 to 74 on 31 December (before 2026: 52 to 74) with an outpatient visit in the year',
  exclusions: [
    'Hospice care in the year',
    'Palliative care in the year',
    'Both breasts removed',
    'Aged 66 or older and living in a nursing home',
    'Aged 66 or older with frailty in the year and advanced illness in the year or the year before',
  ],
  reasons: [
    'hospice care',
    'palliative care',
    'lives in a nursing home',
    'frailty and advanced illness',
    'both breasts removed',
  ],
  rates: [{ id: '1', title: 'Screened' }],
  betterIs: 'higher',
  grain: 'person',
  closures: [
    {
      id: 'mammogram',
      title: 'Mammogram',
      counts: 'from 1 October two years before the year',
      entries: [{ codeType: 'hcpcs', code: '77067' }],
    },
  ],
  changes: [
    {
      from: '2026',
      part: 'Who counts',
      before: 'Women aged 52 to 74 on 31 December.',
      after: 'Women aged 42 to 74 on 31 December.',
    },
    SHARED.sex,
    SHARED.refuted,
  ],
  source: {
    name: 'CMS125v14, aligned to the electronic clinical quality measure of CMS and NCQA',
    version: 'measurement year 2026',
    url: 'https://ecqi.healthit.gov/ecqm/ec/2026/cms0125v14',
    deviations: [
      'Not certified by NCQA. The logic of 2025 is applied to the years before it, that of 2026 to those after it.',
      'Computed from claims as well as the EHR: a billed mammogram counts, and its result cannot be checked.',
      'Until a licensed list of office visits is supplied, an EHR office or telehealth visit without a HCPCS code counts as one.',
      'Frailty devices are read from HCPCS codes of claims, where the measure reads SNOMED orders.',
      'Dementia medication is read from RxNorm codes of the EHR, not from NDC codes of pharmacy claims.',
      'Nursing home: a long-term institutional month, the last housing status of the EHR, at least 100 skilled nursing days in the year, or visits in a custodial nursing facility at least 100 days apart.',
      'Mastectomy codes of claims count with their side modifier; a diagnosis of the EHR without a side in its code by its body site; body sites of EHR procedures are not read.',
      'A gap of a woman whose data begin after the look-back does is marked history incomplete; it still counts as not met.',
      'Status: overdue once the year has ended, due soon in its last 90 days, open before.',
    ],
  },
  version: '2.0.0',
  reviewedOn: '2026-11-22',
});
