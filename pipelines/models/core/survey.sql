-- One row per answer of a person to a survey question. No reader brings any yet.
select
  null::varchar as person_id,
  null::varchar as source_name,
  null::varchar as survey,
  null::varchar as question,
  null::varchar as answer,
  null::date as answered_date,
  null::integer as file_id,
  null::bigint as line_number
where false
