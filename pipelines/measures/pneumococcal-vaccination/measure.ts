import { defineMeasure } from '#contract/metric';

export default defineMeasure({
  id: 'pneumococcal-vaccination',
  measureId: 'PNEUMO',
  qualityId: '493',
  title: 'Pneumococcal vaccination of older adults',
  description: 'Share of people aged 66 or older who were ever vaccinated against pneumococcal disease.',
  whyItMatters:
    'Pneumococcal pneumonia and sepsis kill mostly older people; one dose of a newer vaccine protects for years.',
  numerator:
    'People vaccinated against pneumococcal disease at any time from the age of 19 to the end of the year; up to 2025 from the age of 60',
  denominator: 'People with an outpatient visit in the year on a day on which they are 66 or older',
  exclusions: ['Hospice care in the year'],
  reasons: ['hospice care'],
  exceptions: ['Not vaccinated for a documented medical reason'],
  rates: [{ id: '1', title: 'Ever vaccinated' }],
  betterIs: 'higher',
  grain: 'person',
  closures: [
    {
      id: 'conjugate',
      title: 'Pneumococcal conjugate vaccine',
      counts: 'from 19 years of age, up to 2025 from 60',
      entries: [{ codeType: 'cvx', code: '152' }],
    },
    {
      id: 'polysaccharide',
      title: 'Pneumococcal polysaccharide vaccine',
      counts: 'from 19 years of age, up to 2025 from 60',
      entries: [{ codeType: 'cvx', code: '33' }],
    },
  ],
  changes: [
    {
      from: '2026',
      part: 'Numerator',
      before: 'A vaccine counts from the 60th birthday on.',
      after: 'A vaccine counts from the 19th birthday on.',
    },
  ],
  source: {
    name: 'After the pneumococcal rate of MIPS quality measure 493, adult immunization status, as CMS lists its measures',
    version: 'performance years 2025 and 2026',
    url: 'https://github.com/CMSgov/qpp-measures-data',
    deviations: [
      'Measures 111 and CMS127, which asked for the same with other ages, are not in the lists of CMS for 2024 and after. No computable definition (CQL) of 493 is public: the rules follow its description, with own lists of vaccines (CVX) and billed codes. Not certified by NCQA.',
      'Held against the lists of CMS for 2025 and 2026: age on the day of a visit, the ages from which vaccines count. Not found in a public source: its list of visits (here those of the eCQMs), and the exclusion of hospice care, which its forerunners and the measure of health plans have.',
      'One dose of any pneumococcal vaccine counts; whether the series is complete by today’s schedule is not judged.',
      'A vaccination that people report counts only where the EHR or a quality code on a claim (4040F) says so; pharmacy claims by NDC are not read.',
      'A medical reason counts when the EHR records the vaccine as not given with it in the year, or a claim carries G9989. An earlier severe reaction to the vaccine counts only where it is recorded so.',
      'A gap of a person whose data begin after the age of 65 is marked history incomplete; a vaccine recorded as declined marks it refused. Both still count as not met.',
    ],
  },
  version: '2.0.0',
  reviewedOn: '2026-11-22',
});
