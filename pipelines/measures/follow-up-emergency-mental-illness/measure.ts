import { defineMeasure } from '#contract/metric';

export default defineMeasure({
  id: 'follow-up-emergency-mental-illness',
  measureId: 'FUM',
  title: 'Emergency visit for mental illness',
  description:
    'Share of emergency visits for mental illness or self-harm, by people aged 6 or older, that a visit for mental illness followed within 7 and within 30 days.',
  whyItMatters: 'Contact soon after a crisis keeps people in care, out of the emergency room and alive.',
  numerator: 'Emergency visits followed by a visit with a mental health diagnosis on day 0 to 7, and on day 0 to 30',
  denominator:
    'Emergency visits from 1 January to 1 December with mental illness as the principal diagnosis, or self-harm among the diagnoses, after which the person went home; of several within 31 days the first',
  exclusions: [
    'Hospice care in the year',
    'Died in the year',
    'Admitted to a hospital or nursing facility within 30 days',
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
      part: 'Who counts',
      before: 'Self-harm as the principal diagnosis of the emergency visit.',
      after: 'Self-harm in any place among the diagnoses of the emergency visit.',
    },
    {
      from: '2025',
      part: 'Who counts',
      before: 'Phobias and anxiety disorders do not count as mental illness.',
      after: 'Phobias and anxiety disorders count.',
      applied: 'The rule of 2025, in every year.',
    },
    {
      from: '2025',
      part: 'Numerator',
      before: 'The follow-up visit has mental illness as its principal diagnosis.',
      after: 'The follow-up visit has a diagnosis of mental illness in any place.',
    },
  ],
  source: {
    name: 'After FUM-AD and FUM-CH of the Medicaid and CHIP Core Sets of CMS, as CMS and health plans describe them',
    version: 'measurement years 2024 and 2025',
    url: 'https://www.medicaid.gov/state-overviews/scorecard/follow-after-emergency-department-visit-for-mental-illness-age-18-and-older/index.html',
    deviations: [
      'Own code lists: the value sets of NCQA, who stewards the measure, are not public, and neither is the full text of its rules. Not certified by NCQA.',
      'Held against pages of CMS and of health plans: ages, the days, 7 and 30 days with the day of the visit, self-harm in any place, any diagnosis of a follow-up visit, the first visit of 31 days, admissions, hospice, death, enrollment. Not found in a public source: which codes make a visit, and how repeated visits are told apart where one is left out.',
      'Mental illness is read by HCUP CCS category: without dementia, developmental and substance use disorders. Self-harm takes in suicidal thoughts.',
      'A follow-up visit is a billed visit, psychotherapy or community mental health service, or an office or telehealth visit of the EHR, with a mental health diagnosis of that visit; one on the day of the emergency visit counts. Residential treatment is not read as a follow-up.',
      'All ages from 6 on and all payers are one rate; the Core Sets report children and adults apart, for Medicaid.',
      'Status: due soon while the days run, overdue after them. The due date is day 7 or day 30.',
    ],
  },
  version: '2.0.0',
  reviewedOn: '2026-11-22',
});
