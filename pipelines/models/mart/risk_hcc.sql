-- One row per person, CMS-HCC model, payment year and condition category. Empty until the models' tables are loaded.
select
  null::varchar as person_id,
  null::varchar as model,
  null::integer as payment_year,
  null::varchar as hcc
where false
