import { defineMeasure } from '#contract/metric';
import { SHARED } from '../../engine/year-changes.ts';

export default defineMeasure({
  id: 'cms128',
  measureId: 'CMS128',
  title: 'Antidepressants taken long enough',
  description:
    'Share of adults with major depression and a new antidepressant who have it for at least 84 of the first 115 days, and for at least 180 of the first 232 days.',
  whyItMatters: 'Antidepressants need weeks to work and months to keep depression away; many people stop before.',
  numerator:
    'Rate 1: at least 84 of the first 115 days covered by what was dispensed. Rate 2: at least 180 of the first 232 days',
  denominator:
    'Adults first dispensed an antidepressant between 1 May of the year before and 30 April, with major depression found and a visit within 60 days of that day',
  exclusions: ['Hospice care in the year', 'An order of an antidepressant that was running in the 105 days before'],
  reasons: ['hospice care', 'antidepressant in the 105 days before'],
  rates: [
    { id: '1', title: 'First 115 days' },
    { id: '2', title: 'First 232 days' },
  ],
  betterIs: 'higher',
  isDecidedAtEnd: true,
  grain: 'person',
  changes: [SHARED.refuted],
  source: {
    name: 'CMS128v14, aligned to the electronic clinical quality measure of CMS and NCQA',
    version: 'measurement year 2026',
    url: 'https://ecqi.healthit.gov/ecqm/ec/2026/cms0128v14',
    deviations: [
      'Not certified by NCQA. The rules of 2025 and 2026 are alike.',
      'Dispenses are those of the EHR by RxNorm code. Fills billed to a payer carry NDC codes: they count as soon as a supplied value set names them, and are not seen before.',
      'A dispense without days of supply is not seen; doses and quantities are not turned into days.',
      'Diagnoses, visits and hospice care come from claims as well as the EHR; a diagnosis billed within 60 days counts though it may have begun earlier.',
      'EHR office visits and telehealth visits count as office visits whatever their code.',
      'A gap is overdue as soon as its 115 or 232 days have passed, even while the year runs.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
