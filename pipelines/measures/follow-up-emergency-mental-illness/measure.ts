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
    'Emergency visits from 1 January to 1 December with mental illness or self-harm as the principal diagnosis, after which the person went home; of several within 31 days the first',
  exclusions: [
    'Hospice care in the year',
    'Died in the year',
    'Admitted to a hospital or nursing facility within 30 days',
    'Not enrolled through day 30',
  ],
  rates: [
    { id: '1', title: 'Followed up within 7 days' },
    { id: '2', title: 'Followed up within 30 days' },
  ],
  betterIs: 'higher',
  grain: 'event',
  source: {
    name: 'After the public description of FUM-AD and FUM-CH in the Medicaid and CHIP Core Sets of CMS',
    version: '2025',
    url: 'https://www.medicaid.gov/state-overviews/scorecard/follow-after-emergency-department-visit-for-mental-illness-age-18-and-older/index.html',
    deviations: [
      'Own code lists: the value sets of NCQA, who stewards the measure, are not public. Not certified by NCQA.',
      'Mental illness is read by HCUP CCS category of the principal diagnosis: without dementia, developmental and substance use disorders.',
      'A follow-up visit is a billed visit, psychotherapy or community mental health service, or an office or telehealth visit of the EHR, with any mental health diagnosis of that visit; one on the day of the emergency visit counts.',
      'All ages from 6 on and all payers are one rate; the Core Sets report children and adults apart, for Medicaid.',
      'Status: due soon while the days run, overdue after them. The due date shown is the end of the year.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
