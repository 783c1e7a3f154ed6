-- One row per value set and code in the data that belongs to it, exactly or by a prefix: other SQL joins by equality.
with seen as (
  select code_system, code from core.condition
  union
  select code_system, code from core.procedure
  union
  select code_system, code from core.observation
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
select distinct member.value_set, beginning.code_system, beginning.code
from beginning
join reference.value_set as member
  on member.code_system = beginning.code_system
  and member.code = beginning.text
  and (member.is_prefix or member.code = beginning.code)
