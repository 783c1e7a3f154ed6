-- One row per person, month, payer and plan with a day of coverage. A day that several spans cover counts once; where they differ the latest statement holds.
with span as (
  select
    *,
    row_number() over (
      partition by person_id, payer, plan
      order by stated_date, start_date, end_date, source_name, file_id, line_number
    ) as place,
    coalesce(max(end_date) over earlier >= date_trunc('month', start_date), false)
      or coalesce(min(start_date) over later <= last_day(end_date), false) as shares_month
  from core.coverage_span
  window
    earlier as (
      partition by person_id, payer, plan order by start_date
      range between unbounded preceding and current row exclude current row
    ),
    later as (
      partition by person_id, payer, plan order by start_date
      range between current row and unbounded following exclude current row
    )
),
span_month as not materialized (
  select *, unnest(generate_series(date_trunc('month', start_date), end_date, interval 1 month))::date as month
  from span
),
-- The days of the month that a span covers, as the bits of a number.
month_part as not materialized (
  select
    *,
    ((1::bigint << (least(end_date, last_day(month)) - greatest(start_date, month) + 1)) - 1)
      << day(greatest(start_date, month)) as days
  from span_month
),
member_month as (
  -- Nearly every span has its months to itself: nothing is to be put together.
  select
    person_id,
    month,
    payer,
    plan,
    bit_count(days)::integer as enrolled_days,
    columns('^(payer_type|is_.+|esrd_status|transplant_duration_months|dual_status_code|medicare_status_code)$')
  from month_part
  where not shares_month
  union all
  select
    person_id,
    month,
    payer,
    plan,
    bit_count(bit_or(days))::integer,
    arg_max(
      columns('^(payer_type|is_.+|esrd_status|transplant_duration_months|dual_status_code|medicare_status_code)$'), place
    )
  from month_part
  where shares_month
  group by person_id, month, payer, plan
)
select
  member_month.*,
  attribution.npi as attributed_npi,
  attribution.tin as attributed_tin
from member_month
left join core.attribution_statement as attribution
  on attribution.person_id = member_month.person_id and attribution.month = member_month.month
