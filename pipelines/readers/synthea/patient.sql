-- One row per Synthea patient. The patient id links everything in an export, so it is the person as well.
select
  'synthea' as source_name,
  id as person_id,
  id as patient_id,
  first_name,
  last_name,
  case gender when 'f' then 'female' when 'm' then 'male' else 'unknown' end as sex,
  case race
    when 'black' then 'black or african american'
    when 'native' then 'american indian or alaska native'
    when 'hawaiian' then 'native hawaiian or other pacific islander'
    else race
  end as race,
  case ethnicity when 'nonhispanic' then 'not hispanic' else ethnicity end as ethnicity,
  birth_date,
  death_date,
  death_date is not null as death_flag,
  address,
  city,
  state,
  nullif(zip, '00000') as zip_code,
  county,
  county_fips,
  file_id,
  line_number,
  null::varchar as left_out
from synthea.patients
