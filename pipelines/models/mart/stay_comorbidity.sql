-- One row per stay and Charlson condition (Quan 2005) that the person was known to have when it began: diagnosed in the 12 months before, or beside the principal diagnosis and present on admission. The graver form of a disease takes the place of the lighter one.
with stay as (
  select stay_id, person_id, admit_date
  from mart.readmission_stay
),
diagnosis as (
  select distinct
    condition.person_id,
    condition.encounter_id,
    condition.recorded_date,
    condition.rank,
    condition.present_on_admission,
    lower(charlson.category) as comorbidity
  from core.condition as condition
  join core.code_match as charlson
    on charlson.value_set = 'charlson'
    and charlson.code_system = condition.code_system
    and charlson.code = condition.code
),
known as (
  select stay.stay_id, stay.person_id, diagnosis.comorbidity
  from stay
  join diagnosis
    on diagnosis.person_id = stay.person_id
    and diagnosis.recorded_date >= stay.admit_date - 365
    and diagnosis.recorded_date < stay.admit_date
  union
  select part.stay_id, diagnosis.person_id, diagnosis.comorbidity
  from mart.inpatient_stay_part as part
  join stay on stay.stay_id = part.stay_id
  join diagnosis on diagnosis.encounter_id = part.encounter_id
  where diagnosis.rank > 1
    and diagnosis.present_on_admission in ('Y', 'W', '1')
),
graver as (
  select *
  from (values
    ('diabetes', 'diabetes-with-complication'),
    ('mild-liver-disease', 'severe-liver-disease'),
    ('cancer', 'metastatic-cancer')
  ) as disease (lighter_form, graver_form)
)
select known.stay_id, known.person_id, known.comorbidity
from known
left join graver on graver.lighter_form = known.comorbidity
left join known as worse on worse.stay_id = known.stay_id and worse.comorbidity = graver.graver_form
where worse.stay_id is null
