-- One row per person, model, payment year, diagnosis code of the data year, category that it maps to (null: not known for the year) and reason why it does not count before the hierarchies. An edit by age or sex comes before the map: it gives another category, or none.
with coded as (
  select
    person.person_id,
    person.model,
    person.version,
    person.payment_year,
    person.age,
    person.sex,
    claim.code,
    claim.dropped,
    claim.claims,
    claim.last_claim,
    diagnosis.hcc
  from mart.hcc_person_year as person
  join mart.hcc_claim_code as claim
    on claim.person_id = person.person_id and claim.service_year = person.data_year
  join reference.hcc_diagnosis as diagnosis
    on diagnosis.version = person.version
    and diagnosis.payment_year = person.payment_year
    and diagnosis.code = claim.code
),
edited as (
  select distinct coded.person_id, coded.model, coded.payment_year, coded.code, edit.hcc
  from coded
  join reference.hcc_edit as edit
    on edit.version = coded.version and edit.payment_year = coded.payment_year and edit.code = coded.code
  where (edit.sex is null or edit.sex = coded.sex)
    and coded.age between coalesce(edit.age_from, 0) and coalesce(edit.age_to, 999)
)
select distinct
  coded.person_id,
  coded.model,
  coded.payment_year,
  coded.code,
  coalesce(edited.hcc, coded.hcc) as hcc,
  case
    when coded.dropped is not null then coded.dropped
    when edited.code is not null and edited.hcc is null then 'not a diagnosis of this age or sex'
    when edited.code is null and coded.hcc is null then 'its category of this payment year is not known'
  end as dropped,
  coded.claims,
  coded.last_claim
from coded
left join edited
  on edited.person_id = coded.person_id
  and edited.model = coded.model
  and edited.payment_year = coded.payment_year
  and edited.code = coded.code
