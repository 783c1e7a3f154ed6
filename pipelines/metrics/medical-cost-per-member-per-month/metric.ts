import { defineMetric } from '#contract/metric';
import total from '../total-cost-per-member-per-month/metric.ts';

export default defineMetric({
  id: 'medical-cost-per-member-per-month',
  title: 'Medical cost',
  description:
    'Dollars that payers paid on medical claims of a member in a month, on average: all care but prescriptions.',
  whyItMatters:
    'The Shared Savings Program counts Parts A and B only, so this is the nearer of the two to what it counts.',
  numerator: 'Dollars paid on medical claims that began in the month',
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
    name: 'CMS Shared Savings Program results file, column Per_Capita_Exp_TOTAL_PY, by month',
    version: '2024',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'Paid dollars as they stand on the claims: no truncation at the 99th percentile, no completion factor, no removal of teaching and disproportionate-share payments, no risk adjustment.',
      'A claim without a paid amount adds nothing.',
      'A month counts whole when a person is covered on any day of it; CMS counts person-years of assigned beneficiaries.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
