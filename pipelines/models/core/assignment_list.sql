-- One row per organization and month that a delivered assignment list covers, with the list that decides it: of the earliest performance year, whose numbers are closed, the benchmark list before Q4, Q3, Q2, Q1 and the initial one, and of one period the later stamp.
with delivered as (
  select distinct
    source_name,
    aco_id,
    performance_year,
    report_period,
    stamp,
    window_start_date,
    list_position(['Q4', 'Q3', 'Q2', 'Q1', 'INITIAL'], report_period) as place
  from input.assignment
)
select
  source_name,
  aco_id,
  month,
  performance_year,
  report_period,
  stamp,
  month_number
from (
  select
    *,
    unnest(range(1, 13)) as month_number,
    (date_trunc('month', window_start_date) + to_months((month_number - 1)::integer))::date as month
  from delivered
)
qualify row_number() over (
  partition by aco_id, month
  order by performance_year, place nulls first, stamp desc nulls last, source_name, report_period desc
) = 1
