import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'state',
  title: 'State',
  description: 'Where the person lives, as last stated, whatever the month.',
  scope: 'person',
  ifTold: true,
  values: [],
});
