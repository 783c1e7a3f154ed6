import { defineMeasure } from '#contract/metric';

export default defineMeasure({
  id: 'pdc-ras',
  measureId: 'PDC-RASA',
  title: 'Adherence to blood pressure medicines (RAS)',
  description:
    'Share of adults with ACE inhibitors, angiotensin receptor blockers or aliskiren whose fills covered at least 80 % of the days since the first one.',
  whyItMatters: 'Blood pressure that rises whenever the medicine runs out harms heart, brain and kidneys.',
  numerator:
    'People whose supply covered at least 80 % of the days from the first fill to the end of the year, of drug coverage or of life',
  denominator:
    'People aged 18 or older on 1 January with fills of ACE inhibitors, angiotensin receptor blockers or aliskiren on two days or more, the first at least 91 days before the end',
  exclusions: [
    'Hospice care in the year',
    'End-stage kidney disease or dialysis in the year',
    'Sacubitril with valsartan filled in the year',
  ],
  rates: [{ id: '1', title: 'At least 80 % of days covered' }],
  betterIs: 'higher',
  grain: 'person',
  source: {
    name: 'After the Part D adherence measures of the Pharmacy Quality Alliance, as the CMS Star Ratings technical notes describe them',
    version: '2025',
    url: 'https://www.cms.gov/medicare/health-drug-plans/part-c-d-performance-data',
    deviations: [
      'Not certified by the Pharmacy Quality Alliance. Its lists of NDC codes are licensed: drugs are known by ingredients in the name that a clinical source gives their NDC. A fill whose NDC nobody names is not seen, and may make an adherent person look nonadherent.',

      'Supply of the same ingredient that overlaps is used afterwards; of fills of one ingredient on one day the longest counts. Supply from the year before does not count.',
      'Nights in a hospital, or in a rehabilitation or skilled nursing facility, are neither days to cover nor days that use up supply; CMS leaves out hospital and skilled nursing stays in a way of its own.',
      'Drug coverage ends with its first gap; CMS weighs people by the months they are enrolled.',
      'Only fills billed to the payer count, not samples and what was paid in cash.',
      'While the year runs the days up to the last data count.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
