-- One row per person and month of medical coverage or of use: how often each kind of care was used that month. Use in a month without coverage stays, with its reason. A visit counts as core.encounter tells it, an admission as mart.inpatient_stay does, a scan once a day and code whoever bills it.
with coded as (
  select code, lower(category) as kind
  from core.code_match
  where value_set = 'cross-sectional-imaging' and code_system = 'hcpcs'
  union all
  select code, 'specialist visit'
  from core.coded_concept
  where value_set = 'primary-care-visit' and code_system = 'hcpcs'
),
service as (
  select distinct
    line.person_id,
    line.line_start_date as day,
    coded.kind,
    case when coded.kind = 'specialist visit' then coalesce(line.rendering_npi, line.encounter_id) else line.hcpcs_code end as item
  from core.medical_claim as line
  join coded on coded.code = line.hcpcs_code
  where not line.is_after_data_through
    and (
      coded.kind <> 'specialist visit'
      or (line.claim_type = 'professional' and line.visit_type <> 'emergency department' and not line.is_primary_care)
    )
),
stay_day as (
  select distinct
    person_id,
    unnest(generate_series(
      start_date,
      least(greatest(coalesce(end_date, start_date) - 1, start_date), getvariable('data_through')),
      interval 1 day
    ))::date as day,
    encounter_type || ' day' as kind
  from core.encounter
  where encounter_type in ('skilled nursing', 'hospice')
    and not is_after_data_through
),
-- Each night counts in its own month, a stay within one day as one.
short_term_day as (
  select
    person_id,
    unnest(generate_series(admit_date, greatest(discharge_date - 1, admit_date), interval 1 day))::date as day
  from mart.inpatient_stay
  where is_short_term_acute
),
event as (
  select person_id, start_date as day, encounter_type as kind
  from core.encounter
  where encounter_type in (
      'skilled nursing', 'home health', 'observation', 'office visit', 'telehealth', 'urgent care'
    )
    and not is_after_data_through
  union all
  select distinct person_id, start_date, 'emergency visit, ' || case encounter_type when 'observation' then 'observed' else 'home' end
  from core.encounter
  where (encounter_type = 'emergency department' or (encounter_type = 'observation' and is_ed))
    and not is_after_data_through
  union all
  select distinct person_id, admit_date, 'emergency visit, admitted'
  from mart.inpatient_stay
  where is_ed
  union all
  select
    person_id,
    admit_date,
    case
      when is_short_term_acute then 'short-term admission'
      when encounter_type = 'acute inpatient' then 'other admission'
      else encounter_type
    end
  from mart.inpatient_stay
  union all
  select person_id, day, kind
  from stay_day
  union all
  select person_id, day, 'short-term day'
  from short_term_day
  where day <= getvariable('data_through')
  union all
  select person_id, start_date, 'primary care visit'
  from core.encounter
  where is_primary_care and not is_after_data_through
  union all
  select person_id, service_date, 'low value: ' || measure
  from mart.low_value_service
  union all
  select person_id, day, kind
  from service
  union all
  select person_id, line_start_date, 'home health visit'
  from core.medical_claim
  where service_category = 'home health'
    and revenue_center_code in (select code from core.coded_concept where value_set = 'home-health-visit')
    and not is_after_data_through
),
used as (
  select
    person_id,
    date_trunc('month', day)::date as month,
    count_if(kind = 'short-term admission') as short_term_admissions,
    count_if(kind = 'short-term day') as short_term_days,
    count_if(kind = 'inpatient psychiatric') as psychiatric_admissions,
    count_if(kind = 'inpatient rehabilitation') as rehabilitation_admissions,
    count_if(kind = 'long term care hospital') as long_term_admissions,
    count_if(kind = 'other admission') as other_admissions,
    count_if(kind = 'emergency visit, home') as emergency_visits_home,
    count_if(kind = 'emergency visit, observed') as emergency_visits_observed,
    count_if(kind = 'emergency visit, admitted') as emergency_visits_admitted,
    count_if(kind = 'observation') as observation_stays,
    count_if(kind = 'skilled nursing') as skilled_nursing_admissions,
    count_if(kind = 'skilled nursing day') as skilled_nursing_days,
    count_if(kind = 'home health') as home_health_episodes,
    count_if(kind = 'home health visit') as home_health_visits,
    count_if(kind = 'hospice day') as hospice_days,
    count_if(kind = 'office visit') as office_visits,
    count_if(kind = 'primary care visit') as primary_care_visits,
    count_if(kind = 'telehealth') as telehealth_visits,
    count_if(kind = 'urgent care') as urgent_care_visits,
    count_if(kind = 'specialist visit') as specialist_visits,
    count_if(kind = 'ct-head') as ct_head,
    count_if(kind = 'ct-chest') as ct_chest,
    count_if(kind = 'ct-abdomen') as ct_abdomen,
    count_if(kind = 'ct-other') as ct_other,
    count_if(kind = 'mri-head') as mri_head,
    count_if(kind = 'mri-spine') as mri_spine,
    count_if(kind = 'mri-other') as mri_other,
    count_if(kind like 'low value: %') as low_value_services,
    count_if(kind = 'low value: psa_test') as psa_test,
    count_if(kind = 'low value: cervical_screening') as cervical_screening,
    count_if(kind = 'low value: colorectal_screening') as colorectal_screening,
    count_if(kind = 'low value: bone_density') as bone_density,
    count_if(kind = 'low value: back_imaging') as back_imaging,
    count_if(kind = 'low value: headache_imaging') as headache_imaging,
    count_if(kind = 'low value: syncope_imaging') as syncope_imaging,
    count_if(kind = 'low value: sinus_ct') as sinus_ct,
    count_if(kind = 'low value: carotid_imaging') as carotid_imaging,
    count_if(kind = 'low value: carotid_syncope') as carotid_syncope,
    count_if(kind = 'low value: surgery_chest_x_ray') as surgery_chest_x_ray,
    count_if(kind = 'low value: surgery_echocardiogram') as surgery_echocardiogram,
    count_if(kind = 'low value: surgery_pulmonary_function') as surgery_pulmonary_function,
    count_if(kind = 'low value: surgery_stress_test') as surgery_stress_test,
    count_if(kind = 'low value: coronary_stress_test') as coronary_stress_test,
    count_if(kind = 'low value: knee_arthroscopy') as knee_arthroscopy,
    count_if(kind = 'low value: vertebroplasty') as vertebroplasty,
    count_if(kind = 'low value: spinal_injection') as spinal_injection
  from event
  group by all
)
select
  person_id || ':' || strftime(month, '%Y-%m') as subject_id,
  person_id,
  month,
  coalesce(enrolled.months, 0) as denominator,
  case when enrolled.month is null then 'not enrolled that month' end as exclusion,
  coalesce(columns(used.* exclude (person_id, month)), 0)::integer
from mart.medical_month as enrolled
full join used using (person_id, month)
