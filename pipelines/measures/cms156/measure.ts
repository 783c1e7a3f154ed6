import { defineMeasure } from '#contract/metric';
import { SHARED } from '../../engine/year-changes.ts';

export default defineMeasure({
  id: 'cms156',
  measureId: 'CMS156',
  qualityId: '238',
  title: 'High-risk medicines in older adults',
  description: 'Share of people aged 65 or older to whom a medicine that is best avoided in old age was given twice.',
  whyItMatters: 'These medicines make older people fall, confused or bleed more often than safer ones do.',
  numerator:
    'People with two orders or fills on different days, or a refill, of (1) the same class of high-risk medicines, nitrofurantoin for more than 90 days, digoxin above 0.125 mg or doxepin above 6 mg a day; (2) antipsychotics or benzodiazepines without a disease that needs them; (3) either',
  denominator: 'People aged 65 or older on 31 December with a visit in the year',
  exclusions: ['Hospice care in the year', 'Palliative care in the year'],
  reasons: ['hospice care', 'palliative care'],
  rates: [
    { id: '1', title: 'Medicines to avoid' },
    { id: '2', title: 'Antipsychotics or benzodiazepines' },
    { id: '3', title: 'Any of these medicines' },
  ],
  betterIs: 'lower',
  grain: 'person',
  changes: [
    {
      from: '2026',
      part: 'Numerator',
      before: 'Of two orders of digoxin or doxepin one must exceed the dose.',
      after: 'Both orders must exceed the dose.',
    },
    SHARED.refuted,
  ],
  source: {
    name: 'CMS156v14, aligned to the electronic clinical quality measure of CMS and NCQA',
    version: 'measurement year 2026',
    url: 'https://ecqi.healthit.gov/ecqm/ec/2026/cms0156v14',
    deviations: [
      'Not certified by NCQA. The logic of 2025 is applied to the years before it, that of 2026 to those after it: from 2026 both orders of digoxin or doxepin must exceed the dose.',
      'Two medicines dispensed according to the EHR, and two fills of claims, count like two orders; fills are compared with fills and orders with orders.',
      'Pharmacy claims name drugs by NDC: a fill counts where a clinical source states the RxNorm code of that NDC; other fills cannot be recognized.',
      'The dose is known only of orders with quantity and days of supply; a dose that is not known counts as low.',
      'A diagnosis on a claim counts like one of the EHR as a reason for antipsychotics and benzodiazepines.',
      'EHR office visits and telehealth visits count as visits whatever their code.',
      'Inverse: a person in the numerator has an open gap, though the year cannot close it; it shows whose medicines to review.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
