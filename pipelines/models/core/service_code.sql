-- One row per code on a claim that tells the kind of service (value sets service-*, which share no code).
with seen as (
  select 'hcpcs' as code_system, hcpcs_code as code from input.medical_claim
  union
  select 'revenue', revenue_center_code from input.medical_claim
  union
  select 'pos', place_of_service_code from input.medical_claim
  union
  select 'bill-type', bill_type_code from input.medical_claim
),
beginning as (
  select seen.code_system, seen.code, left(seen.code, length.characters) as text
  from seen
  join range(1, 12) as length(characters) on length.characters <= length(seen.code)
)
select beginning.code_system, beginning.code, replace(member.value_set, 'service-', '') as service
from beginning
join reference.value_set as member
  on member.code_system = beginning.code_system
  and member.code = beginning.text
  and (member.is_prefix or member.code = beginning.code)
where member.value_set like 'service-%'
