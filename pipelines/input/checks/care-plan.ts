import { onRows } from '../../engine/check.ts';

export const carePlan = onRows('input.care_plan', 'care-plan', 'clinical informatics', [
  {
    number: 1301,
    id: 'has-code',
    title: 'A care plan says of which kind it is',
    broken: 'coalesce(source_code, source_description) is null',
  },
  { number: 1302, id: 'dated', title: 'A care plan says when it began', broken: 'start_date is null' },
  {
    number: 1303,
    id: 'starts-before-it-ends',
    title: 'A care plan starts before it ends',
    among: 'start_date is not null and end_date is not null',
    broken: 'start_date > end_date',
  },
]);
