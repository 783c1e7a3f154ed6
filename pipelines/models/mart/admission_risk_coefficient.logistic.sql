-- One row per fit and risk factor: its coefficient (log odds) in the model of an unplanned admission within 12 months. Fold 0 is fitted to every landmark and tells the risk; fold 1 without the last landmark, on which it is judged. There is no model with fewer than 300 admitted persons before the last landmark, some ten for each factor, or 100 on it. The prior (a standard deviation of 0.25) keeps the model of a few thousand people from claiming more than they show; of many it changes little.
with part as (
  select
    *,
    count_if(is_admitted and fold = 0) over () as admitted_before,
    count_if(is_admitted and fold = 1) over () as admitted_last
  from mart.admission_landmark
  where exclusion is null
)
select
  'unplanned admission within 12 months' as model,
  part.person_id || ' ' || part.month as subject_id,
  part.fold,
  part.is_admitted as outcome,
  factor.factor,
  factor.value,
  0.25 as prior
from part
join mart.admission_risk_factor as factor on factor.person_id = part.person_id and factor.month = part.month
where part.admitted_before >= 300 and part.admitted_last >= 100
