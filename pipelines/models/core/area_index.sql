-- One row per area and index of need.
select area_kind, area_code, index_name, year, value, percentile, file_id, line_number
from input.area_index
