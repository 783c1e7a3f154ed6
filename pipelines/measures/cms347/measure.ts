import { defineMeasure } from '#contract/metric';
import { SHARED } from '../../engine/year-changes.ts';

export default defineMeasure({
  id: 'cms347',
  measureId: 'CMS347',
  qualityId: '438',
  title: 'Statins for people at high cardiovascular risk',
  description:
    'Share of people with cardiovascular disease, very high cholesterol, diabetes or a high ten-year risk who had a statin in the year.',
  whyItMatters: 'Statins prevent heart attacks and strokes, most of all in people whose risk is high.',
  numerator: 'People for whom a statin was ordered, filled or active in the year',
  denominator:
    'People with an outpatient visit in the year and, the first that applies, (1) cardiovascular disease or a procedure for it, at any age; (2) an LDL of 190 mg/dL or more or familial hypercholesterolemia, aged 20 to 75; (3) diabetes, aged 40 to 75; (4) a ten-year risk of 20% or more, aged 40 to 75; ages on 1 January',
  exclusions: ['Breastfeeding in the year', 'Rhabdomyolysis in the year'],
  reasons: ['breastfeeding', 'rhabdomyolysis', 'breastfeeding or rhabdomyolysis'],
  exceptions: [
    'Allergy or adverse reaction to a statin',
    'Hospice care in the year',
    'Palliative care in the year',
    'Hepatitis A or B or liver disease in the year',
    'Muscle symptoms from a statin in the year',
    'End-stage kidney disease in the year',
    'Medical reason, given at a visit, for ordering no statin',
  ],
  rates: [
    { id: '1', title: 'Cardiovascular disease' },
    { id: '2', title: 'LDL 190 or more, or familial hypercholesterolemia' },
    { id: '3', title: 'Diabetes' },
    { id: '4', title: 'Ten-year risk 20% or more' },
  ],
  betterIs: 'higher',
  grain: 'person',
  changes: [
    {
      from: '2026',
      part: 'Who counts',
      before: 'Telehealth visits do not count as visits.',
      after: 'Telehealth visits count as visits.',
    },
    {
      from: '2026',
      part: 'Who counts',
      before: 'Heart attacks by one value set (OID 2.16.840.1.113883.3.526.3.403).',
      after: 'Heart attacks by another (OID 2.16.840.1.113762.1.4.1108.101).',
    },
    {
      from: '2026',
      part: 'Numerator',
      before: 'A statin counts when it was ordered in the year, or when the days of its dosage reach into it.',
      after: 'Also when the supply of an order reaches into the year.',
    },
    {
      from: '2026',
      part: 'Left out',
      before: 'Breastfeeding and rhabdomyolysis of a problem list.',
      after: 'Also as the diagnosis of a visit or a stay.',
    },
    {
      from: '2026',
      part: 'Excepted',
      before: 'A medical reason for ordering no statin counts when the decision is completed.',
      after: 'It counts while the decision is active too.',
      applied: 'Not told apart here.',
    },
    SHARED.refuted,
    SHARED.laboratory,
    SHARED.assessment,
  ],
  source: {
    name: 'CMS347v9, aligned to the electronic clinical quality measure of CMS',
    version: 'measurement year 2026',
    url: 'https://ecqi.healthit.gov/ecqm/ec/2026/cms0347v9',
    deviations: [
      'Not certified. The logic of 2025 is applied to the years before it, that of 2026 to those after it: from 2026 telehealth visits count, and an order counts for as long as its supply lasts.',
      'Computed from claims as well as the EHR: a diagnosis on a claim counts where the measure asks for the problem list, and billed procedures, fills and quality codes count.',
      'Pharmacy claims name drugs by NDC: a fill counts where a clinical source states the RxNorm code of that NDC; other fills cannot be recognized.',
      'Dispensed statins of the EHR count as ordered; what people only say they take does not.',
      'LDL and risk results come from the EHR: rate 2 sees only the diagnosis in claims, rate 4 nothing.',
      'A result without a unit counts as mg/dL or percent; appended results of LDL are not read.',
      'An allergy counts while it is active, whether its onset is a day or a span.',
      'EHR office visits and telehealth visits count as outpatient visits whatever their code.',
      'A reason for no statin is known in SNOMED by its most frequent codes, or by all with licensed lists; on claims by modifier 1P or G9781.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
