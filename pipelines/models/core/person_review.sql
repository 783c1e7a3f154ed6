-- One row per identifier of a source that shares a person identifier with another and was not linked to it, because they contradict each other: for somebody to look at.
with holder as (
  select system, value, person_id, source_name
  from core.person_identifier
  where (system, value) in (
    select (system, value) from core.person_identifier group by system, value having count(distinct person_id) > 1
  )
),
placed as (
  select
    holder.*,
    coalesce(link.smallest_source_person_id, holder.person_id) as smallest_id,
    source.person_id as surrogate_id
  from holder
  left join core.person_link as link on link.source_person_id = holder.person_id
  join core.person_source as source
    on source.source_name = holder.source_name and source.source_person_id = holder.person_id
),
apart as (
  select system, value
  from placed
  group by system, value
  having count(distinct smallest_id) > 1
)
select
  placed.system,
  placed.value,
  placed.surrogate_id as person_id,
  placed.source_name,
  placed.person_id as source_person_id,
  person.birth_date,
  person.sex,
  person.first_name,
  person.last_name
from apart
join placed using (system, value)
left join core.person as person on person.person_id = placed.surrogate_id
