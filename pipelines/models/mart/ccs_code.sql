-- One row per principal diagnosis and procedure code of a hospital stay, with its CCS category and how it came by it: the published map lists the code, or the code is newer than the map and inherits from its family, the rule that shares the most of its first characters, or neither. A stay whose principal diagnosis has no category is no index stay.
with seen as (
  select primary_diagnosis_code_type as code_system, primary_diagnosis_code as code, 'ccs-diagnosis' as classification, stay_id
  from mart.inpatient_stay_part
  where primary_diagnosis_code is not null
  union all
  select procedure.code_system, procedure.code, 'ccs-procedure', part.stay_id
  from mart.inpatient_stay_part as part
  join core.procedure as procedure on procedure.encounter_id = part.encounter_id
  where procedure.code_system in ('icd-10-pcs', 'icd-9-pcs')
),
counted as (
  select classification, code_system, code, count(distinct stay_id) as stays
  from seen
  group by classification, code_system, code
)
select
  counted.classification,
  counted.code_system,
  counted.code,
  match.category,
  case
    when match.category is null then 'no category'
    when exists (
      from reference.value_set as published
      where published.value_set = 'ccs-published-code'
        and published.code_system = counted.code_system
        and published.code = left(counted.code, 2)
        and regexp_full_match(substr(counted.code, 3), '[' || replace(published.category, '-', '][') || ']')
    ) then 'published'
    else 'inherited'
  end as decided_by,
  match.rule_code as family,
  coalesce(length(match.rule_code), 0) as characters_shared,
  counted.stays
from counted
left join core.code_match as match
  on match.value_set = counted.classification and match.code_system = counted.code_system and match.code = counted.code
