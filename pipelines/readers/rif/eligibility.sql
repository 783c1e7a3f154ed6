-- One row per run of months of a beneficiary's year.
select
  'rif' as source_name,
  span.person_id,
  coalesce(span.member_id, span.person_id) as member_id,
  span.start_date as enrollment_start_date,
  span.end_date as enrollment_end_date,
  'medicare' as payer,
  case when span.is_medicare_advantage then 'medicare advantage' else 'medicare' end as payer_type,
  case when span.is_medicare_advantage then 'medicare advantage' else 'medicare' end as plan,
  case span.sex when '1' then 'male' when '2' then 'female' else 'unknown' end as gender,
  span.birth_date,
  span.death_date,
  span.death_date is not null as death_flag,
  case span.race
    when '1' then 'white'
    when '2' then 'black'
    when '3' then 'other'
    when '4' then 'asian'
    when '5' then 'hispanic'
    when '6' then 'american indian or alaska native'
    else 'unknown'
  end as race,
  span.first_name,
  span.last_name,
  state.postal_code as state,
  case when length(span.zip) in (3, 4, 7, 8) then lpad(span.zip, if(length(span.zip) < 5, 5, 9), '0') else span.zip end
    as zip_code,
  span.county_fips,
  span.original_reason as original_reason_entitlement_code,
  span.dual_status_code,
  span.medicare_status_code,
  coalesce(span.esrd, false) or coalesce(span.medicare_status_code in ('11', '21', '31'), false) as esrd_flag,
  true as is_medical,
  span.is_pharmacy,
  span.is_part_a,
  span.is_part_b,
  span.file_id,
  span.line_number,
  case
    when span.is_superseded then 'a later record of the beneficiary''s year replaces it'
    when span.action = 'delete' then 'the record takes back what was said of the beneficiary''s year'
    when span.start_date is null then 'no month of Part A or Part B in the year'
  end as left_out
from rif.beneficiary_span as span
left join rif.ssa_state as state on state.ssa_code = lpad(span.state, 2, '0')
