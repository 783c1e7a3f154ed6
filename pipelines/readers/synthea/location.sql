-- One row per Synthea organization. Its addresses are real places, its identifiers are not NPIs.
select
  'synthea' as source_name,
  id as location_id,
  name,
  address,
  city,
  state,
  zip as zip_code,
  file_id,
  line_number,
  null::varchar as left_out
from synthea.organizations
