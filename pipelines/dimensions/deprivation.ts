import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'deprivation',
  title: 'Deprivation',
  description:
    'Fifth of the nation’s areas by need (area deprivation index, else social vulnerability index) of where the person lives, as last stated.',
  scope: 'person',
  ifTold: true,
  byNeed: true,
  values: [
    { value: '5', label: 'Most deprived fifth' },
    { value: '4', label: 'Fourth fifth' },
    { value: '3', label: 'Third fifth' },
    { value: '2', label: 'Second fifth' },
    { value: '1', label: 'Least deprived fifth' },
  ],
});
