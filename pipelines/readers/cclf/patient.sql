-- One row per beneficiary and delivery. A patient is what the latest delivery says of the person.
select
  'cclf' as source_name,
  coalesce(current_mbi.current_mbi, beneficiary.mbi) as person_id,
  coalesce(current_mbi.current_mbi, beneficiary.mbi) as patient_id,
  case beneficiary.sex_code when '1' then 'male' when '2' then 'female' else 'unknown' end as sex,
  beneficiary.birth_date,
  beneficiary.death_date,
  beneficiary.death_date is not null as death_flag,
  case beneficiary.race_code
    when '1' then 'white'
    when '2' then 'black'
    when '3' then 'other'
    when '4' then 'asian'
    when '5' then 'hispanic'
    when '6' then 'american indian or alaska native'
    else 'unknown'
  end as race,
  beneficiary.first_name,
  beneficiary.last_name,
  beneficiary.address,
  beneficiary.city,
  beneficiary.state,
  beneficiary.zip as zip_code,
  beneficiary.state_fips || beneficiary.county_fips as county_fips,
  beneficiary.file_id,
  beneficiary.line_number,
  case
    when row_number() over (
      partition by coalesce(current_mbi.current_mbi, beneficiary.mbi)
      order by
        beneficiary.file_date desc nulls last,
        current_mbi.mbi is not null,
        beneficiary.file_id desc,
        beneficiary.line_number desc
    ) > 1 then 'said again in a later delivery'
  end as left_out
from cclf.beneficiary
left join cclf.current_mbi on current_mbi.mbi = beneficiary.mbi
