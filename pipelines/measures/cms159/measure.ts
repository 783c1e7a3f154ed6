import { defineMeasure } from '#contract/metric';
import { SHARED } from '../../engine/year-changes.ts';

export default defineMeasure({
  id: 'cms159',
  measureId: 'CMS159',
  qualityId: '370',
  title: 'Depression remission at twelve months',
  description:
    'Share of people aged 12 or older with depression and a PHQ-9 above 9 whose PHQ-9 a year later, give or take 60 days, was below 5.',
  whyItMatters: 'Feeling better is not enough: people who reach remission relapse less, work more and live longer.',
  numerator: 'People whose last PHQ-9 within 60 days of the day twelve months after the index is below 5',
  denominator:
    'People aged 12 or older at the index: the first PHQ-9 above 9 from 7 days before to the end of a depression visit that ended between 1 November two years before the year and 31 October of the year before',
  exclusions: [
    'Hospice care between 1 November two years before the year and the end of the 60 days',
    'Palliative care in the same time',
    'Death before the end of the 60 days',
    'Bipolar disorder, emotionally labile personality disorder, schizophrenia or psychosis, or pervasive developmental disorder, found before the end of the 60 days',
  ],
  reasons: [
    'hospice care',
    'palliative care',
    'bipolar disorder',
    'personality disorder',
    'schizophrenia or psychosis',
    'pervasive developmental disorder',
    'died',
  ],
  rates: [{ id: '1', title: 'In remission' }],
  betterIs: 'higher',
  isDecidedAtEnd: true,
  grain: 'person',
  changes: [
    {
      from: '2026',
      part: 'Diagnoses',
      before: 'A diagnosis counts when it is confirmed and active.',
      after: 'A diagnosis counts unless it was refuted or entered in error.',
      applied: 'The rule of 2026, in every year.',
    },
    SHARED.assessment,
  ],
  source: {
    name: 'CMS159v14, aligned to the electronic clinical quality measure of CMS and MN Community Measurement',
    version: 'measurement year 2026',
    url: 'https://ecqi.healthit.gov/ecqm/ec/2026/cms0159v14',
    deviations: [
      'The rules of 2025 and 2026 differ in the diagnoses that count: 2025 takes confirmed diagnoses that are active today, 2026 those that were not refuted. The rule of 2026 is applied to every year.',
      'Scores come from the EHR; of claims only the codes of remission count (G9509), and of one day the EHR score before the code. Claims do not tell the day of the index.',
      'Diagnoses, visits, hospice and palliative care come from claims as well as the EHR, deaths from the enrolment or the EHR.',
      'EHR office visits and telehealth visits without a code count as visits.',
      'A gap is overdue as soon as its 60 days have passed, even while the year runs.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
