-- One row per CarePlan.
with stated as (
  select
    *,
    list_filter(
      flatten(list_transform(category, lambda one: one.coding)), lambda one: one.code is not null and one.code <> 'assess-plan'
    )[1] as kind
  from fhir.care_plan
)
select
  source_name,
  id as care_plan_id,
  person as person_id,
  person as patient_id,
  fhir.beside(encounter, 'Encounter', scope) as encounter_id,
  fhir.day(coalesce(period.start, created)) as start_date,
  fhir.day(period."end") as end_date,
  status,
  fhir.system(kind.system) as source_code_type,
  fhir.code(kind.code) as source_code,
  coalesce(title, kind.display, category[1].text) as source_description,
  file_id,
  line_number,
  fhir.left_out(person, status) as left_out
from stated
