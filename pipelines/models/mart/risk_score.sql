-- One row per person, CMS-HCC model and payment year. Empty until the models' tables are loaded.
select
  null::varchar as person_id,
  null::varchar as model,
  null::integer as payment_year,
  null::varchar as segment,
  null::double as raw_score,
  null::double as normalized_score
where false
