import { defineMeasure } from '#contract/metric';
import { SHARED } from '../../engine/year-changes.ts';

export default defineMeasure({
  id: 'cms131',
  measureId: 'CMS131',
  qualityId: '117',
  title: 'Diabetes: eye exam',
  description:
    'Share of people aged 18 to 75 with diabetes whose retina was examined in the year, or in the year before where no retinopathy is known.',
  whyItMatters: 'Diabetes damages the retina long before sight fails; found in time, the damage can be treated.',
  numerator:
    'People with a retinal or dilated eye exam in the year; without known retinopathy also in the year before; from 2026 also an exam read by software, or a graded finding of both eyes',
  denominator:
    'People aged 18 to 75 on 31 December with a diabetes diagnosis and an outpatient or eye visit in the year',
  exclusions: [
    'Hospice care in the year',
    'Palliative care in the year',
    'Both eyes absent (from 2026)',
    'Aged 66 or older and living in a nursing home',
    'Aged 66 or older with frailty in the year and advanced illness in the year or the year before',
  ],
  reasons: [
    'hospice care',
    'palliative care',
    'lives in a nursing home',
    'frailty and advanced illness',
    'both eyes absent',
  ],
  rates: [{ id: '1', title: 'Examined' }],
  betterIs: 'higher',
  grain: 'person',
  closures: [
    {
      id: 'eye-exam',
      title: 'Retinal or dilated eye exam',
      counts: 'in the year, and in the year before where no retinopathy is known',
      entries: [{ codeType: 'hcpcs', code: '2022F' }],
    },
  ],
  changes: [
    SHARED.problemList,
    {
      from: '2026',
      part: 'Numerator',
      before: 'A retinal or dilated eye exam.',
      after:
        'Also an exam that software read, or a graded finding of both eyes: any grade in the year, none in the year before.',
    },
    {
      from: '2026',
      part: 'Left out',
      before: 'Absent eyes leave nobody out.',
      after: 'People without both eyes are left out.',
    },
    SHARED.refuted,
  ],
  source: {
    name: 'CMS131v14, aligned to the electronic clinical quality measure of CMS and NCQA',
    version: 'measurement year 2026',
    url: 'https://ecqi.healthit.gov/ecqm/ec/2026/cms0131v14',
    deviations: [
      'Not certified by NCQA. The logic of 2025 is applied to the years before it, that of 2026 to those after it.',
      'Computed from claims as well as the EHR: billed eye visits (92002 to 92014), retinal exams and images, and CPT category II codes count; whether the pupils were dilated, and who examined, is not checked. CPT category II code 3072F of the year counts like an exam of the year before.',
      'Eye exams of the EHR are coded in SNOMED and need the licensed lists; LOINC findings are built in.',
      'A diagnosis of an EHR problem list counts while it is active up to 2025; from 2026 diabetes must be an encounter diagnosis, as in the measure.',
      'Retinopathy of claims is known in the year in which it was billed.',
      'EHR office visits and telehealth visits count as outpatient visits whatever their code.',
      'A gap of a person whose data begin after 1 January of the year before is marked history incomplete where no retinopathy is known; it still counts as not met.',
      'Frailty devices are read from HCPCS codes of claims, where the measure reads SNOMED orders.',
      'Dementia medication is read from RxNorm codes of the EHR, not from NDC codes of pharmacy claims.',
      'Nursing home: a long-term institutional month, the last housing status of the EHR, at least 100 skilled nursing days in the year, or visits in a custodial nursing facility at least 100 days apart.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-22',
});
