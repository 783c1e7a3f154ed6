-- One row per person and month with a day of medical coverage, however many payers and plans cover it. `days` are those covered, up to death and data-through, and `months` is the person-time of a rate of events: the part of the month that they are, to a millionth. A rate of dollars counts the month whole. `enrollment_type` is the Medicare entitlement by which the Shared Savings Program keeps spending apart (42 CFR 425.652(a)): end-stage renal disease comes before disability, that before age and Medicaid; Medicare without a status goes by the age at the end of the month; other payers are a type of their own.
with stated as (
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
),
span as (
  select
    *,
    unnest(generate_series(date_trunc('month', start_date), end_date, interval 1 month))::date as month
  from mart.unbroken_coverage
  where kind = 'medical'
),
covered as (
  select person_id, month, sum(least(end_date, last_day(month)) - greatest(start_date, month) + 1) as days
  from span
  group by person_id, month
)
select
  covered.person_id,
  covered.month,
  covered.days::integer as days,
  round(covered.days / day(last_day(covered.month)), 6)::decimal(7, 6) as months,
  case
    when not stated.is_medicare then 'other payer'
    when stated.is_esrd then 'end-stage renal disease'
    when stated.is_disabled then 'disabled'
    when stated.is_aged is distinct from true
      and date_sub('year', person.birth_date, last_day(covered.month)) < 65 then 'disabled'
    when stated.is_dual then 'aged, dual'
    else 'aged, not dual'
  end as enrollment_type
from covered
join stated on stated.person_id = covered.person_id and stated.month = covered.month
join core.person as person on person.person_id = covered.person_id
