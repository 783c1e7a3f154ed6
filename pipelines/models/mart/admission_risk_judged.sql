-- One row per person of the last landmark: the risk told by the model that was fitted to the earlier landmarks alone, and whether an unplanned admission came in the 12 months after.
select
  part.person_id,
  part.month,
  part.is_admitted,
  round(sum(coefficient.coefficient * factor.value), 6) as log_odds,
  round(1 / (1 + exp(-sum(coefficient.coefficient * factor.value))), 6) as risk
from mart.admission_landmark as part
join mart.admission_risk_factor as factor on factor.person_id = part.person_id and factor.month = part.month
join mart.admission_risk_coefficient as coefficient on coefficient.factor = factor.factor and coefficient.fold = 1
where part.exclusion is null and part.fold = 1
group by part.person_id, part.month, part.is_admitted
