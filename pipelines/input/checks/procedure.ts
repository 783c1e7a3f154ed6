import { onRows } from '../../engine/check.ts';
import { allMatch, columnsOf, HCPCS, ICD_10_PCS, MODIFIER, matches, SNOMED } from './shapes.ts';

const CODE = 'coalesce(normalized_code, source_code)';
const SYSTEM = 'coalesce(normalized_code_type, source_code_type)';

export const procedure = onRows('input.procedure', 'procedure', 'clinical informatics', [
  { number: 601, id: 'has-code', title: 'A procedure says what was done', broken: `${CODE} is null` },
  {
    number: 602,
    id: 'code-system-known',
    title: 'The code of a procedure says of which system it is',
    among: `${CODE} is not null`,
    broken: `${SYSTEM} is null`,
  },
  { number: 603, id: 'dated', title: 'A procedure says when it was done', broken: 'procedure_date is null' },
  {
    number: 604,
    id: 'looks-like-hcpcs',
    title: 'A procedure called HCPCS or CPT looks like it',
    among: `${SYSTEM} in ('hcpcs', 'cpt') and ${CODE} is not null`,
    broken: `not ${matches(CODE, HCPCS)}`,
  },
  {
    number: 605,
    id: 'looks-like-icd-10',
    title: 'A procedure called ICD-10-PCS has seven characters of its alphabet',
    among: `${SYSTEM} = 'icd-10-pcs' and ${CODE} is not null`,
    broken: `not ${matches(CODE, ICD_10_PCS)}`,
  },
  {
    number: 606,
    id: 'looks-like-snomed',
    title: 'A procedure called SNOMED CT is a number of six to eighteen digits',
    among: `${SYSTEM} = 'snomed' and ${CODE} is not null`,
    broken: `not ${matches(CODE, SNOMED)}`,
  },
  {
    number: 607,
    id: 'modifier-whole',
    title: 'The modifier of a procedure has two characters',
    among: 'modifier_1 is not null',
    broken: `not ${allMatch(columnsOf('modifier', 5), MODIFIER)}`,
  },
  {
    number: 608,
    id: 'practitioner-known',
    title: 'A procedure names who did it',
    severity: 'info',
    broken: 'practitioner_id is null',
  },
]);
