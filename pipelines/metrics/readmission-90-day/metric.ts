import { defineMetric } from '#contract/metric';
import { AT_DISCHARGE } from '../readmission-30-day/metric.ts';

export default defineMetric({
  id: 'readmission-90-day',
  title: '90-day unplanned readmissions',
  description: 'Share of hospital stays followed by an unplanned hospital stay within 90 days of discharge.',
  whyItMatters: 'Within three months the care at home and in the practice counts for more than the discharge.',
  numerator:
    'Index stays whose first later acute admission comes 0 to 90 days after discharge and is unplanned; when the first one is planned, no later one counts',
  denominator:
    'Acute hospital stays of people aged 65 or older, discharged alive, transfers and continuous stays merged into one',
  exclusions: [
    'Follow-up incomplete: discharged less than 90 days before the data end, or still in hospital',
    'Died in hospital, or left against medical advice',
    'Under 65 at admission, or date of birth unknown',
    'Not in Medicare fee-for-service Part A in the 12 months before admission and the 90 days after discharge, or until death',
    'Principal diagnosis psychiatric, rehabilitation, missing, without a CCS category, or cancer that was treated without surgery',
    'Cancer hospitals outside prospective payment',
  ],
  reasons: [...AT_DISCHARGE, 'follow-up incomplete', 'not in fee-for-service Part A for 90 days after discharge'],
  topic: 'discharge',
  unit: 'percent',
  scale: 100,
  betterIs: 'lower',
  grain: 'stay',
  maturesAfterDays: 180,
  source: {
    name: 'Own definition; kin of the CMS Hospital-Wide All-Cause Unplanned Readmission (quality measure 479)',
    version: 'Planned Readmission Algorithm 4.0',
    url: 'https://qualitynet.cms.gov/inpatient/measures/readmission',
    deviations: [
      'The window, and with it the follow-up and the Part A rule after discharge, is 90 days instead of 30.',
      'Everything that is not named here is as in the 30-day unplanned readmissions, with the same deviations.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
