import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'county',
  title: 'County',
  description: 'Where the person lives, as last stated, whatever the month; by FIPS code.',
  scope: 'person',
  ifTold: true,
  values: [],
  labelsFrom: 'mart.county_label',
});
