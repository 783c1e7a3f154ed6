-- One row per person that any source mentions. Each fact is its latest statement that is not null; the undated statements of clinical sources come before those of payers. From claims_excluded_date on CMS shares no claims of the person: later ones are missing, earlier ones count.
with statement as (
  select
    source_name,
    person_id as source_person_id,
    coalesce(file_date, enrollment_start_date) as stated_date,
    file_id,
    line_number,
    birth_date,
    death_date,
    gender as sex,
    race,
    ethnicity,
    language,
    first_name,
    last_name,
    zip_code,
    county_fips,
    state,
    lpad(split_part(dual_status_code, '.', 1), 2, '0') as dual_status_code, -- some extracts write 2 or 2.0 for 02
    original_reason_entitlement_code
  from input.eligibility
  union all
  select
    source_name,
    person_id,
    null,
    file_id,
    line_number,
    birth_date,
    death_date,
    sex,
    race,
    ethnicity,
    language,
    first_name,
    last_name,
    zip_code,
    county_fips,
    state,
    null,
    null
  from input.patient
  union all
  select
    source_name,
    person_id,
    window_start_date,
    file_id,
    line_number,
    birth_date,
    death_date,
    gender,
    null,
    null,
    null,
    first_name,
    last_name,
    null,
    null,
    null,
    null,
    null
  from input.assignment
),
ordered as (
  select
    source.person_id,
    statement.*,
    row_number() over (
      partition by source.person_id
      order by stated_date nulls first, statement.source_name, file_id, line_number
    ) as place
  from core.person_source as source
  left join statement
    on statement.source_name = source.source_name
    and statement.source_person_id = source.source_person_id
),
latest as (
  select
    person_id,
    arg_max(birth_date, place) as birth_date,
    arg_max(death_date, place) as death_date,
    arg_max(case left(sex, 1) when 'f' then 'female' when 'm' then 'male' end, place) as sex,
    arg_max(race, place) as race,
    arg_max(ethnicity, place) as ethnicity,
    arg_max(language, place) as language,
    arg_max(first_name, place) as first_name,
    arg_max(last_name, place) as last_name,
    arg_max(zip_code, place) as zip_code,
    arg_max(county_fips, place) as county_fips,
    arg_max(state, place) as state,
    arg_max(dual_status_code, place) as dual_status_code,
    arg_max(original_reason_entitlement_code, place) as original_reason_entitlement_code
  from ordered
  group by person_id
)
select
  latest.person_id,
  birth_date,
  death_date,
  coalesce(sex, 'unknown') as sex,
  case
    when race like '%black%' then 'black'
    when race like '%asian%' then 'asian'
    when race like '%hawaiian%' or race like '%pacific%' then 'native hawaiian or pacific islander'
    when race like '%native%' or race like '%indian%' then 'american indian or alaska native'
    when race like '%white%' then 'white'
    when race like '%hispanic%' then 'hispanic'
    when race like '%unknown%' then null
    when race is not null then 'other'
  end as race,
  ethnicity,
  language,
  first_name,
  last_name,
  zip_code,
  county_fips,
  state,
  dual_status_code,
  original_reason_entitlement_code,
  exclusion.excluded_date as claims_excluded_date
from latest
left join core.beneficiary_exclusion as exclusion on exclusion.person_id = latest.person_id
