-- One row per person, month, practice, practitioner and role of those who gave primary care as 42 CFR 425.400(c) counts it toward assignment, and per span of performance years in which the service counts. Every service of a federally qualified or rural health clinic is one of a primary care physician (425.404). Charges are what was allowed, else what was paid. Where neither claim nor roster tells a specialty, the practitioner stands for a primary care physician.
with service as (
  select code, left(category, 4)::integer as first_year, right(category, 4)::integer as last_year
  from reference.value_set
  where value_set = 'primary-care-service'
),
clinician as (
  select code as specialty_code, lower(category) as clinician_role
  from reference.value_set
  where value_set = 'primary-care-clinician'
),
practitioner as (
  select
    npi,
    min(specialty_code) as specialty_code,
    case
      when bool_or(lower(specialty) in ('nurse practitioner', 'physician assistant', 'clinical nurse specialist'))
        then 'practitioner'
      when bool_or(is_primary_care) then 'physician'
      when bool_or(is_primary_care) is null then 'not stated'
    end as named_role
  from core.practitioner
  where npi is not null
  group by npi
),
participant as (
  select tin, min(practice_id) as practice_id
  from core.practice
  where tin is not null
  group by tin
),
line as (
  select
    claim.person_id,
    claim.line_start_date as day,
    claim.hcpcs_code,
    claim.place_of_service_code,
    claim.bill_type_code,
    claim.practice_id,
    claim.billing_tin,
    claim.rendering_npi,
    coalesce(claim.facility_ccn, claim.facility_id) as facility,
    lpad(claim.rendering_specialty_code, 2, '0') as specialty_code,
    coalesce(claim.allowed_amount, claim.paid_amount, 0) as charges,
    claim.claim_type = 'institutional' and (
      left(claim.bill_type_code, 2) in ('71', '77')
      or (left(claim.bill_type_code, 2) = '73' and claim.line_start_date < date '2010-04-01')
    ) as is_clinic,
    service.first_year,
    service.last_year
  from core.medical_claim as claim
  left join service on service.code = claim.hcpcs_code
  where not claim.is_after_data_through
    and (
      is_clinic
      or (
        service.code is not null
        and (
          claim.claim_type = 'professional'
          -- A critical access hospital that bills for its practitioners.
          or (left(claim.bill_type_code, 2) = '85' and left(claim.revenue_center_code, 3) in ('096', '097', '098'))
        )
      )
    )
),
counted as (
  select
    line.* exclude (practice_id),
    -- The tax number decides; who works for a participant and bills under another number does it elsewhere.
    case
      when participant.practice_id is not null then participant.practice_id
      when line.billing_tin is not null and own.tin is not null then line.billing_tin
      else coalesce(line.practice_id, line.facility)
    end as place,
    place in (select practice_id from core.practice) as is_listed,
    not exists (from core.practice) as is_without_list,
    case
      when line.is_clinic then 'physician'
      when coalesce(line.specialty_code, practitioner.specialty_code) is not null then clinician.clinician_role
      when practitioner.npi is null then 'not stated'
      else practitioner.named_role
    end as role
  from line
  left join practitioner on practitioner.npi = line.rendering_npi
  left join clinician on clinician.specialty_code = coalesce(line.specialty_code, practitioner.specialty_code)
  left join participant on participant.tin = line.billing_tin
  left join core.practice as own on own.practice_id = line.practice_id
  -- Visits in a skilled nursing facility do not count, nor advance care planning in a hospital.
  left join core.facility_day as stay
    on stay.day = line.day
    and stay.person_id = case
      when line.hcpcs_code between '99304' and '99318' or line.hcpcs_code in ('99497', '99498') then line.person_id
    end
  where role is not null
    and case
      when line.hcpcs_code between '99304' and '99318'
        then coalesce(line.place_of_service_code, '') <> '31' and stay.skilled_nursing_encounter_id is null
      when line.hcpcs_code in ('99497', '99498')
        then coalesce(line.place_of_service_code, '') not in ('21', '51', '61')
          and coalesce(stay.hospital_moment, '') <> 'within'
      else true
    end
)
select
  person_id,
  date_trunc('month', day)::date as month,
  place as practice_id,
  coalesce(is_listed, false) or is_without_list as is_participant,
  case when is_listed then 'participants' else coalesce(place, rendering_npi, 'not stated') end as organization,
  rendering_npi as npi,
  case role when 'not stated' then 'physician' else role end as role,
  role <> 'not stated' as is_specialty_stated,
  case when is_clinic then 0 else first_year end as first_year,
  case when is_clinic then 9999 else last_year end as last_year,
  sum(charges)::decimal(18, 2) as charge_amount,
  count(*)::integer as services,
  max(day) as last_service_date
from counted
group by all
