-- One row per person and month with a day of medical coverage, however many payers and plans cover it. `days` are those covered, up to death and data-through, and `months` is the person-time of a rate of events: the part of the month that they are, to a millionth. A rate of dollars counts the month whole.
with span as (
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
select person_id, month, days::integer as days, round(days / day(last_day(month)), 6)::decimal(7, 6) as months
from covered
semi join (from core.member_month where is_medical) as stated using (person_id, month)
