-- One row per county and index: all themes together, and each of the four.
with ranked as (
  select
    *,
    unnest([
      {'index_name': 'svi', 'rank': overall, 'value': overall_sum},
      {'index_name': 'svi socioeconomic', 'rank': theme_1, 'value': null},
      {'index_name': 'svi household', 'rank': theme_2, 'value': null},
      {'index_name': 'svi minority', 'rank': theme_3, 'value': null},
      {'index_name': 'svi housing and transport', 'rank': theme_4, 'value': null}
    ], recursive := true)
  from roster.svi
)
select
  lpad(fips, 5, '0') as county_fips,
  index_year,
  index_name,
  nullif(rank, -999) as rank,
  nullif(value, -999) as value,
  file_id,
  line_number
from ranked
