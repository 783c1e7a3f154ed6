import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'specialty_cohort',
  title: 'Kind of stay',
  description: 'CMS hospital-wide readmission cohorts, told apart by principal diagnosis and procedures.',
  scope: 'subject',
  values: [
    { value: 'medicine', label: 'Medicine' },
    { value: 'surgery/gynecology', label: 'Surgery and gynecology' },
    { value: 'cardiorespiratory', label: 'Cardiorespiratory' },
    { value: 'cardiovascular', label: 'Cardiovascular' },
    { value: 'neurology', label: 'Neurology' },
  ],
});
