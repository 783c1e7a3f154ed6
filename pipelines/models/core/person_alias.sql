-- One row per id that a person had before its identifiers were linked. Empty as long as every identifier stands for itself.
with identifier as (
  select
    substr(sha256(getvariable('surrogate_key') || '|person|' || source_person_id), 1, 16) as old_person_id,
    person_id
  from core.person_source
)
select distinct old_person_id, person_id
from identifier
where old_person_id <> person_id
