-- One row per stay according to facility claims. The first claim gives admission and diagnosis, the last the DRG and where the patient went. An observation that became an admission to the same hospital is part of that stay.
with stay as (
  select
    person_id,
    encounter_type,
    facility,
    stay_number,
    max(facility_id) as facility_id,
    max(facility_ccn) as facility_ccn,
    min(start_date) as start_date,
    max(end_date) as end_date,
    min(billed_from_date) as billed_from_date,
    arg_min(admit_source_code, place) as admit_source_code,
    arg_min(admit_type_code, place) as admit_type_code,
    arg_max(discharge_disposition_code, place) as discharge_disposition_code,
    arg_max(drg_code, place) as drg_code,
    arg_min(diagnosis_code_type, place) as diagnosis_code_type,
    arg_min(primary_diagnosis_code, place) as primary_diagnosis_code,
    bool_or(emergency_date is not null) as has_emergency
  from core.stay_claim
  group by person_id, encounter_type, facility, stay_number
),
identified as (
  select
    *,
    substr(sha256(concat_ws(
      '|', getvariable('surrogate_key'), 'encounter', person_id, encounter_type, facility, start_date,
      row_number() over (partition by person_id, encounter_type, facility, start_date order by end_date, stay_number)
    )), 1, 16) as encounter_id
  from stay
),
admission as (
  select
    observation.encounter_id,
    min_by(hospital.encounter_id, (hospital.start_date, hospital.encounter_id)) as admission_encounter_id
  from identified as observation
  join identified as hospital
    on hospital.person_id = observation.person_id
    and hospital.facility = observation.facility
    and hospital.start_date <= observation.end_date
    and (hospital.end_date > observation.start_date or hospital.start_date = observation.start_date)
  where observation.encounter_type = 'observation'
    and hospital.encounter_type in ('acute inpatient', 'inpatient psychiatric')
  group by observation.encounter_id
)
select
  identified.*,
  coalesce(admission.admission_encounter_id, identified.encounter_id) as part_of_encounter_id
from identified
left join admission using (encounter_id)
