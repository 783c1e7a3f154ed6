import { textOf } from '#contract/cohort';

const OLDER_WITHOUT_VISIT = textOf({
  kind: 'all',
  rules: [
    { kind: 'age', from: 65 },
    { kind: 'not', rule: { kind: 'count', event: { of: 'encounter', types: ['office visit'] } } },
  ],
});
/** Every page that needs no id of a person, as a reader would open it. */
export const PAGES = [
  '/',
  '/readmissions',
  '/gaps',
  '/gaps/worklist',
  '/quality-score',
  '/utilization',
  '/risk',
  '/providers',
  '/providers/PR01',
  '/patients',
  '/cohorts',
  '/cohorts/dementia',
  '/cohorts/explore?brush=age%3A75..',
  '/cohorts/explore?mode=shareable',
  `/cohorts/build?tree=${OLDER_WITHOUT_VISIT}`,
  '/data',
  '/data/open',
  '/measures',
];
