-- One row per county and index.
select
  'svi' as source_name,
  'county' as area_kind,
  county_fips as area_code,
  index_name,
  index_year as year,
  value,
  rank * 100 as percentile,
  file_id,
  line_number,
  case when rank is null then 'the index is not known for the county' end as left_out
from roster.svi_index
