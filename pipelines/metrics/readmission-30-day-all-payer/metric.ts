import { defineMetric } from '#contract/metric';
import { OF_STAY } from '../readmission-30-day/metric.ts';

export default defineMetric({
  id: 'readmission-30-day-all-payer',
  title: '30-day unplanned readmissions, all payers',
  description:
    'Share of hospital stays of adults of any payer followed by an unplanned hospital stay within 30 days of discharge.',
  whyItMatters:
    'Shows the returns of the people whom the Medicare measure leaves out: the younger, and those in other plans.',
  numerator:
    'Index stays whose first later acute admission comes 0 to 30 days after discharge and is unplanned; only the first one counts',
  denominator:
    'Acute hospital stays of adults with medical coverage on the day of discharge, discharged alive, transfers and continuous stays merged into one',
  exclusions: [
    'Follow-up incomplete: discharged less than 30 days before the data end, or still in hospital',
    'Died in hospital, or left against medical advice',
    'Under 18 at admission, or date of birth unknown',
    'Without medical coverage on the day of discharge',
    'Principal diagnosis psychiatric, rehabilitation, missing, without a CCS category, or cancer that was treated without surgery',
    'Cancer hospitals outside prospective payment',
  ],
  reasons: [
    ...OF_STAY,
    'date of birth unknown',
    'under 18 at admission',
    'follow-up incomplete',
    'not covered on the day of discharge',
  ],
  topic: 'discharge',
  unit: 'percent',
  scale: 100,
  betterIs: 'lower',
  grain: 'stay',
  maturesAfterDays: 120,
  source: {
    name: 'Own definition; kin of the CMS Hospital-Wide All-Cause Unplanned Readmission (quality measure 479)',
    version: 'Planned Readmission Algorithm 4.0',
    url: 'https://qualitynet.cms.gov/inpatient/measures/readmission',
    deviations: [
      'People are 18 or older and have any payer; no coverage is asked for before admission or after discharge, so a return that another payer paid for can be missed.',
      'Deliveries are planned stays, as in the all-payer form of the algorithm.',
      'Everything that is not named here is as in the 30-day unplanned readmissions, with the same deviations.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
