-- One row per practice. A practice that only a practitioner's affiliation names is known by that name; one that only an assignment list names, by its tax number.
with statement as (
  select practice_id, name, tin, is_medical_home from input.practice
  union all
  select practice_affiliation, practice_affiliation, null, null
  from input.practitioner
  where practice_id is null and practice_affiliation is not null
  union all
  select tin, null, tin, null
  from (
    select tin from input.assignment_provider
    union
    select lpad(voluntary_tin, 9, '0') from input.assignment where is_voluntary and voluntary_tin is not null
  )
  where tin not in (select tin from input.practice where tin is not null)
)
select
  practice_id,
  max(name) as name,
  max(tin) as tin,
  bool_or(is_medical_home) as is_medical_home
from statement
group by practice_id
