-- One row per person and month with a day of medical coverage, up to death and data-through: days covered, and those of them at home. A night in a facility counts in its own month, a visit or a stay within one day as one day, and a day in two places once; a month with days away but no coverage stays, excluded.
with span as (
  select
    *,
    unnest(generate_series(date_trunc('month', start_date), end_date, interval 1 month))::date as month
  from mart.unbroken_coverage
  where kind = 'medical'
),
enrolled as (
  select
    person_id,
    month,
    sum(least(end_date, last_day(month)) - greatest(start_date, month) + 1) as days
  from span
  group by all
),
away_day as (
  select distinct
    person_id,
    unnest(generate_series(
      start_date,
      least(greatest(coalesce(end_date, start_date) - 1, start_date), getvariable('data_through')),
      interval 1 day
    ))::date as day
  from core.encounter
  where encounter_type in (
      'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital',
      'skilled nursing', 'observation', 'emergency department'
    )
    and not is_after_data_through
),
away as (
  select away_day.person_id, date_trunc('month', away_day.day)::date as month, count(coverage.person_id) as days
  from away_day
  left join mart.unbroken_coverage as coverage
    on coverage.person_id = away_day.person_id
    and coverage.kind = 'medical'
    and away_day.day between coverage.start_date and coverage.end_date
  group by all
)
select
  person_id,
  month as anchor_date,
  coalesce(enrolled.days, 0) - coalesce(away.days, 0) as numerator,
  coalesce(enrolled.days, 0) as denominator,
  case when enrolled.days is null then 'not enrolled that month' end as exclusion
from enrolled
full join away using (person_id, month)
