-- One row per area and index of need. No reader brings any yet.
select
  null::varchar as area_kind,
  null::varchar as area_code,
  null::varchar as index_name,
  null::integer as year,
  null::double as value,
  null::double as percentile,
  null::integer as file_id,
  null::bigint as line_number
where false
