-- One row per adult and month of medical coverage. A month with such an admission but no coverage stays, excluded.
select
  coalesce(stay_id, person_id || ':' || strftime(month, '%Y-%m')) as subject_id,
  person_id,
  month as anchor_date,
  pqi_91 as numerator,
  denominator,
  exclusion
from mart.pqi_month
where exclusion is distinct from 'not enrolled that month' or pqi_91 > 0
