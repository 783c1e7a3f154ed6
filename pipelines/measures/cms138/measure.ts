import { defineMeasure } from '#contract/metric';
import { SHARED } from '../../engine/year-changes.ts';

export default defineMeasure({
  id: 'cms138',
  measureId: 'CMS138',
  qualityId: '226',
  title: 'Tobacco: screening and help to quit',
  description:
    'Share of people aged 12 or older who were asked about tobacco in the year and, if they use it, were helped to quit.',
  whyItMatters: 'Tobacco is the first avoidable cause of death; brief counseling and medicines help people quit.',
  numerator:
    'Rate 1: people whose last answer of the year is known. Rate 2: users with counseling or an order of a medicine between 1 July of the year before and 31 December. Rate 3: people who use no tobacco, or use it and were helped',
  denominator:
    'People aged 12 or older on 1 January with two visits or one preventive visit in the year; for rate 2 those of them who use tobacco',
  exclusions: ['Hospice care in the year'],
  reasons: ['hospice care'],
  rates: [
    { id: '1', title: 'Asked about tobacco' },
    { id: '2', title: 'Users helped to quit' },
    { id: '3', title: 'Asked, and helped if a user' },
  ],
  betterIs: 'higher',
  grain: 'person',
  closures: [
    {
      id: 'tobacco',
      title: 'Asked about tobacco',
      counts: 'in the year; the last answer of the year tells',
      entries: [
        {
          codeType: 'loinc',
          code: '72166-2',
          result: {
            title: 'Answer',
            answers: [
              { value: '266919005', title: 'Never used tobacco' },
              { value: '8517006', title: 'Used tobacco before' },
              { value: '449868002', title: 'Uses tobacco' },
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
      before: 'An answer to any question of the tobacco value set counts.',
      after: 'The answer must be filed as a smoking status of US Core.',
      applied: 'The rule of 2025, in every year.',
    },
    {
      from: '2026',
      part: 'Numerator',
      before: 'An amended or corrected answer counts.',
      after: 'Final answers only.',
      applied: 'The rule of 2025, in every year.',
    },
    {
      from: '2026',
      part: 'Numerator',
      before: 'An order of a medicine to stop smoking counts.',
      after: 'Not when it was rejected.',
      applied: 'Not told apart here.',
    },
    SHARED.refuted,
  ],
  source: {
    name: 'CMS138v14, aligned to the electronic clinical quality measure of CMS and NCQA',
    version: 'measurement year 2026',
    url: 'https://ecqi.healthit.gov/ecqm/ec/2026/cms0138v14',
    deviations: [
      'Not certified by NCQA. The rules of 2025 and 2026 differ only in the FHIR profile of the answer: of every year an answer to one of the four questions of the value set counts, unless it is filed as a laboratory result.',
      'Computed from claims as well as the EHR: quality codes tell the answer (1034F, 1035F, 1036F, G9902, G9903) and the help (4000F, 4001F, 4004F, G0030, G9906); of one day the EHR answer counts before the code.',
      'A diagnosis of nicotine dependence is no answer to the question, as in the measure.',
      'A visit that both a claim and the EHR report counts once.',
      'Without supplied value sets an answer is known by the seven codes of the US Core smoking status; any other answer has the status tested, value unknown.',
      'Medicines are orders of the EHR; fills billed to a payer carry NDC codes, for which there is no list. Orders that a pharmacy rejected, and orders that began before they were written, are not told apart.',
      'EHR office visits and telehealth visits count as office visits whatever their code.',
      'An amended or corrected answer counts in every year; from 2026 the measure takes final ones only.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
