-- One row per person and month of medical coverage. Visits of one day count once; a month with a visit but no coverage stays, excluded.
with visit as (
  select person_id, date_trunc('month', start_date)::date as month, count(distinct start_date) as visits
  from core.encounter
  where encounter_type = 'emergency department'
    and not is_after_data_through
  group by all
)
select
  person_id || ':' || strftime(month, '%Y-%m') as subject_id,
  person_id,
  month as anchor_date,
  coalesce(visit.visits, 0) as numerator,
  coalesce(enrolled.months, 0) as denominator,
  case when enrolled.month is null then 'not enrolled that month' end as exclusion
from mart.medical_month as enrolled
full join visit using (person_id, month)
