import { defineMeasure } from '#contract/metric';
import { SHARED } from '../../engine/year-changes.ts';

export default defineMeasure({
  id: 'cms2',
  measureId: 'CMS2',
  qualityId: '134',
  title: 'Depression screening and follow-up',
  description:
    'Share of people aged 12 or older with a visit whose last depression screen was negative, or positive with a follow-up plan within two days of the visit.',
  whyItMatters: 'Depression is common, easily missed and treatable; a screen helps only when somebody acts on it.',
  numerator:
    'People whose last screen within 14 days before a visit was negative, or positive and followed up at the visit, or by an order up to two days after it',
  denominator: 'People aged 12 or older on 1 January with a visit in the year at which screening is asked for',
  exclusions: ['Bipolar disorder known before the visit'],
  reasons: ['bipolar disorder'],
  exceptions: ['The person declined the screening', 'A medical reason against the screening'],
  rates: [{ id: '1', title: 'Screened and followed up' }],
  betterIs: 'higher',
  grain: 'person',
  closures: [
    {
      id: 'adult-screen',
      title: 'Depression screen of an adult',
      counts: 'within 14 days before a visit of the year, and closes the gap where it is negative',
      entries: [
        {
          codeType: 'loinc',
          code: '73832-8',
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
    {
      id: 'adolescent-screen',
      title: 'Depression screen of an adolescent',
      counts: 'within 14 days before a visit of the year, and closes the gap where it is negative',
      entries: [
        {
          codeType: 'loinc',
          code: '73831-0',
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
      before: 'A screen counts once its result is final.',
      after: 'A screen whose result was amended or corrected counts too.',
      applied: 'The rule of 2026, in every year.',
    },
    {
      from: '2026',
      part: 'Numerator',
      before: 'An antidepressant ordered when the screen is positive is follow-up.',
      after: 'Its course must also last beyond the end of the visit.',
    },
    {
      from: '2026',
      part: 'Numerator',
      before: 'Only plain orders of antidepressants count.',
      after: 'Original, reflex, filler and instance orders count too.',
      applied: 'The rule of 2026, in every year.',
    },
    {
      from: '2026',
      part: 'Left out',
      before: 'Bipolar disorder that began before the visit.',
      after: 'Bipolar disorder that began before the day of the visit.',
      applied: 'Not told apart here.',
    },
    SHARED.assessment,
  ],
  source: {
    name: 'CMS2v15, aligned to the electronic clinical quality measure of CMS',
    version: 'measurement year 2026',
    url: 'https://ecqi.healthit.gov/ecqm/ec/2026/cms0002v15',
    deviations: [
      'An amended or corrected screen counts in every year, as the measure has it from 2026.',
      'The logic of 2025 is applied to the years before it, that of 2026 to those after it: from 2026 an order of an antidepressant must last beyond the end of the visit.',
      'Computed from claims as well as the EHR: quality codes tell the result (G8510, G8431, G8511), the exception (G8433) and the exclusion (G9717); of one day the EHR result counts before the code. G8432 leaves the gap open.',
      'A billed screen (96127, G0444) proves no result: without any other screen the gap has the status tested, value unknown.',
      'Bipolar disorder billed before the visit excludes too; the measure reads problem lists and health concerns only.',
      'EHR office visits and telehealth visits without a code count as visits at which screening is asked for.',
      'Whatever has an hour is compared by day: a follow-up on the day of the visit is at the visit.',
      'Results without a code count by the words negative and positive.',
      'Referrals, follow-up services and medical reasons are SNOMED codes: without supplied value sets only medicines and quality codes show them.',
      'An amended or corrected screen counts in every year; before 2026 the measure took final ones only.',
      'How long an order lasts is read from its days of supply or its last day, not from doses and quantities.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
