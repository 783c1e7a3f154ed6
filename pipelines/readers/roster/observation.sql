-- One row per result that was entered by hand.
select
  'entered by hand' as source_name,
  concat_ws('|', person_id, service_date, code_type, code) as observation_id,
  person_id,
  person_id as patient_id,
  service_date as observation_date,
  'final' as status,
  value as result,
  unit as source_units,
  code_type as source_code_type,
  code as source_code,
  concat_ws(' ', 'entered by', entered_by, 'on', entered_on) || coalesce(': ' || note, '') as source_description,
  file_id,
  line_number,
  case
    when code_type <> 'loinc' then 'no result, see input.procedure and input.immunization'
    when withdraws is not null then 'takes an entry back'
    when entry_id in (select withdraws from roster.gap_closure) then 'taken back by a later line'
  end as left_out
from roster.gap_closure
