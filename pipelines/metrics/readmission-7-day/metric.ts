import { defineMetric } from '#contract/metric';
import { AT_DISCHARGE } from '../readmission-30-day/metric.ts';

export default defineMetric({
  id: 'readmission-7-day',
  title: '7-day unplanned readmissions',
  description: 'Share of hospital stays followed by an unplanned hospital stay within 7 days of discharge.',
  whyItMatters:
    'A return within a week points to the discharge itself: too early, without a plan, or with the wrong medicines.',
  numerator: 'Index stays whose first later acute admission comes 0 to 7 days after discharge and is unplanned',
  denominator:
    'Acute hospital stays of people aged 65 or older, discharged alive, transfers and continuous stays merged into one',
  exclusions: [
    'Follow-up incomplete: discharged less than 7 days before the data end, or still in hospital',
    'Died in hospital, or left against medical advice',
    'Under 65 at admission, or date of birth unknown',
    'Not in Medicare fee-for-service Part A in the 12 months before admission and the 7 days after discharge, or until death',
    'Principal diagnosis psychiatric, rehabilitation, missing, without a CCS category, or cancer that was treated without surgery',
    'Cancer hospitals outside prospective payment',
  ],
  reasons: [...AT_DISCHARGE, 'follow-up incomplete', 'not in fee-for-service Part A for 7 days after discharge'],
  topic: 'discharge',
  unit: 'percent',
  scale: 100,
  betterIs: 'lower',
  grain: 'stay',
  maturesAfterDays: 97,
  source: {
    name: 'Own definition; kin of the CMS Hospital-Wide All-Cause Unplanned Readmission (quality measure 479)',
    version: 'Planned Readmission Algorithm 4.0',
    url: 'https://qualitynet.cms.gov/inpatient/measures/readmission',
    deviations: [
      'The window, and with it the follow-up and the Part A rule after discharge, is 7 days instead of 30.',
      'Everything that is not named here is as in the 30-day unplanned readmissions, with the same deviations.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
