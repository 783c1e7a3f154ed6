import { defineMetric } from '#contract/metric';
import total from '../total-cost-per-member-per-month/metric.ts';

export default defineMetric({
  id: 'allowed-cost-per-member-per-month',
  title: 'Total cost of care, allowed',
  description:
    'Dollars that contracts allowed for all care of a member in a month, on average: what payers and members owe together.',
  whyItMatters: 'It moves with prices and use alone, and not with how deductibles and copayments share them.',
  numerator: 'Dollars allowed on medical claims that began in the month and on prescriptions filled in it',
  denominator: 'People with medical coverage in the month',
  exclusions: ['Dollars in a month without medical coverage: listed, not counted'],
  reasons: ['not enrolled that month'],
  topic: 'cost',
  unit: 'dollars per member per month',
  scale: 1,
  betterIs: 'lower',
  grain: 'member-month',
  maturesAfterDays: 90,
  components: total.components,
  source: {
    name: 'CMS Shared Savings Program results file, by month; CMS publishes no column of allowed amounts',
    version: '2024',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'CMS reports payments (Per_Capita_Exp_TOTAL_PY); we count what was allowed, as employers and health plans do.',
      'A line that tells no allowed amount counts with what was paid for it: hospital claims of CCLF tell none.',
      'Prescriptions are included where the data hold them; the component pharmacy sets them apart.',
      'A month counts whole when a person is covered on any day of it; CMS counts person-years of assigned beneficiaries.',
    ],
  },
  version: '1.0.0',
  reviewedOn: '2026-11-22',
});
