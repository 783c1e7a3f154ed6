-- One row per person: where they live, as last stated, and what the area tables tell of it. Deprivation: the fifth of the nation, 5 the most in need, by the national rank of the ZIP code, else of the county (ADI, else SVI). Rurality: by RUCA of the ZIP code, else RUCC of the county (USDA), whose codes 1 to 3 are metropolitan.
with area as (
  select
    area_kind,
    area_code,
    arg_max(percentile, (index_name = 'adi', year)) filter (index_name in ('adi', 'svi') and percentile is not null)
      as percentile,
    arg_max(value, year) filter (index_name = if(area_kind = 'zip', 'ruca', 'rucc') and value between 1 and 10)
      as rural_code
  from core.area_index
  group by area_kind, area_code
)
select
  person.person_id,
  person.state,
  person.county_fips as county,
  case
    when coalesce(zip.percentile, county.percentile) is not null
      then (1 + floor(least(coalesce(zip.percentile, county.percentile), 99) / 20))::integer::varchar
  end as deprivation,
  case
    when coalesce(zip.rural_code, county.rural_code) < 4 then 'metropolitan'
    when coalesce(zip.rural_code, county.rural_code) >= 4 then 'rural'
  end as rurality
from core.person as person
left join area as zip on zip.area_kind = 'zip' and zip.area_code = substr(person.zip_code, 1, 5)
left join area as county on county.area_kind = 'county' and county.area_code = person.county_fips
