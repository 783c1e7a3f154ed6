-- One row per index stay: the chance of an unplanned return within 30 days by the model of its cohort, or else by that of all cohorts; held out: by the same model fitted without this person.
with score as (
  select
    factor.subject_id,
    factor.model,
    1 / (1 + exp(-sum(whole.coefficient * factor.value))) as expected,
    1 / (1 + exp(-sum(held_out.coefficient * factor.value))) as held_out_expected
  from mart.readmission_factor as factor
  join mart.readmission_coefficient as whole
    on whole.model = factor.model and whole.factor = factor.factor and whole.fold = 0
  left join mart.readmission_coefficient as held_out
    on held_out.model = factor.model and held_out.factor = factor.factor and held_out.fold = factor.fold
  group by factor.subject_id, factor.model
)
select
  subject_id as stay_id,
  model,
  round(expected, 6) as expected,
  round(held_out_expected, 6) as held_out_expected
from score
qualify row_number() over (partition by subject_id order by model = 'all cohorts') = 1
