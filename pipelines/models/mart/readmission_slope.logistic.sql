-- One row per model and term (slope, intercept): how returns depend on the log odds that were told without the person (held out). A slope of 1 and an intercept of 0 are right; under 1, high risks were told too high and low ones too low.
select
  risk.model,
  risk.stay_id as subject_id,
  0 as fold,
  stay.is_unplanned_readmission_30 as outcome,
  term.factor,
  case when term.factor = 'slope' then ln(risk.held_out_expected / (1 - risk.held_out_expected)) else 1 end as value
from mart.readmission_risk as risk
join mart.readmission_stay as stay on stay.stay_id = risk.stay_id
cross join (values ('intercept'), ('slope')) as term (factor)
where risk.held_out_expected between 1e-6 and 1 - 1e-6
