-- One row per person as of data-through (age: at death, if earlier). Twelve months are the month of data-through and the eleven before it, as for the risk.
with twelve_months as (
  select (date_trunc('month', getvariable('data_through')) - interval 11 month)::date as first_day
),
practice as (
  select person_id, arg_max(practice_id, month) as practice
  from mart.attribution
  group by person_id
),
risk as (
  select person_id, tier, score, basis, is_rising, drivers
  from mart.risk_tier
  qualify row_number() over (partition by person_id order by month desc) = 1
),
condition as (
  select person_id, list(condition order by condition) as conditions
  from mart.chronic_condition
  where getvariable('data_through') between since_date and until_date
  group by person_id
),
admission as (
  select person_id, count(*) as admissions
  from mart.inpatient_stay
  where is_short_term_acute and admit_date >= (select first_day from twelve_months)
  group by person_id
),
visit as (
  select
    person_id,
    count(case when encounter_type = 'emergency department' and start_date >= (select first_day from twelve_months) then 1 end)
      as emergency_visits,
    max(case when encounter_type in ('office visit', 'telehealth', 'outpatient') then start_date end) as last_visit_date
  from core.encounter
  where not is_after_data_through
  group by person_id
),
paid as (
  select person_id, sum(paid_amount) as paid_amount
  from (
    select person_id, paid_amount
    from core.medical_claim
    where line_start_date >= (select first_day from twelve_months) and not is_after_data_through
    union all
    select person_id, paid_amount
    from core.pharmacy_claim
    where fill_date >= (select first_day from twelve_months) and not is_after_data_through
  )
  group by person_id
),
enrolled as (
  select person_id, min(start_date) as enrolled_from, max(end_date) as enrolled_to
  from core.coverage_span
  group by person_id
),
last_month as (
  select person_id, arg_max_null(coverage, month) as coverage, arg_max_null(dual_status, month) as dual_status
  from mart.person_month
  where month <= getvariable('data_through')
  group by person_id
)
select
  person.person_id,
  date_sub('year', person.birth_date, least(person.death_date, getvariable('data_through')))::integer as age,
  person.sex,
  practice.practice,
  risk.tier as risk_tier,
  risk.score as risk_score,
  risk.basis as risk_basis,
  -- Scores of different bases only compare by their tiers.
  list_position(['very low', 'low', 'moderate', 'high', 'very high'], risk.tier) + risk.score / 1000 as risk_order,
  coalesce(risk.is_rising, false) as is_rising,
  coalesce(risk.drivers, []) as drivers,
  coalesce(condition.conditions, []) as conditions,
  coalesce(admission.admissions, 0)::integer as admissions_12m,
  coalesce(visit.emergency_visits, 0)::integer as emergency_visits_12m,
  coalesce(paid.paid_amount, 0)::decimal(18, 2) as paid_12m,
  visit.last_visit_date,
  -- Of the last month in which the person was seen.
  last_month.coverage,
  last_month.dual_status,
  enrolled.enrolled_from,
  enrolled.enrolled_to
from core.person as person
left join practice on practice.person_id = person.person_id
left join risk on risk.person_id = person.person_id
left join condition on condition.person_id = person.person_id
left join admission on admission.person_id = person.person_id
left join visit on visit.person_id = person.person_id
left join paid on paid.person_id = person.person_id
left join enrolled on enrolled.person_id = person.person_id
left join last_month on last_month.person_id = person.person_id
