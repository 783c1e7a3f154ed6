-- One row per person and month of medical coverage. Each night counts in its own month, a stay within one day as one; a month with days but no coverage stays, excluded.
with stay_day as (
  select
    person_id,
    unnest(generate_series(admit_date, greatest(discharge_date - 1, admit_date), interval 1 day))::date as day
  from mart.inpatient_stay
  where is_short_term_acute
),
spent as (
  select person_id, date_trunc('month', day)::date as month, count(*) as days
  from stay_day
  where day <= getvariable('data_through')
  group by all
)
select
  person_id || ':' || strftime(month, '%Y-%m') as subject_id,
  person_id,
  month as anchor_date,
  coalesce(spent.days, 0) as numerator,
  coalesce(enrolled.months, 0) as denominator,
  case when enrolled.month is null then 'not enrolled that month' end as exclusion
from mart.medical_month as enrolled
full join spent using (person_id, month)
