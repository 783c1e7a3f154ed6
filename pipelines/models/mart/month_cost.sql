-- One row per person and month of medical coverage or of spending: dollars paid, dollars allowed and services, in all and by setting. A claim falls in the month in which it begins, a prescription in that of its fill; a month without coverage stays, with its reason. A service is an encounter in one setting (a stay, a visit, a day of tests) or a fill. A line that tells no allowed amount counts with what was paid. `share_below_cap` is what mart.annual_cost leaves of each medical dollar.
with encounter as (
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
    end as setting,
    encounter_id,
    sum(paid_amount) as paid,
    sum(coalesce(allowed_amount, paid_amount)) as allowed
  from core.medical_claim
  where not is_after_data_through
  group by all
),
service as (
  select person_id, month, setting, paid, allowed
  from encounter
  union all
  select person_id, date_trunc('month', fill_date)::date, 'pharmacy', paid_amount, coalesce(allowed_amount, paid_amount)
  from core.pharmacy_claim
  where not is_after_data_through
),
spent as (
  select
    person_id,
    month,
    setting,
    sum(paid)::decimal(18, 2) as paid,
    sum(allowed)::decimal(18, 2) as allowed,
    count(*)::integer as services
  from service
  group by all
),
cost as (
  from spent
  pivot (
    any_value(paid) as paid, any_value(allowed) as allowed, any_value(services) as services
    for setting in (
      'inpatient', 'rehabilitation', 'skilled_nursing', 'home_health', 'hospice', 'emergency', 'outpatient', 'office',
      'physician_in_facility', 'tests', 'other', 'pharmacy'
    )
    group by person_id, month
  )
)
select
  person_id,
  month,
  (enrolled.month is not null)::integer as denominator,
  case when enrolled.month is null then 'not enrolled that month' end as exclusion,
  coalesce(annual.share_below_cap, 1) as share_below_cap,
  coalesce(list_sum([*columns('_paid$')]), 0)::decimal(18, 2) as all_paid,
  coalesce(list_sum([*columns('_allowed$')]), 0)::decimal(18, 2) as all_allowed,
  coalesce(list_sum([*columns('_services$')]), 0)::integer as all_services,
  coalesce(columns(cost.* exclude (person_id, month)), 0)
from mart.medical_month as enrolled
full join cost using (person_id, month)
left join mart.annual_cost as annual
  on annual.person_id = enrolled.person_id
  and annual.year = year(enrolled.month)
  and annual.enrollment_type = enrolled.enrollment_type
