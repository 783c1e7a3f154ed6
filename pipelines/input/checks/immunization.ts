import { onRows } from '../../engine/check.ts';
import { CVX, matches } from './shapes.ts';

const CODE = 'coalesce(normalized_code, source_code)';
const SYSTEM = 'coalesce(normalized_code_type, source_code_type)';

export const immunization = onRows('input.immunization', 'immunization', 'clinical informatics', [
  { number: 1001, id: 'has-code', title: 'An immunization says which vaccine it is', broken: `${CODE} is null` },
  {
    number: 1002,
    id: 'cvx-whole',
    title: 'A CVX code has two or three digits (CDC): none has lost its leading zero',
    among: `${SYSTEM} = 'cvx' and ${CODE} is not null`,
    broken: `not ${matches(CODE, CVX)}`,
  },
  { number: 1003, id: 'dated', title: 'An immunization says when it was given', broken: 'occurrence_date is null' },
  {
    number: 1004,
    id: 'refusal-explained',
    title: 'A vaccine that was not given says why',
    severity: 'info',
    among: "status in ('not-done', 'not done')",
    broken: 'status_reason is null',
  },
]);
