-- One row per postal code and index. Ranks from 1 to 100 are percentiles; those within a state go from 1 to 10.
select
  'adi' as source_name,
  area_kind,
  zip as area_code,
  index_name,
  index_year as year,
  rank as value,
  case when index_name = 'adi' then rank else rank * 10 end as percentile,
  file_id,
  line_number,
  case when rank is null then 'the rank is withheld by the publisher' end as left_out
from roster.adi_index
