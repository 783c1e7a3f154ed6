-- One row per institutional claim, with the encounter when the claim belongs to one as a whole. An emergency visit on the day of an admission or within a hospital stay belongs to that stay.
with stay as (
  select claim.source_name, claim.claim_id, stay.part_of_encounter_id as encounter_id
  from core.stay_claim as claim
  join core.facility_stay as stay
    on stay.person_id = claim.person_id
    and stay.encounter_type = claim.encounter_type
    and stay.facility = claim.facility
    and stay.stay_number = claim.stay_number
),
admitted_emergency as (
  select
    claim.source_name,
    claim.claim_id,
    min_by(stay.part_of_encounter_id, (stay.start_date, stay.encounter_id)) as encounter_id
  from core.facility_claim as claim
  join core.facility_stay as stay
    on stay.person_id = claim.person_id
    and stay.encounter_type in (
      'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital', 'observation'
    )
    and stay.start_date <= least(claim.end_date, claim.emergency_date + 1)
    and (stay.end_date > claim.emergency_date or stay.start_date = claim.emergency_date)
  where claim.encounter_type = 'emergency department'
  group by claim.source_name, claim.claim_id
)
select
  claim.source_name,
  claim.claim_id,
  claim.person_id,
  claim.encounter_type,
  claim.facility_id,
  claim.bill_type_code,
  claim.emergency_date,
  claim.end_date,
  coalesce(stay.encounter_id, admitted_emergency.encounter_id) as encounter_id
from core.facility_claim as claim
left join stay
  on stay.source_name = claim.source_name and stay.claim_id = claim.claim_id
left join admitted_emergency
  on admitted_emergency.source_name = claim.source_name and admitted_emergency.claim_id = claim.claim_id
