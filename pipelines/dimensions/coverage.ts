import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'coverage',
  title: 'Coverage',
  description: 'Who paid for medical care in the month.',
  scope: 'person',
  values: [
    { value: 'medicare', label: 'Medicare, fee for service' },
    { value: 'medicare advantage', label: 'Medicare Advantage' },
    { value: 'medicaid', label: 'Medicaid' },
    { value: 'commercial', label: 'Commercial' },
    { value: 'other', label: 'Other' },
    { value: 'none', label: 'Not covered' },
  ],
});
