-- One row per person and month of medical coverage. A month with episodes but no coverage stays, excluded.
select
  person_id,
  month as anchor_date,
  home_health_episodes as numerator,
  denominator,
  exclusion
from mart.month_use
where denominator > 0 or home_health_episodes > 0
