-- One row per person and month of medical coverage. A month with an admission but no coverage stays, excluded.
with admission as (
  select person_id, date_trunc('month', admit_date)::date as month, count(*) as admissions
  from mart.inpatient_stay
  where is_short_term_acute
  group by all
)
select
  person_id || ':' || strftime(month, '%Y-%m') as subject_id,
  person_id,
  month as anchor_date,
  coalesce(admission.admissions, 0) as numerator,
  coalesce(enrolled.months, 0) as denominator,
  case when enrolled.month is null then 'not enrolled that month' end as exclusion
from mart.medical_month as enrolled
full join admission using (person_id, month)
