-- One row per adult, measure and day with a service that the measure calls of low value. A measure names the service and what must and must not be found around it, in days before (negative) and after the service; null is ever. A service counts in one measure only.
with measure (measure, service, sex, from_age) as (
  values
    ('psa_test', 'PSA-TEST', 'male', 75),
    ('cervical_screening', 'CERVICAL-SCREENING', 'female', 66),
    ('colorectal_screening', 'COLORECTAL', null, 85),
    ('bone_density', 'BONE-DENSITY', null, 18),
    ('back_imaging', 'BACK-IMAGING', null, 18),
    ('headache_imaging', 'HEAD-IMAGING', null, 18),
    ('syncope_imaging', 'HEAD-IMAGING', null, 18),
    ('sinus_ct', 'SINUS-CT', null, 18),
    ('carotid_imaging', 'CAROTID-IMAGING', null, 18),
    ('carotid_syncope', 'CAROTID-IMAGING', null, 18),
    ('surgery_chest_x_ray', 'CHEST-X-RAY', null, 18),
    ('surgery_echocardiogram', 'ECHOCARDIOGRAM', null, 18),
    ('surgery_pulmonary_function', 'PULMONARY-FUNCTION', null, 18),
    ('surgery_stress_test', 'STRESS-TEST', null, 18),
    ('coronary_stress_test', 'STRESS-TEST', null, 18),
    ('knee_arthroscopy', 'KNEE-ARTHROSCOPY', null, 18),
    ('vertebroplasty', 'VERTEBROPLASTY', null, 18),
    ('spinal_injection', 'SPINAL-INJECTION', null, 18)
),
finding (measure, is_needed, kind, from_day, to_day) as (
  values
    ('psa_test', false, 'CANCER-PROSTATE', null, 0),
    ('psa_test', false, 'PROSTATE-RISK', null, 0),
    ('cervical_screening', false, 'CANCER-CERVIX', null, 0),
    ('cervical_screening', false, 'CERVIX-RISK', null, 0),
    ('cervical_screening', false, 'IMMUNE', null, 0),
    ('colorectal_screening', true, 'COLORECTAL-SCREENING', -1, 0),
    ('colorectal_screening', false, 'CANCER-COLON', null, 0),
    ('bone_density', true, 'OSTEOPOROSIS', null, 0),
    ('bone_density', true, 'BONE-DENSITY', -730, -31),
    ('bone_density', false, 'CANCER', null, 0),
    ('bone_density', false, 'TRAUMA-FRACTURE', -730, 0),
    ('back_imaging', true, 'BACK-PAIN', -42, 0),
    ('back_imaging', false, 'BACK-PAIN', -365, -43),
    ('back_imaging', false, 'CANCER', -365, 0),
    ('back_imaging', false, 'TRAUMA', -42, 0),
    ('back_imaging', false, 'SPINE', -42, 0),
    ('headache_imaging', true, 'HEADACHE', -1, 0),
    ('headache_imaging', false, 'HEADACHE-WARNING', -1, 0),
    ('headache_imaging', false, 'SYNCOPE', -1, 0),
    ('headache_imaging', false, 'NEUROLOGIC', -1, 0),
    ('headache_imaging', false, 'TRAUMA-HEAD', -1, 0),
    ('headache_imaging', false, 'CANCER', -365, 0),
    ('headache_imaging', false, 'CEREBROVASCULAR', -365, 0),
    ('headache_imaging', false, 'EPILEPSY', -365, 0),
    ('syncope_imaging', true, 'SYNCOPE', -1, 0),
    ('syncope_imaging', false, 'NEUROLOGIC', -1, 0),
    ('syncope_imaging', false, 'TRAUMA-HEAD', -1, 0),
    ('syncope_imaging', false, 'CEREBROVASCULAR', -365, 0),
    ('syncope_imaging', false, 'EPILEPSY', -365, 0),
    ('sinus_ct', true, 'SINUSITIS', -1, 0),
    ('sinus_ct', false, 'SINUSITIS', -365, -30),
    ('sinus_ct', false, 'SINUSITIS-WARNING', -1, 0),
    ('sinus_ct', false, 'TRAUMA-HEAD', -1, 0),
    ('sinus_ct', false, 'IMMUNE', -365, 0),
    ('carotid_imaging', false, 'HOSPITAL', 0, 0),
    ('carotid_imaging', false, 'CEREBROVASCULAR', null, 0),
    ('carotid_imaging', false, 'NEUROLOGIC', -1, 0),
    ('carotid_imaging', false, 'BRUIT', -1, 0),
    ('carotid_imaging', false, 'SYNCOPE', -14, 0),
    ('carotid_syncope', true, 'SYNCOPE', -14, 0),
    ('carotid_syncope', false, 'CEREBROVASCULAR', null, 0),
    ('carotid_syncope', false, 'NEUROLOGIC', -14, 0),
    ('surgery_chest_x_ray', true, 'LOW-RISK-SURGERY', 1, 30),
    ('surgery_chest_x_ray', false, 'HOSPITAL', 0, 0),
    ('surgery_echocardiogram', true, 'LOW-RISK-SURGERY', 1, 30),
    ('surgery_echocardiogram', false, 'HOSPITAL', 0, 0),
    ('surgery_pulmonary_function', true, 'LOW-RISK-SURGERY', 1, 30),
    ('surgery_pulmonary_function', false, 'HOSPITAL', 0, 0),
    ('surgery_stress_test', true, 'LOW-RISK-SURGERY', 1, 30),
    ('surgery_stress_test', false, 'HOSPITAL', 0, 0),
    ('coronary_stress_test', true, 'CORONARY', null, -180),
    ('coronary_stress_test', false, 'CORONARY-ACUTE', -179, 0),
    ('coronary_stress_test', false, 'LOW-RISK-SURGERY', 1, 30),
    ('coronary_stress_test', false, 'HOSPITAL', 0, 0),
    ('knee_arthroscopy', true, 'KNEE-OSTEOARTHRITIS', -1, 0),
    ('knee_arthroscopy', false, 'TRAUMA-MENISCUS', -1, 0),
    ('vertebroplasty', true, 'TRAUMA-FRACTURE-VERTEBRA', -1, 0),
    ('vertebroplasty', false, 'CANCER-BONE', -365, 0),
    ('vertebroplasty', false, 'BONE-TUMOR', -365, 0),
    ('spinal_injection', true, 'BACK-PAIN', -14, 0),
    ('spinal_injection', false, 'BACK-PAIN-SCIATICA', -14, 0),
    ('spinal_injection', false, 'SPINE-NERVE', -14, 0),
    ('spinal_injection', false, 'HOSPITAL', 0, 0)
),
matched as (
  select code_system, code, string_split(coalesce(category, upper(value_set)), '-') as words
  from core.code_match
  where value_set in ('low-value-service', 'low-value-reason', 'low-risk-surgery')
    and not is_excluded
),
-- A code is of its kind and of every wider one: CANCER-BONE is CANCER too.
coded as (
  select code_system, code, array_to_string(words[:unnest(range(1, len(words) + 1))], '-') as kind
  from matched
),
service as (
  select distinct line.person_id, line.line_start_date as day, coded.kind
  from core.medical_claim as line
  join coded on coded.code_system = 'hcpcs' and coded.code = line.hcpcs_code
  where not line.is_after_data_through
),
found as (
  select person_id, kind, day as first_day, day as last_day
  from service
  union all
  select
    condition.person_id,
    coded.kind,
    least(condition.onset_date, condition.recorded_date) as first_day,
    condition.recorded_date as last_day
  from core.condition as condition
  join coded on coded.code_system = condition.code_system and coded.code = condition.code
  union all
  select person_id, 'HOSPITAL', start_date, coalesce(end_date, start_date)
  from core.encounter
  where encounter_type in (
    'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital',
    'observation', 'emergency department'
  )
),
candidate as (
  select service.person_id, measure.measure, service.day
  from service
  join measure on measure.service = service.kind
  join core.person as person on person.person_id = service.person_id
  where date_sub('year', person.birth_date, service.day) >= measure.from_age
    and (measure.sex is null or measure.sex = person.sex)
),
met as (
  select distinct candidate.person_id, candidate.measure, candidate.day, finding.kind, finding.is_needed
  from candidate
  join finding on finding.measure = candidate.measure
  join found on found.person_id = candidate.person_id and found.kind = finding.kind
  where found.first_day <= candidate.day + finding.to_day
    and (finding.from_day is null or found.last_day >= candidate.day + finding.from_day)
),
needed as (
  select measure, count_if(is_needed) as findings
  from finding
  group by measure
)
select candidate.person_id, candidate.measure, candidate.day as service_date
from candidate
join needed on needed.measure = candidate.measure
left join met
  on met.person_id = candidate.person_id and met.measure = candidate.measure and met.day = candidate.day
group by candidate.person_id, candidate.measure, candidate.day, needed.findings
having count(*) filter (where met.is_needed) = needed.findings
  and count(*) filter (where not met.is_needed) = 0
