import { defineMeasure } from '#contract/metric';
import { SHARED } from '../../engine/year-changes.ts';

export default defineMeasure({
  id: 'cms349',
  measureId: 'CMS349',
  qualityId: '475',
  title: 'HIV screening',
  description: 'Share of people aged 15 to 65 who were ever tested for HIV at an age of 15 to 65.',
  whyItMatters: 'One person in eight with HIV does not know it; treatment keeps them well and stops transmission.',
  numerator: 'People with an HIV test, taken at an age of 15 to 65, by the end of the year',
  denominator: 'People aged 15 to 65 on 1 January with an office or preventive visit in the year',
  exclusions: ['HIV diagnosed before the year'],
  reasons: ['HIV diagnosed before the year'],
  exceptions: ['Died by the end of the year'],
  rates: [{ id: '1', title: 'Tested' }],
  betterIs: 'higher',
  grain: 'person',
  closures: [
    {
      id: 'hiv',
      title: 'HIV test',
      counts: 'at an age of 15 to 65',
      entries: [
        {
          codeType: 'loinc',
          code: '75622-1',
          result: {
            title: 'Result',
            answers: [
              { value: 'negative', title: 'Negative' },
              { value: 'positive', title: 'Positive' },
            ],
          },
        },
      ],
    },
  ],
  changes: [
    {
      from: '2026',
      part: 'Numerator',
      before: 'A test counts up to the end of 31 December.',
      after: 'A test on 31 December comes too late.',
    },
    SHARED.laboratory,
  ],
  source: {
    name: 'CMS349v8, aligned to the electronic clinical quality measure of CMS and CDC',
    version: 'measurement year 2026',
    url: 'https://ecqi.healthit.gov/ecqm/ec/2026/cms0349v8',
    deviations: [
      'The logic of 2025 is applied to the years before it, that of 2026 to those after it: from 2026 a test on 31 December comes too late.',
      'Computed from claims as well as the EHR: a billed antibody or antigen test counts, and its result cannot be checked.',
      'An EHR test counts with any result; that its category is laboratory (2026) is not checked.',
      'The look-back reaches to the age of 15. A gap of a person whose data begin later is marked history incomplete; it still counts as not met.',
      'EHR office visits and telehealth visits count as office visits whatever their code, unless licensed SNOMED lists are supplied.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
