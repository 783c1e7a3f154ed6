-- One row per institutional claim, with the type of encounter that it bills. The CCN tells the kind of hospital (CMS State Operations Manual 2779A), by two digits of its series where an extract masks the rest; without one, the ward's revenue centers do. Where lines disagree the greatest value holds, so that their order never matters.
with line as (
  select
    claim_line.*,
    coalesce(claim_line.claim_line_start_date, claim_line.claim_start_date) as day,
    coded.revenue as revenue_service,
    'emergency' in (coded.procedure, coded.revenue) as is_emergency,
    'observation' in (coded.procedure, coded.revenue) as is_observation,
    'urgent-care' in (coded.procedure, coded.revenue) as is_urgent_care
  from input.medical_claim as claim_line
  left join core.line_service as coded
    on coded.place_of_service_code is not distinct from claim_line.place_of_service_code
    and coded.hcpcs_code is not distinct from claim_line.hcpcs_code
    and coded.revenue_center_code is not distinct from claim_line.revenue_center_code
  where claim_line.claim_type = 'institutional'
    and coalesce(claim_line.claim_status, 'paid') not in ('denied', 'reversed')
),
claim as (
  select
    source_name,
    claim_id,
    max(person_id) as source_person_id,
    max(bill_type_code) as bill_type_code,
    max(facility_npi) as facility_npi,
    max(facility_ccn) as facility_ccn,
    max(location_id) as location_id,
    min(claim_start_date) as billed_from_date,
    max(coalesce(claim_end_date, claim_start_date)) as billed_to_date,
    min(admission_date) as admission_date,
    max(discharge_date) as discharge_date,
    max(admit_source_code) as admit_source_code,
    max(admit_type_code) as admit_type_code,
    max(discharge_disposition_code) as discharge_disposition_code,
    max(drg_code) as drg_code,
    max(diagnosis_code_type) as diagnosis_code_type,
    max(diagnosis_code_1) as primary_diagnosis_code,
    min(case when is_emergency then day end) as emergency_date,
    coalesce(bool_or(is_observation), false) as has_observation,
    coalesce(bool_or(is_urgent_care), false) as has_urgent_care,
    coalesce(bool_or(revenue_service = 'dialysis'), false) as has_dialysis,
    coalesce(bool_or(revenue_service = 'room'), false) as has_room,
    coalesce(bool_or(revenue_service = 'psychiatric-room'), false) as has_psychiatric_room,
    coalesce(bool_or(revenue_service = 'rehabilitation-room'), false) as has_rehabilitation_room
  from line
  group by source_name, claim_id
),
located as (
  select
    claim.* exclude (source_person_id, location_id),
    source.person_id,
    coalesce(claim.facility_npi, certified.facility_id, located.facility_id) as facility_id,
    bill.service as bill_service,
    substr(claim.facility_ccn, 3, 1) as unit,
    right(claim.facility_ccn, 4) as ccn_series,
    left(right(claim.facility_ccn, 4), 2) as ccn_range
  from claim
  join core.person_source as source
    on source.source_name = claim.source_name and source.source_person_id = claim.source_person_id
  left join core.service_code as bill
    on bill.code_system = 'bill-type' and bill.code = claim.bill_type_code
  left join core.facility_identifier as certified
    on certified.kind = 'ccn' and certified.identifier = claim.facility_ccn
  left join core.facility_identifier as located
    on located.kind = 'location'
    and located.source_name = claim.source_name
    and located.identifier = claim.location_id
),
typed as (
  select
    *,
    case
      when bill_service = 'hospital-inpatient'
        or (bill_type_code is null and (drg_code is not null or has_room))
        then case
          when unit in ('S', 'M') or ccn_range between '40' and '44' then 'inpatient psychiatric'
          when unit in ('T', 'R') or (ccn_range = '30' and ccn_series not between '3000' and '3024')
            then 'inpatient rehabilitation'
          when ccn_range between '20' and '22' then 'long term care hospital'
          when unit in ('U', 'W', 'Y', 'Z') then 'skilled nursing'
          when facility_ccn is not null or has_room then 'acute inpatient'
          when has_psychiatric_room then 'inpatient psychiatric'
          when has_rehabilitation_room then 'inpatient rehabilitation'
          else 'acute inpatient'
        end
      when bill_service = 'skilled-nursing' then 'skilled nursing'
      when bill_service = 'home-health' then 'home health'
      when bill_service = 'hospice' then 'hospice'
      when has_observation then 'observation'
      when emergency_date is not null then 'emergency department'
      when has_urgent_care then 'urgent care'
      when bill_service = 'ambulatory-surgery' then 'ambulatory surgery'
      when bill_service = 'dialysis' or has_dialysis then 'dialysis'
      when bill_service = 'laboratory' then 'other'
      else 'outpatient'
    end as encounter_type
  from located
)
select
  source_name,
  claim_id,
  person_id,
  encounter_type,
  facility_id,
  facility_npi,
  facility_ccn,
  bill_type_code,
  case
    when encounter_type not in ('observation', 'home health') and admission_date <= billed_to_date then admission_date
    else billed_from_date
  end as start_date,
  greatest(billed_from_date, billed_to_date, coalesce(discharge_date, billed_to_date)) as end_date,
  billed_from_date,
  emergency_date,
  admit_source_code,
  admit_type_code,
  discharge_disposition_code,
  drg_code,
  diagnosis_code_type,
  primary_diagnosis_code
from typed
