-- One row per condition that an Encounter names as its diagnosis.
select
  source_name,
  id as encounter_id,
  fhir.beside(diagnosis.condition, 'Condition', scope) as condition_id,
  try_cast(diagnosis.rank as integer) as rank,
  fhir.code(
    list_filter(diagnosis.extension, lambda one: lower(one.url) like '%presentonadmission')[1]
      ."valueCodeableConcept".coding[1].code
  ) as present_on_admission,
  place
from (
  select source_name, id, scope, unnest(diagnosis) as diagnosis, generate_subscripts(diagnosis, 1) as place
  from fhir.encounter_condition
) as stated
