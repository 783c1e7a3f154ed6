-- One row per person and month of medical coverage. A month with visits but no coverage stays, excluded.
select
  person_id,
  month as anchor_date,
  urgent_care_visits as numerator,
  denominator,
  exclusion
from mart.month_use
where denominator > 0 or urgent_care_visits > 0
