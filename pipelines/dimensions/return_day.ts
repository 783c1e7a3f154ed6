import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'return_day',
  title: 'Back after',
  description: 'Days from discharge to the readmission that is counted.',
  scope: 'subject',
  ofOutcome: true,
  values: Array.from({ length: 31 }, (_, day) => ({
    value: String(day),
    label: day === 0 ? 'same day' : `${day} ${day === 1 ? 'day' : 'days'}`,
  })),
});
