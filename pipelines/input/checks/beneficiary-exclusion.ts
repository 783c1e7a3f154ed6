import { onRows } from '../../engine/check.ts';

const rows = onRows('input.beneficiary_exclusion', 'beneficiary-exclusion', 'enrollment', [
  {
    number: 1841,
    id: 'dated',
    title: 'An exclusion says from which day on claims are not shared',
    broken: 'excluded_date is null',
  },
  {
    number: 1842,
    id: 'reason-given',
    title: 'An exclusion says why',
    severity: 'info',
    broken: 'reason is null',
  },
]);

const known = onRows(
  `(
    select person_id in (
      select person_id from input.eligibility
      union all select member_id from input.eligibility where member_id is not null
      union all select person_id from input.patient
      union all select person_id from input.assignment
    ) as is_known
    from (select distinct person_id from input.beneficiary_exclusion)
    where exists (from input.eligibility) or exists (from input.patient)
  )`,
  'beneficiary-exclusion',
  'enrollment',
  [
    {
      number: 1843,
      id: 'person-mostly-known',
      title:
        'At least half of the people on the exclusion list are known: else it uses other numbers and excludes nobody',
      threshold: 0.5,
      broken: 'not is_known',
    },
  ],
);

/** One row per excluded person with claims that CMS paid. */
const claimed = onRows(
  `(
    with number as (
      select person_id as excluded_id, person_id from input.beneficiary_exclusion
      union
      select member_id, person_id from input.eligibility
      where member_id in (select person_id from input.beneficiary_exclusion)
    )
    select min(exclusion.excluded_date) as excluded_date, max(claim.claim_start_date) as newest
    from input.beneficiary_exclusion as exclusion
    join number on number.excluded_id = exclusion.person_id
    join input.medical_claim as claim on claim.person_id = number.person_id and lower(claim.payer) = 'medicare'
    group by exclusion.person_id
  )`,
  'beneficiary-exclusion',
  'enrollment',
  [
    {
      number: 1844,
      id: 'claims-stop',
      title: 'Medicare claims of a person end with the day from which CMS shares none: else list or claims are wrong',
      among: 'excluded_date is not null',
      broken: 'newest >= excluded_date',
    },
  ],
);

export const beneficiaryExclusion = [...rows, ...known, ...claimed];
