import { defineMeasure } from '#contract/metric';

export default defineMeasure({
  id: 'follow-up-emergency-substance-use',
  measureId: 'FUA',
  title: 'Emergency visit for substance use',
  description:
    'Share of emergency visits for substance use disorder or overdose, by people aged 13 or older, that a visit, a treatment or a medicine for it followed within 7 and within 30 days.',
  whyItMatters: 'After an overdose the next weeks are the most dangerous; treatment begun then saves lives.',
  numerator:
    'Emergency visits followed by a visit, treatment, screening or medicine for substance use, or a visit with a mental health specialist, on day 0 to 7, and on day 0 to 30',
  denominator:
    'Emergency visits from 1 January to 1 December with substance use disorder as the principal diagnosis or any diagnosis of overdose, after which the person went home; of several within 31 days the first',
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
  changes: [],
  source: {
    name: 'After FUA-AD and FUA-CH of the Medicaid and CHIP Core Sets of CMS, as CMS and health plans describe them',
    version: 'measurement years 2024 and 2025',
    url: 'https://www.medicaid.gov/medicaid/quality-of-care/performance-measurement/adult-and-child-health-care-quality-measures/adult-health-care-quality-measures',
    deviations: [
      'Own code lists: the value sets of NCQA, who stewards the measure, are not public, and neither is the full text of its rules. Not certified by NCQA.',
      'Held against pages of CMS and of health plans: ages, the days, 7 and 30 days with the day of the visit, the principal disorder or any overdose, specialists, screenings, medicines, the first visit of 31 days, admissions. Not found in a public source: which codes make a visit or a screening.',
      'Substance use disorder is read by the list of CMS137; overdose by ICD-10-CM codes of opioids, cannabis, cocaine, hallucinogens, sedatives and stimulants, by accident or of unknown intent.',
      'A follow-up is a billed visit or an office or telehealth visit of the EHR with such a diagnosis in any place, a visit billed by a mental health specialist (CMS specialty) for whatever reason, a billed screening, assessment or service for substance use, or treatment or medicine of the lists of CMS137; one on the day of the emergency visit counts.',
      'Pharmacy claims count where the list that is used names NDC codes, or a clinical source states the RxNorm code beside the NDC.',
      'All ages from 13 on and all payers are one rate; the Core Sets report children and adults apart, for Medicaid.',
      'Status: due soon while the days run, overdue after them. The due date is day 7 or day 30.',
    ],
  },
  version: '2.0.0',
  reviewedOn: '2026-11-22',
});
