import { defineMeasure } from '#contract/metric';

export default defineMeasure({
  id: 'statin-use-in-diabetes',
  measureId: 'SUPD',
  title: 'Statin use in diabetes',
  description: 'Share of people aged 40 to 75 with diabetes medicines who filled a statin in the year.',
  whyItMatters: 'Diabetes doubles the risk of heart attack and stroke; statins lower it whatever the cholesterol.',
  numerator: 'People with at least one fill of a statin in the year',
  denominator:
    'People aged 40 to 75 on 1 January with fills of diabetes medicines, insulin among them, on two days or more, the first at least 90 days before the end of the year, and drug coverage all year but for one lapse of up to 31 days',
  exclusions: [
    'Hospice care in the year',
    'End-stage kidney disease or dialysis in the year',
    'Rhabdomyolysis, myopathy or myositis in the year',
    'Pregnancy or breastfeeding in the year',
    'Cirrhosis in the year',
    'Prediabetes in the year',
    'Polycystic ovary syndrome in the year',
    'A medicine against infertility filled in the year',
  ],
  rates: [{ id: '1', title: 'Statin filled' }],
  betterIs: 'higher',
  grain: 'person',
  changes: [],
  source: {
    name: 'After the Part D measure SUPD of the Pharmacy Quality Alliance, as the CMS Star Ratings technical notes describe it',
    version: 'measurement years 2024 to 2026',
    url: 'https://www.cms.gov/medicare/health-drug-plans/part-c-d-performance-data',
    deviations: [
      'Not certified by the Pharmacy Quality Alliance. Its lists of NDC and diagnosis codes are licensed: drugs are known by the ingredients and brands in the name that a clinical source or a drug directory gives their NDC, diagnoses by own lists. A fill whose NDC nobody names is not seen: how many that are, stands above where it is more than one in a hundred.',
      'Held against pages of health plans, a summary of the rules of CMS for 2024 and the open code of the Tuva Project: ages on 1 January, fills on two days, 90 days, coverage, who is left out. The list of diabetes medicines is our own: all that lower blood sugar, insulin, acarbose, miglitol and pramlintide among them.',
      'A statin that only the EHR tells of is marked closed, awaiting claim; it counts as not met.',
      'Diagnoses of the EHR leave people out as those of claims do. Of medicines against infertility only clomiphene is read.',
      'Muscle pain alone leaves nobody out. Plans list stage 5 and unspecified kidney disease beside end-stage disease; CMS takes end-stage disease from its own enrollment files, and so do we where the enrollment says it.',
      'People of whom no drug coverage is known count.',
    ],
  },
  version: '2.0.0',
  reviewedOn: '2026-11-22',
});
