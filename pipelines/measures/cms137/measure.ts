import { defineMeasure } from '#contract/metric';
import { SHARED } from '../../engine/year-changes.ts';

export default defineMeasure({
  id: 'cms137',
  measureId: 'CMS137',
  qualityId: '305',
  title: 'Substance use disorder treatment',
  description:
    'Share of people aged 13 or older with a new episode of substance use disorder who began treatment within 14 days, and who stayed in treatment for 34 days after that.',
  whyItMatters: 'Treatment that begins soon after the diagnosis and goes on saves lives; most people never begin it.',
  numerator:
    'Start: treatment, a telehealth visit for the disorder or a medicine for it within 14 days. Engagement: a long-acting medicine, or two more treatments, in the 34 days after the start',
  denominator:
    'People aged 13 or older on 1 January with a new episode of substance use disorder by 14 November, and no diagnosis or treatment of it in the 60 days before',
  exclusions: ['Hospice care in the year'],
  reasons: ['hospice care'],
  rates: [
    { id: '1', title: 'Begun within 14 days' },
    { id: '2', title: 'Kept up for 34 days' },
  ],
  betterIs: 'higher',
  grain: 'person',
  changes: [
    {
      from: '2026',
      part: 'Who counts',
      before: 'A diagnosis that stands on a problem list only can begin an episode.',
      after: 'The diagnosis must be one of the visit or the stay.',
    },
    SHARED.refuted,
  ],
  source: {
    name: 'CMS137v14, aligned to the electronic clinical quality measure of CMS and NCQA',
    version: 'measurement year 2026',
    url: 'https://ecqi.healthit.gov/ecqm/ec/2026/cms0137v14',
    deviations: [
      'Not certified by NCQA. The logic of 2025 is applied to the years before it, that of 2026 to those after it: a diagnosis that stands on a problem list only begins an episode up to 2025.',
      'Computed from claims as well as the EHR: billed visits, psychotherapy, treatment and administration codes count. On claims every billed diagnosis begins on its own day, so the first visit of the year billed with the disorder is the episode.',
      'Medicines count when ordered in the EHR, or billed by a pharmacy where the list that is used names NDC codes; the built-in lists name RxNorm codes only.',
      'A visit has the disorder as its own diagnosis when the claim lists it, when the EHR links the diagnosis to the visit, or when it is the first diagnosis of the visit.',
      'Without licensed SNOMED lists no detoxification visit and no treatment coded in SNOMED is seen in the EHR; its office and telehealth visits count whatever their code, its emergency and hospital visits by their CPT code only.',
      'Status: overdue once the 14 or the 48 days after the episode began are over.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
