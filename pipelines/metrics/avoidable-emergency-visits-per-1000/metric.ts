import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'avoidable-emergency-visits-per-1000',
  title: 'Avoidable emergency visits',
  description:
    'Emergency visits that timely primary care could have replaced or prevented, for every 1,000 members over a year.',
  whyItMatters:
    'They show where people cannot reach primary care in time, and are the first that a practice can spare.',
  numerator:
    'Over the emergency visits of the month after which the person went home, the sum of the probabilities that the visit was not an emergency, could have been treated in primary care, or could have been prevented',
  denominator: 'Months of medical coverage, to the day: of a month in part, the part that is covered',
  exclusions: [
    'Visits in a month without medical coverage: listed, not counted',
    'Visits whose diagnosis the published table does not classify: listed, not counted',
    'Months before ICD-10-CM (October 2015), and of a year in which no visit has a class: listed, not counted',
  ],
  reasons: [
    'diagnosis without a class',
    'not enrolled that month',
    'before ICD-10-CM (October 2015)',
    'no emergency visit of the year has a class',
  ],
  topic: 'emergency',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  betterIs: 'lower',
  grain: 'member-month',
  maturesAfterDays: 90,
  components: [
    { id: 'non_emergent', title: 'Not an emergency' },
    { id: 'primary_care_treatable', title: 'Treatable in primary care' },
    { id: 'preventable', title: 'Needed, but preventable' },
  ],
  source: {
    name: 'NYU emergency department algorithm in the version for ICD-10-CM of Johnston, Allen, Melanson and Pitts, Health Services Research 52:1601',
    version: '2017',
    url: 'https://wagner.nyu.edu/faculty/billings/nyued-background',
    deviations: [
      'Emergency care that was needed but preventable counts as avoidable; the sum of the first two parts leaves it out.',
      'A diagnosis newer than the table takes the class of its family.',
      'The algorithm speaks of populations: a share of a visit says nothing of one person’s visit.',
      'Only visits after which the person went home, one a day; of two on one day, one with a classified diagnosis.',
      'Time counts to the day, an event by its month.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-22',
});
