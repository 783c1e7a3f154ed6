-- One row per person and month of medical coverage. A month with scans but no coverage stays, excluded.
select
  person_id,
  month as anchor_date,
  ct_head + ct_chest + ct_abdomen + ct_other as numerator,
  denominator,
  exclusion,
  ct_head,
  ct_chest,
  ct_abdomen,
  ct_other
from mart.month_use
where denominator > 0 or ct_head + ct_chest + ct_abdomen + ct_other > 0
