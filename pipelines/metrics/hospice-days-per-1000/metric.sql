-- One row per person and month of medical coverage. A month with days but no coverage stays, excluded.
select
  person_id,
  month as anchor_date,
  hospice_days as numerator,
  denominator,
  exclusion
from mart.month_use
where denominator > 0 or hospice_days > 0
