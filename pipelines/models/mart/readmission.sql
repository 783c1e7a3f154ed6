-- One row per stay in short-term acute and critical access hospitals, as index and as what follows. The first later stay within 30 days decides: when it is planned, no later one counts. A stay is planned when its diagnosis or a procedure always is, or when a procedure is and the principal diagnosis is not acute.
with concept as (
  select
    code_system,
    code,
    bool_or(value_set = 'psychiatric-principal-diagnosis') as is_psychiatric,
    bool_or(value_set = 'rehabilitation-principal-diagnosis') as is_rehabilitation,
    bool_or(value_set = 'cancer-principal-diagnosis') as is_cancer,
    bool_or(value_set = 'planned-always') as is_always_planned,
    bool_or(value_set = 'planned-unless-acute') as is_planned_unless_acute,
    bool_or(value_set = 'acute-principal-diagnosis') as is_acute,
    max(case when value_set like 'cohort-%' then replace(value_set, 'cohort-', '') end) as cohort
  from core.coded_concept
  group by code_system, code
),
operated as (
  select
    part.stay_id,
    bool_or(coalesce(concept.cohort = 'surgery', false)) as is_surgical,
    bool_or(part.place = 1 and coalesce(concept.is_always_planned, false)) as is_always_planned,
    bool_or(part.place = 1 and coalesce(concept.is_planned_unless_acute, false)) as is_planned_unless_acute
  from mart.inpatient_stay_part as part
  join core.procedure as procedure on procedure.encounter_id = part.encounter_id
  left join concept on concept.code_system = procedure.code_system and concept.code = procedure.code
  where procedure.code_system = 'icd-10-pcs'
  group by part.stay_id
),
stay as (
  select
    stay.*,
    coalesce(principal.is_psychiatric, false) as is_psychiatric,
    coalesce(principal.is_rehabilitation, false) as is_rehabilitation,
    coalesce(principal.is_cancer, false) as is_cancer,
    coalesce(admitting.is_always_planned, false)
      or coalesce(operated.is_always_planned, false)
      or coalesce(operated.is_planned_unless_acute, false) and not coalesce(admitting.is_acute, false) as is_planned,
    case
      when coalesce(operated.is_surgical, drg.cohort = 'surgery') then 'surgery/gynecology'
      when stay.primary_diagnosis_code_type = 'icd-10-cm' then coalesce(principal.cohort, 'medicine')
    end as specialty_cohort,
    row_number() over (partition by stay.person_id order by stay.admit_date, stay.stay_id) as number
  from mart.inpatient_stay as stay
  left join concept as principal
    on principal.code_system = stay.primary_diagnosis_code_type and principal.code = stay.primary_diagnosis_code
  left join concept as admitting
    on admitting.code_system = stay.primary_diagnosis_code_type and admitting.code = stay.admit_diagnosis_code
  left join concept as drg
    on drg.code_system = 'ms-drg' and drg.code = stay.drg_code
  left join operated on operated.stay_id = stay.stay_id
  where stay.is_short_term_acute
),
followed as (
  select
    *,
    lead(case when not is_rehabilitation then number end ignore nulls) over (
      partition by person_id order by number
    ) as next_number
  from stay
),
neighbour as (
  select
    followed.*,
    next.stay_id as next_stay_id,
    next.is_planned as next_is_planned,
    next.is_psychiatric as next_is_psychiatric,
    next.admit_date - followed.discharge_date as next_days
  from followed
  left join stay as next on next.person_id = followed.person_id and next.number = followed.next_number
),
paired as (
  select
    * exclude (next_stay_id),
    case
      when next_is_psychiatric and discharge_disposition_code = '65' and next_days <= 1 then null
      when next_days between 0 and 30 then next_stay_id
    end as next_stay_id
  from neighbour
),
advantage as (
  select
    paired.stay_id,
    bool_or(span.start_date <= paired.discharge_date) as is_before,
    bool_or(span.end_date >= paired.discharge_date) as is_after
  from paired
  join core.coverage_span as span
    on span.person_id = paired.person_id
    and span.is_medicare_advantage
    and span.start_date <= paired.discharge_date + 30
    and span.end_date >= paired.admit_date - interval 1 year
  group by paired.stay_id
),
judged as (
  select
    paired.*,
    case
      when paired.discharge_date is null or paired.discharge_disposition_code = '30' then 'still in hospital'
      when paired.discharge_disposition_code = '20'
        or (paired.discharge_disposition_code is null and person.death_date <= paired.discharge_date)
        then 'died in hospital'
      when paired.discharge_disposition_code = '07' then 'left against medical advice'
      when person.birth_date is null then 'date of birth unknown'
      when paired.admit_date < person.birth_date + interval 65 year then 'under 65 at admission'
      when before.person_id is null or coalesce(advantage.is_before, false)
        then 'not in fee-for-service Part A for 12 months before admission'
      when hospital.code is not null then 'cancer hospital outside prospective payment'
      when paired.primary_diagnosis_code is null then 'principal diagnosis missing'
      when paired.is_psychiatric then 'psychiatric principal diagnosis'
      when paired.is_rehabilitation then 'rehabilitation principal diagnosis'
      when paired.is_cancer and paired.specialty_cohort is distinct from 'surgery/gynecology' then 'medical treatment of cancer'
      when paired.discharge_date > getvariable('data_through') - 30 then 'follow-up incomplete'
      when after.person_id is null or coalesce(advantage.is_after, false)
        then 'not in fee-for-service Part A for 30 days after discharge'
    end as exclusion
  from paired
  join core.person as person on person.person_id = paired.person_id
  left join mart.part_a_span as before
    on before.person_id = paired.person_id
    and before.start_date <= paired.admit_date - interval 1 year
    and before.end_date >= least(paired.discharge_date, person.death_date)
  left join mart.part_a_span as after
    on after.person_id = paired.person_id
    and after.start_date <= least(paired.discharge_date, person.death_date)
    and after.end_date >= least(paired.discharge_date + 30, person.death_date)
  left join advantage on advantage.stay_id = paired.stay_id
  left join core.coded_concept as hospital
    on hospital.value_set = 'cancer-hospital' and hospital.code = paired.facility_ccn
)
select
  stay_id,
  person_id,
  facility_id,
  admit_date,
  discharge_date,
  discharge_disposition_code,
  case
    when discharge_disposition_code in ('01', '81') then 'home'
    when discharge_disposition_code in ('06', '86') then 'home health'
    when discharge_disposition_code in ('03', '04', '61', '64', '83', '84', '89', '92') then 'nursing facility'
    when discharge_disposition_code in ('62', '90') then 'rehabilitation'
    when discharge_disposition_code in ('50', '51') then 'hospice'
    when discharge_disposition_code is not null then 'other'
  end as discharge_setting,
  primary_diagnosis_code,
  specialty_cohort,
  is_planned,
  exclusion is null as is_index,
  exclusion,
  next_stay_id as readmission_stay_id,
  case when next_stay_id is not null then next_days end as days_to_readmission,
  exclusion is null and next_stay_id is not null as is_readmission_30,
  exclusion is null and next_stay_id is not null and not next_is_planned as is_unplanned_readmission_30,
  null::double as expected
from judged
