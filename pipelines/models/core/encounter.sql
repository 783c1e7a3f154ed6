-- One row per visit or stay. When claims and clinical sources tell of the same one, the claims give codes and money and the clinical source the dates; an emergency visit that led to a hospital stay is part of the stay. A visit whose practitioner is unknown counts as primary care when only the clinical source tells of it.
with statement as (
  select
    encounter_id,
    any_value(person_id) as person_id,
    min(start_date) as start_date,
    max(end_date) as end_date,
    max(encounter_type) as encounter_type,
    max(facility_id) as facility_id,
    max(practitioner_npi) as practitioner_npi,
    max(practice_id) as practice_id,
    bool_or(encounter_type in ('office visit', 'telehealth')) as is_visit,
    bool_or(encounter_type in ('office visit', 'telehealth') and is_primary_care_practitioner) as is_primary_care,
    max(admit_source_code) as admit_source_code,
    max(admit_type_code) as admit_type_code,
    max(discharge_disposition_code) as discharge_disposition_code,
    max(diagnosis_code_type) as diagnosis_code_type,
    max(primary_diagnosis_code) as primary_diagnosis_code,
    max(drg_code) as drg_code
  from core.ehr_encounter
  where not is_admitted
  group by encounter_id
),
emergency as (
  select distinct encounter_id
  from core.ehr_encounter
  where is_admitted
),
merged as (
  select
    coalesce(claim.encounter_id, statement.encounter_id) as encounter_id,
    coalesce(claim.person_id, statement.person_id) as person_id,
    coalesce(claim.encounter_type, statement.encounter_type) as encounter_type,
    coalesce(statement.start_date, claim.start_date) as start_date,
    case
      when coalesce(statement.end_date, claim.end_date) is not null
        then greatest(coalesce(statement.end_date, claim.end_date), coalesce(statement.start_date, claim.start_date))
    end as end_date,
    coalesce(claim.facility_id, statement.facility_id) as facility_id,
    claim.facility_ccn,
    coalesce(claim.practitioner_npi, statement.practitioner_npi) as practitioner_npi,
    coalesce(claim.practice_id, statement.practice_id) as practice_id,
    coalesce(claim.is_primary_care, false)
      or coalesce(statement.is_primary_care, claim.encounter_id is null and statement.is_visit, false) as is_primary_care,
    coalesce(claim.admit_source_code, statement.admit_source_code) as admit_source_code,
    coalesce(claim.admit_type_code, statement.admit_type_code) as admit_type_code,
    coalesce(claim.discharge_disposition_code, statement.discharge_disposition_code) as discharge_disposition_code,
    case
      when claim.primary_diagnosis_code is not null then coalesce(claim.diagnosis_code_type, 'icd-10-cm')
      else statement.diagnosis_code_type
    end as primary_diagnosis_code_type,
    coalesce(claim.primary_diagnosis_code, statement.primary_diagnosis_code) as primary_diagnosis_code,
    coalesce(claim.drg_code, statement.drg_code) as drg_code,
    coalesce(claim.is_ed, false) as is_claim_ed,
    claim.paid_amount,
    claim.allowed_amount,
    coalesce(claim.claim_count, 0) as claim_count,
    case
      when statement.encounter_id is null then 'claim'
      when claim.encounter_id is null then 'ehr'
      else 'both'
    end as source
  from core.claim_encounter as claim
  full join statement on statement.encounter_id = claim.encounter_id
)
select
  merged.* exclude (is_claim_ed),
  merged.end_date - merged.start_date as length_of_stay,
  merged.is_claim_ed or merged.encounter_type = 'emergency department' or emergency.encounter_id is not null as is_ed,
  merged.start_date > getvariable('data_through') as is_after_data_through
from merged
left join emergency on emergency.encounter_id = merged.encounter_id
