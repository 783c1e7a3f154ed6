import { defineDimension } from '#contract/dimension';

/** The five tiers of mart.risk_tier. Rising risk is no tier: it is mart.risk_tier.is_rising, and a person of any tier may rise. */
export default defineDimension({
  id: 'risk_tier',
  title: 'Risk',
  description:
    'The chance of an unplanned admission in the next 12 months by the model of these data: under 5%, 10%, 20%, 40%, or more. Where history is too short for a model, by a published or a point score; mart.risk_tier tells which.',
  scope: 'person',
  values: [
    { value: 'very low', label: 'Very low' },
    { value: 'low', label: 'Low' },
    { value: 'moderate', label: 'Moderate' },
    { value: 'high', label: 'High' },
    { value: 'very high', label: 'Very high' },
  ],
});
