-- One row per person and month with a day of medical coverage, up to death and data-through: days covered, and those of them at home. A night in a facility counts in its own month, a visit or a stay within one day as one day; a month with days away but no coverage stays, excluded.
select
  person_id,
  month as anchor_date,
  covered_days - days_away as numerator,
  covered_days as denominator,
  exclusion
from mart.month_use
where covered_days > 0 or uncovered_days_away > 0
