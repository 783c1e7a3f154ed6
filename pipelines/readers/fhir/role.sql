-- One row per PractitionerRole, with the practitioner and the organization that it joins.
select
  role.source_name,
  role.id,
  coalesce(who.id, fhir.id_in(practitioner.reference, 'Practitioner'), fhir.npi_in(practitioner)) as practitioner_id,
  practitioner.display as practitioner_name,
  fhir.npi_in(practitioner) as npi,
  coalesce(place.id, fhir.id_in(organization.reference, 'Organization')) as organization_id,
  organization.display as organization_name,
  coalesce(specialty[1], code[1]) as specialty,
  role.file_id,
  role.line_number
from fhir.practitioner_role as role
left join fhir.other_name as who
  on who.source_name = role.source_name and who.resource_type = 'Practitioner' and who.name = fhir.name_in(practitioner, 'Practitioner')
left join fhir.other_name as place
  on place.source_name = role.source_name and place.resource_type = 'Organization' and place.name = fhir.name_in(organization, 'Organization')
