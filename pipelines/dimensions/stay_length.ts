import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'stay_length',
  title: 'Length of stay',
  description: 'Days from admission to discharge, transfers included; 0 when both fall on one day.',
  scope: 'subject',
  values: [
    { value: '0-1', label: 'Up to 1 day' },
    { value: '2-3', label: '2–3 days' },
    { value: '4-6', label: '4–6 days' },
    { value: '7-13', label: '7–13 days' },
    { value: '14+', label: '14 days and more' },
  ],
});
