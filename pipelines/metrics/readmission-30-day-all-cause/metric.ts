import { defineMetric } from '#contract/metric';
import readmission from '../readmission-30-day/metric.ts';

export default defineMetric({
  id: 'readmission-30-day-all-cause',
  title: '30-day readmissions, planned ones too',
  description: 'Share of hospital stays followed by any hospital stay within 30 days of discharge, planned or not.',
  whyItMatters:
    'Beside the unplanned rate it shows how many returns were meant to be, and how much hangs on telling the two apart.',
  numerator: 'Index stays with a later acute admission 0 to 30 days after discharge, planned or not',
  denominator:
    'Acute hospital stays of people aged 65 or older, discharged alive, transfers and continuous stays merged into one',
  exclusions: [
    'Follow-up incomplete: discharged less than 30 days before the data end, or still in hospital',
    'Died in hospital, or left against medical advice',
    'Under 65 at admission, or date of birth unknown',
    'Not in Medicare fee-for-service Part A in the 12 months before admission and the 30 days after discharge, or until death',
    'Principal diagnosis psychiatric, rehabilitation, missing, without a CCS category, or cancer that was treated without surgery',
    'Cancer hospitals outside prospective payment',
  ],
  reasons: readmission.reasons,
  topic: 'discharge',
  unit: 'percent',
  scale: 100,
  betterIs: 'lower',
  grain: 'stay',
  maturesAfterDays: 120,
  source: {
    name: 'Own definition; kin of the CMS Hospital-Wide All-Cause Unplanned Readmission (quality measure 479)',
    version: '1.0',
    url: 'https://qualitynet.cms.gov/inpatient/measures/readmission',
    deviations: [
      'Planned returns count.',
      'Everything that is not named here is as in the 30-day unplanned readmissions, with the same deviations.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
