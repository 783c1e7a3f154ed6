-- One row per encounter of a clinical source, with the encounter that it is part of: the one of the claims when it is the same visit or stay, the hospital stay when it is the emergency visit before it, else its own.
with typed as (
  select
    source.person_id,
    statement.source_name,
    statement.encounter_id as source_encounter_id,
    case
      when type in ('acute inpatient', 'inpatient', 'inpatient substance use', 'acute', 'imp') then 'acute inpatient'
      when type in ('inpatient psychiatric', 'inpatient psych') then 'inpatient psychiatric'
      when type in ('inpatient rehabilitation', 'inpatient rehab') then 'inpatient rehabilitation'
      when type in ('long term care hospital', 'inpatient long term acute care') then 'long term care hospital'
      when type in ('skilled nursing', 'inpatient skilled nursing', 'snf') then 'skilled nursing'
      when type in ('home health', 'home', 'hh') then 'home health'
      when type in ('hospice', 'inpatient hospice', 'outpatient hospice') then 'hospice'
      when type in ('emergency department', 'emergency', 'emer') then 'emergency department'
      when type in ('observation', 'obsenc') then 'observation'
      when type in ('ambulatory', 'amb', 'wellness') or type like 'office visit%' then 'office visit'
      when type in ('telehealth', 'virtual', 'vr') then 'telehealth'
      when type in ('urgent care', 'urgentcare') then 'urgent care'
      when type in ('ambulatory surgery', 'ambulatory surgery center', 'outpatient surgery') then 'ambulatory surgery'
      when type = 'dialysis' then 'dialysis'
      when type like 'outpatient%' then 'outpatient'
      else 'other'
    end as encounter_type,
    statement.encounter_code_type,
    statement.encounter_code,
    statement.encounter_start_date as start_date,
    coalesce(statement.encounter_start_datetime, statement.encounter_start_date) as started_at,
    case
      when statement.encounter_end_date is not null
        then greatest(statement.encounter_start_date, statement.encounter_end_date)
    end as end_date,
    coalesce(statement.facility_npi, located.facility_id) as facility_id,
    coalesce(practitioner.npi, statement.attending_provider_id) as practitioner_npi,
    practitioner.practice_id,
    practitioner.is_primary_care as is_primary_care_practitioner,
    statement.admit_source_code,
    statement.admit_type_code,
    statement.discharge_disposition_code,
    statement.primary_diagnosis_code_type as diagnosis_code_type,
    statement.primary_diagnosis_code,
    statement.drg_code,
    statement.file_id,
    statement.line_number
  from (select *, encounter_type as type from input.encounter) as statement
  join core.person_source as source
    on source.source_name = statement.source_name and source.source_person_id = statement.person_id
  left join core.practitioner
    on practitioner.source_name = statement.source_name
    and practitioner.practitioner_id = statement.attending_provider_id
  left join core.facility_identifier as located
    on located.kind = 'location'
    and located.source_name = statement.source_name
    and located.identifier = statement.location_id
),
kind as (
  select *
  from (values
    ('acute inpatient', 'hospital'),
    ('inpatient psychiatric', 'hospital'),
    ('inpatient rehabilitation', 'hospital'),
    ('long term care hospital', 'hospital'),
    ('emergency department', 'emergency'),
    ('observation', 'emergency'),
    ('skilled nursing', 'skilled nursing'),
    ('home health', 'home health'),
    ('hospice', 'hospice'),
    ('office visit', 'visit'),
    ('telehealth', 'visit'),
    ('outpatient', 'visit'),
    ('urgent care', 'visit'),
    ('ambulatory surgery', 'visit'),
    ('dialysis', 'visit'),
    ('other', 'other')
  ) as kind (encounter_type, kind)
),
statement as (
  select
    typed.*,
    kind.kind,
    row_number() over (
      partition by person_id, encounter_type, facility_id, start_date
      order by end_date, source_name, source_encounter_id
    ) as ordinal
  from typed
  join kind using (encounter_type)
),
claimed as (
  select claim.*, kind.kind
  from core.claim_encounter as claim
  join kind using (encounter_type)
),
candidate as (
  select statement.source_name, statement.source_encounter_id, claimed.encounter_id
  from statement
  join claimed
    on claimed.person_id = statement.person_id
    and claimed.kind = statement.kind
    and claimed.start_date = statement.start_date
  union
  select statement.source_name, statement.source_encounter_id, claimed.encounter_id
  from statement
  join claimed
    on claimed.person_id = statement.person_id
    and claimed.kind = statement.kind
    and claimed.start_date < coalesce(statement.end_date, statement.start_date)
    and claimed.end_date > statement.start_date
  where statement.kind = 'hospital' and claimed.kind = 'hospital'
  union
  select statement.source_name, statement.source_encounter_id, claimed.encounter_id
  from statement
  join claimed
    on claimed.person_id = statement.person_id
    and claimed.kind = statement.kind
    and claimed.start_date <= coalesce(statement.end_date, statement.start_date)
    and claimed.end_date >= statement.start_date
  where statement.kind in ('skilled nursing', 'home health', 'hospice')
    and claimed.kind in ('skilled nursing', 'home health', 'hospice')
),
chosen as (
  select statement.source_name, statement.source_encounter_id, claimed.encounter_id
  from candidate
  join statement using (source_name, source_encounter_id)
  join claimed on claimed.encounter_id = candidate.encounter_id
  where statement.facility_id = claimed.facility_id
    or statement.facility_id is null
    or claimed.facility_id is null
  qualify row_number() over (
    partition by statement.source_name, statement.source_encounter_id
    order by
      coalesce(statement.practitioner_npi = claimed.practitioner_npi, false) desc,
      statement.encounter_type = claimed.encounter_type desc,
      coalesce(statement.facility_id = claimed.facility_id, false) desc,
      abs(statement.start_date - claimed.start_date),
      claimed.encounter_id
  ) = 1
),
identified as (
  select
    statement.*,
    chosen.encounter_id is not null as is_claimed,
    coalesce(
      chosen.encounter_id,
      substr(sha256(concat_ws(
        '|', getvariable('surrogate_key'), 'encounter', person_id, encounter_type, coalesce(facility_id, ''), start_date,
        ordinal
      )), 1, 16)
    ) as own_encounter_id
  from statement
  left join chosen using (source_name, source_encounter_id)
),
hospital as (
  select person_id, encounter_id, start_date, end_date
  from claimed
  where kind = 'hospital'
  union all
  select person_id, own_encounter_id, start_date, coalesce(end_date, date '9999-12-31')
  from identified
  where kind = 'hospital' and not is_claimed
),
admitted as (
  select
    emergency.source_name,
    emergency.source_encounter_id,
    min_by(hospital.encounter_id, (hospital.start_date, hospital.encounter_id)) as encounter_id
  from identified as emergency
  join hospital
    on hospital.person_id = emergency.person_id
    and hospital.start_date <= least(coalesce(emergency.end_date, emergency.start_date), emergency.start_date + 1)
    and (hospital.end_date > emergency.start_date or hospital.start_date = emergency.start_date)
  where emergency.kind = 'emergency' and not emergency.is_claimed
  group by emergency.source_name, emergency.source_encounter_id
)
select
  identified.* exclude (kind, ordinal, is_claimed, own_encounter_id),
  coalesce(admitted.encounter_id, identified.own_encounter_id) as encounter_id,
  admitted.encounter_id is not null as is_admitted
from identified
left join admitted using (source_name, source_encounter_id)
