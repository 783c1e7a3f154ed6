import { onRows } from '../../engine/check.ts';
import { ICD_9_CM, ICD_10_BEGAN, ICD_10_CM, matches, SNOMED } from './shapes.ts';

const CODE = 'coalesce(normalized_code, source_code)';
const SYSTEM = 'coalesce(normalized_code_type, source_code_type)';

export const condition = onRows('input.condition', 'condition', 'clinical informatics', [
  { number: 501, id: 'has-code', title: 'A condition says what it is', broken: `${CODE} is null` },
  {
    number: 502,
    id: 'code-system-known',
    title: 'The code of a condition says of which system it is',
    among: `${CODE} is not null`,
    broken: `${SYSTEM} is null`,
  },
  {
    number: 503,
    id: 'looks-like-icd-10',
    title: 'A condition called ICD-10-CM looks like it',
    among: `${SYSTEM} = 'icd-10-cm' and ${CODE} is not null`,
    broken: `not ${matches(CODE, ICD_10_CM)}`,
  },
  {
    number: 504,
    id: 'looks-like-icd-9',
    title: 'A condition called ICD-9-CM looks like it',
    among: `${SYSTEM} = 'icd-9-cm' and ${CODE} is not null`,
    broken: `not ${matches(CODE, ICD_9_CM)}`,
  },
  {
    number: 505,
    id: 'looks-like-snomed',
    title: 'A condition called SNOMED CT is a number of six to eighteen digits',
    among: `${SYSTEM} = 'snomed' and ${CODE} is not null`,
    broken: `not ${matches(CODE, SNOMED)}`,
  },
  {
    number: 506,
    id: 'icd-9-ended',
    title: 'No condition recorded since October 2015 is coded in ICD-9 alone',
    among: `${SYSTEM} = 'icd-9-cm' and recorded_date is not null`,
    broken: `recorded_date >= ${ICD_10_BEGAN}`,
  },
  {
    number: 507,
    id: 'dated',
    title: 'A condition says when it began or was written down',
    broken: 'coalesce(onset_date, recorded_date) is null',
  },
  {
    number: 508,
    id: 'begins-before-it-ends',
    title: 'A condition begins before it ends',
    among: 'onset_date is not null and resolved_date is not null',
    broken: 'onset_date > resolved_date',
  },
  {
    number: 509,
    id: 'recorded-after-onset',
    title: 'A condition begins before it is written down',
    among: 'onset_date is not null and recorded_date is not null',
    broken: 'onset_date > recorded_date',
  },
  {
    number: 510,
    id: 'active-not-ended',
    title: 'An active condition has no end',
    among: "status = 'active'",
    broken: 'resolved_date <= coalesce(recorded_date, onset_date)',
  },
  {
    number: 511,
    id: 'rank-positive',
    title: 'The rank of a condition is 1 or more',
    among: 'condition_rank is not null',
    broken: 'condition_rank < 1',
  },
  {
    number: 512,
    id: 'present-on-admission-valid',
    title: 'Present on admission is Y, N, U, W or 1',
    among: 'present_on_admit_code is not null',
    broken: "present_on_admit_code not in ('Y', 'N', 'U', 'W', '1')",
  },
]);
