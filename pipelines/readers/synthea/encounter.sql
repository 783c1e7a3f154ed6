-- One row per Synthea encounter. Remote visits are told by SNOMED code too; certifying a death is no visit.
select
  'synthea' as source_name,
  encounter.id as encounter_id,
  encounter.patient as person_id,
  encounter.patient as patient_id,
  case
    when encounter.code = '308646001' then 'other'
    when encounter.code = '448337001' then 'telehealth'
    when encounter.encounter_class in ('ambulatory', 'wellness') then 'office visit'
    when encounter.encounter_class = 'outpatient' then 'outpatient'
    when encounter.encounter_class = 'virtual' then 'telehealth'
    when encounter.encounter_class = 'urgentcare' then 'urgent care'
    when encounter.encounter_class = 'emergency' then 'emergency department'
    when encounter.encounter_class = 'inpatient' then 'acute inpatient'
    when encounter.encounter_class = 'snf' then 'skilled nursing'
    when encounter.encounter_class = 'home' then 'home health'
    when encounter.encounter_class = 'hospice' then 'hospice'
    else 'other'
  end as encounter_type,
  encounter.start_at::date as encounter_start_date,
  encounter.stop_at::date as encounter_end_date,
  encounter.provider as attending_provider_id,
  provider.name as attending_provider_name,
  organization.name as facility_name,
  encounter.organization as location_id,
  case when encounter.reason_code is not null then 'snomed' end as primary_diagnosis_code_type,
  encounter.reason_code as primary_diagnosis_code,
  encounter.file_id,
  encounter.line_number,
  null::varchar as left_out
from synthea.encounters as encounter
left join synthea.providers as provider on provider.id = encounter.provider
left join synthea.organizations as organization on organization.id = encounter.organization
