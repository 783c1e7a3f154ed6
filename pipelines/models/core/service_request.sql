-- One row per order for a service. No reader brings any yet.
select
  null::varchar as person_id,
  null::varchar as encounter_id,
  null::varchar as source_name,
  null::varchar as code_system,
  null::varchar as code,
  null::date as ordered_date,
  null::varchar as status,
  null::varchar as source,
  null::integer as file_id,
  null::bigint as line_number
where false
