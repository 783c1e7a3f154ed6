-- One row per claim line that was neither denied nor reversed, with its service category and encounter. Services on the days of a stay belong to the stay; on the days of admission and discharge, visits elsewhere stay visits of their own. An ambulance ride joins the emergency visit of its day.
with telehealth_modifier as (
  select code from reference.value_set where value_set = 'service-telehealth' and code_system = 'modifier'
),
emergency_day as (
  select distinct source.person_id, coalesce(claim.claim_line_start_date, claim.claim_start_date) as day
  from input.medical_claim as claim
  join core.person_source as source
    on source.source_name = claim.source_name and source.source_person_id = claim.person_id
  join core.line_service as coded
    on coded.place_of_service_code is not distinct from claim.place_of_service_code
    and coded.hcpcs_code is not distinct from claim.hcpcs_code
    and coded.revenue_center_code is not distinct from claim.revenue_center_code
    and 'emergency' in (coded.place, coded.procedure)
  where claim.claim_type <> 'institutional' and coalesce(claim.claim_status, 'paid') not in ('denied', 'reversed')
),
line as (
  select
    claim.*,
    source.person_id as linked_person_id,
    coalesce(facility.facility_id, sited.facility_id) as facility_id,
    facility.encounter_type as facility_type,
    facility.encounter_id as facility_encounter_id,
    coalesce(claim.claim_line_start_date, claim.claim_start_date) as day,
    coalesce(facility.emergency_date, claim.claim_line_start_date, claim.claim_start_date) as contact_date,
    coded.place,
    coalesce(coded.procedure, coded.revenue) as service,
    coalesce('emergency' in (coded.place, coded.procedure, coded.revenue), false) as is_emergency,
    coalesce(
      'telehealth' in (coded.place, coded.procedure)
      or claim.hcpcs_modifier_1 in (select code from telehealth_modifier)
      or claim.hcpcs_modifier_2 in (select code from telehealth_modifier)
      or claim.hcpcs_modifier_3 in (select code from telehealth_modifier)
      or claim.hcpcs_modifier_4 in (select code from telehealth_modifier),
      false
    ) as is_telehealth,
    coalesce(
      claim.hcpcs_code in (select code from reference.value_set where value_set = 'primary-care-visit')
      and coalesce(
        claim.rendering_specialty_code in (
          select code from reference.value_set where value_set = 'primary-care-specialty'
        ),
        provider.is_primary_care,
        true
      )
      and (claim.claim_type = 'professional' or left(claim.bill_type_code, 2) in ('71', '77')),
      false
    ) as is_primary_care,
    provider.practice_id
  from input.medical_claim as claim
  join core.person_source as source
    on source.source_name = claim.source_name and source.source_person_id = claim.person_id
  left join core.facility_encounter as facility
    on facility.source_name = claim.source_name and facility.claim_id = claim.claim_id
  left join core.line_service as coded
    on coded.place_of_service_code is not distinct from claim.place_of_service_code
    and coded.hcpcs_code is not distinct from claim.hcpcs_code
    and coded.revenue_center_code is not distinct from claim.revenue_center_code
  left join core.line_facility as sited
    on sited.source_name = claim.source_name
    and sited.facility_npi is not distinct from claim.facility_npi
    and sited.facility_ccn is not distinct from claim.facility_ccn
    and sited.location_id is not distinct from claim.location_id
  left join core.line_provider as provider
    on provider.rendering_npi is not distinct from claim.rendering_npi
    and provider.billing_tin is not distinct from claim.billing_tin
  where coalesce(claim.claim_status, 'paid') not in ('denied', 'reversed')
),
placed as (
  select
    line.*,
    coalesce(
      facility_day.emergency_date,
      case
        when coalesce(emergency_encounter_id, hospital_encounter_id, observation_encounter_id) is null
          then emergency_day.day
      end
    ) as emergency_date,
    case
      when facility_encounter_id is not null then facility_encounter_id
      when claim_type = 'institutional' then case
        when facility_type = 'outpatient'
          and hospital_facility_id = facility_id
          and (hospital_moment <> 'discharge' or bill_type_code like '12%')
          then hospital_encounter_id
      end
      when is_emergency then case
        when facility_day.emergency_date is null
          then coalesce(emergency_encounter_id, hospital_encounter_id, observation_encounter_id)
      end
      when hospital_moment = 'within' and coalesce(place, '') <> 'home' then hospital_encounter_id
      when hospital_moment = 'admission' and coalesce(place, '') not in (
        'home', 'office', 'telehealth', 'urgent-care', 'ambulatory-surgery', 'dialysis', 'skilled-nursing', 'hospice'
      ) then hospital_encounter_id
      when hospital_moment = 'discharge' and place in ('hospital-inpatient', 'ambulance') then hospital_encounter_id
      when place = 'skilled-nursing' then skilled_nursing_encounter_id
      when place = 'hospice' then hospice_encounter_id
      when place in ('outpatient-hospital', 'hospital-inpatient') then observation_encounter_id
    end as stay_encounter_id
  from line
  left join core.facility_day
    on facility_day.person_id = line.linked_person_id and facility_day.day = line.contact_date
  left join emergency_day
    on emergency_day.person_id = line.linked_person_id and emergency_day.day = line.contact_date
),
visit as (
  select
    *,
    case
      when stay_encounter_id is not null then null
      when claim_type = 'institutional' then facility_type
      when is_emergency or (emergency_date is not null and place = 'ambulance') then 'emergency department'
      when is_telehealth then 'telehealth'
      when place = 'office' then 'office visit'
      when 'urgent-care' in (place, service) then 'urgent care'
      when place = 'ambulatory-surgery' then 'ambulatory surgery'
      when place = 'dialysis' then 'dialysis'
      when place = 'outpatient-hospital' then 'outpatient'
      else 'other'
    end as visit_type
  from placed
),
dated as (
  select
    *,
    case
      when visit_type = 'emergency department' then coalesce(emergency_date, contact_date)
      when visit_type is not null then contact_date
    end as visit_date
  from visit
)
select
  source_name,
  claim_id,
  claim_line_number,
  linked_person_id as person_id,
  claim_type,
  payer,
  plan,
  claim_start_date as start_date,
  claim_end_date as end_date,
  day as line_start_date,
  claim_line_end_date as line_end_date,
  paid_date,
  bill_type_code,
  revenue_center_code,
  place_of_service_code,
  drg_code,
  hcpcs_code,
  hcpcs_modifier_1 as modifier_1,
  hcpcs_modifier_2 as modifier_2,
  hcpcs_modifier_3 as modifier_3,
  hcpcs_modifier_4 as modifier_4,
  service_unit_quantity as units,
  discharge_disposition_code,
  diagnosis_code_type,
  diagnosis_code_1 as primary_diagnosis_code,
  paid_amount,
  allowed_amount,
  charge_amount,
  facility_id,
  facility_ccn,
  rendering_npi,
  rendering_specialty_code,
  ordering_npi,
  billing_npi,
  billing_tin,
  practice_id,
  case
    when claim_type = 'institutional' then case
      when facility_type in ('acute inpatient', 'inpatient psychiatric') then 'inpatient'
      when facility_type in ('inpatient rehabilitation', 'long term care hospital')
        then 'rehabilitation and long-term hospital'
      when facility_type not in ('outpatient', 'other') then facility_type
      when facility_type = 'other' or service = 'laboratory' then 'laboratory'
      when service in ('imaging', 'ambulance', 'dialysis') then service
      when service = 'drug' then 'drugs'
      else 'outpatient hospital'
    end
    when is_emergency then 'emergency department'
    when 'ambulance' in (place, service) then 'ambulance'
    when service = 'equipment' then 'equipment'
    when place in ('hospital-inpatient', 'skilled-nursing', 'hospice') then 'physician in facility'
    when service = 'drug' then 'drugs'
    when service in ('laboratory', 'imaging') then service
    when place in ('laboratory', 'dialysis') then place
    when is_telehealth then 'telehealth'
    when 'urgent-care' in (place, service) then 'urgent care'
    when place = 'ambulatory-surgery' then 'ambulatory surgery'
    when place = 'outpatient-hospital' then 'outpatient hospital'
    when place = 'office' then 'office'
    else 'other'
  end as service_category,
  is_emergency,
  is_primary_care,
  coalesce(service, place, '') not in ('laboratory', 'imaging', 'drug', 'equipment', 'ambulance') as is_examination,
  visit_type,
  visit_date,
  coalesce(
    stay_encounter_id,
    substr(sha256(concat_ws(
      '|', getvariable('surrogate_key'), 'visit', linked_person_id, visit_type, visit_date,
      case
        when visit_type in ('office visit', 'telehealth')
          then coalesce(billing_tin, rendering_tin, rendering_npi, billing_npi, facility_id)
      end
    )), 1, 16)
  ) as encounter_id,
  day > getvariable('data_through') as is_after_data_through,
  file_id,
  line_number
from dated
