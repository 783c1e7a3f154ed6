import { defineMetric } from '#contract/metric';
import readmission from '../readmission-30-day/metric.ts';

export default defineMetric({
  id: 'readmission-30-day-skilled-nursing',
  title: '30-day readmissions from skilled nursing',
  description:
    'Share of hospital stays that led to a skilled nursing facility and were followed by an unplanned hospital stay within 30 days of discharge.',
  whyItMatters:
    'One in five comes back; many returns can be avoided when hospital and nursing facility plan the care together.',
  numerator:
    'Index stays whose first later acute admission comes 0 to 30 days after discharge and is unplanned, from the nursing facility or after it; only the first one counts',
  denominator:
    'Index stays of the 30-day unplanned readmissions after which the person was in a skilled nursing facility, or a swing bed, by the day after discharge',
  exclusions: [
    'Follow-up incomplete: discharged less than 30 days before the data end',
    'Left against medical advice',
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
    name: 'Own definition after the CMS Skilled Nursing Facility 30-Day All-Cause Readmission Measure (NQF 2510)',
    version: 'Planned Readmission Algorithm 4.0',
    url: 'https://p4qm.org/measures/2510',
    deviations: [
      'The rate is observed; CMS adjusts it for risk, by nursing facility. Here a stay belongs to the hospital that discharged it.',
      'Index stays are those of the 30-day unplanned readmissions: 65 or older, not psychiatric, in short-term acute and critical access hospitals. CMS also takes younger people and stays in psychiatric and cancer hospitals.',
      'CMS leaves out people with other post-acute care in the 30 days, with days between discharge and nursing facility, who left the facility against advice, or whose stay was for fitting a prosthesis or for pregnancy; only the days between are looked at here.',
      'A nursing facility stay that began before the hospital stay and went on after it counts as going there.',
      'Where planned returns and transfers are concerned, everything is as in the 30-day unplanned readmissions, with the same deviations.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
