-- One row per practice. A practice that only a practitioner's affiliation names is known by that name.
with statement as (
  select practice_id, name, tin from input.practice
  union all
  select practice_affiliation, practice_affiliation, null
  from input.practitioner
  where practice_id is null and practice_affiliation is not null
)
select practice_id, max(name) as name, max(tin) as tin
from statement
group by practice_id
