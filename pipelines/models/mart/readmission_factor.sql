-- One row per model, index stay and risk factor that it has: what was known at discharge, none of it the hospital's doing. One model serves all cohorts; a specialty cohort with 300 unplanned returns, ten for each factor, has its own. Persons are dealt into five folds, so that each stay can be judged by a model that has not seen its person.
with index_stay as (
  select
    *,
    1 + (md5_number_lower(person_id) % 5)::integer as fold,
    count_if(is_unplanned_readmission_30) over () as returns,
    count_if(is_unplanned_readmission_30) over (partition by specialty_cohort) as cohort_returns
  from mart.readmission_stay
  where is_index
),
admission as (
  select stay.stay_id, least(count(*), 3) as times
  from index_stay as stay
  join mart.inpatient_stay as earlier
    on earlier.person_id = stay.person_id
    and earlier.is_short_term_acute
    and earlier.admit_date >= stay.admit_date - 365
    and earlier.admit_date < stay.admit_date
  group by stay.stay_id
),
emergency as (
  select stay.stay_id, least(count(*), 4) as times
  from index_stay as stay
  join mart.emergency_visit as earlier
    on earlier.person_id = stay.person_id
    and earlier.visit_date >= stay.admit_date - 365
    and earlier.visit_date < stay.admit_date
  group by stay.stay_id
),
factor as (
  select stay_id, 'intercept' as factor, 1.0::double as value
  from index_stay
  union all
  select stay_id, 'decades of age over 65', (age - 65) / 10.0
  from index_stay
  union all
  select stay.stay_id, 'male', 1
  from index_stay as stay
  join core.person as person on person.person_id = stay.person_id
  where person.sex = 'male'
  union all
  select stay_id, 'comorbidity: ' || replace(comorbidity, '-', ' '), 1
  from mart.stay_comorbidity
  union all
  select stay_id, 'admissions in the year before, up to 3', times
  from admission
  union all
  select stay_id, 'emergency visits in the year before, up to 4', times
  from emergency
  union all
  select stay_id, 'discharged to ' || discharge_setting, 1
  from index_stay
  where discharge_setting <> 'home'
  union all
  select stay_id, 'reason: ' || replace(index_condition, '-', ' '), 1
  from index_stay
  where index_condition <> 'other'
)
select
  'all cohorts' as model,
  stay.stay_id as subject_id,
  stay.fold,
  stay.is_unplanned_readmission_30 as outcome,
  factor.factor,
  factor.value
from index_stay as stay
join factor on factor.stay_id = stay.stay_id
where stay.returns >= 100
union all
select 'all cohorts', stay_id, fold, is_unplanned_readmission_30, 'cohort: ' || specialty_cohort, 1
from index_stay
where specialty_cohort <> 'medicine' and returns >= 100
union all
select stay.specialty_cohort, stay.stay_id, stay.fold, stay.is_unplanned_readmission_30, factor.factor, factor.value
from index_stay as stay
join factor on factor.stay_id = stay.stay_id
where stay.cohort_returns >= 300
