import { defineMeasure } from '#contract/metric';

export default defineMeasure({
  id: 'annual-wellness-visit',
  measureId: 'AWV',
  title: 'Annual wellness visit',
  description: 'Share of people in Medicare Part B who had a wellness visit during the year.',
  whyItMatters:
    'A yearly visit for planning finds screenings, vaccines and risks that visits for illness leave no time for.',
  numerator: 'People with a first preventive visit (G0402) or an annual wellness visit (G0438, G0439) in the year',
  denominator: 'People enrolled in Medicare Part B in any month of the year',
  exclusions: ['Hospice care in the year', 'Died in the year'],
  reasons: ['hospice care', 'died in the year'],
  rates: [{ id: '1', title: 'Seen for a wellness visit' }],
  betterIs: 'higher',
  grain: 'person',
  closures: [
    {
      id: 'visit',
      title: 'Annual wellness visit',
      counts: 'in the year',
      entries: [{ codeType: 'hcpcs', code: 'G0439' }],
    },
  ],
  source: {
    name: 'Own definition after the Medicare benefit of 42 CFR 410.15 and 410.16',
    version: '2024',
    url: 'https://www.cms.gov/medicare/coverage/preventive-services/medicare-wellness-visits',
    deviations: [
      'CMS publishes no measure of this name: the benefit says who may have the visit and how often; the share is ours.',
      'Fee-for-service Medicare and Medicare Advantage count alike, from the first month of enrollment on; the benefit asks for a year in Part B before the first annual wellness visit, and pays for a first preventive visit within that year.',
      'A visit at a federally qualified health center counts only where one of the three codes is billed.',
      'Medicare pays for a visit once in 12 months: the reason names the month from which it pays again.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
