import { defineMeasure } from '#contract/metric';

export default defineMeasure({
  id: 'follow-up-psychiatric-discharge',
  measureId: 'FUH',
  title: 'Hospital stay for mental illness',
  description:
    'Share of hospital stays for mental illness or self-harm, of people aged 6 or older, that a visit for mental health followed within 7 and within 30 days.',
  whyItMatters: 'The weeks after a psychiatric discharge carry the highest risk of suicide and of coming back.',
  numerator:
    'Discharges followed by a visit with a mental health diagnosis or specialist on day 1 to 7, and on day 1 to 30',
  denominator:
    'Discharges from 1 January to 1 December, alive, from acute and psychiatric hospital stays with mental illness or self-harm as the principal diagnosis; of stays within 30 days of each other the last',
  exclusions: [
    'Hospice care in the year',
    'Died in the year',
    'Admitted to a hospital or nursing facility within 30 days for another reason',
    'Not enrolled through day 30',
  ],
  rates: [
    { id: '1', title: 'Followed up within 7 days' },
    { id: '2', title: 'Followed up within 30 days' },
  ],
  betterIs: 'higher',
  grain: 'event',
  source: {
    name: 'After the public description of FUH-AD and FUH-CH in the Medicaid and CHIP Core Sets of CMS',
    version: '2025',
    url: 'https://www.medicaid.gov/state-overviews/scorecard/follow-up-after-hospitalization-mental-illness-age-18/index.html',
    deviations: [
      'Own code lists: the value sets of NCQA, who stewards the measure, are not public. Not certified by NCQA.',
      'Mental illness is read by HCUP CCS category of the principal diagnosis: without dementia, developmental and substance use disorders.',
      'A follow-up visit is a billed visit, psychotherapy or community mental health service, or an office or telehealth visit of the EHR, with any mental health diagnosis of that visit, or billed by a mental health specialist (CMS specialty). The Core Sets up to 2024 ask for the specialist; a diagnosis suffices since.',
      'A visit on the day of discharge does not count.',
      'All ages from 6 on and all payers are one rate; the Core Sets report children and adults apart, for Medicaid.',
      'Status: due soon while the days run, overdue after them. The due date shown is the end of the year.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
