-- One row per county that somebody lives in: the value that dimensions carry and what people read, the state and the FIPS code, for no source names counties.
select county as value, concat_ws(' ', min(state), county) as label
from mart.person_area
where county is not null
group by county
