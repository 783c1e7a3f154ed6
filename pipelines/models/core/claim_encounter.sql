-- One row per encounter according to claims, with the money of every line in it. Nothing but tests, drugs or equipment from an office is no office visit.
with claim_count as (
  select encounter_id, count(*) as claim_count
  from (select distinct encounter_id, source_name, claim_id from core.medical_claim)
  group by encounter_id
),
encounter as (
  select
    encounter_id,
    any_value(person_id) as person_id,
    any_value(visit_type) as visit_type,
    any_value(visit_date) as visit_date,
    max(facility_id) as facility_id,
    max(facility_ccn) as facility_ccn,
    max(discharge_disposition_code) as discharge_disposition_code,
    max(diagnosis_code_type) as diagnosis_code_type,
    coalesce(
      max(case when claim_type = 'institutional' then primary_diagnosis_code end),
      max(case when is_examination then primary_diagnosis_code end),
      max(primary_diagnosis_code)
    ) as primary_diagnosis_code,
    coalesce(
      max(case when is_primary_care then rendering_npi end),
      max(case when is_examination then rendering_npi end)
    ) as practitioner_npi,
    coalesce(
      max(case when is_primary_care then practice_id end),
      max(case when is_examination then practice_id end)
    ) as practice_id,
    bool_or(is_examination) as is_examination,
    bool_or(is_primary_care) as is_primary_care,
    bool_or(is_emergency) as is_ed,
    sum(paid_amount)::decimal(18, 2) as paid_amount,
    sum(allowed_amount)::decimal(18, 2) as allowed_amount
  from core.medical_claim
  group by encounter_id
)
select
  encounter.encounter_id,
  encounter.person_id,
  case
    when stay.encounter_id is not null then stay.encounter_type
    when encounter.visit_type = 'office visit' and not encounter.is_examination then 'other'
    else encounter.visit_type
  end as encounter_type,
  coalesce(stay.start_date, encounter.visit_date) as start_date,
  coalesce(stay.end_date, encounter.visit_date) as end_date,
  coalesce(stay.facility_id, encounter.facility_id) as facility_id,
  coalesce(stay.facility_ccn, encounter.facility_ccn) as facility_ccn,
  stay.admit_source_code,
  stay.admit_type_code,
  case when stay.encounter_id is null then encounter.discharge_disposition_code else stay.discharge_disposition_code end
    as discharge_disposition_code,
  case when stay.encounter_id is null then encounter.diagnosis_code_type else stay.diagnosis_code_type end
    as diagnosis_code_type,
  case when stay.encounter_id is null then encounter.primary_diagnosis_code else stay.primary_diagnosis_code end
    as primary_diagnosis_code,
  stay.drg_code,
  encounter.is_ed,
  encounter.practitioner_npi,
  encounter.practice_id,
  encounter.is_primary_care and stay.encounter_id is null as is_primary_care,
  encounter.paid_amount,
  encounter.allowed_amount,
  claim_count.claim_count
from encounter
join claim_count on claim_count.encounter_id = encounter.encounter_id
left join core.facility_stay as stay on stay.encounter_id = encounter.encounter_id
