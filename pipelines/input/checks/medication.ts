import { onRows } from '../../engine/check.ts';
import { matches, NDC } from './shapes.ts';

export const medication = onRows('input.medication', 'medication', 'clinical informatics', [
  {
    number: 901,
    id: 'has-code',
    title: 'A medication says which drug it is',
    broken: 'coalesce(rxnorm_code, ndc_code, source_code) is null',
  },
  {
    number: 902,
    id: 'dated',
    title: 'A medication says when it was ordered or dispensed',
    broken: 'coalesce(dispensing_date, prescribing_date) is null',
  },
  {
    number: 903,
    id: 'ndc-whole',
    title: 'The NDC of a medication has eleven digits',
    among: 'ndc_code is not null',
    broken: `not ${matches('ndc_code', NDC)}`,
  },
  {
    number: 904,
    id: 'rxnorm-whole',
    title: 'An RxNorm code is a number of at most eight digits',
    among: 'rxnorm_code is not null',
    broken: `not ${matches('rxnorm_code', '\\d{1,8}')}`,
  },
  {
    number: 905,
    id: 'supply-plausible',
    title: 'A medication lasts between 1 and 366 days',
    among: 'days_supply is not null',
    broken: 'days_supply not between 1 and 366',
  },
  {
    number: 906,
    id: 'quantity-positive',
    title: 'The quantity of a medication is more than nothing',
    among: 'quantity is not null',
    broken: 'quantity <= 0',
  },
  {
    number: 907,
    id: 'starts-before-it-ends',
    title: 'A medication starts before it ends',
    among: 'end_date is not null and coalesce(dispensing_date, prescribing_date) is not null',
    broken: 'end_date < coalesce(dispensing_date, prescribing_date)',
  },
  {
    number: 908,
    id: 'ordered-before-dispensed',
    title: 'A medication is ordered before it is dispensed',
    among: 'prescribing_date is not null and dispensing_date is not null',
    broken: 'prescribing_date > dispensing_date',
  },
]);
