import { defineMeasure } from '#contract/metric';
import { SHARED } from '../../engine/year-changes.ts';

export default defineMeasure({
  id: 'cms130',
  measureId: 'CMS130',
  qualityId: '113',
  title: 'Colorectal cancer screening',
  description:
    'Share of people aged 46 to 75 who are up to date with colorectal cancer screening by stool test, scope or CT scan.',
  whyItMatters: 'Screening finds polyps before they become cancer, and cancer while it can still be cured.',
  numerator:
    'People with a stool blood test in the year, a stool DNA test in the year or the two before, a sigmoidoscopy or CT colonography in the year or the four before, or a colonoscopy in the year or the nine before',
  denominator: 'People aged 46 to 75 on 31 December with an outpatient visit in the year',
  exclusions: [
    'Hospice care in the year',
    'Palliative care in the year',
    'Colorectal cancer at any time',
    'Colon removed',
    'Aged 66 or older and living in a nursing home',
    'Aged 66 or older with frailty in the year and advanced illness in the year or the year before',
  ],
  reasons: [
    'hospice care',
    'palliative care',
    'lives in a nursing home',
    'frailty and advanced illness',
    'colorectal cancer',
    'colon removed',
  ],
  rates: [{ id: '1', title: 'Screened' }],
  betterIs: 'higher',
  grain: 'person',
  closures: [
    {
      id: 'colonoscopy',
      title: 'Colonoscopy',
      counts: 'in the year or the nine years before',
      entries: [{ codeType: 'hcpcs', code: '45378' }],
    },
    {
      id: 'sigmoidoscopy',
      title: 'Flexible sigmoidoscopy',
      counts: 'in the year or the four years before',
      entries: [{ codeType: 'hcpcs', code: '45330' }],
    },
    {
      id: 'ct-colonography',
      title: 'CT colonography',
      counts: 'in the year or the four years before',
      entries: [{ codeType: 'loinc', code: '79069-1' }],
    },
    {
      id: 'stool-dna',
      title: 'Stool DNA test',
      counts: 'in the year or the two years before',
      entries: [
        {
          codeType: 'loinc',
          code: '77353-1',
          result: {
            title: 'Result',
            answers: [
              { value: 'negative', title: 'Negative' },
              { value: 'positive', title: 'Positive' },
            ],
          },
        },
      ],
    },
    {
      id: 'stool-blood',
      title: 'Stool blood test',
      counts: 'in the year',
      entries: [
        {
          codeType: 'loinc',
          code: '29771-3',
          result: {
            title: 'Result',
            answers: [
              { value: 'negative', title: 'Negative' },
              { value: 'positive', title: 'Positive' },
            ],
          },
        },
      ],
    },
  ],
  changes: [SHARED.refuted, SHARED.laboratory],
  source: {
    name: 'CMS130v14, aligned to the electronic clinical quality measure of CMS and NCQA',
    version: 'measurement year 2026',
    url: 'https://ecqi.healthit.gov/ecqm/ec/2026/cms0130v14',
    deviations: [
      'Not certified by NCQA. The logic is the same in 2025 and 2026 and is applied to the years before as well.',
      'Computed from claims as well as the EHR: a billed stool test, scope or scan counts, and its result or completeness cannot be checked; CPT category II code 3017F reports a screening on file and counts for its year.',
      'Data seldom reach back ten years. A gap of a person whose data begin after 1 January nine years before the year is marked history incomplete; it still counts as not met.',
      'EHR office visits and telehealth visits count as outpatient visits whatever their code.',
      'Stool tests of the EHR need a result; a laboratory category is not asked for. Scans recorded as procedures count like those recorded as results.',
      'Scopes and colectomies of the EHR in SNOMED need the licensed lists, except the code of a colonoscopy that public sample data use.',
      'Frailty devices are read from HCPCS codes of claims, where the measure reads SNOMED orders.',
      'Dementia medication is read from RxNorm codes of the EHR, not from NDC codes of pharmacy claims.',
      'Nursing home: a long-term institutional month, the last housing status of the EHR, at least 100 skilled nursing days in the year, or visits in a custodial nursing facility at least 100 days apart.',
      'The strata of the measure (46 to 49 and 50 to 75) are not shown apart; cut by age instead.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
