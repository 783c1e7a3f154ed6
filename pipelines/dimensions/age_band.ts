import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'age_band',
  title: 'Age',
  description: 'Whole years on the last day of the month.',
  scope: 'person',
  values: ['0-17', '18-39', '40-64', '65-74', '75-84', '85+'].map((value) => ({
    value,
    label: value.replace('-', '–').replace('85+', '85 and over'),
  })),
});
