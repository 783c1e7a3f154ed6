import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'practitioner',
  title: 'Practitioner',
  description:
    'Provisional: whom the payer attributed the person to, else who gave most of the primary care in the 12 months before.',
  scope: 'person',
  ifTold: true,
  values: [],
  labelsFrom: 'mart.practitioner_label',
});
