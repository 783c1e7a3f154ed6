import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'discharge_day',
  title: 'Day of discharge',
  description: 'Day of the week on which the stay ended.',
  scope: 'subject',
  values: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((label) => ({
    value: label.toLowerCase(),
    label,
  })),
});
