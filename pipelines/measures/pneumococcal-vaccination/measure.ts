import { defineMeasure } from '#contract/metric';

export default defineMeasure({
  id: 'pneumococcal-vaccination',
  measureId: 'PNEUMO',
  qualityId: '111',
  title: 'Pneumococcal vaccination of older adults',
  description: 'Share of people aged 66 or older who were ever vaccinated against pneumococcal disease.',
  whyItMatters:
    'Pneumococcal pneumonia and sepsis kill mostly older people; one dose of a newer vaccine protects for years.',
  numerator: 'People vaccinated against pneumococcal disease at any time from the age of 19 to the end of the year',
  denominator: 'People aged 66 or older on 31 December with an outpatient visit in the year',
  exclusions: ['Hospice care in the year'],
  rates: [{ id: '1', title: 'Ever vaccinated' }],
  betterIs: 'higher',
  grain: 'person',
  source: {
    name: 'After MIPS quality measure 111 (CMS127), pneumococcal vaccination status for older adults',
    version: '2024',
    url: 'https://qpp.cms.gov/mips/explore-measures?tab=qualityMeasures&py=2024',
    deviations: [
      'No computable definition (CQL) is public: the rules follow the description, with own lists of vaccines (CVX) and billed codes. Not certified by NCQA.',
      'The lower age of the description has changed between 65 and 66; we ask for 66 on the last day of the year, so that everybody had a year at 65.',
      'One dose of any pneumococcal vaccine counts; whether the series is complete by today’s schedule is not judged.',
      'A vaccination that people report counts only where the EHR or a quality code on a claim (4040F) says so; pharmacy claims by NDC are not read.',
      'A gap of a person whose data begin after the age of 65 is marked history incomplete; a vaccine recorded as declined marks it refused. Both still count as not met.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
