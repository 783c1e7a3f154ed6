-- One row per person whose claims CMS no longer shares.
select
  'exclusion list' as source_name,
  person_id,
  excluded_date,
  exclusion_reason as reason,
  file_id,
  line_number,
  null::varchar as left_out
from roster.beneficiary_exclusion
