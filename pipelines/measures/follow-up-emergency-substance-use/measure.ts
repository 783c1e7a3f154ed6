import { defineMeasure } from '#contract/metric';

export default defineMeasure({
  id: 'follow-up-emergency-substance-use',
  measureId: 'FUA',
  title: 'Emergency visit for substance use',
  description:
    'Share of emergency visits for substance use disorder or overdose, by people aged 13 or older, that a visit or a medicine for it followed within 7 and within 30 days.',
  whyItMatters: 'After an overdose the next weeks are the most dangerous; treatment begun then saves lives.',
  numerator:
    'Emergency visits followed by a visit, treatment or medicine for substance use on day 0 to 7, and on day 0 to 30',
  denominator:
    'Emergency visits from 1 January to 1 December with substance use disorder as the principal diagnosis or any diagnosis of overdose, after which the person went home; of several within 31 days the first',
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
    name: 'After the public description of FUA-AD and FUA-CH in the Medicaid and CHIP Core Sets of CMS',
    version: '2025',
    url: 'https://www.medicaid.gov/medicaid/quality-of-care/performance-measurement/adult-and-child-health-care-quality-measures/adult-health-care-quality-measures',
    deviations: [
      'Own code lists: the value sets of NCQA, who stewards the measure, are not public. Not certified by NCQA.',
      'Substance use disorder is read by the list of CMS137; overdose by ICD-10-CM codes of opioids, cannabis, cocaine, hallucinogens, sedatives and stimulants, by accident or of unknown intent.',
      'A follow-up is a billed visit or an office or telehealth visit of the EHR with any such diagnosis, or treatment or medicine of the lists of CMS137; one on the day of the emergency visit counts. A visit with a mental health specialist for another reason does not.',
      'Pharmacy claims count where the list that is used names NDC codes; the built-in lists name RxNorm codes only.',
      'All ages from 13 on and all payers are one rate; the Core Sets report children and adults apart, for Medicaid.',
      'Status: due soon while the days run, overdue after them. The due date shown is the end of the year.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
