import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'risk_tier',
  title: 'Risk',
  description:
    'Provisional: a sum of points for age, chronic conditions so far and admissions in the 12 months before.',
  scope: 'person',
  values: [
    { value: 'low', label: 'Low' },
    { value: 'rising', label: 'Rising' },
    { value: 'high', label: 'High' },
    { value: 'very high', label: 'Very high' },
  ],
});
