-- One row per person and month of medical coverage or of use: how often each kind of care was used that month. Use in a month without coverage stays, with its reason. A visit counts as core.encounter tells it, an admission as mart.inpatient_stay does, a scan once a day and code whoever bills it, a day away from home once wherever it is spent, a service of low value as mart.low_value_service tells it.
with coded as (
  select code, replace(lower(category), '-', '_') as kind
  from core.code_match
  where value_set = 'cross-sectional-imaging' and code_system = 'hcpcs'
  union all
  select code, 'specialist_visits'
  from core.coded_concept
  where value_set = 'primary-care-visit' and code_system = 'hcpcs'
),
service as (
  select distinct
    line.person_id,
    line.line_start_date as day,
    coded.kind,
    case when coded.kind = 'specialist_visits' then coalesce(line.rendering_npi, line.encounter_id) else line.hcpcs_code end as item
  from core.medical_claim as line
  join coded on coded.code = line.hcpcs_code
  where not line.is_after_data_through
    and (
      coded.kind <> 'specialist_visits'
      or (line.claim_type = 'professional' and line.visit_type <> 'emergency department' and not line.is_primary_care)
    )
),
-- A night counts in its own month, a stay within one day as one.
night (kind, person_id, start_date, end_date) as (
  select
    case encounter_type when 'hospice' then 'hospice_days' else 'skilled_nursing_days' end, person_id, start_date, end_date
  from core.encounter
  where encounter_type in ('skilled nursing', 'hospice')
    and not is_after_data_through
  union all
  select 'short_term_days', person_id, admit_date, discharge_date
  from mart.inpatient_stay
  where is_short_term_acute
  union all
  select 'days_away', person_id, start_date, end_date
  from core.encounter
  where encounter_type in (
      'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital',
      'skilled nursing', 'observation', 'emergency department'
    )
    and not is_after_data_through
),
day_in as (
  select
    kind,
    person_id,
    unnest(generate_series(
      start_date,
      least(greatest(coalesce(end_date, start_date) - 1, start_date), getvariable('data_through')),
      interval 1 day
    ))::date as day
  from night
),
-- A day in two places is one.
day_once as (
  select distinct kind, person_id, day
  from day_in
  where kind <> 'short_term_days'
),
kind_of_encounter (encounter_type, kind) as (
  values
    ('skilled nursing', 'skilled_nursing_admissions'),
    ('home health', 'home_health_episodes'),
    ('observation', 'observation_stays'),
    ('office visit', 'office_visits'),
    ('telehealth', 'telehealth_visits'),
    ('urgent care', 'urgent_care_visits')
),
event as (
  select kind_of_encounter.kind, encounter.person_id, encounter.start_date as day
  from core.encounter
  join kind_of_encounter using (encounter_type)
  where not encounter.is_after_data_through
  union all
  select 'primary_care_visits', person_id, start_date
  from core.encounter
  where is_primary_care and not is_after_data_through
  union all
  select distinct 'emergency_visits_' || case encounter_type when 'observation' then 'observed' else 'home' end, person_id, start_date
  from core.encounter
  where (encounter_type = 'emergency department' or (encounter_type = 'observation' and is_ed))
    and not is_after_data_through
  union all
  select distinct 'emergency_visits_admitted', person_id, admit_date
  from mart.inpatient_stay
  where is_ed
  union all
  select
    case
      when is_short_term_acute then 'short_term_admissions'
      when encounter_type = 'inpatient psychiatric' then 'psychiatric_admissions'
      when encounter_type = 'inpatient rehabilitation' then 'rehabilitation_admissions'
      when encounter_type = 'long term care hospital' then 'long_term_admissions'
      else 'other_admissions'
    end,
    person_id,
    admit_date
  from mart.inpatient_stay
  union all
  select kind, person_id, day
  from day_once
  where kind <> 'days_away'
  union all
  select
    case when coverage.person_id is null then 'uncovered_days_away' else 'days_away' end,
    day_once.person_id,
    day_once.day
  from day_once
  left join mart.unbroken_coverage as coverage
    on coverage.person_id = day_once.person_id
    and coverage.kind = 'medical'
    and day_once.day between coverage.start_date and coverage.end_date
  where day_once.kind = 'days_away'
  union all
  select kind, person_id, day
  from day_in
  where kind = 'short_term_days'
  union all
  select kind, person_id, day
  from service
  union all
  select unnest(['low_value_services', measure]), person_id, service_date
  from mart.low_value_service
  union all
  select 'home_health_visits', person_id, line_start_date
  from core.medical_claim
  where service_category = 'home health'
    and revenue_center_code in (select code from core.coded_concept where value_set = 'home-health-visit')
    and not is_after_data_through
),
used as (
  from (select kind, person_id, date_trunc('month', day)::date as month from event)
  pivot (
    count(*)
    for kind in (
      'short_term_admissions', 'psychiatric_admissions', 'rehabilitation_admissions', 'long_term_admissions',
      'other_admissions', 'short_term_days', 'days_away', 'uncovered_days_away', 'emergency_visits_home',
      'emergency_visits_observed', 'emergency_visits_admitted', 'observation_stays', 'skilled_nursing_admissions', 'skilled_nursing_days',
      'home_health_episodes', 'home_health_visits', 'hospice_days', 'office_visits', 'primary_care_visits',
      'telehealth_visits', 'urgent_care_visits', 'specialist_visits', 'ct_head', 'ct_chest', 'ct_abdomen', 'ct_other',
      'mri_head', 'mri_spine', 'mri_other', 'low_value_services', 'psa_test', 'cervical_screening',
      'colorectal_screening', 'bone_density', 'back_imaging', 'headache_imaging', 'syncope_imaging', 'sinus_ct',
      'carotid_imaging', 'carotid_syncope', 'surgery_chest_x_ray', 'surgery_echocardiogram',
      'surgery_pulmonary_function', 'surgery_stress_test', 'coronary_stress_test', 'knee_arthroscopy',
      'vertebroplasty', 'spinal_injection'
    )
    group by person_id, month
  )
)
select
  person_id,
  month,
  coalesce(enrolled.months, 0) as denominator,
  coalesce(enrolled.days, 0) as covered_days,
  case when enrolled.month is null then 'not enrolled that month' end as exclusion,
  coalesce(columns(used.* exclude (person_id, month)), 0)::integer
from mart.medical_month as enrolled
full join used using (person_id, month)
