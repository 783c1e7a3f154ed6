-- One row per practitioner in a practice.
select
  'provider roster' as source_name,
  npi || '-' || tin as practitioner_id,
  npi,
  first_name,
  last_name,
  tin as practice_id,
  specialty,
  lpad(specialty_code, 2, '0') as specialty_code,
  file_id,
  line_number,
  null::varchar as left_out
from roster.provider_roster
