import { onRows } from '../../../engine/check.ts';
import { ADMIT_SOURCE, ADMIT_TYPE, DISPOSITION, MS_DRG, matches } from '../shapes.ts';
import { INSTITUTIONAL, PROFESSIONAL } from './kind.ts';

/** Bills of hospitals and nursing facilities for a stay: 11x, 18x, 21x. */
const INPATIENT = `${INSTITUTIONAL} and left(bill_type_code, 2) in ('11', '18', '21')`;

/** How a stay began, what it was, and how it ended. */
export const stay = onRows('input.medical_claim', 'medical-claim', 'claims operations', [
  {
    number: 260,
    id: 'stay-has-admission',
    title: 'A bill for a stay says when the patient was admitted',
    among: INPATIENT,
    broken: 'admission_date is null',
  },
  {
    number: 261,
    id: 'stay-has-discharge',
    title: 'The last bill of a stay says when the patient was discharged',
    among: `${INPATIENT} and right(bill_type_code, 1) in ('1', '4') and discharge_disposition_code is distinct from '30'`,
    broken: 'discharge_date is null',
  },
  {
    number: 262,
    id: 'stay-has-disposition',
    title: 'The last bill of a stay says where the patient went',
    among: `${INPATIENT} and right(bill_type_code, 1) in ('1', '4')`,
    broken: 'discharge_disposition_code is null',
  },
  {
    number: 263,
    id: 'stay-has-urgency',
    title: 'A bill for a stay says how urgent the admission was',
    severity: 'info',
    among: INPATIENT,
    broken: 'admit_type_code is null',
  },
  {
    number: 264,
    id: 'admit-source-valid',
    title: 'A source of admission is one of the list (NUBC)',
    among: 'admit_source_code is not null',
    broken: `not ${matches('admit_source_code', ADMIT_SOURCE)}`,
  },
  {
    number: 265,
    id: 'admit-type-valid',
    title: 'A type of admission is 1 to 5 or 9 (NUBC)',
    among: 'admit_type_code is not null',
    broken: `not ${matches('admit_type_code', ADMIT_TYPE)}`,
  },
  {
    number: 266,
    id: 'disposition-valid',
    title: 'A discharge disposition is one of the list (NUBC)',
    among: 'discharge_disposition_code is not null',
    broken: `not ${matches('discharge_disposition_code', DISPOSITION)}`,
  },
  {
    number: 267,
    id: 'drg-type-known',
    title: 'A DRG says of which system it is',
    among: 'drg_code is not null',
    broken: "drg_code_type is null or drg_code_type not in ('ms-drg', 'apr-drg')",
  },
  {
    number: 268,
    id: 'ms-drg-valid',
    title: 'An MS-DRG has three digits of the range in use (CMS)',
    among: "drg_code is not null and coalesce(drg_code_type, 'ms-drg') = 'ms-drg'",
    broken: `not ${matches('drg_code', MS_DRG)}`,
  },
  {
    number: 269,
    id: 'hospital-stay-has-drg',
    title: 'A bill for a hospital stay carries its DRG',
    severity: 'info',
    threshold: 0.2,
    among: `${INSTITUTIONAL} and left(bill_type_code, 2) = '11'`,
    broken: 'drg_code is null',
  },
  {
    number: 270,
    id: 'drg-institutional',
    title: 'Professional claims carry no DRG',
    among: PROFESSIONAL,
    broken: 'drg_code is not null',
  },
]);
