-- One row per person and month of medical coverage. A month with admissions but no coverage stays, excluded.
select
  person_id,
  month as anchor_date,
  skilled_nursing_admissions as numerator,
  denominator,
  exclusion
from mart.month_use
where denominator > 0 or skilled_nursing_admissions > 0
