-- One row per adult and month of medical coverage. A month with such an admission but no coverage stays, excluded.
select
  coalesce(stay_id, person_id || ':' || strftime(month, '%Y-%m')) as subject_id,
  person_id,
  month as anchor_date,
  pqi_90 as numerator,
  denominator,
  exclusion,
  pqi_01,
  pqi_03,
  pqi_05,
  pqi_07,
  pqi_08,
  pqi_11,
  pqi_12,
  pqi_14,
  pqi_15,
  pqi_16
from mart.pqi_month
where exclusion is distinct from 'not enrolled that month' or pqi_90 > 0
