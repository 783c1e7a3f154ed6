import { defineMetric } from '#contract/metric';
import total from '../total-cost-per-member-per-month/metric.ts';

export default defineMetric({
  id: 'capped-cost-per-member-per-month',
  title: 'Medical cost, capped',
  description:
    'Dollars paid on medical claims of a member in a month, on average, after the costliest one percent of people are cut to the 99th percentile.',
  whyItMatters:
    'One catastrophe does not move it, so it shows what care management can move, and it is how the Shared Savings Program compares years.',
  numerator:
    'Dollars paid on medical claims that began in the month, each cut by the share by which the annualised spending of the person, the calendar year and the enrollment type exceeds the 99th percentile of all people here of that year and type',
  denominator: 'People with medical coverage in the month',
  exclusions: ['Dollars in a month without medical coverage: listed, not counted'],
  reasons: ['not enrolled that month'],
  topic: 'cost',
  unit: 'dollars per member per month',
  scale: 1,
  betterIs: 'lower',
  grain: 'member-month',
  maturesAfterDays: 90,
  components: total.components.filter(({ id }) => id !== 'pharmacy'),
  source: {
    name: '42 CFR 425.652(a), truncation of expenditures at the 99th percentile by enrollment type',
    version: '2024',
    url: 'https://www.ecfr.gov/current/title-42/chapter-IV/subchapter-B/part-425/subpart-G',
    deviations: [
      'CMS takes the 99th percentile of all Medicare beneficiaries of the nation who could be assigned; we take that of the people of this snapshot, so about one percent of them are always cut, and a costlier population has a higher cap.',
      'Years are calendar years as far as the data reach; a person covered for some months counts once, as for twelve. A type with fewer than 100 people in a year is not cut.',
      'Disability and end-stage renal disease come from the status in the eligibility data; without one, people under 65 years are taken as disabled. Other payers are a type of their own.',
      'No completion factor, no removal of teaching and disproportionate-share payments, no risk adjustment.',
      'A month counts whole when a person is covered on any day of it; CMS counts person-years of assigned beneficiaries.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
