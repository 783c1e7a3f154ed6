import { defineMeasure } from '#contract/metric';

export default defineMeasure({
  id: 'influenza-vaccination',
  measureId: 'FLU',
  qualityId: '493',
  title: 'Influenza vaccination',
  description: 'Share of adults seen in the year who were vaccinated for the influenza season.',
  whyItMatters:
    'Influenza puts hundreds of thousands of people into hospital each winter; vaccination halves the risk.',
  numerator:
    'People vaccinated against influenza from 1 July before the year to 30 June; rate 2, of the season under way, from 1 July to 31 December',
  denominator:
    'People with a visit in the year on a day on which they are 19 or older; up to 2024 people aged 6 months or older on 1 January',
  exclusions: ['Hospice care in the year'],
  reasons: ['hospice care'],
  exceptions: ['Not vaccinated for a documented medical reason; up to 2024 for any documented reason'],
  rates: [
    { id: '1', title: 'Season that ended in the year' },
    { id: '2', title: 'Season that began in the year' },
  ],
  betterIs: 'higher',
  grain: 'person',
  closures: [
    {
      id: 'vaccine',
      title: 'Influenza vaccine',
      counts: 'from July to June of the season',
      entries: [{ codeType: 'cvx', code: '88' }],
    },
  ],
  changes: [
    {
      from: '2025',
      part: 'Who counts',
      before: 'People aged 6 months or older (measure 110).',
      after: 'People aged 19 or older on the day of a visit (measure 493).',
    },
    {
      from: '2025',
      part: 'Excepted',
      before: 'Any documented reason, also that the vaccine was declined (measure 110).',
      after: 'A documented medical reason (measure 493).',
    },
  ],
  source: {
    name: 'After the influenza rate of MIPS quality measure 493, adult immunization status, and up to 2024 measure 110 (CMS147), as CMS lists its measures',
    version: 'performance years 2023 to 2026',
    url: 'https://github.com/CMSgov/qpp-measures-data',
    deviations: [
      'CMS lists measure 110 last for 2024, for the web interface of ACOs. No computable definition (CQL) of 493 is public: the rules follow its description, with own lists of vaccines (CVX) and billed codes. Not certified by its steward.',
      'Held against the lists of CMS for 2023 to 2026 and the published CMS147: ages, 1 July to 30 June, a visit in the year. Not found in a public source: the list of visits and the exceptions of 493 (medical reasons, after its codes), and the exclusion of hospice care, which its forerunner and the measure of health plans have.',
      'One visit suffices, of any kind that a practice bills; CMS147 asks for two, or a preventive one.',
      'Rate 2 is ours: it shows in autumn whom the season under way still misses, and is seen from 1 July on.',
      'What people report (a vaccination at work or at a pharmacy) counts only where the EHR or a quality code on a claim says so; pharmacy claims by NDC are not read.',
      'A medical reason counts when the EHR records the vaccine as not given with it, or a claim carries M1169; up to 2024 any reason, G8483 and M1300 too. A vaccine recorded as declined marks the gap refused.',
    ],
  },
  version: '2.0.0',
  reviewedOn: '2026-11-22',
});
