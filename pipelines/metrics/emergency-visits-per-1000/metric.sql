-- One row per person and month of medical coverage. Visits of one day count once; a month with a visit but no coverage stays, excluded.
select
  person_id,
  month as anchor_date,
  emergency_visits_home as numerator,
  denominator,
  exclusion
from mart.month_use
where denominator > 0 or emergency_visits_home > 0
