-- One row per adult and measurement period with a fill of a statin. Numerator: supply for at least 80 % of the days.
select
  rate_id,
  subject_id,
  person_id,
  period_start,
  initial_population,
  denominator,
  exclusions,
  numerator,
  reason,
  evidence_date,
  evidence
from mart.drug_adherence
where class = 'statin'
