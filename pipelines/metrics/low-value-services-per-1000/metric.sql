-- One row per person and month of medical coverage. A month with a service but no coverage stays, excluded.
select
  person_id,
  month as anchor_date,
  low_value_services as numerator,
  case when month < date '2015-10-01' then 0 else denominator end as denominator,
  case when exclusion is null and month < date '2015-10-01' then 'before ICD-10-CM (October 2015)' else exclusion end as exclusion,
  psa_test,
  cervical_screening,
  colorectal_screening,
  bone_density,
  back_imaging,
  headache_imaging,
  syncope_imaging,
  sinus_ct,
  carotid_imaging,
  carotid_syncope,
  surgery_chest_x_ray,
  surgery_echocardiogram,
  surgery_pulmonary_function,
  surgery_stress_test,
  coronary_stress_test,
  knee_arthroscopy,
  vertebroplasty,
  spinal_injection
from mart.month_use
where denominator > 0 or low_value_services > 0
