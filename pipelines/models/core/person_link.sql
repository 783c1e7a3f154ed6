-- One row per identifier of a source that belongs to the same person as others, with the smallest of them. Two identifiers belong together when a person identifier, such as the Medicare beneficiary identifier, is the same; unless birth date or sex contradict each other, or, of any but the Medicare identifier, the name: then none of them is linked (core.person_review). Those that somebody decided to be one (urn:throughline:same-person) belong together whatever they say, each with all to which it was linked already.
with recursive shared as (
  select distinct system, value, person_id
  from core.person_identifier
  where (system, value) in (
    select (system, value) from core.person_identifier group by system, value having count(distinct person_id) > 1
  )
),
holder as (
  from shared where system <> 'urn:throughline:same-person'
),
agreed as (
  select holder.system, holder.value
  from holder
  left join core.person_statement as statement on statement.source_person_id = holder.person_id
  group by holder.system, holder.value
  having len(list_distinct(flatten(list(birth_dates)))) <= 1
    and len(list_distinct(flatten(list(sexes)))) <= 1
    and (holder.system = 'http://hl7.org/fhir/sid/us-mbi' or len(list_distinct(flatten(list(names)))) <= 1)
),
beside as (
  select distinct one.person_id, other.person_id as other_id
  from agreed
  join holder as one using (system, value)
  join holder as other using (system, value)
),
reach as (
  select person_id, other_id
  from beside
  union
  select reach.person_id, beside.other_id
  from reach
  join beside on beside.person_id = reach.other_id
),
linked as (
  select person_id, min(other_id) as smallest_id
  from reach
  group by person_id
),
whole as (
  select linked.smallest_id
  from linked
  left join core.person_statement as statement on statement.source_person_id = linked.person_id
  group by linked.smallest_id
  having len(list_distinct(flatten(list(birth_dates)))) <= 1 and len(list_distinct(flatten(list(sexes)))) <= 1
),
placed as (
  select linked.person_id, linked.smallest_id
  from linked
  join whole using (smallest_id)
),
decided as (
  select shared.value, shared.person_id, coalesce(placed.smallest_id, shared.person_id) as smallest_id
  from shared
  left join placed on placed.person_id = shared.person_id
  where shared.system = 'urn:throughline:same-person'
),
joined as (
  select one.smallest_id, other.smallest_id as other_id
  from decided as one
  join decided as other using (value)
  union
  select joined.smallest_id, other.smallest_id
  from joined
  join decided as one on one.smallest_id = joined.other_id
  join decided as other using (value)
),
merged as (
  select smallest_id, min(other_id) as merged_id
  from joined
  group by smallest_id
),
member as (
  select person_id, smallest_id from placed
  union
  select person_id, smallest_id from decided
)
select member.person_id as source_person_id, coalesce(merged.merged_id, member.smallest_id) as smallest_source_person_id
from member
left join merged using (smallest_id)
