-- One row per beneficiary and practitioner of a participant on a delivered assignment list.
select
  'assignment list' as source_name,
  person_id,
  aco_id,
  performance_year,
  report_period,
  stamp,
  lpad(tin, 9, '0') as tin,
  npi,
  services,
  file_id,
  line_number,
  null::varchar as left_out
from roster.alr_npi
