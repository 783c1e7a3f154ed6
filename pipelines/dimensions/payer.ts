import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'payer',
  title: 'Payer',
  description: 'Who paid for medical care in the month; of several the one that pays first, Medicare before all.',
  scope: 'person',
  ifTold: true,
  values: [],
  labelsFrom: 'mart.payer_label',
});
