-- One row per person and month of medical coverage. A month with a visit but no coverage stays, excluded.
select
  person_id,
  month as anchor_date,
  primary_care_visits as numerator,
  denominator,
  exclusion
from mart.month_use
where denominator > 0 or primary_care_visits > 0
