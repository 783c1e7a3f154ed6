-- One row per person and month with a day of medical coverage: the Medicare entitlement by which the Shared Savings Program keeps spending apart (42 CFR 425.652(a)). End-stage renal disease comes before disability, that before age and Medicaid. Medicare without a status goes by the age at the end of the month; other payers are a type of their own.
with covered as (
  select
    person_id,
    month,
    bool_or(payer_type in ('medicare', 'medicare advantage') or medicare_status_code is not null) as is_medicare,
    bool_or(coalesce(is_esrd, false) or coalesce(medicare_status_code in ('11', '21', '31'), false)) as is_esrd,
    bool_or(medicare_status_code = '20') as is_disabled,
    bool_or(medicare_status_code = '10') as is_aged,
    coalesce(bool_or(dual_status_code in ('01', '02', '03', '04', '05', '06', '08')), false) as is_dual
  from core.member_month
  where is_medical
  group by person_id, month
)
select
  covered.person_id,
  covered.month,
  case
    when not covered.is_medicare then 'other payer'
    when covered.is_esrd then 'end-stage renal disease'
    when covered.is_disabled then 'disabled'
    when covered.is_aged is distinct from true
      and date_sub('year', person.birth_date, last_day(covered.month)) < 65 then 'disabled'
    when covered.is_dual then 'aged, dual'
    else 'aged, not dual'
  end as enrollment_type
from covered
join core.person as person on person.person_id = covered.person_id
