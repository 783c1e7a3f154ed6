-- One row per run of months of a beneficiary's year. Coverage after a death is said and is cut off later.
select
  'synpuf' as source_name,
  span.person_id,
  span.person_id as member_id,
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
  state.postal_code as state,
  coalesce(span.esrd, false) as esrd_flag,
  true as is_medical,
  span.is_pharmacy,
  span.is_part_a,
  span.is_part_b,
  span.file_id,
  span.line_number,
  case when span.start_date is null then 'no month of Part A or Part B in the year' end as left_out
from synpuf.beneficiary_span as span
left join synpuf.ssa_state as state on state.ssa_code = span.state
