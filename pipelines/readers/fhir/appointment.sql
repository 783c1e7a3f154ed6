-- One row per Appointment, with the first Encounter that names it.
with kept as (
  select source_name, fhir.beside(appointment, 'Appointment', scope) as appointment_id, min(id) as encounter_id
  from (
    select source_name, id, scope, unnest(appointment) as appointment
    from fhir.encounter
    where status <> 'entered-in-error'
  ) as visit
  group by all
),
stated as (
  select
    *,
    list_filter(participant, lambda one: one.actor.reference like '%Practitioner%' or one.actor.type = 'Practitioner')[1].actor as practitioner,
    list_filter(participant, lambda one: one.actor.reference like '%Location%' or one.actor.type = 'Location')[1].actor as place,
    coalesce("appointmentType", "serviceType"[1]) as kind
  from fhir.appointment
)
select
  stated.source_name,
  stated.id as appointment_id,
  person as person_id,
  person as patient_id,
  kept.encounter_id,
  fhir.moment(start) as start_datetime,
  fhir.moment("end") as end_datetime,
  try_cast("minutesDuration" as integer) as duration,
  coalesce(location.id, fhir.id_in(place.reference, 'Location')) as location_id,
  coalesce(who.id, fhir.id_in(practitioner.reference, 'Practitioner'), fhir.npi_in(practitioner)) as practitioner_id,
  fhir.code(kind.coding[1].code) as type_code,
  fhir.words(kind) as type_description,
  lower(status) as status_code,
  fhir.words("reasonCode"[1]) as reason,
  fhir.words("cancelationReason") as cancellation_reason,
  file_id,
  line_number,
  fhir.left_out(person, status) as left_out
from stated
left join kept on kept.source_name = stated.source_name and kept.appointment_id = stated.id
left join fhir.other_name as who
  on who.source_name = stated.source_name and who.resource_type = 'Practitioner' and who.name = fhir.name_in(practitioner, 'Practitioner')
left join fhir.other_name as location
  on location.source_name = stated.source_name and location.resource_type = 'Location' and location.name = fhir.name_in(place, 'Location')
