-- One row per person and day with an emergency visit after which the person went home, in the parts of one visit that the NYU algorithm (Johnston 2017) gives its principal diagnosis. The class is null where the published table has none; injuries, mental health, alcohol and drugs stand apart, without parts.
with visit as (
  select
    encounter.encounter_id,
    encounter.person_id,
    encounter.start_date as visit_date,
    encounter.primary_diagnosis_code,
    need.category as class
  from core.encounter as encounter
  left join core.code_match as need
    on need.value_set = 'emergency-need'
    and need.code_system = encounter.primary_diagnosis_code_type
    and need.code = encounter.primary_diagnosis_code
    and need.category <> 'NONE'
  where encounter.encounter_type = 'emergency department'
    and not encounter.is_after_data_through
  qualify row_number() over (
    partition by encounter.person_id, encounter.start_date
    order by need.category is null, encounter.encounter_id
  ) = 1
),
share as (
  select *, case when class like '%-%' then string_split(class, '-')::integer[] else [0, 0, 0, 0] end as parts
  from visit
)
select
  encounter_id,
  person_id,
  visit_date,
  primary_diagnosis_code,
  case when class like '%-%' then 'illness' else lower(class) end as class,
  coalesce(parts[1] / nullif(list_sum(parts), 0), 0)::double as non_emergent,
  coalesce(parts[2] / nullif(list_sum(parts), 0), 0)::double as primary_care_treatable,
  coalesce(parts[3] / nullif(list_sum(parts), 0), 0)::double as preventable,
  coalesce(parts[4] / nullif(list_sum(parts), 0), 0)::double as not_preventable
from share
