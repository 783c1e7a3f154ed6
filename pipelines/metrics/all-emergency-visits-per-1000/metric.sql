-- One row per person and month of medical coverage. A month with visits but no coverage stays, excluded.
select
  person_id,
  month as anchor_date,
  emergency_visits_home + emergency_visits_observed + emergency_visits_admitted as numerator,
  denominator,
  exclusion,
  emergency_visits_home,
  emergency_visits_observed,
  emergency_visits_admitted
from mart.month_use
where denominator > 0 or emergency_visits_home + emergency_visits_observed + emergency_visits_admitted > 0
