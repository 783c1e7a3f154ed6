import { defineMeasure } from '#contract/metric';

export default defineMeasure({
  id: 'pdc-ras',
  measureId: 'PDC-RASA',
  title: 'Adherence to blood pressure medicines (RAS)',
  description:
    'Share of adults with ACE inhibitors, angiotensin receptor blockers or aliskiren whose fills covered at least 80% of the days since the first one.',
  whyItMatters: 'Blood pressure that rises whenever the medicine runs out harms heart, brain and kidneys.',
  numerator:
    'People whose supply covered at least 80% of the days from the first fill to the end of the year, of drug coverage or of life',
  denominator:
    'People aged 18 or older on 1 January with fills of ACE inhibitors, angiotensin receptor blockers or aliskiren on two days or more, at least 91 days of treatment, and drug coverage without a gap',
  exclusions: [
    'Hospice care in the year',
    'End-stage kidney disease or dialysis in the year',
    'Sacubitril with valsartan filled in the year',
  ],
  reasons: ['hospice care', 'end-stage kidney disease', 'sacubitril filled'],
  rates: [{ id: '1', title: 'At least 80% of days covered' }],
  betterIs: 'higher',
  isDecidedAtEnd: true,
  grain: 'person',
  changes: [],
  source: {
    name: 'After the Part D adherence measures of the Pharmacy Quality Alliance, as the CMS Star Ratings technical notes describe them',
    version: 'measurement years 2024 to 2026',
    url: 'https://www.cms.gov/medicare/health-drug-plans/part-c-d-performance-data',
    deviations: [
      'Not certified by the Pharmacy Quality Alliance. Its lists of NDC codes are licensed: drugs are known by the ingredients and brands in the name that a clinical source or a drug directory gives their NDC. A fill whose NDC nobody names is not seen, and may make an adherent person look nonadherent: how many fills that is, stands above where it is more than one in a hundred.',
      'Held against a specification of the Alliance, papers on the Star Ratings and the open code of the Tuva Project: age on 1 January, fills on two days, 91 days of treatment, overlap, stays in hospital, who is left out. Not found in a public source: whether the day of discharge counts as a day away (here it does not), how fills of one day are joined, and 91 days by the letter, which may mean one day more.',
      'Supply that overlaps a fill with an ingredient in common is used after it; of fills of the same ingredients on one day the longest counts. Supply from the year before does not count.',
      'Nights in a hospital, or in a rehabilitation or skilled nursing facility, are neither days to cover nor days that use up supply.',
      'Who is without drug coverage for more than one day between the first fill and the last day of coverage does not count, as CMS asks from 2024 on; before, CMS weighed people by the months they were enrolled. People of whom no coverage is known count.',
      'End-stage kidney disease is read from diagnoses, dialysis and the enrollment; CMS takes it from its own enrollment files.',
      'From 2026 on CMS adjusts the rate for the social risk of the people; this one is not adjusted.',
      'Only fills billed to the payer count, not samples and what was paid in cash.',
      'While the year runs the days up to the last data count.',
    ],
  },
  version: '2.0.0',
  reviewedOn: '2026-11-22',
});
