-- One row per span of a person in a care program.
select
  'program roster' as source_name,
  person_id,
  program,
  start_date,
  end_date,
  status,
  reason,
  file_id,
  line_number,
  null::varchar as left_out
from roster.program_enrollment
