-- One row per vaccine that was entered by hand.
select
  'entered by hand' as source_name,
  concat_ws('|', person_id, service_date, code_type, code) as immunization_id,
  person_id,
  person_id as patient_id,
  service_date as occurrence_date,
  'completed' as status,
  code_type as source_code_type,
  code as source_code,
  concat_ws(' ', 'entered by', entered_by, 'on', entered_on) || coalesce(': ' || note, '') as source_description,
  file_id,
  line_number,
  case
    when code_type <> 'cvx' then 'no vaccine, see input.observation and input.procedure'
    when withdraws is not null then 'takes an entry back'
    when entry_id in (select withdraws from roster.gap_closure) then 'taken back by a later line'
  end as left_out
from roster.gap_closure
