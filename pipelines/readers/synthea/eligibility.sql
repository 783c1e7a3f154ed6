-- One row per Synthea payer transition. A span ends the day before the next begins; whole years are inclusive.
with transition as (
  select
    *,
    start_at = date_trunc('year', start_at)
      and coalesce(end_at, start_at) = date_trunc('year', coalesce(end_at, start_at)) as is_whole_years
  from synthea.payer_transitions
)
select
  'synthea' as source_name,
  transition.patient as person_id,
  transition.member_id,
  transition.start_at::date as enrollment_start_date,
  case
    when is_whole_years then make_date(year(coalesce(transition.end_at, transition.start_at)), 12, 31)
    else greatest(transition.end_at::date - 1, transition.start_at::date)
  end as enrollment_end_date,
  lower(payer.name) as payer,
  case lower(payer.name)
    when 'medicare' then 'medicare'
    when 'dual eligible' then 'medicare'
    when 'medicaid' then 'medicaid'
    else 'commercial'
  end as payer_type,
  lower(payer.name) as plan,
  patient.sex as gender,
  patient.birth_date,
  patient.death_date,
  patient.death_flag,
  patient.race,
  patient.ethnicity,
  patient.first_name,
  patient.last_name,
  patient.address,
  patient.city,
  patient.state,
  patient.zip_code,
  patient.county_fips,
  case when lower(payer.name) = 'dual eligible' then '02' end as dual_status_code,
  true as is_medical,
  true as is_pharmacy,
  transition.file_id,
  transition.line_number,
  case
    when payer.id is null then 'the payer was not delivered'
    when payer.name = 'NO_INSURANCE' then 'no insurance is not coverage'
  end as left_out
from transition
left join synthea.payers as payer on payer.id = transition.payer
left join input.patient as patient on patient.person_id = transition.patient and patient.source_name = 'synthea'
