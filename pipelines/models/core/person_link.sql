-- One row per identifier of a source that belongs to the same person as others, with the smallest of them. Two identifiers belong together when a person identifier, such as the Medicare beneficiary identifier, is the same; unless birth date or sex contradict each other, or, of any but the Medicare identifier, the name: then none of them is linked (core.person_review).
with recursive statement as (
  select person_id, gender as sex, birth_date, first_name, last_name from input.eligibility
  union all
  select person_id, sex, birth_date, first_name, last_name from input.patient
),
person as (
  select
    person_id,
    list(distinct birth_date) filter (birth_date is not null) as birth_dates,
    list(distinct left(sex, 1)) filter (left(sex, 1) in ('f', 'm')) as sexes,
    list(distinct lower(concat_ws(' ', first_name, last_name))) filter (last_name is not null) as names
  from statement
  group by person_id
),
holder as (
  select distinct system, value, person_id
  from core.person_identifier
  where (system, value) in (
    select (system, value) from core.person_identifier group by system, value having count(distinct person_id) > 1
  )
),
agreed as (
  select holder.system, holder.value
  from holder
  left join person using (person_id)
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
  left join person using (person_id)
  group by linked.smallest_id
  having len(list_distinct(flatten(list(birth_dates)))) <= 1 and len(list_distinct(flatten(list(sexes)))) <= 1
)
select linked.person_id as source_person_id, linked.smallest_id as smallest_source_person_id
from linked
join whole using (smallest_id)
