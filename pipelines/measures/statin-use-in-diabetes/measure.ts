import { defineMeasure } from '#contract/metric';

export default defineMeasure({
  id: 'statin-use-in-diabetes',
  measureId: 'SUPD',
  title: 'Statin use in diabetes',
  description: 'Share of people aged 40 to 75 with diabetes medicines who filled a statin in the year.',
  whyItMatters: 'Diabetes doubles the risk of heart attack and stroke; statins lower it whatever the cholesterol.',
  numerator: 'People with at least one fill of a statin in the year',
  denominator:
    'People aged 40 to 75 on 1 January with fills of diabetes medicines, insulin among them, on two days or more, the first at least 90 days before the end of the year',
  exclusions: [
    'Hospice care in the year',
    'End-stage kidney disease or dialysis in the year',
    'Rhabdomyolysis or muscle disease in the year',
    'Pregnancy or breastfeeding in the year',
    'Cirrhosis in the year',
    'Prediabetes in the year',
    'Polycystic ovary syndrome in the year',
  ],
  rates: [{ id: '1', title: 'Statin filled' }],
  betterIs: 'higher',
  grain: 'person',
  source: {
    name: 'After the Part D measure SUPD of the Pharmacy Quality Alliance, as the CMS Star Ratings technical notes describe it',
    version: '2025',
    url: 'https://www.cms.gov/medicare/health-drug-plans/part-c-d-performance-data',
    deviations: [
      'Not certified by the Pharmacy Quality Alliance. Its lists of NDC and diagnosis codes are licensed: drugs are known by ingredients in the name that a clinical source gives their NDC, diagnoses by own lists. A fill whose NDC nobody names is not seen.',
      'A statin that only the EHR tells of is marked closed, awaiting claim; it counts as not met.',
      'Diagnoses of the EHR leave people out as those of claims do; treatment of infertility is not read.',
      'Rhabdomyolysis and muscle disease are those of the lists of the statin measure CMS347.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
