-- One row per person, kind of coverage and unbroken time in it: 'medical' with any payer, 'part a' in fee-for-service Medicare Part A, 'pharmacy' of drugs.
with covered as (
  select 'medical' as kind, * from core.coverage_span where is_medical
  union all
  select 'part a' as kind, * from core.coverage_span where is_part_a and not is_medicare_advantage
  union all
  select 'pharmacy' as kind, * from core.coverage_span where is_pharmacy
),
preceded as (
  select
    *,
    max(end_date) over (
      partition by kind, person_id
      order by start_date, end_date, source_name, file_id, line_number
      rows between unbounded preceding and 1 preceding
    ) as before_date
  from covered
),
numbered as (
  select
    kind,
    person_id,
    start_date,
    end_date,
    sum(case when start_date <= before_date + 1 then 0 else 1 end) over (
      partition by kind, person_id
      order by start_date, end_date, source_name, file_id, line_number
      rows between unbounded preceding and current row
    ) as span_number
  from preceded
)
select kind, person_id, min(start_date) as start_date, max(end_date) as end_date
from numbered
group by kind, person_id, span_number
