-- One row per term (slope, intercept): how what came depends on the log odds that were told beforehand (mart.admission_risk_judged). A slope of 1 and an intercept of 0 are right; under 1, high risks were told too high and low ones too low.
select
  'unplanned admission within 12 months' as model,
  judged.person_id as subject_id,
  0 as fold,
  judged.is_admitted as outcome,
  term.factor,
  case when term.factor = 'slope' then judged.log_odds else 1 end as value
from mart.admission_risk_judged as judged
cross join (values ('intercept'), ('slope')) as term (factor)
