import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'readmission-30-day-with-observation',
  title: '30-day readmissions, with observation',
  description: 'Share of times in hospital, observation stays included, followed by an unplanned one within 30 days.',
  whyItMatters:
    'A return that is held under observation is hard on the patient too; a rate without them can fall because beds are relabelled.',
  numerator:
    'Index stays whose first later admission or observation stay begins within 30 days of discharge and is unplanned',
  denominator:
    'Admissions and observation stays of adults, discharged alive, those no more than one day apart merged into one',
  exclusions: [
    'Follow-up incomplete: discharged less than 30 days before the data end, or still in hospital',
    'Died in hospital',
    'Admitted and discharged on one day',
    'Pregnancy, childbirth or newborn',
    'Under 18 at admission, or date of birth unknown',
    'Without medical coverage at some time from 12 months before admission to 30 days after discharge, or until death',
    'The first return within 30 days was planned',
  ],
  reasons: [
    'still in hospital',
    'died in hospital',
    'admitted and discharged on one day',
    'pregnancy, childbirth or newborn',
    'date of birth unknown',
    'under 18 at admission',
    'follow-up incomplete',
    'not covered from 12 months before admission to 30 days after discharge',
    'the first return was planned',
  ],
  topic: 'discharge',
  unit: 'percent',
  scale: 100,
  betterIs: 'lower',
  grain: 'stay',
  maturesAfterDays: 120,
  source: {
    name: 'Own definition in the manner of Plan All-Cause Readmissions',
    version: 'Planned Readmission Algorithm 4.0',
    url: 'https://qualitynet.cms.gov/inpatient/measures/readmission',
    deviations: [
      'Whether a stay is planned is told by the CMS algorithm, and pregnancy and newborns by HCUP CCS categories, not by the value sets of the plan measure.',
      'No break in coverage is allowed, and members with many stays are kept.',
      'Stays anchor to the month of discharge, not to a measurement year; observed rate, no expected value.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
