-- One row per person, numbered, with what cohort rules ask of everybody as of data-through.
with attributed as (
  select person_id, arg_max(practice_id, month) as practice, arg_max(npi, month) as provider
  from mart.attribution
  group by person_id
)
select
  (row_number() over (order by summary.person_id))::integer as person,
  summary.person_id,
  summary.age,
  summary.sex,
  summary.risk_tier,
  attributed.practice,
  attributed.provider,
  coalesce(person.death_date > getvariable('data_through'), true) as is_living,
  person.race,
  person.ethnicity,
  person.language,
  left(person.zip_code, 5) as zip,
  person.county_fips as county,
  person.state,
  person.original_reason_entitlement_code as entitlement
from mart.person_summary as summary
join core.person as person on person.person_id = summary.person_id
left join attributed on attributed.person_id = summary.person_id
order by person
