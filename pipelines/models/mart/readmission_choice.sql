-- One row per stay and choice under which it is an index stay of the 30-day measure with one rule chosen otherwise; is_return is what it then counts. The choice 'as-defined' is the measure itself.
with stay as (
  select
    *,
    exclusion_of_stay is null as is_fit,
    coalesce(age >= 65, false) as is_of_age,
    days_of_data >= 30 and coalesce(days_in_part_a >= 30, true) as is_followed,
    coalesce(days_to_next between 0 and 30, false) as is_next_in_30
  from mart.readmission_stay
),
unplanned as (
  select stay.stay_id, min(later.admit_date - stay.discharge_date) as days
  from stay
  join stay as later
    on later.person_id = stay.person_id
    and later.stay_id <> stay.stay_id
    and later.admit_date between stay.discharge_date and stay.discharge_date + 30
    and not later.is_planned
  group by stay.stay_id
),
choice as (
  select stay_id, 'as-defined' as choice, is_unplanned_readmission_30 as is_return
  from stay
  where is_index
  union all
  select stay_id, 'planned-returns-count', is_readmission_30
  from stay
  where is_index
  union all
  select stay.stay_id, 'planned-return-hides-none', unplanned.stay_id is not null
  from stay
  left join unplanned on unplanned.stay_id = stay.stay_id
  where stay.is_index
  union all
  select stay.stay_id, 'same-hospital-only', stay.is_unplanned_readmission_30 and coalesce(next.admit_facility_id = stay.facility_id, false)
  from stay
  left join mart.inpatient_stay as next on next.stay_id = stay.next_stay_id
  where stay.is_index
  union all
  select stay_id, 'any-age', is_next_in_30 and not next_is_planned
  from stay
  where is_fit and has_part_a_before and is_followed
  union all
  select stay_id, 'any-coverage', is_next_in_30 and not next_is_planned
  from stay
  where is_fit and is_of_age and days_of_data >= 30
  union all
  select stay_id, 'against-advice-counts', is_next_in_30 and not next_is_planned
  from stay
  where (is_fit or exclusion_of_stay = 'left against medical advice') and is_of_age and has_part_a_before and is_followed
  union all
  select stay_id, 'every-diagnosis', is_next_in_30 and not next_is_planned
  from stay
  where (is_fit or exclusion_of_stay in (
      'psychiatric principal diagnosis', 'rehabilitation principal diagnosis', 'medical treatment of cancer'
    ))
    and is_of_age
    and has_part_a_before
    and is_followed
  union all
  select stay_id, 'covid-19-counts', is_next_in_30 and not next_is_planned
  from stay
  where (is_fit or (exclusion_of_stay = 'principal diagnosis without a CCS category' and primary_diagnosis_code = 'U071'))
    and is_of_age
    and has_part_a_before
    and is_followed
  union all
  select stay.stay_id, 'within-' || span.days || '-days', coalesce(stay.days_to_next <= span.days and not stay.next_is_planned, false)
  from stay
  cross join (values (7), (14), (60), (90)) as span (days)
  where stay.is_fit
    and stay.is_of_age
    and stay.has_part_a_before
    and stay.days_of_data >= span.days
    and coalesce(stay.days_in_part_a >= span.days, true)
)
select stay_id as subject_id, choice, is_return::integer as numerator, 1 as denominator
from choice
