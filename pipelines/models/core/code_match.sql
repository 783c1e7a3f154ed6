-- One row per value set or classification and code in the data for which it has a rule, exactly or by its beginning; the most precise rule decides, so a code that is newer than a classification follows its family.
with seen as (
  select code_system, code from core.condition
  union
  select code_system, code from core.procedure
  union
  select code_system, code from core.observation
  union
  select value_code_system, value_code from core.observation
  union
  select code_system, code from core.service_request
  union
  select code_system, code from core.communication
  union
  select code_system, code from core.task
  union
  select encounter_code_type, encounter_code from core.ehr_encounter
  union
  select code_system, code from core.medication
  union
  select code_system, code from core.immunization
  union
  select code_system, code from core.allergy
  union
  select 'ndc', ndc_code from core.pharmacy_claim
  union
  select 'hcpcs', hcpcs_code from core.medical_claim
  union
  select 'revenue', revenue_center_code from core.medical_claim
  union
  select 'bill-type', bill_type_code from core.medical_claim
  union
  select 'pos', place_of_service_code from core.medical_claim
  union
  select 'ms-drg', drg_code from core.encounter
  union
  select primary_diagnosis_code_type, primary_diagnosis_code from core.encounter
  union
  select 'ccn', facility_ccn from core.medical_claim
),
beginning as (
  select seen.code_system, seen.code, left(seen.code, length.characters) as text
  from seen
  join range(1, 20) as length (characters) on length.characters <= length(seen.code)
)
select
  rule.value_set,
  beginning.code_system,
  beginning.code,
  arg_max(rule.is_excluded, rule.precedence) as is_excluded,
  arg_max_null(rule.category, rule.precedence) as category,
  arg_max(rule.code, rule.precedence) as rule_code,
  arg_max(rule.is_prefix, rule.precedence) as is_by_beginning
from beginning
join reference.value_set as rule
  on rule.code_system = beginning.code_system
  and rule.code = beginning.text
  and (rule.is_prefix or rule.code = beginning.code)
  and (rule.ending is null or (length(beginning.code) = 7 and right(beginning.code, 1) = rule.ending))
group by rule.value_set, beginning.code_system, beginning.code
