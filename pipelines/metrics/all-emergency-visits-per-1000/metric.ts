import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'all-emergency-visits-per-1000',
  title: 'Emergency visits, however they ended',
  description:
    'Emergency department visits, whether the person went home or stayed, for every 1,000 members over a year.',
  whyItMatters:
    'Where visits end tells a lack of primary care, which shows in visits that end at home, from sicker people, which shows in stays.',
  numerator:
    'Days in the month with an emergency visit, by where it ended: home, an observation stay, or a hospital stay',
  denominator: 'Months of medical coverage, to the day: of a month in part, the part that is covered',
  exclusions: ['Visits in a month without medical coverage: listed, not counted'],
  reasons: ['not enrolled that month'],
  topic: 'emergency',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  betterIs: 'lower',
  grain: 'member-month',
  maturesAfterDays: 90,
  components: [
    { id: 'emergency_visits_home', title: 'Went home' },
    { id: 'emergency_visits_observed', title: 'Led to an observation stay' },
    { id: 'emergency_visits_admitted', title: 'Led to a hospital stay (P_EDV_Vis_HOSP)' },
  ],
  source: {
    name: 'CMS Shared Savings Program results file, column P_EDV_Vis, its part P_EDV_Vis_HOSP',
    version: '2024',
    url: 'https://data.cms.gov/medicare-shared-savings-program/performance-year-financial-and-quality-results',
    deviations: [
      'A visit that led to a hospital stay counts on the day of admission; one that led to observation, on the first day of observation.',
      'Two emergency visits of a person that ended alike on one day count once; a stay in two hospitals counts one visit.',
      'Time counts to the day, an event by its month; CMS counts the whole months in which a beneficiary is assigned, that of death too.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-22',
});
