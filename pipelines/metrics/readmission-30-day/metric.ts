import { defineMetric } from '#contract/metric';

/** The reasons of mart.readmission_stay that its kin share: `exclusions_of_stay` and `exclusions_at_discharge`. */
export const OF_STAY = [
  'still in hospital',
  'died in hospital',
  'left against medical advice',
  'cancer hospital outside prospective payment',
  'principal diagnosis missing',
  'principal diagnosis without a CCS category',
  'psychiatric principal diagnosis',
  'rehabilitation principal diagnosis',
  'medical treatment of cancer',
];
export const AT_DISCHARGE = [
  ...OF_STAY,
  'date of birth unknown',
  'under 65 at admission',
  'not in fee-for-service Part A for 12 months before admission',
];

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
    'Follow-up incomplete: discharged less than 30 days before the data end, or still in hospital',
    'Died in hospital, or left against medical advice',
    'Under 65 at admission, or date of birth unknown',
    'Not in Medicare fee-for-service Part A in the 12 months before admission and the 30 days after discharge, or until death',
    'Principal diagnosis psychiatric, rehabilitation, missing, without a CCS category, or cancer that was treated without surgery',
    'Cancer hospitals outside prospective payment',
  ],
  reasons: [...AT_DISCHARGE, 'follow-up incomplete', 'not in fee-for-service Part A for 30 days after discharge'],
  topic: 'discharge',
  qualityId: '479',
  unit: 'percent',
  scale: 100,
  betterIs: 'lower',
  grain: 'stay',
  maturesAfterDays: 120,
  expectedBy: 'readmission',
  choices: {
    table: 'mart.readmission_choice',
    options: [
      { id: 'as-defined', title: 'As defined here' },
      { id: 'planned-returns-count', title: 'Planned returns count too' },
      { id: 'planned-return-hides-none', title: 'A planned return does not end the wait for an unplanned one' },
      { id: 'same-hospital-only', title: 'Only returns to the same hospital count' },
      { id: 'any-age', title: 'People under 65 count too' },
      { id: 'any-coverage', title: 'Without the rules on Part A before and after' },
      { id: 'against-advice-counts', title: 'Who left against advice counts too' },
      { id: 'every-diagnosis', title: 'Psychiatric, rehabilitation and cancer stays count too' },
      { id: 'covid-19-counts', title: 'Stays for COVID-19, which has no CCS category, count too' },
      { id: 'within-7-days', title: 'Within 7 days' },
      { id: 'within-14-days', title: 'Within 14 days' },
      { id: 'within-60-days', title: 'Within 60 days' },
      { id: 'within-90-days', title: 'Within 90 days' },
    ],
  },
  source: {
    name: 'CMS Hospital-Wide All-Cause Unplanned Readmission (quality measure 479)',
    version: 'Planned Readmission Algorithm 4.0',
    url: 'https://qualitynet.cms.gov/inpatient/measures/readmission',
    deviations: [
      'The rate is observed. What is expected comes of an internal model fitted to these stays, not of the coefficients of CMS.',
      'Code tables are those of the 2021 measure over HCUP CCS 2019 and 2020; a newer code follows the family that it begins like.',
      'Stays in ICD-9-CM are judged by the same tables over HCUP CCS 2015, with its own codes where they count parts of a category.',
      'A stay without procedure codes is surgical when its MS-DRG is; of a chain of transfers, any surgical part makes it surgical.',
      'Whether a return is planned, for rehabilitation or psychiatric is told by how it began: of a chain of transfers, by its first part.',
      'Stays in two hospitals whose dates overlap are one stay.',
      'A stay counts as acute when no CMS certification number says otherwise.',
      'Transfers are told by dates alone, as in the CMS code; discharge status 02 plays no part.',
      'All members of the data are measured, whether or not they are assigned to the organization.',
    ],
  },
  version: '1.3.0',
  reviewedOn: '2026-11-22',
});
