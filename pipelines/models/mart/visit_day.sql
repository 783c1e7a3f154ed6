-- One row per person, day and kind of outpatient visit (a value set). A claim counts by its code, an office or telehealth visit of the EHR by its type.
select
  medical_claim.person_id,
  medical_claim.line_start_date as visit_date,
  coded_concept.value_set as kind
from core.medical_claim
join core.coded_concept
  on coded_concept.code_system = 'hcpcs'
  and coded_concept.code = medical_claim.hcpcs_code
where coded_concept.value_set = 'follow-up-visit'
  and not medical_claim.is_after_data_through
union
select encounter.person_id, encounter.start_date as visit_date, kind.kind
from core.encounter
cross join (values ('outpatient-visit'), ('follow-up-visit')) as kind (kind)
where encounter.encounter_type in ('office visit', 'telehealth')
  and encounter.source <> 'claim'
  and not encounter.is_after_data_through
