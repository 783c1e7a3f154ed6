-- One row per person and month of medical coverage. A month with scans but no coverage stays, excluded.
select
  person_id,
  month as anchor_date,
  mri_head + mri_spine + mri_other as numerator,
  denominator,
  exclusion,
  mri_head,
  mri_spine,
  mri_other
from mart.month_use
where denominator > 0 or mri_head + mri_spine + mri_other > 0
