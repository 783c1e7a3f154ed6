-- One row per person, month, payer and plan with a day of coverage. A day that several spans cover counts once; where they differ the latest statement holds.
with span as (
  select
    *,
    row_number() over (
      partition by person_id, payer, plan
      order by stated_date, start_date, end_date, source_name, file_id, line_number
    ) as place
  from core.coverage_span
),
span_month as (
  select *, unnest(generate_series(date_trunc('month', start_date), end_date, interval 1 month))::date as month
  from span
),
-- The days of the month that a span covers, as the bits of a number.
month_part as (
  select
    *,
    ((1::bigint << (least(end_date, last_day(month)) - greatest(start_date, month) + 1)) - 1)
      << day(greatest(start_date, month)) as days
  from span_month
),
member_month as (
  select
    person_id,
    month,
    payer,
    plan,
    arg_max(payer_type, place) as payer_type,
    bit_count(bit_or(days))::integer as enrolled_days,
    arg_max(is_medical, place) as is_medical,
    arg_max(is_pharmacy, place) as is_pharmacy,
    arg_max(is_part_a, place) as is_part_a,
    arg_max(is_part_b, place) as is_part_b,
    arg_max(is_medicare_advantage, place) as is_medicare_advantage,
    arg_max(is_hospice, place) as is_hospice,
    arg_max(is_long_term_institutional, place) as is_long_term_institutional,
    arg_max(is_chronic_needs_plan, place) as is_chronic_needs_plan,
    arg_max(is_esrd, place) as is_esrd,
    arg_max(esrd_status, place) as esrd_status,
    arg_max(transplant_duration_months, place) as transplant_duration_months,
    arg_max(dual_status_code, place) as dual_status_code,
    arg_max(medicare_status_code, place) as medicare_status_code
  from month_part
  group by person_id, month, payer, plan
)
select
  member_month.*,
  attribution.npi as attributed_npi,
  attribution.tin as attributed_tin
from member_month
left join core.attribution_statement as attribution
  on attribution.person_id = member_month.person_id and attribution.month = member_month.month
