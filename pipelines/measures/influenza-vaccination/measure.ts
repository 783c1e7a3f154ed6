import { defineMeasure } from '#contract/metric';

export default defineMeasure({
  id: 'influenza-vaccination',
  measureId: 'FLU',
  qualityId: '110',
  title: 'Influenza vaccination',
  description: 'Share of people aged 6 months or older, seen during the influenza season, who were vaccinated for it.',
  whyItMatters:
    'Influenza puts hundreds of thousands of people into hospital each winter; vaccination halves the risk.',
  numerator:
    'People vaccinated against influenza from 1 July to 31 March; rate 2, of the season under way, from 1 July to 31 December',
  denominator:
    'People aged 6 months or older on 1 October with a visit from then to 31 March; rate 2 with a visit in the year',
  exclusions: ['Hospice care in the year'],
  exceptions: ['Not vaccinated for a documented reason: declined, medical, or no vaccine to be had'],
  rates: [
    { id: '1', title: 'Season that ended in the year' },
    { id: '2', title: 'Season that began in the year' },
  ],
  betterIs: 'higher',
  grain: 'person',
  source: {
    name: 'After MIPS quality measure 110 (CMS147), influenza immunization',
    version: '2024',
    url: 'https://qpp.cms.gov/mips/explore-measures?tab=qualityMeasures&py=2024',
    deviations: [
      'No computable definition (CQL) is public: the rules follow the description, with own lists of vaccines (CVX) and billed codes. Not certified by its steward.',
      'One visit suffices, of any kind that a practice bills; the description counts two visits, or a preventive one, in the year as well.',
      'Rate 2 is ours: it shows in autumn whom the season under way still misses, and is seen from 1 July on.',
      'What people report (a vaccination at work or at a pharmacy) counts only where the EHR or a quality code on a claim says so; pharmacy claims by NDC are not read.',
      'A reason counts when the EHR records the vaccine as not given with a reason, or a claim carries G8483.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
