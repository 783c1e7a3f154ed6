-- One row per span of a person in a care program. No reader brings any yet.
select
  null::varchar as person_id,
  null::varchar as source_name,
  null::varchar as program,
  null::date as start_date,
  null::date as end_date,
  null::varchar as status,
  null::integer as file_id,
  null::bigint as line_number
where false
