-- One row per Patient: the id that its resources refer to is the person.
with stated as (
  select
    *,
    coalesce(
      list_filter(name, lambda one: one.use in ('official', 'usual'))[1], list_filter(name, lambda one: one.family is not null)[1],
      name[1]
    ) as known_as,
    coalesce(list_filter(address, lambda one: one.use = 'home')[1], address[1]) as home,
    coalesce(
      list_filter(communication, lambda one: one.preferred = 'true')[1].language, communication[1].language
    ) as language,
    list_filter(extension, lambda one: one.url like '%/us-core-race')[1].extension as race,
    list_filter(extension, lambda one: one.url like '%/us-core-ethnicity')[1].extension as ethnicity,
    list_filter(extension, lambda one: one.url like '%/us-core-birthsex')[1]."valueCode" as birth_sex,
    list_filter(extension, lambda one: fhir.tag(one.url) = 'race')[1]."valueCoding".code as medicare_race
  from fhir.patient
)
select
  stated.source_name,
  stated.id as person_id,
  stated.id as patient_id,
  array_to_string(known_as.given, ' ') as first_name,
  known_as.family as last_name,
  case
    when gender in ('male', 'female') then gender
    when birth_sex = 'F' then 'female'
    when birth_sex = 'M' then 'male'
    else 'unknown'
  end as sex,
  coalesce(
    case
      when len(list_filter(race, lambda one: one.url = 'ombCategory' and one."valueCoding".code <> 'UNK')) > 1 then 'other'
      else case list_filter(race, lambda one: one.url = 'ombCategory')[1]."valueCoding".code
        when '2106-3' then 'white'
        when '2054-5' then 'black or african american'
        when '2028-9' then 'asian'
        when '1002-5' then 'american indian or alaska native'
        when '2076-8' then 'native hawaiian or other pacific islander'
        when '2131-1' then 'other'
      end
    end,
    case medicare_race
      when '1' then 'white'
      when '2' then 'black or african american'
      when '3' then 'other'
      when '4' then 'asian'
      when '5' then 'hispanic'
      when '6' then 'american indian or alaska native'
    end
  ) as race,
  case list_filter(ethnicity, lambda one: one.url = 'ombCategory')[1]."valueCoding".code
    when '2135-2' then 'hispanic or latino'
    when '2186-5' then 'not hispanic or latino'
  end as ethnicity,
  lower(coalesce(fhir.words(language), language.coding[1].code)) as language,
  fhir.day("birthDate") as birth_date,
  fhir.day("deceasedDateTime") as death_date,
  "deceasedDateTime" is not null or coalesce("deceasedBoolean" = 'true', false) as death_flag,
  array_to_string(home.line, ', ') as address,
  home.city as city,
  coalesce(region.postal_code, home.state) as state,
  left(home."postalCode", 5) as zip_code,
  case when region.postal_code is null and not regexp_full_match(home.district, '\d{5}') then home.district end as county,
  case when regexp_full_match(home.district, '\d{5}') then home.district end as county_fips,
  stated.file_id,
  stated.line_number,
  null::varchar as left_out
from stated
left join fhir.ssa_state as region on region.ssa_code = stated.home.state
