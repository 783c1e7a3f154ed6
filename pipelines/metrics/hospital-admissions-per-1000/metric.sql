-- One row per person and month of medical coverage. A month with admissions but no coverage stays, excluded.
select
  person_id,
  month as anchor_date,
  short_term_admissions + psychiatric_admissions + rehabilitation_admissions + long_term_admissions + other_admissions as numerator,
  denominator,
  exclusion,
  short_term_admissions,
  psychiatric_admissions,
  rehabilitation_admissions,
  long_term_admissions,
  other_admissions
from mart.month_use
where denominator > 0 or short_term_admissions + psychiatric_admissions + rehabilitation_admissions + long_term_admissions + other_admissions > 0
