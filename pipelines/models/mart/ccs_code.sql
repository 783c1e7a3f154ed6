-- One row per principal diagnosis and ICD-10-PCS procedure code of a hospital stay, with its CCS category and how it came by it: as listed itself, by the family that it begins like (which is how a code newer than the maps is classed too; the rules do not tell the two apart), or not at all. A stay whose principal diagnosis has no category is no index stay.
with seen as (
  select primary_diagnosis_code_type as code_system, primary_diagnosis_code as code, 'ccs-diagnosis' as classification, stay_id
  from mart.inpatient_stay_part
  where primary_diagnosis_code is not null
  union all
  select procedure.code_system, procedure.code, 'ccs-procedure', part.stay_id
  from mart.inpatient_stay_part as part
  join core.procedure as procedure on procedure.encounter_id = part.encounter_id
  where procedure.code_system = 'icd-10-pcs'
)
select
  seen.classification,
  seen.code_system,
  seen.code,
  any_value(match.category) as category,
  case
    when any_value(match.code) is null then 'no category'
    when any_value(match.is_by_beginning) then 'family'
    else 'listed'
  end as decided_by,
  any_value(match.rule_code) as family,
  coalesce(length(any_value(match.rule_code)), 0) as characters_shared,
  count(distinct seen.stay_id) as stays
from seen
left join core.code_match as match
  on match.value_set = seen.classification and match.code_system = seen.code_system and match.code = seen.code
group by seen.classification, seen.code_system, seen.code
