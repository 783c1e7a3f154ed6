import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'condition',
  title: 'Condition',
  description: 'Provisional: chronic conditions named by a diagnosis on or before the date; a person may have several.',
  scope: 'set',
  values: [
    { value: 'diabetes', label: 'Diabetes' },
    { value: 'hypertension', label: 'Hypertension' },
    { value: 'heart-failure', label: 'Heart failure' },
    { value: 'ischemic-heart-disease', label: 'Ischemic heart disease' },
    { value: 'atrial-fibrillation', label: 'Atrial fibrillation' },
    { value: 'stroke', label: 'Stroke' },
    { value: 'copd', label: 'COPD' },
    { value: 'asthma', label: 'Asthma' },
    { value: 'chronic-kidney-disease', label: 'Chronic kidney disease' },
    { value: 'depression', label: 'Depression' },
    { value: 'dementia', label: 'Dementia' },
    { value: 'cancer', label: 'Cancer' },
  ],
  setFrom: 'mart.chronic_condition',
});
