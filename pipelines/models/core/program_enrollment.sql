-- One row per span of a person in a care program.
select
  source.person_id,
  enrollment.source_name,
  enrollment.program,
  enrollment.start_date,
  enrollment.end_date,
  coalesce(
    enrollment.status, case when enrollment.end_date <= getvariable('data_through') then 'ended' else 'enrolled' end
  ) as status,
  enrollment.reason,
  enrollment.file_id,
  enrollment.line_number
from input.program_enrollment as enrollment
join core.person_source as source
  on source.source_name = enrollment.source_name and source.source_person_id = enrollment.person_id
