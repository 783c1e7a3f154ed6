-- One row per person and month of medical coverage. A month with stays but no coverage stays, excluded.
select
  person_id,
  month as anchor_date,
  observation_stays as numerator,
  denominator,
  exclusion
from mart.month_use
where denominator > 0 or observation_stays > 0
