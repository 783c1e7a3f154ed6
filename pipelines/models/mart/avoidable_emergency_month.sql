-- One row per person and month of medical coverage, in parts of visits, rounded where the order of adding them would show. A visit without a class has a row of its own, excluded, so that it never passes for an unavoidable one.
with visit as (
  select
    person_id,
    date_trunc('month', visit_date)::date as month,
    round(sum(non_emergent), 9) as non_emergent,
    round(sum(primary_care_treatable), 9) as primary_care_treatable,
    round(sum(preventable), 9) as preventable
  from mart.emergency_visit
  where class is not null
  group by all
),
silent_year as (
  select year(visit_date) as year
  from mart.emergency_visit
  group by all
  having count(class) = 0
),
monthly as (
  select
    person_id,
    month,
    case
      when enrolled.month is null then 'not enrolled that month'
      when month < date '2015-10-01' then 'before ICD-10-CM (October 2015)'
      when year(month) in (select year from silent_year) then 'no emergency visit of the year has a class'
    end as exclusion,
    enrolled.months,
    coalesce(visit.non_emergent, 0) as non_emergent,
    coalesce(visit.primary_care_treatable, 0) as primary_care_treatable,
    coalesce(visit.preventable, 0) as preventable
  from mart.medical_month as enrolled
  full join visit using (person_id, month)
)
select
  null as encounter_id,
  person_id,
  month,
  exclusion,
  case when exclusion is null then months else 0 end as denominator,
  non_emergent,
  primary_care_treatable,
  preventable
from monthly
union all
select encounter_id, person_id, visit_date, 'diagnosis without a class', 0, 0, 0, 0
from mart.emergency_visit
where class is null
