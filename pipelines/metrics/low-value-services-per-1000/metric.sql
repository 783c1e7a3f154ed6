-- One row per person and month of medical coverage. A month with a service but no coverage stays, excluded.
with used as (
  select
    person_id,
    date_trunc('month', service_date)::date as month,
    count(*) as services,
    count_if(measure = 'psa_test') as psa_test,
    count_if(measure = 'cervical_screening') as cervical_screening,
    count_if(measure = 'colorectal_screening') as colorectal_screening,
    count_if(measure = 'bone_density') as bone_density,
    count_if(measure = 'back_imaging') as back_imaging,
    count_if(measure = 'headache_imaging') as headache_imaging,
    count_if(measure = 'syncope_imaging') as syncope_imaging,
    count_if(measure = 'sinus_ct') as sinus_ct,
    count_if(measure = 'carotid_imaging') as carotid_imaging,
    count_if(measure = 'carotid_syncope') as carotid_syncope,
    count_if(measure = 'surgery_chest_x_ray') as surgery_chest_x_ray,
    count_if(measure = 'surgery_echocardiogram') as surgery_echocardiogram,
    count_if(measure = 'surgery_pulmonary_function') as surgery_pulmonary_function,
    count_if(measure = 'surgery_stress_test') as surgery_stress_test,
    count_if(measure = 'coronary_stress_test') as coronary_stress_test,
    count_if(measure = 'knee_arthroscopy') as knee_arthroscopy,
    count_if(measure = 'vertebroplasty') as vertebroplasty,
    count_if(measure = 'spinal_injection') as spinal_injection
  from mart.low_value_service
  group by all
),
subject as (
  select
    person_id,
    month,
    case
      when enrolled.month is null then 'not enrolled that month'
      when month < date '2015-10-01' then 'before ICD-10-CM (October 2015)'
    end as exclusion,
    enrolled.months,
    coalesce(columns(used.* exclude (person_id, month)), 0)::integer
  from mart.medical_month as enrolled
  full join used using (person_id, month)
)
select
  person_id || ':' || strftime(month, '%Y-%m') as subject_id,
  person_id,
  month as anchor_date,
  services as numerator,
  case when exclusion is null then months else 0 end as denominator,
  exclusion,
  * exclude (person_id, month, months, exclusion, services)
from subject
