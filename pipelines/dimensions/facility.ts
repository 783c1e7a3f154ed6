import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'facility',
  title: 'Hospital',
  description: 'The facility of the stay; of a chain of transfers, the last.',
  scope: 'subject',
  values: [],
  labelsFrom: 'mart.facility_label',
});
