-- One row per measure of the CAHPS survey, for a practice or for the whole organization.
select
  'cahps' as source_name,
  'cahps' as survey,
  survey_year,
  measure as question,
  measure_title as title,
  lpad(tin, 9, '0') as tin,
  respondents,
  score,
  top_box_percent,
  benchmark,
  file_id,
  line_number,
  null::varchar as left_out
from roster.cahps
