-- One row per person and month of medical coverage. Each night counts in its own month, a stay within one day as one; a month with days but no coverage stays, excluded.
select
  person_id,
  month as anchor_date,
  short_term_days as numerator,
  denominator,
  exclusion
from mart.month_use
where denominator > 0 or short_term_days > 0
