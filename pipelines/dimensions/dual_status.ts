import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'dual_status',
  title: 'Medicaid',
  description: 'Whether Medicaid helped to pay in the month (CMS dual status 01 to 08).',
  scope: 'person',
  byNeed: true,
  values: [
    { value: 'dual', label: 'Medicare and Medicaid' },
    { value: 'not dual', label: 'Medicare only, or no Medicare' },
  ],
});
