import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'readmission-30-day',
  title: '30-day unplanned readmissions',
  description: 'Share of hospital stays followed by an unplanned hospital stay within 30 days of discharge.',
  whyItMatters:
    'A return soon after discharge often means that the hand-over home went wrong; it is hard on the patient and costly.',
  numerator:
    'Index stays whose first later acute admission comes 0 to 30 days after discharge and is unplanned; only the first one counts',
  denominator:
    'Acute hospital stays of people aged 65 or older, discharged alive, transfers and continuous stays merged into one',
  exclusions: [
    'Follow-up incomplete: discharged less than 30 days before the data end',
    'Died in hospital, left against medical advice, or transferred to another acute hospital',
    'Under 65 at admission',
    'Not in Medicare fee-for-service Part A for the 12 months before admission and the 30 days after discharge',
    'Stays for psychiatric care, rehabilitation or medical treatment of cancer',
  ],
  unit: 'percent',
  scale: 100,
  betterIs: 'lower',
  grain: 'stay',
  maturesAfterDays: 120,
  source: {
    name: 'CMS Hospital-Wide All-Cause Unplanned Readmission (quality measure 479)',
    version: 'Planned Readmission Algorithm 4.0',
    url: 'https://qualitynet.cms.gov/inpatient/measures/readmission',
    deviations: ['Observed rate: shown as it is, not risk-standardised.'],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-21',
});
