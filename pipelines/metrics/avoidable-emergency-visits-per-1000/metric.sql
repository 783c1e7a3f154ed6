-- One row per person and month of medical coverage, in parts of visits, and one per visit without a class, excluded.
select
  coalesce(encounter_id, person_id || ':' || strftime(month, '%Y-%m')) as subject_id,
  person_id,
  month as anchor_date,
  non_emergent + primary_care_treatable + preventable as numerator,
  denominator,
  exclusion,
  non_emergent,
  primary_care_treatable,
  preventable
from mart.avoidable_emergency_month
