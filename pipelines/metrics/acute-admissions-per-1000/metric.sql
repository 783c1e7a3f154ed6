-- One row per person and month of medical coverage. A month with an admission but no coverage stays, excluded.
select
  person_id,
  month as anchor_date,
  short_term_admissions as numerator,
  denominator,
  exclusion
from mart.month_use
where denominator > 0 or short_term_admissions > 0
