-- One row per person, month, payer and plan with a day of coverage. A day that several spans cover counts once; where they differ the latest statement holds.
with month_part as (
  select
    *,
    greatest(start_date, month) as from_date,
    least(end_date, last_day(month)) as to_date
  from (
    select
      *,
      unnest(generate_series(date_trunc('month', start_date), end_date, interval 1 month))::date as month
    from core.coverage_span
  ) as span
),
ordered as (
  select
    *,
    max(to_date) over (
      partition by person_id, month, payer, plan
      order by from_date, to_date, source_name, file_id, line_number
      rows between unbounded preceding and 1 preceding
    ) as counted_to_date,
    row_number() over (
      partition by person_id, month, payer, plan
      order by stated_date, start_date, end_date, source_name, file_id, line_number
    ) as place
  from month_part
),
member_month as (
  select
    person_id,
    month,
    payer,
    plan,
    arg_max(payer_type, place) as payer_type,
    sum(greatest(to_date - greatest(from_date, coalesce(counted_to_date + 1, from_date)) + 1, 0))::integer as enrolled_days,
    arg_max(is_medical, place) as is_medical,
    arg_max(is_pharmacy, place) as is_pharmacy,
    arg_max(is_part_a, place) as is_part_a,
    arg_max(is_part_b, place) as is_part_b,
    arg_max(is_medicare_advantage, place) as is_medicare_advantage,
    arg_max(is_hospice, place) as is_hospice,
    arg_max(is_long_term_institutional, place) as is_long_term_institutional,
    arg_max(is_esrd, place) as is_esrd,
    arg_max(dual_status_code, place) as dual_status_code,
    arg_max(medicare_status_code, place) as medicare_status_code
  from ordered
  group by person_id, month, payer, plan
)
select
  member_month.*,
  attribution.npi as attributed_npi,
  attribution.tin as attributed_tin
from member_month
left join core.attribution_statement as attribution
  on attribution.person_id = member_month.person_id and attribution.month = member_month.month
