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
  reasons: ['hospice care', 'died in the year', 'admitted within 30 days', 'not enrolled through day 30'],
  rates: [
    { id: '1', title: 'Followed up within 7 days' },
    { id: '2', title: 'Followed up within 30 days' },
  ],
  betterIs: 'higher',
  grain: 'event',
  changes: [
    {
      from: '2025',
      part: 'Numerator',
      before: 'The follow-up visit is with a mental health specialist, or a behavioral health service.',
      after: 'A visit with anybody counts too, with a diagnosis of mental illness in any place.',
    },
    {
      from: '2025',
      part: 'Who counts',
      before: 'Phobias and anxiety disorders do not count as mental illness.',
      after: 'Phobias and anxiety disorders count.',
      applied: 'The rule of 2025, in every year.',
    },
  ],
  source: {
    name: 'After FUH-AD and FUH-CH of the Medicaid and CHIP Core Sets of CMS, as CMS and health plans describe them',
    version: 'measurement years 2024 and 2025',
    url: 'https://www.medicaid.gov/state-overviews/scorecard/follow-up-after-hospitalization-mental-illness-age-18/index.html',
    deviations: [
      'Own code lists: the value sets of NCQA, who stewards the measure, are not public, and neither is the full text of its rules. Not certified by NCQA.',
      'Held against pages of CMS and of health plans, one with the full rules of an earlier year: ages, the days, 7 and 30 days without the day of discharge, the last of stays within 30 days, other admissions, hospice, death, enrollment, who may follow up. Not found in a public source: whether self-harm counts beyond the principal diagnosis from 2025 on (here it does not), and which codes make a visit.',
      'Mental illness is read by HCUP CCS category of the principal diagnosis: without dementia, developmental and substance use disorders. Self-harm takes in suicidal thoughts.',
      'A follow-up visit is a billed visit, psychotherapy or community mental health service, or an office or telehealth visit of the EHR, with a mental health diagnosis of that visit, or billed by a mental health specialist (CMS specialty; nurse practitioners of psychiatry are not told apart). Residential treatment is not read as a follow-up.',
      'A visit on the day of discharge does not count.',
      'All ages from 6 on and all payers are one rate; the Core Sets report children and adults apart, for Medicaid.',
      'Status: due soon while the days run, overdue after them. The due date is day 7 or day 30.',
    ],
  },
  version: '2.0.0',
  reviewedOn: '2026-11-22',
});
