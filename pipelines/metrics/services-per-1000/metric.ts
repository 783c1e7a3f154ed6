import { defineMetric } from '#contract/metric';
import total from '../total-cost-per-member-per-month/metric.ts';

export default defineMetric({
  id: 'services-per-1000',
  title: 'Services of all kinds',
  description: 'Stays, visits, days of tests and prescriptions for every 1,000 members over a year.',
  whyItMatters: 'Spending is use times price: this is the use, by the settings in which total cost counts the dollars.',
  numerator: 'Encounters of the month in each setting, and prescriptions filled in it',
  denominator: 'People with medical coverage in the month',
  exclusions: ['Services in a month without medical coverage: listed, not counted'],
  reasons: ['not enrolled that month'],
  topic: 'cost',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  betterIs: 'neither',
  grain: 'member-month',
  maturesAfterDays: 90,
  components: total.components,
  source: {
    name: 'CMS Shared Savings Program results file, utilization columns, by the settings of its expenditure columns',
    version: '2024',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'CMS publishes counts of its own for each kind of care and no sum of them. Here a service is what total cost counts dollars for: an encounter in one setting, or a fill. An encounter with services of two settings counts in both.',
      'A stay whose claims begin in two months counts in each.',
      'A month counts whole when a person is covered on any day of it, as in dollars per member per month, so that services times price are those dollars; CMS counts person-years of assigned beneficiaries.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
