-- One row per identifier of a source, with every birth date, sex and name that members' and patients' files say of it. Two of one kind are a contradiction.
with statement as (
  select person_id, gender as sex, birth_date, first_name, last_name from input.eligibility
  union all
  select person_id, sex, birth_date, first_name, last_name from input.patient
)
select
  person_id as source_person_id,
  list(distinct birth_date) filter (birth_date is not null) as birth_dates,
  list(distinct left(sex, 1)) filter (left(sex, 1) in ('f', 'm')) as sexes,
  list(distinct lower(concat_ws(' ', first_name, last_name))) filter (last_name is not null) as names
from statement
group by person_id
