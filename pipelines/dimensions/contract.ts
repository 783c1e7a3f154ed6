import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'contract',
  title: 'Contract',
  description: 'The payer’s plan in the month; of several the one that pays first.',
  scope: 'person',
  ifTold: true,
  values: [],
  labelsFrom: 'mart.contract_label',
});
