import { onRows } from '../../engine/check.ts';

export const allergy = onRows('input.allergy', 'allergy', 'clinical informatics', [
  {
    number: 1201,
    id: 'has-code',
    title: 'An allergy says against what',
    broken: 'coalesce(source_code, source_description) is null',
  },
  {
    number: 1202,
    id: 'dated',
    title: 'An allergy says when it was written down',
    severity: 'info',
    broken: 'recorded_date is null',
  },
  {
    number: 1203,
    id: 'begins-before-it-ends',
    title: 'An allergy is written down before it ends',
    among: 'recorded_date is not null and resolved_date is not null',
    broken: 'recorded_date > resolved_date',
  },
]);
