-- One row per postal code and index: the rank in the nation, and that in the state where it is said.
with ranked as (
  select
    *,
    unnest(
      case
        when within_state is null then [{'index_name': 'adi', 'rank': national}]
        else [{'index_name': 'adi', 'rank': national}, {'index_name': 'adi in state', 'rank': within_state}]
      end,
      recursive := true
    )
  from roster.adi
)
select
  case when length(regexp_replace(zip, '\D', '', 'g')) > 5 then 'zip+4' else 'zip' end as area_kind,
  lpad(regexp_replace(zip, '\D', '', 'g'), case when area_kind = 'zip' then 5 else 9 end, '0') as zip,
  index_year,
  index_name,
  try_cast(rank as double) as rank,
  file_id,
  line_number
from ranked
