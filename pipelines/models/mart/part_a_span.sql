-- One row per person and unbroken time in fee-for-service Medicare Part A.
with day_span as (
  select
    *,
    max(end_date) over (
      partition by person_id
      order by start_date, end_date, source_name, file_id, line_number
      rows between unbounded preceding and 1 preceding
    ) as before_date
  from core.coverage_span
  where is_part_a and not is_medicare_advantage
),
numbered as (
  select
    person_id,
    start_date,
    end_date,
    sum(case when start_date <= before_date + 1 then 0 else 1 end) over (
      partition by person_id
      order by start_date, end_date, source_name, file_id, line_number
      rows between unbounded preceding and current row
    ) as span_number
  from day_span
)
select person_id, min(start_date) as start_date, max(end_date) as end_date
from numbered
group by person_id, span_number
