import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'sex',
  title: 'Sex',
  description: 'As the payer or the clinic recorded it.',
  scope: 'person',
  values: [
    { value: 'female', label: 'Female' },
    { value: 'male', label: 'Male' },
    { value: 'unknown', label: 'Unknown' },
  ],
});
