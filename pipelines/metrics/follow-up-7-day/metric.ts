import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'follow-up-7-day',
  title: 'Visit within 7 days of discharge',
  description: 'Share of hospital stays that ended at home and were followed by a visit within 7 days.',
  whyItMatters: 'An early visit catches problems with medicines and symptoms before they lead back to the hospital.',
  numerator: 'Discharges followed by a visit in person, by video or by telephone on day 1 to day 7',
  denominator: 'Discharges from short-term acute hospitals to home, with or without home health care',
  exclusions: [
    'Died in hospital, or within 7 days',
    'Left against medical advice, or discharged to a place other than home',
    'Admitted again to a short-term acute hospital within 7 days',
    'Follow-up incomplete: discharged less than 7 days before the data end',
    'Without medical coverage in the month of discharge or of day 7',
  ],
  topic: 'discharge',
  unit: 'percent',
  scale: 100,
  betterIs: 'higher',
  grain: 'stay',
  maturesAfterDays: 97,
  source: {
    name: 'Own definition with the 7-day window of transitional care management; kin of the CMS results file, column prov_Rate_1000',
    version: 'CY2024 Physician Fee Schedule',
    url: 'https://www.cms.gov/medicare/payment/fee-schedules/physician',
    deviations: [
      'The day of discharge does not count: a visit on it may have come before the discharge.',
      'Any outpatient visit counts, whoever sees the patient; transitional care management asks for contact within two business days and for one of its own codes.',
      'A discharge followed by another admission in the window leaves the measure, whether a visit came first or not.',
      'prov_Rate_1000 counts provider visits within 30 days per 1,000 discharges.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-21',
});
