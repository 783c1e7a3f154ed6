import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'index_condition',
  title: 'Reason of the stay',
  description:
    'Told by the HCUP CCS category of a procedure, else of the principal diagnosis: broader than the code lists of the CMS condition measures, which also ask for more.',
  scope: 'subject',
  values: [
    { value: 'acute-myocardial-infarction', label: 'Heart attack' },
    { value: 'heart-failure', label: 'Heart failure' },
    { value: 'pneumonia', label: 'Pneumonia' },
    { value: 'copd', label: 'COPD' },
    { value: 'stroke', label: 'Stroke' },
    { value: 'coronary-artery-bypass', label: 'Coronary artery bypass' },
    { value: 'hip-or-knee-replacement', label: 'Hip or knee replacement' },
    { value: 'other', label: 'Other' },
  ],
});
