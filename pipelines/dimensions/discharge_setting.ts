import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'discharge_setting',
  title: 'Discharge setting',
  description: 'Where the person went after the stay, by the patient status on the claim.',
  scope: 'subject',
  values: [
    { value: 'home', label: 'Home' },
    { value: 'home health', label: 'Home health' },
    { value: 'nursing facility', label: 'Nursing facility' },
    { value: 'rehabilitation', label: 'Rehabilitation' },
    { value: 'hospice', label: 'Hospice' },
    { value: 'other', label: 'Elsewhere' },
  ],
});
