import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'practice',
  title: 'Practice',
  description:
    'Provisional: as the payer attributed the person, else the practice with most primary-care visits in the 12 months before.',
  scope: 'person',
  values: [],
  labelsFrom: 'mart.practice_label',
});
