-- One row per person and month of medical coverage. A claim's dollars fall in the month in which it begins; a month with dollars but no coverage stays, excluded.
with spent as (
  select
    person_id,
    date_trunc('month', start_date)::date as month,
    case
      when service_category = 'inpatient' then 'inpatient'
      when service_category = 'rehabilitation and long-term hospital' then 'rehabilitation'
      when service_category = 'skilled nursing' then 'skilled_nursing'
      when service_category = 'home health' then 'home_health'
      when service_category = 'hospice' then 'hospice'
      when service_category = 'emergency department' then 'emergency'
      when service_category in ('outpatient hospital', 'observation', 'ambulatory surgery', 'dialysis') then 'outpatient'
      when service_category in ('office', 'telehealth', 'urgent care') then 'office'
      when service_category = 'physician in facility' then 'physician_in_facility'
      when service_category in ('laboratory', 'imaging') then 'tests'
      else 'other'
    end as component,
    paid_amount
  from core.medical_claim
  where not is_after_data_through
  union all
  select person_id, date_trunc('month', fill_date)::date as month, 'pharmacy' as component, paid_amount
  from core.pharmacy_claim
  where not is_after_data_through
),
cost as (
  select
    person_id,
    month,
    sum(paid_amount) as total,
    sum(paid_amount) filter (where component = 'inpatient') as inpatient,
    sum(paid_amount) filter (where component = 'rehabilitation') as rehabilitation,
    sum(paid_amount) filter (where component = 'skilled_nursing') as skilled_nursing,
    sum(paid_amount) filter (where component = 'home_health') as home_health,
    sum(paid_amount) filter (where component = 'hospice') as hospice,
    sum(paid_amount) filter (where component = 'emergency') as emergency,
    sum(paid_amount) filter (where component = 'outpatient') as outpatient,
    sum(paid_amount) filter (where component = 'office') as office,
    sum(paid_amount) filter (where component = 'physician_in_facility') as physician_in_facility,
    sum(paid_amount) filter (where component = 'tests') as tests,
    sum(paid_amount) filter (where component = 'other') as other,
    sum(paid_amount) filter (where component = 'pharmacy') as pharmacy
  from spent
  where paid_amount is not null
  group by all
)
select
  person_id || ':' || strftime(month, '%Y-%m') as subject_id,
  person_id,
  month as anchor_date,
  coalesce(cost.total, 0) as numerator,
  (enrolled.month is not null)::integer as denominator,
  case when enrolled.month is null then 'not enrolled that month' end as exclusion,
  coalesce(cost.inpatient, 0) as inpatient,
  coalesce(cost.rehabilitation, 0) as rehabilitation,
  coalesce(cost.skilled_nursing, 0) as skilled_nursing,
  coalesce(cost.home_health, 0) as home_health,
  coalesce(cost.hospice, 0) as hospice,
  coalesce(cost.emergency, 0) as emergency,
  coalesce(cost.outpatient, 0) as outpatient,
  coalesce(cost.office, 0) as office,
  coalesce(cost.physician_in_facility, 0) as physician_in_facility,
  coalesce(cost.tests, 0) as tests,
  coalesce(cost.other, 0) as other,
  coalesce(cost.pharmacy, 0) as pharmacy
from mart.medical_month as enrolled
full join cost using (person_id, month)
