-- One row per identifier of a source that shares a person identifier with another and was not linked to it, because they contradict each other: for somebody to look at. Rows of one review_id may be one person; differs says in what they contradict each other, and is empty where only those do to whom they are linked.
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
  select
    placed.system,
    placed.value,
    list_filter(
      [
        case when len(list_distinct(flatten(list(statement.birth_dates)))) > 1 then 'birth date' end,
        case when len(list_distinct(flatten(list(statement.sexes)))) > 1 then 'sex' end,
        case
          when placed.system <> 'http://hl7.org/fhir/sid/us-mbi'
            and len(list_distinct(flatten(list(statement.names)))) > 1
            then 'name'
        end
      ],
      lambda said: said is not null
    ) as differs
  from placed
  left join core.person_statement as statement on statement.source_person_id = placed.person_id
  group by placed.system, placed.value
  having count(distinct placed.smallest_id) > 1
)
select
  substr(
    sha256(getvariable('surrogate_key') || '|review|' || placed.system || '|' || placed.value), 1, 16
  ) as review_id,
  apart.differs,
  placed.system,
  placed.value,
  placed.surrogate_id as person_id,
  placed.source_name,
  placed.person_id as source_person_id,
  person.birth_date,
  person.death_date,
  person.sex,
  person.first_name,
  person.last_name,
  person.zip_code
from apart
join placed using (system, value)
left join core.person as person on person.person_id = placed.surrogate_id
